"""The bakers' own pages, a blueprint with a static folder of its own."""

from flask import Blueprint, render_template

admin = Blueprint("admin", __name__, template_folder="templates", static_folder="static")


@admin.get("/")
def panel():
    return render_template("admin/panel.html")


@admin.get("/receipt")
def receipt():
    """Shows the e-mail that a customer gets."""
    return render_template("email/receipt.html", number=1042, total=1630)
