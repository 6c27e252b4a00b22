"""Why versions matter: a real browser that keeps static files for a year, before and after `cachelint fix`."""

import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

import nginx
from report import Report
from tool import Tool, printed_rule

HERE = Path(__file__).parent
COLOR = "getComputedStyle(document.body).color"


class Page:
    """A folder that is served, and a browser that looks at it."""

    def __init__(self, binary, folder, browser):
        self.folder, self.tool = folder, Tool(binary, folder)
        self._tab = browser.new_context().new_page()

    def configure(self, text):
        """Writes the configuration."""
        (self.folder / "cachelint.toml").write_text(text)

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
        all_but_one_cached(report, server.requests(), "/static/page.css?v=")


def behind_a_proxy(report, binary, browser):
    """The version in the query, behind a proxy that ignores queries."""
    with page(binary, browser) as (it, scratch), nginx.files(it.folder, scratch / "server") as server:
        with nginx.proxy(server.address, scratch / "front") as front:
            it.tool.run("fix")
            first = it.color(front)
            it.paint(2)
            it.tool.run("fix")
            seen = it.color(front)
            report.check("behind a proxy that ignores queries, a version in the query changes nothing", seen == first, seen)
            it.configure("cdn-ignores-query = true\n")
            rules = {finding["rule"] for finding in it.tool.findings()[0]}
            report.same("check says so where it is told of the proxy", ["query-ignored-by-cdn"], sorted(rules))


def in_the_name(report, binary, browser):
    """The version in the file name, behind the same proxy, by the rule that the doctor prints."""
    with page(binary, browser) as (it, scratch):
        it.configure('cdn-ignores-query = true\nstrategy = "filename"\n')
        rule = printed_rule(it.tool.run("doctor").stdout, "nginx").replace("/path/to/app", str(it.folder))
        (it.folder / "nginx.conf").write_text(rule)
        with nginx.files(it.folder, scratch / "server", rule) as server:
            with nginx.proxy(server.address, scratch / "front") as front:
                it.tool.run("fix")
                first = it.color(front)
                report.check("a version in the name is served by the printed rule", first == "rgb(1, 1, 1)", first)
                new = it.paint(2)
                it.tool.run("fix")
                server.requests()
                seen = it.color(front)
                report.check("behind the same proxy, the changed style sheet is seen after the fix", seen == new, seen)
                all_but_one_cached(report, server.requests(), "/static/page.")


def all_but_one_cached(report, asked, start):
    """Of the files of the page, the browser asked only for the style sheet, whose new URL has that start."""
    css = [url for url in asked if url.startswith(start)]
    report.same("only the page and its style sheet were asked for, the rest came from the cache", ["/", *css], asked)
    report.check("the style sheet was asked for once", len(css) == 1, str(asked))


def main():
    binary = Path(sys.argv[1]).resolve()
    chromium = shutil.which("chromium")
    report = Report()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for scene in (in_the_query, behind_a_proxy, in_the_name):
            scene(report, binary, browser)
        browser.close()
    report.finish()


main()
