"""Serves a site on the loopback interface and loads its pages and static files."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from urllib.parse import urldefrag, urljoin, urlsplit

from page import css_urls, page_urls

PATIENCE = 60  # seconds until a server must answer


def free_port():
    """A port that nothing listens on."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@contextmanager
def served(site, folder):
    """Deploys the site of `folder` to another one, serves it from there on a free port and yields its address."""
    with tempfile.TemporaryDirectory(prefix="cachelint-deployed-") as scratch:
        deployed = shutil.copytree(folder, os.path.join(scratch, site.name), symlinks=True)
        for command in site.prepare:
            subprocess.run(command, cwd=deployed, check=True, stdout=subprocess.DEVNULL)
        with running(site.serve, deployed) as address:
            yield address


@contextmanager
def running(command, folder):
    """Runs a server, `{port}` in its command filled in, and yields its address once it answers."""
    port = free_port()
    command = [part.replace("{port}", str(port)) for part in command]
    with open(os.devnull, "wb") as nothing:
        server = subprocess.Popen(command, cwd=folder, stdout=nothing, stderr=nothing)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(server, address)
        yield address
    finally:
        server.terminate()
        server.wait()


def wait_for(server, address):
    """Returns when the server answers; ends the test where it does not."""
    end = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < end:
        try:
            get(address)
            return
        except OSError:
            time.sleep(0.05)
    raise SystemExit(f"no answer from {server.args}")


def fetch(url):
    """The status, the body and the Cache-Control of a URL."""
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            return answer.status, answer.read(), answer.headers["Cache-Control"]
    except urllib.error.HTTPError as error:
        return error.code, error.read(), None


def get(url):
    """The status and the body of a URL."""
    return fetch(url)[:2]


def crawl(site, address):
    """Loads every page and all they name: statuses of the pages, and of each static URL its status and body."""
    pages, assets = {}, {}
    for page in site.pages:
        pages[page], body = get(address + page)
        load(site, address, page_urls(body.decode()), address + page, assets)
    return pages, assets


def load(site, address, urls, base, assets):
    """Loads the static files among `urls`, and what their style sheets name, into `assets`."""
    for url in (urldefrag(urljoin(base, url)).url for url in urls):
        local = url.removeprefix(address)
        if local == url or not site.is_static(urlsplit(local).path) or local in assets:
            continue
        assets[local] = get(url)
        if urlsplit(url).path.endswith(".css"):
            load(site, address, css_urls(assets[local][1].decode()), url, assets)
