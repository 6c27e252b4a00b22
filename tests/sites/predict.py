"""What a site will render, from what cachelint says of its references."""

import html
import re
from urllib.parse import parse_qsl, unquote, urljoin, urlsplit

VERSION = re.compile(r"""\bv=(?:'|")?([0-9a-f]{8})(?![0-9a-f])""")
WRITTEN = re.compile(r"[%}]}\?([^{}]+)$")
UNRENDERED = ("inert", "external", "dynamic")
TEMPLATE_CODE = re.compile(r"{{|{%|url_for\(")


def predicted(site, folder, references):
    """The URLs the references will render to, as `key` gives them; a query of None is the application's own."""
    urls = set()
    for reference in references:
        text = (folder / reference["path"]).read_bytes()[reference["start"]["byte"] : reference["end"]["byte"]].decode()
        if reference["status"] in UNRENDERED:
            continue
        if not TEMPLATE_CODE.search(text):
            base = site.served_path(reference["path"]) or "/"
            urls.add(key(urljoin(base, html.unescape(text))))
        elif reference["asset"]:
            urls.add((site.served_path(reference["asset"]), query(text, reference["status"])))
    return {(path, query) for path, query in urls if site.is_static(path)}


def query(call, status):
    """The query of a call of a helper; None where the application itself may write the version."""
    if version := VERSION.search(call):
        return (("v", version[1]),)
    written = WRITTEN.search(call)
    if written and status != "runtime":
        return tuple(parse_qsl(written[1], keep_blank_values=True))
    return None if status in ("runtime", "versioned", "exempt") else ()


def key(url, fingerprint=""):
    """A URL's path, without the framework's own fingerprint, and query in a form that can be compared."""
    parts = urlsplit(url)
    path = re.sub(fingerprint, "", parts.path) if fingerprint else parts.path
    return unquote(path), tuple(parse_qsl(parts.query, keep_blank_values=True))


def as_predicted(site, rendered, predictions):
    """The rendered URLs that no reference predicts, and the predictions that no page renders."""
    left = set(predictions)
    surprises = []
    for url in sorted(rendered):
        path, query = key(url, site.fingerprint)
        matching = {(path, query), (path, None)} & predictions
        left -= matching
        if not matching:
            surprises.append(url)
    return surprises, [f"{path} {query}" for path, query in sorted(left, key=str)]
