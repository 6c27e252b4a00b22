"""Checks and fixes each site, serves it with its framework and compares what is rendered with what was predicted."""

import hashlib
import re
import sys
import tempfile
import urllib.request
from pathlib import Path

from predict import VERSION, as_predicted, predicted
from report import Report
from serving import crawl, get, served
from sites import FLASK, HERE, SITES, UNTRACKED
from tool import Tool, finding_line, reference_line, with_safe_edits


class Checks:
    """The checks of one site, in a repository of its own."""

    def __init__(self, report, binary, site, folder):
        self.report, self.site, self.folder = report, site, folder
        site.copy_to(folder)
        self.tool = Tool(binary, folder)

    def run(self):
        self.serves("before the fix")
        findings, code = self.tool.findings()
        self.same("check names what a careful engineer would", "check.txt", [finding_line(f) for f in findings])
        self.check("check fails where there is a warning", code == fails(findings), f"exit {code}")
        lines = [reference_line(r) for r in self.tool.references()]
        self.same("references lists them all with their status", "references.txt", lines)
        self.fixes()
        self.serves("after the fix", self.tool.references())
        self.tool.run("fix", "--unsafe-fixes")
        self.serves("after the unsafe fixes", self.tool.references())

    def check(self, name, good, detail=""):
        self.report.check(f"{self.site.name}: {name}", good, detail)

    def same(self, name, file, got):
        self.report.same(f"{self.site.name}: {name}", expected(self.site, file), got)

    def serves(self, when, references=None):
        """Every page and every file answers; with references, as they predict."""
        site = self.site
        with served(site, self.folder) as address:
            pages, assets = crawl(site, address)
            unserved = [f for f in self.static_files() if get(address + urllib.request.pathname2url(f))[0] != 200]
        self.check(f"{when}, every page answers", pages == site.pages, str(pages))
        broken = [f"{status} {url}" for url, (status, _) in assets.items() if status != 200 and url not in site.missing]
        self.check(f"{when}, every URL of a page answers, a missing file aside", not broken, "\n".join(broken))
        self.check(f"{when}, every file is served", not unserved, "\n".join(unserved))
        if references is None:
            return
        wrong = [
            url
            for url, (_, body) in assets.items()
            if (version := VERSION.search(url)) and version[1] != hashlib.sha256(body).hexdigest()[:8]
        ]
        self.check(f"{when}, each version is cut from the SHA-256 of what is served", not wrong, "\n".join(wrong))
        surprises, unrendered = as_predicted(site, assets, predicted(site, self.folder, references))
        self.same(f"{when}, the rendered URLs are those predicted, dynamic ones aside", "dynamic.txt", surprises)
        self.check(f"{when}, each predicted URL is rendered", not unrendered, "\n".join(unrendered))

    def static_files(self):
        """The URL paths of the static files."""
        paths = (path.relative_to(self.folder).as_posix() for path in contents(self.folder))
        urls = (self.site.served_path(path) for path in paths)
        return [url for url in urls if url and self.site.is_static(url)]

    def fixes(self):
        """`fix` does what the findings' edits say, ends what it can end, and has nothing left to do."""
        tool, folder = self.tool, self.folder
        before, (findings, _) = contents(folder), tool.findings()
        ours = {
            path: with_safe_edits(data, [f for f in findings if folder / f["path"] == path])
            for path, data in before.items()
        }
        shown = tool.run("fix", "--diff")
        unchanged = contents(folder) == before
        changes = any(ours[path] != before[path] for path in before)
        told = "fix --diff says whether something would change, and changes nothing"
        self.check(told, shown.returncode == int(changes) and unchanged, shown.stderr)
        tool.run("fix")
        fixed = contents(folder)
        other = [str(path.relative_to(folder)) for path in fixed if unversioned(fixed[path]) != unversioned(ours[path])]
        self.check("fix makes the findings' safe edits and leaves every other byte", not other, "\n".join(other))
        left, code = tool.findings()
        self.same("after the fix only what has no safe fix remains", "after.txt", [finding_line(f) for f in left])
        self.check("check fails as long as a warning remains", code == fails(left), f"exit {code}")
        again = tool.run("fix")
        self.check("a second fix changes nothing", contents(folder) == fixed, again.stderr)
        shown = tool.run("fix", "--diff")
        self.check("fix --diff then has nothing to show", (shown.returncode, shown.stdout) == (0, ""), shown.stdout)


def expected(site, name):
    """The lines of an expectation, without comments and blank lines."""
    lines = (HERE / "expected" / site.name / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def contents(folder):
    """The bytes of every file of the site."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path: path.read_bytes() for path in files if not UNTRACKED & set(path.relative_to(folder).parts)}


def unversioned(data):
    """The bytes without the versions in them: a stylesheet that is fixed has another version itself."""
    return re.sub(rb"""\bv=(['"]?)[0-9a-f]{8}\b""", rb"v=\1", data)


def fails(findings):
    """The exit code of `check` for these findings."""
    return int(any(finding["level"] in ("warning", "error") for finding in findings))


def check_in_place(report, binary):
    """The command that the README begins with."""
    found = Tool(binary, HERE.parent.parent).findings("tests/sites/flask")[0]
    lines = [finding_line(f).replace("tests/sites/flask/", "") for f in found]
    report.same("check tests/sites/flask, run in this repository", expected(FLASK, "check.txt"), lines)


def main():
    binary, names = Path(sys.argv[1]).resolve(), sys.argv[2:]
    report = Report()
    check_in_place(report, binary)
    for site in SITES:
        if not names or site.name in names:
            with tempfile.TemporaryDirectory(prefix=f"cachelint-{site.name}-") as folder:
                Checks(report, binary, site, Path(folder).resolve() / site.name).run()
    report.finish()


main()
