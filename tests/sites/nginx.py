"""nginx on the loopback interface: a folder whose static files are cached for a year, or a proxy that caches answers."""

import os
from contextlib import contextmanager
from pathlib import Path

from serving import running

COMMON = """
user {user};
pid {scratch}/nginx.pid;
error_log {scratch}/error.log;
events {{}}
http {{
  types {{ text/html html; text/css css; text/javascript js; image/png png; }}
  client_body_temp_path {scratch}/body;
  proxy_temp_path {scratch}/proxy;
  fastcgi_temp_path {scratch}/fastcgi;
  uwsgi_temp_path {scratch}/uwsgi;
  scgi_temp_path {scratch}/scgi;
  log_format path "$request_uri";
  access_log {scratch}/access.log path;
  {http}
  server {{
    listen 127.0.0.1:PORT;
    {server}
  }}
}}
"""

# A page written twice within a second, with the same length, has the same ETag here: pages are not validated at all.
FILES = """
    root {folder};
    location / {{ add_header Cache-Control no-store; etag off; if_modified_since off; }}
    location /static/ {{ add_header Cache-Control "public, max-age=31536000"; }}
    {more}
"""

CACHE = "proxy_cache_path {scratch}/cache keys_zone=all:1m;"
PROXY = """
    location / {{
      proxy_pass {origin};
      proxy_cache all;
      proxy_cache_key $uri;
      proxy_cache_valid 200 1y;
    }}
"""


class Server:
    """A running nginx."""

    def __init__(self, address, log):
        self.address = address
        self._log = log

    def requests(self):
        """The URLs that were asked for since the last call, without the host."""
        lines = self._log.read_text().splitlines()
        self._log.write_text("")
        return lines


@contextmanager
def _nginx(scratch, http, server):
    scratch.mkdir()
    user = "root" if os.geteuid() == 0 else "nobody"
    config = COMMON.format(scratch=scratch, user=user, http=http, server=server)
    # The port is known only when the server starts: its command writes it into the configuration.
    (scratch / "nginx.conf.in").write_text(config)
    start = f"sed s/PORT/$0/ nginx.conf.in >nginx.conf && exec nginx -p {scratch} -c nginx.conf -g 'daemon off;'"
    with running(("sh", "-c", start, "{port}"), scratch) as address:
        server = Server(address, scratch / "access.log")
        server.requests()
        yield server


@contextmanager
def files(folder, scratch, more=""):
    """Serves `folder`; `more` goes into the server's block."""
    with _nginx(Path(scratch), "", FILES.format(folder=folder, more=more)) as server:
        yield server


@contextmanager
def proxy(origin, scratch):
    """Serves what `origin` answers and keeps it by its path alone, as a proxy that ignores queries does."""
    scratch = Path(scratch)
    with _nginx(scratch, CACHE.format(scratch=scratch), PROXY.format(origin=origin)) as server:
        yield server
