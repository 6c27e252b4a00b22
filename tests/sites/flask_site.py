"""Checks and fixes the Flask site, serves it with Flask and compares what is rendered with what was predicted."""

import hashlib
import html
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qsl, urldefrag, urljoin, urlsplit, unquote

from page import css_urls, page_urls
from report import Report
from tool import Tool, finding_line, reference_line, with_safe_edits

HERE = Path(__file__).parent
PAGES = {"/": 200, "/?season=winter": 200, "/loaf/rye": 200, "/loaf/spelt": 200, "/order": 200}
PAGES |= {"/style-guide": 200, "/nowhere": 404, "/admin/": 200, "/admin/receipt": 200}
STATIC = {"bakery/static/": "/static/", "bakery/admin/static/": "/admin/static/"}
PLANTED_MISSING = "/static/img/bakre.png"
VERSION = re.compile(r"""\bv=(?:'|")?([0-9a-f]{8})(?![0-9a-f])""")


def expected(name):
    """The lines of an expectation, without comments and blank lines."""
    lines = (HERE / "expected/flask" / name).read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def key(url):
    """A URL's path and query in a form that can be compared."""
    parts = urlsplit(url)
    return unquote(parts.path), tuple(parse_qsl(parts.query, keep_blank_values=True))


@contextmanager
def served(site):
    """Serves the site with Flask's own command on a free port and yields its address."""
    command = [sys.executable, "-m", "flask", "--app", "bakery", "run", "--port", "0"]
    server = subprocess.Popen(command, cwd=site, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        lines = iter(server.stderr.readline, "")
        yield next(m[1] for line in lines if (m := re.search(r"Running on (http://\S+)", line)))
    finally:
        server.kill()
        server.communicate()


def get(url):
    """The status and the body of a URL."""
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


def crawl(address):
    """Loads every page and all they name: statuses of the pages, and of each static URL its status and body."""
    pages, assets = {}, {}
    for page in PAGES:
        pages[page], body = get(address + page)
        load(address, page_urls(body.decode()), address + page, assets)
    return pages, assets


def load(address, urls, base, assets):
    """Loads the static files among `urls`, and what their style sheets name, into `assets`."""
    for url in (urldefrag(urljoin(base, url)).url for url in urls):
        local = url.removeprefix(address)
        if local == url or "/static/" not in local or local in assets:
            continue
        assets[local] = get(url)
        if urlsplit(url).path.endswith(".css"):
            load(address, css_urls(assets[local][1].decode()), url, assets)


def served_path(asset):
    """The URL path of a file of the site."""
    folder = next(folder for folder in STATIC if asset.startswith(folder))
    return STATIC[folder] + asset.removeprefix(folder)


def predicted(site, references):
    """The URLs the references will render to; a query of None is the application's own."""
    urls = set()
    for reference in references:
        text = (site / reference["path"]).read_bytes()[reference["start"]["byte"] : reference["end"]["byte"]].decode()
        if reference["status"] in ("inert", "external", "dynamic"):
            continue
        if "url_for" not in text:
            base = served_path(reference["path"]) if reference["path"].endswith(".css") else "/"
            urls.add(key(urljoin(base, html.unescape(text))))
        elif reference["asset"]:
            urls.add((served_path(reference["asset"]), predicted_query(text)))
    return urls


def predicted_query(call):
    """The query of a call of url_for; None where the application itself writes the version."""
    if "config.RELEASE" in call:
        return None
    version = VERSION.search(call)
    return (("v", version[1]),) if version else ()


def as_predicted(rendered, predictions):
    """The rendered URLs that no reference predicts, and the predictions that no page renders."""
    left = set(predictions)
    surprises = []
    for url in sorted(rendered):
        match = next((k for k in (key(url), (key(url)[0], None)) if k in predictions), None)
        left.discard(match) if match else surprises.append(url)
    return surprises, [f"{path} {query}" for path, query in sorted(left, key=str)]


def check_served(report, when, site, references=None):
    """Every page and every file answers; with references, as they predict."""
    with served(site) as address:
        pages, assets = crawl(address)
        files = [str(f.relative_to(site)) for folder in STATIC for f in (site / folder).rglob("*") if f.is_file()]
        unserved = [f for f in files if get(address + urllib.request.pathname2url(served_path(f)))[0] != 200]
    report.check(f"{when}, every page answers", pages == PAGES, str(pages))
    broken = [f"{status} {url}" for url, (status, _) in assets.items() if status != 200 and url != PLANTED_MISSING]
    report.check(f"{when}, every URL of a page answers, the missing file aside", not broken, "\n".join(broken))
    report.check(f"{when}, every file is served", not unserved, "\n".join(unserved))
    if references is None:
        return
    wrong = [
        url
        for url, (_, body) in assets.items()
        if (version := VERSION.search(url)) and version[1] != hashlib.sha256(body).hexdigest()[:8]
    ]
    report.check(f"{when}, each version is cut from the SHA-256 of what is served", not wrong, "\n".join(wrong))
    surprises, unrendered = as_predicted(assets, predicted(site, references))
    report.same(f"{when}, the rendered URLs are those predicted, dynamic ones aside", expected("dynamic.txt"), surprises)
    report.same(f"{when}, each predicted URL is rendered", [], unrendered)


def contents(site):
    """The bytes of every file of the site."""
    return {path: path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file() and ".git" not in path.parts}


def unversioned(data):
    """The bytes without the versions in them: a stylesheet that is fixed has another version itself."""
    return re.sub(rb"""\bv=(['"]?)[0-9a-f]{8}\b""", rb"v=\1", data)


def fails(findings):
    """The exit code of `check` for these findings."""
    return int(any(finding["level"] in ("warning", "error") for finding in findings))


def check_fix(report, tool, site):
    """`fix` does what the findings' edits say, ends what it can end, and has nothing left to do."""
    before, (findings, _) = contents(site), tool.findings()
    ours = {
        path: with_safe_edits(data, [f for f in findings if site / f["path"] == path]) for path, data in before.items()
    }
    shown = tool.run("fix", "--diff")
    report.check("fix --diff says that something would change, and changes nothing", shown.returncode == 1 and contents(site) == before, shown.stderr)
    tool.run("fix")
    fixed = contents(site)
    other = [str(path.relative_to(site)) for path in fixed if unversioned(fixed[path]) != unversioned(ours[path])]
    report.check("fix makes the findings' safe edits and leaves every other byte", not other, "\n".join(other))
    left, code = tool.findings()
    report.same("after the fix only what has no safe fix remains", expected("after.txt"), [finding_line(f) for f in left])
    report.check("check fails as long as a warning remains", code == fails(left), f"exit {code}")
    again = tool.run("fix")
    report.check("a second fix changes nothing", contents(site) == fixed, again.stderr)
    shown = tool.run("fix", "--diff")
    report.check("fix --diff then has nothing to show", (shown.returncode, shown.stdout) == (0, ""), shown.stdout)


def main():
    binary = Path(sys.argv[1]).resolve()
    report = Report()
    in_place = Tool(binary, HERE.parent.parent).findings("tests/sites/flask")[0]
    in_place = [finding_line(f).replace("tests/sites/flask/", "") for f in in_place]
    report.same("check tests/sites/flask, run in this repository, names the planted references", expected("check.txt"), in_place)
    with tempfile.TemporaryDirectory(prefix="cachelint-flask-") as folder:
        site = Path(folder).resolve() / "site"
        shutil.copytree(HERE / "flask", site, ignore=shutil.ignore_patterns("__pycache__"))
        subprocess.run(["git", "init", "--quiet", site], check=True)
        tool = Tool(binary, site)
        check_served(report, "before the fix", site)
        findings, code = tool.findings()
        report.same("check names them in a repository of their own too", expected("check.txt"), [finding_line(f) for f in findings])
        report.check("check fails on them", code == 1, f"exit {code}")
        lines = [reference_line(r) for r in tool.references()]
        report.same("references lists them all with their status", expected("references.txt"), lines)
        check_fix(report, tool, site)
        check_served(report, "after the fix", site, tool.references())
        tool.run("fix", "--unsafe-fixes")
        check_served(report, "after the unsafe fixes", site, tool.references())
    report.finish()


main()
