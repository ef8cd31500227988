"""The smallest honest server of the desk's own API, made with what the desk is made with: Flask, flask-openapi3 and
Flask-SocketIO on gevent, pydantic, SQLite, one fsync a group.

Run as `python -m bench.smallest FOLDER`, with `FOLDER/hall.json` as `SmallestStore` says. It gives out numbers,
calls the next by rank and arrival, ends a visit and tells walls. It looks at what it is sent, shows whole tickets, and
gives the same answer to the same `Idempotency-Key`. It knows no sign-in, no journal, no settings, no language, no
device and no estimate. What the desk takes more than this server is the price of all that.
"""

from gevent import monkey

monkey.patch_all()

import os  # noqa: E402
import signal  # noqa: E402
import socket  # noqa: E402
import sys  # noqa: E402
from collections.abc import Iterable  # noqa: E402
from pathlib import Path  # noqa: E402
from wsgiref.types import StartResponse, WSGIEnvironment  # noqa: E402

from gevent import pywsgi  # noqa: E402

from .smallest_site import build  # noqa: E402
from .smallest_store import SmallestStore  # noqa: E402


def main() -> None:
    """Serve on a free port of the loopback until SIGTERM."""
    app, _sockets = build(SmallestStore(Path(sys.argv[1])))

    def uncompressed(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)  # as the desk does
        return app(environ, start_response)

    listener = socket.create_server(("127.0.0.1", 0), backlog=512)
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    server = pywsgi.WSGIServer(listener, uncompressed, log=None)
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    print(f"ready http://127.0.0.1:{listener.getsockname()[1]}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
