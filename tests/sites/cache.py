"""Why versions matter: a real browser that keeps static files for a year, before and after `cachelint fix`."""

import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

import nginx
from report import Report
from tool import Tool

HERE = Path(__file__).parent
COLOR = "getComputedStyle(document.body).color"
PNG, SCRIPT = "/static/dot.png", "/static/page.js"


class Page:
    """A folder that is served, and a browser that looks at it."""

    def __init__(self, binary, folder, browser):
        self.folder, self.tool = folder, Tool(binary, folder)
        self._tab = browser.new_context().new_page()

    def paint(self, shade):
        """Changes the style sheet; says the colour it gives now."""
        (self.folder / "static/page.css").write_text(f"body {{ color: rgb({shade}, {shade}, {shade}); }}\n")
        return f"rgb({shade}, {shade}, {shade})"

    def color(self, server):
        """Loads the page anew, as a visitor who comes back does, and says the colour that is seen."""
        self._tab.goto(server.address)
        return self._tab.evaluate(COLOR)


@contextmanager
def page(binary, browser):
    """The page in a folder of its own, and room for servers beside it."""
    with tempfile.TemporaryDirectory(prefix="cachelint-cache-") as scratch:
        folder = Path(scratch).resolve() / "page"
        shutil.copytree(HERE / "cached", folder)
        yield Page(binary, folder, browser), Path(scratch).resolve()


def in_the_query(report, binary, browser):
    """The version in the query, and a server alone."""
    with page(binary, browser) as (it, scratch), nginx.files(it.folder, scratch / "server") as server:
        first = it.color(server)
        report.check("the page is seen as it was written", first == "rgb(1, 1, 1)", first)
        server.requests()
        new = it.paint(2)
        seen = it.color(server)
        report.check("without versions, a changed style sheet is not seen", seen == first, seen)
        report.same("without versions, nothing but the page is asked for again", ["/"], server.requests())
        it.tool.run("fix")
        seen = it.color(server)
        report.check("after the fix, the changed style sheet is seen", seen == new, seen)
        server.requests()
        new = it.paint(3)
        findings, code = it.tool.findings()
        report.same("check then says that the version is stale", ["stale-version"], [f["rule"] for f in findings])
        report.check("check fails on it", code == 1, f"exit {code}")
        it.tool.run("fix")
        seen = it.color(server)
        report.check("after the next change and fix, the new style sheet is seen", seen == new, seen)
        asked = server.requests()
        css = [url for url in asked if url.startswith("/static/page.css?v=")]
        report.same("only the page and its style sheet were asked for, the rest came from the cache", ["/", *css], asked)
        report.check("the style sheet was asked for once", len(css) == 1, str(asked))


def main():
    binary = Path(sys.argv[1]).resolve()
    chromium = shutil.which("chromium")
    report = Report()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        in_the_query(report, binary, browser)
        browser.close()
    report.finish()


main()
