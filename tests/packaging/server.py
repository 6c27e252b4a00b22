"""Shakes hands with a language server: initialize, shutdown, exit."""

import json
import subprocess


def frame(method, params=None, number=None):
    """A message of the protocol, as bytes."""
    message = {"jsonrpc": "2.0", "method": method}
    message |= {"params": params} if params is not None else {}
    message |= {"id": number} if number is not None else {}
    body = json.dumps(message).encode()
    return b"Content-Length: %d\r\n\r\n" % len(body) + body


def handshake(command):
    """What the server says of itself, and its exit code after a proper goodbye."""
    hello = frame("initialize", {"processId": None, "rootUri": None, "capabilities": {}}, 1)
    goodbye = frame("initialized", {}) + frame("shutdown", None, 2) + frame("exit")
    done = subprocess.run([*command, "server"], input=hello + goodbye, capture_output=True, timeout=60)
    _, _, rest = done.stdout.partition(b"\r\n\r\n")
    length = int(done.stdout.partition(b"\r\n")[0].rpartition(b" ")[2])
    return json.loads(rest[:length])["result"]["serverInfo"], done.returncode
