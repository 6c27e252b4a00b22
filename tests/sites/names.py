"""Versions in file names: the rules that `cachelint doctor` prints, as nginx and Flask understand them."""

import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path

from report import Report
from tool import Tool

PAGE = '<!doctype html>\n<link rel="stylesheet" href="/static/css/site.css">\n<script src="/static/app.min.js"></script>\n'
FILES = {
    "index.html": PAGE,
    "static/css/site.css": "body { color: black }\n",
    "static/app.min.js": "start();\n",
    "static/kept.0badc0de.css": "of a build\n",
    "cachelint.toml": 'strategy = "filename"\nstatic-roots = { "/static/" = "static" }\n',
}
IMMUTABLE = "public, max-age=31536000, immutable"
NGINX = """daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log stderr;
events {{}}
http {{
    access_log off;
    types {{ text/css css; text/javascript js; text/html html; }}
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        root {site};
{rule}
    }}
}}
"""


def printed(doctor, server):
    """The rule for a server, as `doctor` printed it."""
    block = re.search(rf"^  {server}:\n\n((?:    .*\n)+)", doctor, re.MULTILINE)
    return re.sub(r"^    ", "", block[1], flags=re.MULTILINE)


def free_port():
    """A port of loopback that nothing listens at."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def nginx(config, port):
    """Serves by a configuration of nginx once it answers."""
    server = subprocess.Popen(["nginx", "-c", config], stderr=subprocess.PIPE, text=True)
    try:
        deadline = time.monotonic() + 20
        while socket.socket().connect_ex(("127.0.0.1", port)):
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"nginx does not answer: {server.stderr.read()}")
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.communicate()


def get(url):
    """The status, the body and the Cache-Control of a URL."""
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return answer.status, answer.read().decode(), answer.headers.get("Cache-Control")
    except urllib.error.HTTPError as error:
        return error.code, "", None


def same(report, name, expected, got):
    """Checks that two values are equal."""
    report.same(name, [repr(expected)], [repr(got)])


def urls(site):
    """The URLs that the page names."""
    return re.findall(r'(?:href|src)="([^"]+)"', (site / "index.html").read_text("utf-8"))


def check_nginx(report, tool, site, doctor):
    """The printed rule is valid, makes file names the preferred fix, and serves what the fix writes."""
    rule = printed(doctor, "nginx").replace("/path/to/app", str(site))
    folder, port = site.parent, free_port()
    config = site / "deploy/nginx.conf"
    config.parent.mkdir()
    config.write_text(NGINX.format(folder=folder, port=port, site=site, rule=rule), "utf-8")
    tested = subprocess.run(["nginx", "-t", "-c", config], capture_output=True, text=True)
    report.check("nginx -t takes the printed rule", tested.returncode == 0, tested.stderr)
    report.check("the doctor then finds it", "by nginx, deploy/nginx.conf:" in tool.run("doctor").stdout)
    tool.run("fix")
    css, script = urls(site)
    names = re.fullmatch(r"/static/css/site\.[0-9a-f]{8}\.css", css) and re.fullmatch(r"/static/app\.min\.[0-9a-f]{8}\.js", script)
    report.check("fix writes the version into the names", bool(names), f"{css} {script}")
    same(report, "what it wrote is up to date", [], tool.findings()[0])
    with nginx(config, port) as address:
        for url, file in ((css, "static/css/site.css"), (script, "static/app.min.js")):
            same(report, f"{file} is served under its versioned name, to be kept", (200, FILES[file], IMMUTABLE), get(address + url))
        same(report, "and under its own, with nothing said of keeping", (200, FILES["static/css/site.css"], None), get(address + "/static/css/site.css"))
        same(report, "a file that holds a hash itself is that file", (200, FILES["static/kept.0badc0de.css"], IMMUTABLE), get(address + "/static/kept.0badc0de.css"))
        same(report, "what is no hash, and what is nowhere, is not found", [404, 404], [get(address + url)[0] for url in ("/static/css/site.short.css", "/static/no.0badc0de.css")])
        (site / "static/css/site.css").write_text("body { color: teal }\n", "utf-8")
        same(report, "after a change the name is stale", ["stale-version"], [finding["rule"] for finding in tool.findings()[0]])
        tool.run("fix")
        report.check("fix gives it another", urls(site)[0] != css and urls(site)[1] == script, str(urls(site)))
        same(report, "under which the changed file is served", (200, "body { color: teal }\n", IMMUTABLE), get(address + urls(site)[0]))


def check_flask(report, site, doctor):
    """The printed hook serves files under their versioned names, those of blueprints too."""
    code = f"""import re
from flask import Blueprint, Flask
app = Flask("app", root_path={str(site)!r})
app.register_blueprint(Blueprint("shop", "shop", root_path={str(site)!r}, static_folder="static", url_prefix="/shop"))

{printed(doctor, "Flask")}"""
    names = {}
    exec(compile(code, "app.py", "exec"), names)
    client = names["app"].test_client()
    answers = {url: client.get(url) for url in ("/static/css/site.0badc0de.css", "/shop/static/app.min.0badc0de.js", "/static/app.min.js")}
    same(report, "Flask serves them by the printed hook", [200, 200, 200], [answer.status_code for answer in answers.values()])
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
