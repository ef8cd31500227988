"""What a stranger sends is bounded before work is done with it."""

import contextlib
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.screens.start import PATH_MAX
from motcua.web.bounds import DEPTH_MAX, USUAL
from motcua.web.problems import ERRORS_MAX
from motcua.web.sockets import EVENT_VALUES
from tests.server.hall import Answer, Client, Served, fresh_folder
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
    for length in (PATH_MAX, 2_250, 7_000):
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


def _put(client: Client, path: str, body: object) -> Answer:
    return client.send("PUT", path, json.dumps(body).encode())


@pytest.mark.thorough
def test_a_query_has_few_parts(desk_served: Served) -> None:
    public = desk_served.client()
    under, over = ("&".join(f"k{number}=1" for number in range(count)) for count in (USUAL.parts, USUAL.parts + 1))
    assert public.get(f"bookings/slots?{under}").status in {200, 422}
    assert public.get(f"/book?{under}").status == 200
    for path in (f"bookings/slots?{over}", f"health?{over}", f"health?a={'x' * USUAL.query_bytes}"):
        assert public.get(path).code == (422, "query.large")


def test_a_body_has_few_values_and_is_not_deep(desk_served: Served) -> None:
    public = desk_served.client()
    many = {f"k{number}": number for number in range(USUAL.values + 1)}
    assert public.post("bookings", many).code == (413, "json.many")
    assert public.post("bookings", dict(list(many.items())[: USUAL.values])).code == (422, "values.invalid")
    deep = b'{"a":' * (DEPTH_MAX + 1) + b"1" + b"}" * (DEPTH_MAX + 1)
    assert public.send("POST", "bookings", deep).code == (400, "json.broken")
    assert public.send("POST", "bookings", deep[5:-1]).code == (422, "values.invalid")
    assert public.post("bookings", {"service": "x" * USUAL.body_bytes}).code == (413, "http.413")


def test_who_may_not_send_a_body_is_told_so_first(desk_served: Served) -> None:
    many = {f"k{number}": number for number in range(USUAL.values + 1)}
    assert desk_served.client().post("tickets", many).code == (401, "auth.required")
    assert desk_served.client().send("POST", "/local/check", json.dumps(many).encode()).status == 403
    assert desk_served.client("kiosk").post("tickets", many).code == (413, "json.many")


def test_a_form_has_few_fields_and_no_parts(desk_served: Served) -> None:
    public = desk_served.client()
    under, over = (
        "&".join(f"k{number}=1" for number in range(count)).encode() for count in (USUAL.fields, USUAL.fields + 1)
    )
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert public.send("POST", "/sign-in", under, form).status == 401
    assert public.send("POST", "/sign-in", over, form).code == (413, "http.413")
    parts = b'--b\r\nContent-Disposition: form-data; name="name"\r\n\r\nadmin\r\n--b--'
    assert public.send("POST", "/sign-in", parts, {"Content-Type": "multipart/form-data; boundary=b"}).code == (
        415,
        "http.415",
    )


def test_headers_that_are_far_too_long_are_as_if_they_were_not_there(desk_served: Served) -> None:
    public = desk_served.client()
    long = {"Accept-Language": "en," * 2_000, "Accept": "text/html;q=0.5," * 200}
    assert public.send("GET", "no/such/call", None, long).code == (404, "http.404")
    assert (
        "Content-Range"
        not in public.send("GET", "/static/css/base.css", None, {"Range": "bytes=" + "0-1," * 900}).headers
    )


@pytest.mark.thorough
def test_a_section_takes_more_than_the_usual_and_names_its_mistakes(desk_served: Served) -> None:
    admin = desk_served.client("admin")
    before = admin.get("settings/seats").json
    labels = [f"Ghế {number}" for number in range(USUAL.values * 2)]
    refused = _put(admin, "settings/seats", {"version": before["version"], "data": {"seats": {"labels": labels}}})
    assert refused.code == (422, "settings.mistakes")
    file = "\n".join(f"strange{number} = 1" for number in range(5_000))
    named = _put(admin, "settings", {"toml": f"version = 1\n{file}", "check": True})
    assert named.code == (422, "settings.mistakes")
    assert len(named.json["errors"]) == ERRORS_MAX
    assert admin.get("settings/seats").json == before


def test_an_event_has_so_many_values(desk_served: Served) -> None:
    with Screen(desk_served.port, "/wall", {"token": desk_served.token("wall")}) as screen:
        assert screen.emit("sync", [0] * (EVENT_VALUES - 10)) == {"ok": True}
        screen.send(f'42/wall,["sync",{json.dumps([0] * (EVENT_VALUES + 1))}]')
        screen.ended()


@pytest.mark.thorough
def test_a_flood_of_events_is_answered_in_order_to_the_last(desk_served: Served) -> None:
    with Screen(desk_served.port, "/wall", {"token": desk_served.token("wall")}) as screen:
        for number in range(1, 401):
            screen.send(f'42/wall,{number}["sync"]')
        screen.wait(lambda: len(screen._acks) == 400)
        assert desk_served.client("kiosk").get("health").status == 200


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """Lend the port of a server that loses its patience after half a second."""
    with fresh_folder() as folder:
        command = [sys.executable, "-c", HURRIED, "serve", "--data", str(folder), "--port", "0"]
        with (
            (folder / "err").open("wb") as err,
            subprocess.Popen(command, stdout=subprocess.PIPE, stderr=err, text=True) as process,  # noqa: S603 -- our own
        ):
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
    with (
        socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as line,
        contextlib.suppress(ConnectionError),  # it ended before this computer had time to send or to hear it
    ):
        line.sendall(sent)
        while line.recv(65_536):
            pass


@pytest.mark.process
def test_a_slow_line_keeps_nobody_else_waiting(desk_served: Served) -> None:
    here = ("127.0.0.1", desk_served.port)
    with socket.create_connection(here, timeout=PATIENCE_S) as slow:
        slow.sendall(b"POST /api/v1/tickets HTTP/1.1\r\nContent-Length: 50\r\n\r\n")
        with socket.create_connection(here, timeout=PATIENCE_S) as line:
            line.sendall(b"GET /api/v1/health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            assert line.recv(12) == b"HTTP/1.1 200"
