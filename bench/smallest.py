"""The smallest honest server of the desk's own API: Flask and Flask-SocketIO on gevent, SQLite, one fsync a group.

Run as `python -m bench.smallest FOLDER`, with `FOLDER/hall.json` as `SmallestStore` says. It gives out numbers,
calls the next by rank and arrival, ends a visit and tells walls. It knows no sign-in, no journal, no settings, no
language, no device and no estimate. What the desk takes more than this server is the price of all that.
"""

from gevent import monkey

monkey.patch_all()

import os  # noqa: E402
import signal  # noqa: E402
import socket  # noqa: E402
import sys  # noqa: E402
from collections.abc import Callable, Iterable  # noqa: E402
from pathlib import Path  # noqa: E402
from typing import Any  # noqa: E402
from wsgiref.types import StartResponse, WSGIEnvironment  # noqa: E402

import gevent  # noqa: E402
from flask import Flask, Response, jsonify, request  # noqa: E402
from flask_socketio import SocketIO  # noqa: E402
from gevent import pywsgi  # noqa: E402
from gevent.event import AsyncResult  # noqa: E402

from .smallest_store import SmallestStore  # noqa: E402

Command = Callable[[], Any]
NO_CONTENT = "", 204


class Group:
    """Commits the commands of all requests that have come meanwhile as one transaction, with one fsync."""

    def __init__(self, store: SmallestStore, tell: Callable[[Iterable[Any]], None]) -> None:
        self._store, self._tell = store, tell
        self._waiting: list[tuple[Command, AsyncResult[Any]]] = []

    def do(self, command: Command) -> Any:
        """Return what `command` returns, when it is on the disk and the walls know it."""
        answer: AsyncResult[Any] = AsyncResult()
        self._waiting.append((command, answer))
        if len(self._waiting) == 1:
            gevent.spawn(self._commit)  # runs when every request that is here has been read
        return answer.get()

    def _commit(self) -> None:
        group, self._waiting = self._waiting, []
        with self._store.transaction():
            results = [command() for command, _answer in group]
        self._tell(results)
        for (_command, answer), result in zip(group, results, strict=True):
            answer.set(result)


def build(folder: Path) -> tuple[Flask, SocketIO]:
    """Return the application and its sockets; the store is in `folder`."""
    app = Flask("smallest")
    sockets = SocketIO(app, async_mode="gevent")
    store = SmallestStore(folder)

    def tell(results: Iterable[Any]) -> None:
        for ticket in results:
            if ticket is not None and ticket["state"] == "called":
                call = {"number": ticket["number"], "counter": ticket["counter"], "sentence": "", "audio_url": None}
                sockets.emit("call", {**call, "now": store.list_called()}, namespace="/wall")
            elif ticket is not None:
                sockets.emit("change", {"number": ticket["number"], "state": ticket["state"]}, namespace="/wall")

    group = Group(store, tell)

    @app.get("/api/v1/health")
    def health() -> Response:
        return jsonify({"status": "ok"})

    @app.post("/api/v1/tickets")
    def issue() -> tuple[Response, int]:
        body = request.get_json()
        ticket = group.do(lambda: store.issue(body["service"], body.get("priority")))
        return jsonify(ticket), 201

    @app.post("/api/v1/counters/<int:counter>/call-next")
    def call_next(counter: int) -> Response | tuple[str, int]:
        ticket = group.do(lambda: store.call_next(counter))
        return NO_CONTENT if ticket is None else jsonify({"ticket": ticket, "why": {"rule": "arrival", "passed": []}})

    @app.post("/api/v1/counters/<int:counter>/finish")
    def finish(counter: int) -> Response | tuple[str, int]:
        ticket = group.do(lambda: store.finish(counter))
        return NO_CONTENT if ticket is None else jsonify({"ticket": ticket})

    @app.post("/api/v1/counters/<int:counter>/open")
    def open_counter(counter: int) -> Response:
        return jsonify({"counter": counter})

    def join(_auth: Any) -> None:
        sockets.emit("snapshot", {"now": store.list_called()}, namespace="/wall", to=request.sid)  # type: ignore[attr-defined]

    sockets.on_event("connect", join, namespace="/wall")
    return app, sockets


def main() -> None:
    """Serve on a free port of the loopback until SIGTERM."""
    app, _sockets = build(Path(sys.argv[1]))

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
