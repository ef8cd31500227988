"""What a stranger sends is bounded before work is done with it."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.hall import Served, fresh_folder
from tests.server.screen import Screen
from tests.waiting import PATIENCE_S

HURRIED = (
    "import sys; from motcua.run import patience; patience.HEADERS_S = patience.BODY_S = patience.IDLE_S = 0.5;"
    " from motcua.__main__ import main; sys.argv[0] = 'motcua'; sys.exit(main())"
)
"""The server with less patience, so that a test need not wait a minute for it."""


def test_a_long_path_has_no_qr(desk_served: Served) -> None:
    public = desk_served.client()
    assert public.get("/qr.svg?path=/t/abcdefghijkl").status == 200
    for length in (201, 2_250, 7_000):
        assert public.get(f"/qr.svg?path=/{'x' * length}").code == (422, "path.too_long")


def test_a_long_message_ends_its_connection_while_it_arrives(desk_served: Served) -> None:
    with Screen(desk_served.port, "/wall", {"token": desk_served.token("wall")}) as witness:
        with Screen(desk_served.port, "/wall", {"token": desk_served.token("wall")}) as screen:
            screen.send(f'42/wall,1["sync", {json.dumps("x" * 200_000)}]')
            screen.ended()
        assert witness.emit("sync") == {"ok": True}


def test_a_format_of_an_agent_fills_no_memory(desk_served: Served) -> None:
    why = {"message": "%(a)4000000000s", "params": {"a": "x"}}
    health = {"devices": {"printer": {"state": "down", "error": "broken", "why": why}}}
    with Screen(desk_served.port, "/agent", {"token": desk_served.token("agent")}) as agent:
        assert agent.emit("devices", {"devices": [{"name": "printer", "kind": "printer"}], "key": "format-1"})["ok"]
        assert agent.emit("health", health) == {"ok": True}
        devices = desk_served.client("admin").get("devices").json["items"][-1]["devices"]
        assert devices[0]["error"] == "broken"


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Lend the port of a server that loses its patience after half a second."""
    with fresh_folder() as folder:
        command = [sys.executable, "-c", HURRIED, "serve", "--data", str(folder), "--port", "0"]
        with (folder / "err").open("wb") as err, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=err, text=True) as process:  # noqa: S603 -- ours
            assert process.stdout is not None
            ready = process.stdout.readline()
            assert ready.startswith("ready http://"), Path(folder / "err").read_text()
            yield int(ready.rsplit(":", 1)[1])
            process.terminate()
            process.communicate()


@pytest.mark.process
@pytest.mark.parametrize(
    "sent",
    [
        b"",
        b"GET /api/v1/health HTTP/1.1\r\nHost: x\r\n",
        b"GET",
        b"POST /api/v1/tickets HTTP/1.1\r\nHost: x\r\nContent-Length: 50\r\n\r\n{",
        b"GET /api/v1/health HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
    ids=["nothing", "half the headers", "half a line", "half a body", "nothing after an answer"],
)
def test_a_line_that_is_slow_or_idle_ends(port: int, sent: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as line:
        line.sendall(sent)
        while line.recv(65_536):
            pass


@pytest.mark.process
def test_a_slow_line_keeps_nobody_else_waiting(port: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as slow:
        slow.sendall(b"POST /api/v1/tickets HTTP/1.1\r\nContent-Length: 50\r\n\r\n")
        with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as line:
            line.sendall(b"GET /api/v1/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert line.recv(12) == b"HTTP/1.1 200"
