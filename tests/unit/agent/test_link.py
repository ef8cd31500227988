"""The cable to the desk: who waits for an answer when the desk hangs up knows at once that none will come."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import socketio
from werkzeug.serving import WSGIRequestHandler, make_server

from motcua.agent import link
from motcua.agent.outbox import Outbox
from tests.waiting import PATIENCE_S, wait_until


class NoDevices:
    """A hall whose agent has nothing to drive."""

    def give(self, _job: object) -> None: ...

    def show(self, _states: object) -> None: ...

    def show_lamps(self, _lamps: object) -> None: ...

    def blank_devices(self) -> None: ...

    def report_health(self) -> dict[str, Any]:
        return {}

    def list_troubles(self) -> list[dict[str, Any]]:
        return []

    def list_declared(self) -> list[dict[str, Any]]:
        return []

    def answer_request(self, _given: object) -> dict[str, Any]:
        return {}

    def watch(self, _name: str, _watch: str, *, is_on: bool) -> bool:
        return is_on

    def preview(self, _name: str, *, is_on: bool) -> dict[str, Any]:
        return {"ok": not is_on}


class Quiet(WSGIRequestHandler):
    """Says nothing about each request."""

    def log_request(self, *_arguments: object) -> None: ...


@contextmanager
def hanging_up(presses: list[dict[str, Any]]) -> Iterator[str]:
    """Lend a desk that hangs up on the first press and never answers it; the others it takes."""
    server = socketio.Server(async_mode="threading")
    server.on("connect", lambda *_given: None, namespace=link.NAMESPACE)

    def press(who: str, fields: dict[str, Any]) -> dict[str, bool] | None:
        presses.append(fields)
        if len(presses) == 1:
            server.disconnect(who, namespace=link.NAMESPACE)
        return {"ok": True}

    server.on("press", press, namespace=link.NAMESPACE)
    server.on("*", lambda *_given: {"ok": True}, namespace=link.NAMESPACE)
    served = make_server("127.0.0.1", 0, socketio.WSGIApp(server), threaded=True, request_handler=Quiet)
    served.daemon_threads = True  # type: ignore[attr-defined]
    serving = threading.Thread(target=served.serve_forever, args=(0.005,))
    serving.start()
    try:
        yield f"http://127.0.0.1:{served.server_port}"
    finally:
        served.shutdown()
        serving.join()
        served.server_close()


@pytest.mark.process
def test_a_press_that_the_desk_hung_up_on_is_sent_again_over_the_next_line_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(link, "ANSWER_S", 10 * PATIENCE_S)
    presses: list[dict[str, Any]] = []
    with hanging_up(presses) as address, closing(Outbox(tmp_path)) as outbox:
        outbox.keep("press", {"counter": 3, "press": "next"})
        cable = link.Link(address, "token", outbox, NoDevices())
        running = threading.Thread(target=cable.run)
        running.start()
        wait_until(lambda: len(presses) >= 2 and not outbox.list_messages())
        cable.stop()
        running.join(PATIENCE_S)
    assert cable.error is None
    assert presses[0]["key"] == presses[1]["key"]
