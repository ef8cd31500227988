"""The smallest server made of the desk's own parts: gevent's WSGI server, simple-websocket and one commit.

Run as `python -m bench.reference FOLDER`. `POST /commit` writes one row with one fsync, sends one message of 300 bytes
to every WebSocket on `/wall` and answers 200; a WebSocket on `/echo` gets back what it sends. No rules, no framework.
"""

from gevent import monkey

monkey.patch_all()

import importlib  # noqa: E402
import os  # noqa: E402
import signal  # noqa: E402
import socket  # noqa: E402
import sys  # noqa: E402
from collections.abc import Iterable  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402
from wsgiref.types import StartResponse, WSGIEnvironment  # noqa: E402

from gevent import pywsgi  # noqa: E402

from .journal import Journal, message  # noqa: E402

simple_websocket: Any = importlib.import_module("simple_websocket")  # it has no types


class Reference:
    """The WSGI application; the commit is made inside the handler, because nobody else is served meanwhile."""

    def __init__(self, file: Path) -> None:
        self._journal = Journal(file)
        self._walls: set[Any] = set()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request, or hold one WebSocket until its client hangs up."""
        path = environ["PATH_INFO"]
        if path == "/commit":
            environ["wsgi.input"].read()
            text = message(self._journal.append()).decode()
            for wall in list(self._walls):
                wall.send(text)
        else:
            environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)  # as the desk does: no compression
            self._hold(simple_websocket.Server(environ), path)
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", "2")])
        return [b"{}"]

    def _hold(self, link: Any, path: str) -> None:
        if path == "/wall":
            self._walls.add(link)
        try:
            while True:
                text = link.receive()
                if path == "/echo":
                    link.send(text)
        except simple_websocket.ConnectionClosed:
            self._walls.discard(link)


def main() -> None:
    """Serve on a free port of the loopback until SIGTERM."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=512)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    server = pywsgi.WSGIServer(listener, Reference(Path(sys.argv[1]) / "reference.db"), log=None)
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    print(f"ready http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
