"""Versions in file names: the rules that `cachelint doctor` prints, as nginx and Flask understand them."""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

import nginx
from report import Report
from serving import fetch
from tool import Tool, printed_rule

PAGE = '<!doctype html>\n<link rel="stylesheet" href="/static/css/site.css">\n<script src="/static/app.min.js"></script>\n'
FILES = {
    "index.html": PAGE,
    "static/css/site.css": "body { color: black }\n",
    "static/app.min.js": "start();\n",
    "static/kept.0badc0de.css": "of a build\n",
    "cachelint.toml": 'strategy = "filename"\nstatic-roots = { "/static/" = "static" }\n',
}
IMMUTABLE = "public, max-age=31536000, immutable"

def answer(url):
    """The status, the text and the Cache-Control of a URL."""
    status, body, cache_control = fetch(url)
    return status, body.decode(), cache_control


def same(report, name, expected, got):
    """Checks that two values are equal."""
    report.same(name, [repr(expected)], [repr(got)])


def urls(site):
    """The URLs that the page names."""
    return re.findall(r'(?:href|src)="([^"]+)"', (site / "index.html").read_text("utf-8"))


def check_nginx(report, tool, site, doctor):
    """The printed rule is valid, makes file names the preferred fix, and serves what the fix writes."""
    rule = printed_rule(doctor, "nginx").replace("/path/to/app", str(site))
    (site / "deploy").mkdir()
    (site / "deploy/nginx.conf").write_text(rule, "utf-8")
    report.check("the doctor finds the printed rule", "by nginx, deploy/nginx.conf:" in tool.run("doctor").stdout)
    tool.run("fix")
    css, script = urls(site)
    names = re.fullmatch(r"/static/css/site\.[0-9a-f]{8}\.css", css) and re.fullmatch(r"/static/app\.min\.[0-9a-f]{8}\.js", script)
    report.check("fix writes the version into the names", bool(names), f"{css} {script}")
    same(report, "what it wrote is up to date", [], tool.findings()[0])
    with nginx.files(site, site.parent / "server", rule) as server:
        address = server.address
        for url, file in ((css, "static/css/site.css"), (script, "static/app.min.js")):
            same(report, f"{file} is served under its versioned name, to be kept", (200, FILES[file], IMMUTABLE), answer(address + url))
        same(report, "and under its own as before", (200, FILES["static/css/site.css"], "public, max-age=31536000"), answer(address + "/static/css/site.css"))
        same(report, "a file that holds a hash itself is that file", (200, FILES["static/kept.0badc0de.css"], IMMUTABLE), answer(address + "/static/kept.0badc0de.css"))
        same(report, "what is no hash, and what is nowhere, is not found", [404, 404], [answer(address + url)[0] for url in ("/static/css/site.short.css", "/static/no.0badc0de.css")])
        (site / "static/css/site.css").write_text("body { color: teal }\n", "utf-8")
        same(report, "after a change the name is stale", ["stale-version"], [finding["rule"] for finding in tool.findings()[0]])
        tool.run("fix")
        report.check("fix gives it another", urls(site)[0] != css and urls(site)[1] == script, str(urls(site)))
        same(report, "under which the changed file is served", (200, "body { color: teal }\n", IMMUTABLE), answer(address + urls(site)[0]))


def check_flask(report, site, doctor):
    """The printed hook serves files under their versioned names, those of blueprints too."""
    code = f"""import re
from flask import Blueprint, Flask
app = Flask("app", root_path={str(site)!r})
app.register_blueprint(Blueprint("shop", "shop", root_path={str(site)!r}, static_folder="static", url_prefix="/shop"))

{printed_rule(doctor, "Flask")}"""
    names = {}
    exec(compile(code, "app.py", "exec"), names)
    client = names["app"].test_client()
    answers = {url: client.get(url) for url in ("/static/css/site.0badc0de.css", "/shop/static/app.min.0badc0de.js", "/static/app.min.js")}
    same(report, "Flask serves them by the printed hook", [200, 200, 200], [it.status_code for it in answers.values()])
    same(report, "and nothing else", 404, client.get("/static/css/no.0badc0de.css").status_code)


def main():
    report = Report()
    with tempfile.TemporaryDirectory(prefix="cachelint-names-") as folder:
        Path(folder).chmod(0o755)
        site = Path(folder).resolve() / "site"
        for name, text in FILES.items():
            (site / name).parent.mkdir(parents=True, exist_ok=True)
            (site / name).write_text(text, "utf-8")
        subprocess.run(["git", "init", "--quiet", site], check=True)
        tool = Tool(Path(sys.argv[1]).resolve(), site)
        doctor = tool.run("doctor").stdout
        report.check("without a rule a query is the preferred fix", "site.css?v=" in tool.run("fix", "--diff").stdout)
        check_flask(report, site, doctor)
        check_nginx(report, tool, site, doctor)
    report.finish()


main()
