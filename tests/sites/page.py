"""Finds the static URLs of a rendered page or a served stylesheet, without any code of cachelint."""

import re
from html.parser import HTMLParser

URL_ATTRIBUTES = {"src", "href", "poster", "data", "content", "background", "data-src", "xlink:href"}
CSS_URL = re.compile(r"""url\(\s*["']?([^"')]+)["']?\s*\)|@import\s+["']([^"']+)["']""")
SCRIPT_STRING = re.compile(r"""["'](/[^"'\s]*/[^"'\s]+\.\w+(?:\?[^"']*)?)["']""")


def css_urls(text):
    """The URLs of a style sheet."""
    return [first or second for first, second in CSS_URL.findall(text)]


def srcset_urls(text):
    """The URLs of a srcset's candidates."""
    return [candidate.split()[0] for candidate in text.split(",") if candidate.strip()]


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.urls = []
        self.inside = None

    def handle_starttag(self, tag, attrs):
        self.inside = tag if tag in ("style", "script") else None
        for name, value in attrs:
            if name in URL_ATTRIBUTES:
                self.urls.append(value.strip())
            elif name.endswith("srcset"):
                self.urls.extend(srcset_urls(value))
            elif name == "style":
                self.urls.extend(css_urls(value))

    def handle_endtag(self, tag):
        self.inside = None

    def handle_data(self, data):
        if self.inside == "style":
            self.urls.extend(css_urls(data))
        elif self.inside == "script":
            self.urls.extend(SCRIPT_STRING.findall(data))


def page_urls(text):
    """Every URL that a page's attributes, styles and script strings name."""
    page = _Page()
    page.feed(text)
    page.close()
    return page.urls
