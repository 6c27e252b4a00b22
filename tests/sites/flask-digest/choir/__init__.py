"""A choir's pages: Flask with Flask-Static-Digest."""

from flask import Flask, render_template
from flask_static_digest import FlaskStaticDigest

flask_static_digest = FlaskStaticDigest()


def create_app() -> Flask:
    app = Flask(__name__)
    app.config["FLASK_STATIC_DIGEST_COMPRESSION"] = []
    flask_static_digest.init_app(app)

    @app.get("/")
    def home():
        return render_template("home.html")

    @app.get("/dates")
    def dates():
        return render_template("dates.html", dates=["6 June, town hall", "21 June, by the lake"])

    return app
