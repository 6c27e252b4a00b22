"""The same bakery, with a hook that puts a hash of each static file into its URL."""

import hashlib
from functools import lru_cache
from pathlib import Path

from flask import Flask, abort, g, render_template, request

from bakery.admin import admin

LOAVES = {
    "rye": {"name": "Dark rye", "price": 540},
    "spelt": {"name": "Spelt & honey", "price": 610},
    "wheat": {"name": "Country wheat", "price": 480},
}


@lru_cache(maxsize=None)
def digest(path: Path, _changed: int) -> str:
    return hashlib.sha1(path.read_bytes()).hexdigest()[:12]


def create_app() -> Flask:
    app = Flask(__name__)
    app.config["RELEASE"] = "2026.3"
    app.register_blueprint(admin, url_prefix="/admin")

    @app.url_defaults
    def add_language(endpoint, values):
        if "lang" not in values and app.url_map.is_endpoint_expecting(endpoint, "lang"):
            values["lang"] = g.lang

    @app.url_defaults
    def hashed_static_file(endpoint, values):
        if endpoint == "static" or endpoint.endswith(".static"):
            folder = app.static_folder if endpoint == "static" else app.blueprints[endpoint[:-7]].static_folder
            path = Path(folder, values.get("filename", ""))
            if "v" not in values and path.is_file():
                values["v"] = digest(path, path.stat().st_mtime_ns)

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
