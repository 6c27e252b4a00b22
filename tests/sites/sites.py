"""The sites: how each is made ready, served, and what of it is static."""

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
UNTRACKED = {".git", "__pycache__"}
PYTHON = sys.executable
ELEVENTY = HERE.parent / ".cache/eleventy/node_modules/@11ty/eleventy/cmd.cjs"


@dataclass(frozen=True)
class Site:
    """A small application of the folder `layers[-1]`, laid over those before it."""

    layers: tuple[str, ...]
    serve: tuple[str, ...]  # the command; {port} is the port of the loopback interface to listen on
    pages: dict[str, int]  # each page and its HTTP status
    static: dict[str, str]  # a folder of static files, from the site's root, and the URL prefix it is served under
    prepare: tuple[tuple[str, ...], ...] = ()  # commands that run before each start
    missing: frozenset[str] = frozenset()  # URLs that are planted to answer 404
    fingerprint: str = ""  # what the framework itself puts into a file name, as a regular expression

    @property
    def name(self):
        return self.layers[-1]

    def copy_to(self, folder):
        """Copies the site to a folder, which becomes a repository of its own."""
        for layer in self.layers:
            shutil.copytree(HERE / layer, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(*UNTRACKED))
        subprocess.run(["git", "init", "--quiet", folder], check=True)

    def served_path(self, path):
        """The URL path of a file of the site, None where it is not static."""
        for folder, prefix in self.static.items():
            if path.startswith(folder):
                return prefix + path.removeprefix(folder)
        return None

    def is_static(self, path):
        """Whether a URL path is one of a static file."""
        last = path.rsplit("/", 1)[-1]
        return path.startswith(tuple(self.static.values())) and "." in last and not last.endswith(".html")


def flask(*layers, app, **facts):
    return Site(layers, (PYTHON, "-m", "flask", "--app", app, "run", "--port", "{port}"), **facts)


def uvicorn(*layers, app, **facts):
    return Site(layers, (PYTHON, "-m", "uvicorn", app, "--port", "{port}"), **facts)


def django(*layers, settings, **facts):
    serve = (PYTHON, "manage.py", "runserver", "--settings", settings, "--noreload", "--nostatic", "127.0.0.1:{port}")
    return Site(layers, serve, {"/": 200, "/rooms/1": 200, "/rooms/9": 404}, MUSEUM, **facts)


def files(*layers, folder=".", **facts):
    return Site(layers, (PYTHON, "-m", "http.server", "--bind", "127.0.0.1", "--directory", folder, "{port}"), **facts)


BAKERY = {
    "/": 200,
    "/?season=winter": 200,
    "/loaf/rye": 200,
    "/loaf/spelt": 200,
    "/order": 200,
    "/style-guide": 200,
    "/nowhere": 404,
    "/admin/": 200,
    "/admin/receipt": 200,
}
SHELVES = {"bakery/static/": "/static/", "bakery/admin/static/": "/admin/static/"}
BAKER = frozenset({"/static/img/bakre.png"})
MUSEUM = {"museum/static/": "/static/", "rooms/static/": "/static/"}

SITES = (
    flask("flask", app="bakery", pages=BAKERY, static=SHELVES, missing=BAKER),
    flask("flask", "flask-hook", app="bakery", pages=BAKERY, static=SHELVES, missing=BAKER),
    flask(
        "flask-digest",
        app="choir",
        pages={"/": 200, "/dates": 200},
        static={"choir/static/": "/static/"},
        prepare=((PYTHON, "-m", "flask", "--app", "choir", "digest", "compile"),),
        fingerprint=r"-[0-9a-f]{32}(?=\.)",
    ),
    uvicorn("fastapi", app="tides:app", pages={"/": 200, "/ports/2": 200, "/ports/9": 404}, static={"static/": "/assets/"}),
    django("django", settings="museum.settings"),
    django(
        "django",
        "django-manifest",
        settings="museum.production",
        prepare=((PYTHON, "manage.py", "collectstatic", "--settings", "museum.production", "--noinput", "--verbosity", "0"),),
        fingerprint=r"\.[0-9a-f]{12}(?=\.)",
    ),
    files("html", pages={"/": 200, "/walks/": 200, "/walks/coast.html": 200}, static={"": "/"}),
    files(
        "eleventy",
        folder="_site",
        pages={"/": 200, "/recipes/soup/": 200},
        static={"src/assets/": "/assets/"},
        prepare=(("node", str(ELEVENTY), "--quiet"),),
    ),
)

FLASK = SITES[0]
