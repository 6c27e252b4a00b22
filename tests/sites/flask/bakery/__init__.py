"""A bakery's site: Flask as it comes, its static files without versions."""

from flask import Flask, abort, render_template, request

from bakery.admin import admin

LOAVES = {
    "rye": {"name": "Dark rye", "price": 540},
    "spelt": {"name": "Spelt & honey", "price": 610},
    "wheat": {"name": "Country wheat", "price": 480},
}


def create_app() -> Flask:
    app = Flask(__name__)
    app.config["RELEASE"] = "2026.3"
    app.register_blueprint(admin, url_prefix="/admin")

    @app.get("/")
    def home():
        return render_template("home.html", loaves=LOAVES, season=request.args.get("season", "summer"))

    @app.get("/loaf/<slug>")
    def loaf(slug):
        if slug not in LOAVES:
            abort(404)
        return render_template("loaf.html", slug=slug, loaf=LOAVES[slug])

    @app.get("/order")
    def order():
        return render_template("order.html", loaves=LOAVES)

    @app.get("/style-guide")
    def style_guide():
        return render_template("style-guide.html")

    @app.errorhandler(404)
    def not_found(_error):
        return render_template("not-found.html"), 404

    return app
