"""Puts the run-time helper into the Flask site, serves it, and looks at the URLs, the headers and what a change does."""

import hashlib
import sys
import tempfile
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from report import Report
from serving import crawl, fetch, running
from sites import FLASK
from tool import Tool

WRITTEN_BY_HAND = {"0badc0de", "c164a69d", "1", "2026.3"}
YEAR = "public, max-age=31536000, immutable"


def cache_control(url):
    """The Cache-Control of what a URL answers."""
    return fetch(url)[2]


def check_fix(report, binary):
    """After `fix` no URL has a second query behind the one that the application makes."""
    with tempfile.TemporaryDirectory(prefix="cachelint-helper-") as folder:
        site = Path(folder).resolve() / "site"
        FLASK.copy_to(site)
        tool = Tool(binary, site)
        tool.run("add-helper", "flask")
        tool.run("fix")
        with running(FLASK.serve, site) as address:
            double = [url for url in crawl(FLASK, address)[1] if url.count("?") > 1]
        report.check("after fix no URL has a second query behind the application's", not double, "\n".join(double))


def versions(assets):
    """The version that the application gives each URL, by path."""
    carried = {urlsplit(url).path: parse_qs(urlsplit(url).query).get("v", [None])[0] for url in assets if url.count("?") == 1}
    return {path: version for path, version in carried.items() if version and version not in WRITTEN_BY_HAND}


def wrongly_versioned(assets, carried, is_right):
    """The URLs whose version is not the right one for what they serve."""
    bodies = {url: body for url, (_, body) in assets.items() if url.endswith(tuple(carried.values()))}
    return [url for url, body in bodies.items() if not is_right(body, carried[urlsplit(url).path])]


def check_urls(report, site):
    """Every page answers, and the URLs that the application makes carry the digest of what they serve."""
    with running(FLASK.serve, site) as address:
        pages, assets = crawl(FLASK, address)
        report.check("every page answers, that with the missing file too", pages == FLASK.pages, str(pages))
        carried = versions(assets)
        wrong = wrongly_versioned(assets, carried, lambda body, version: version == hashlib.sha256(body).hexdigest()[:8])
        report.check("each version is cut from the SHA-256 of what is served", carried and not wrong, "\n".join(wrong))
        both = {"/static/css/site.css", "/admin/static/panel.css"}
        report.check("the application's files have one and a blueprint's too", both <= carried.keys(), str(sorted(carried)))
        report.check("a file that is not there has none", not FLASK.missing & carried.keys(), str(sorted(carried)))
        url = f"{address}/static/css/site.css"
        report.same("what is asked for by its version is kept for a year", [YEAR], [cache_control(f"{url}?v={carried['/static/css/site.css']}")])
        other = [cache_control(url), cache_control(f"{url}?v=0badc0de")]
        report.same("what is asked for without, or by another, is not", ["no-cache", "no-cache"], other)
        (site / "bakery/static/css/site.css").open("a").write("\n/* changed */\n")
        after = versions(crawl(FLASK, address)[1])
        changed = [path for path in carried if after.get(path) != carried[path]]
        report.same("a file that changes has another version on the next page, and no other file has", ["/static/css/site.css"], changed)


SOURCES = {
    "git": lambda body, version: version == hashlib.sha1(b"blob %d\0" % len(body) + body).hexdigest()[:8],
    "mtime": lambda body, version: version.isdigit() and int(version) > 1_000_000_000,
}


def check_source(report, binary, source, is_right):
    """Versions that the configuration has made of something else than a digest are made of it as the application runs."""
    with tempfile.TemporaryDirectory(prefix="cachelint-helper-") as folder:
        site = Path(folder).resolve() / "site"
        FLASK.copy_to(site)
        with (site / "cachelint.toml").open("a") as config:
            config.write(f'version.source = "{source}"\n')
        Tool(binary, site).run("add-helper", "flask")
        with running(FLASK.serve, site) as address:
            pages, assets = crawl(FLASK, address)
            report.check(f"{source}: every page answers", pages == FLASK.pages, str(pages))
            carried = versions(assets)
            wrong = wrongly_versioned(assets, carried, is_right)
            report.check(f"{source}: each version is made of it", carried and not wrong, "\n".join(wrong))
            url = f"{address}/static/css/site.css"
            report.same(f"{source}: what is asked for by it is kept for a year", [YEAR], [cache_control(f"{url}?v={carried['/static/css/site.css']}")])


def main():
    binary = Path(sys.argv[1]).resolve()
    report = Report()
    check_fix(report, binary)
    with tempfile.TemporaryDirectory(prefix="cachelint-helper-") as folder:
        site = Path(folder).resolve() / "site"
        FLASK.copy_to(site)
        tool = Tool(binary, site)
        code = site / "bakery/__init__.py"
        before = code.read_text("utf-8")
        shown = tool.run("add-helper", "flask", "--diff")
        report.check("add-helper --diff shows the change and makes none", shown.returncode == 1 and code.read_text("utf-8") == before, shown.stderr)
        tool.run("add-helper", "flask")
        after = code.read_text("utf-8")
        report.check("add-helper puts it behind the call of Flask", "app = Flask(__name__)\n\n    def add_static_versions(app):" in after)
        again = tool.run("add-helper", "flask")
        report.check("a second add-helper changes nothing", (again.returncode, code.read_text("utf-8")) == (0, after), again.stderr)
        left = [r for r in tool.references() if r["form"] == "call:url_for" and r["status"] == "unversioned"]
        report.check("check then finds every url_for of a static file versioned at run time", not left, str(left))
        check_urls(report, site)
    for source, is_right in SOURCES.items():
        check_source(report, binary, source, is_right)
    report.finish()


main()
