"""The emulators' page over real HTTP, with an emulator of nothing: what it answers, whom it obeys, what it survives."""

import http.client
import json
import socket
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from motcua.devices.emulation import Handle
from motcua.devices.workbench.server import Workbench
from tests.waiting import PATIENCE_S

PNG = b"\x89PNG of nothing"


class Lamp:
    """An emulator of a lamp: on, off, or broken."""

    kind = "lamp"

    def __init__(self, name: str = "lamp-1") -> None:
        self.name, self.fault, self.done, self.drawn = name, "", list[str](), 0

    def start(self) -> None:
        """Nothing to open."""

    def stop(self) -> None:
        """Nothing to close."""

    def describe_entry(self) -> dict[str, Any]:
        return {"name": self.name, "kind": self.kind, "driver": "none", "port": "/dev/lamp", "counters": {"1": 3}}

    def list_handles(self) -> list[Handle]:
        handles = [Handle("next", "Call next"), Handle("broken", "It's <broken>"), Handle("dead", "Dead")]
        return [handle for handle in handles if handle.code != self.fault]

    def do(self, code: str) -> None:
        if code == "dead":
            raise OSError("no current")
        self.done.append(code)
        self.fault = "broken" if code == "broken" else ""

    def get_state(self) -> dict[str, Any]:
        return {"plugged": True, "fault": self.fault or None, "text": None}

    def draw_picture(self) -> bytes | None:
        self.drawn += 1
        return PNG if self.fault else None


LAMP, TOLD = Lamp(), list[tuple[str, str]]()


@pytest.fixture(scope="module")
def served() -> Iterator[Workbench]:
    def translate(language: str, message: str) -> str:
        return message if language == "en" else f"[vi] {message}"

    workbench = Workbench(
        [LAMP], "127.0.0.1", 0, translate, files("motcua") / "static", lambda *done: TOLD.append(done)
    )
    workbench.start()
    yield workbench
    workbench.stop()
    workbench.stop()


@pytest.fixture
def lamp() -> Lamp:
    LAMP.fault, LAMP.done, LAMP.drawn = "", [], 0
    return LAMP


@pytest.fixture
def page(served: Workbench, lamp: Lamp) -> Workbench:
    """Lend the page of a lamp to which nothing was done yet."""
    TOLD.clear()
    devices(served)
    lamp.drawn = 0
    return served


Answer = tuple[int, dict[str, str], bytes]


def ask(page: Workbench, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", page.port, timeout=PATIENCE_S)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


def press(page: Workbench, code: object, name: str = "lamp-1", **headers: str) -> tuple[int, Any]:
    status, _headers, body = ask(page, "POST", f"/devices/{name}?lang=en", json.dumps(code).encode(), **JSON | headers)
    return status, json.loads(body)


JSON = {"Content_Type": "application/json"}


def devices(page: Workbench) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(ask(page, "GET", "/devices?lang=en")[2])["devices"]
    return listed


def test_a_device_is_told_with_its_state_and_what_can_be_done_to_it(page: Workbench) -> None:
    assert devices(page) == [
        {
            "name": "lamp-1",
            "kind": "lamp",
            "what": "lamp",
            "shows": "text",
            "port": "/dev/lamp",
            "counters": [3],
            "state": {"plugged": True, "fault": None, "text": None},
            "fault": None,
            "handles": [
                {"do": "next", "label": "Call next", "group": "key"},
                {"do": "broken", "label": "It's <broken>", "group": "other"},
                {"do": "dead", "label": "Dead", "group": "other"},
            ],
            "picture": None,
        }
    ]


def test_a_button_does_what_it_says_and_is_told(page: Workbench, lamp: Lamp) -> None:
    assert press(page, {"do": "next"}) == (200, {})
    assert press(page, {"do": "next"}, Origin=f"http://127.0.0.1:{page.port}", Sec_Fetch_Site="same-origin") == (
        200,
        {},
    )
    assert (lamp.done, TOLD) == (["next", "next"], [("lamp-1", "next")] * 2)


def test_a_fault_is_called_as_its_button_was(page: Workbench) -> None:
    press(page, {"do": "broken"})
    (device,) = devices(page)
    assert (device["fault"], [handle["do"] for handle in device["handles"]]) == ("It's <broken>", ["next", "dead"])


def test_a_picture_is_drawn_only_when_something_changed(page: Workbench, lamp: Lamp) -> None:
    assert ask(page, "GET", "/devices/lamp-1/picture.png")[0] == 404
    devices(page)
    assert lamp.drawn == 0
    press(page, {"do": "broken"})
    devices(page)
    (device,) = devices(page)
    status, headers, body = ask(page, "GET", f"/devices/lamp-1/picture.png?v={device['picture']}")
    assert (lamp.drawn, status, headers["Content-Type"], body) == (1, 200, "image/png", PNG)


@pytest.mark.parametrize(
    ("name", "code", "status", "detail"),
    [
        ("lamp-2", {"do": "next"}, 404, "There is no device lamp-2."),
        ("lamp-1", {"do": "unplug"}, 409, "lamp-1 cannot do unplug now."),
        ("lamp-1", {"do": "dead"}, 409, "lamp-1 did not do it: no current"),
        ("lamp-1", {"do": 7}, 422, 'The request must be JSON: {"do": "…"}.'),
        ("lamp-1", {"do": "next", "more": 1}, 422, 'The request must be JSON: {"do": "…"}.'),
        ("lamp-1", ["next"], 422, 'The request must be JSON: {"do": "…"}.'),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(
    page: Workbench, lamp: Lamp, name: str, code: object, status: int, detail: str
) -> None:
    assert press(page, code, name) == (status, {"detail": detail})
    assert lamp.done == []


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
        ({"Host": "evil.example"}, 403),
        ({"Host": ""}, 403),
        ({"Content_Type": "text/plain"}, 422),
        ({"Content_Type": "application/x-www-form-urlencoded"}, 422),
    ],
)
def test_only_the_page_itself_presses(page: Workbench, lamp: Lamp, headers: dict[str, str], status: int) -> None:
    assert press(page, {"do": "next"}, **headers)[0] == status
    assert lamp.done == []


def test_somebody_elses_domain_reads_nothing(page: Workbench) -> None:
    status, _headers, body = ask(page, "GET", "/devices?lang=en", Host="evil.example:80")
    assert (status, json.loads(body)) == (403, {"detail": "This page is only for this computer."})


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 1000, b"{}" + b" " * 2000])
def test_a_body_that_is_no_wish_is_refused(page: Workbench, lamp: Lamp, body: bytes) -> None:
    assert ask(page, "POST", "/devices/lamp-1", body, **JSON)[0] == 422
    assert lamp.done == []


@pytest.mark.parametrize("length", [b"-1", b"x", b"99999999999999999999", "٣".encode()])
def test_a_length_that_is_none_is_refused(page: Workbench, length: bytes) -> None:
    with socket.create_connection(("127.0.0.1", page.port), PATIENCE_S) as line:
        head = b"POST /devices/lamp-1 HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
        line.sendall(head + length + b"\r\n\r\n")
        assert line.recv(4096).split(b" ")[1] == b"422"


@pytest.mark.parametrize(
    "noise",
    [b"\x00\xff\r\n\r\n", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"BREW / HTTP/1.1\r\nHost: x\r\n\r\n", b""],
)
def test_noise_on_the_socket_breaks_nothing(page: Workbench, noise: bytes) -> None:
    with socket.create_connection(("127.0.0.1", page.port), PATIENCE_S) as line:
        line.sendall(noise)
        line.shutdown(socket.SHUT_WR)
        while line.recv(4096):
            pass
    assert len(devices(page)) == 1


@pytest.mark.parametrize(
    "path",
    ["/nothing", "/devices/", "/look/../page.html", "/look/%2e%2e/wiring/rooms.py", "/look/css/none.css",
    "/look/css/%00.css",
     "/look//etc/passwd.css", "/look/css\\..\\base.css", "/look/", "/page.html", "/server.py"],
)  # fmt: skip
def test_only_the_pages_own_files_are_handed_out(page: Workbench, path: str) -> None:
    assert ask(page, "GET", path)[0] == 404


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("/page.css", "text/css; charset=utf-8"),
        ("/page.js", "text/javascript; charset=utf-8"),
        ("/look/css/tokens.css", "text/css"),
        ("/look/img/mark.svg", "image/svg+xml"),
    ],
)
def test_the_page_gets_its_files(page: Workbench, path: str, content: str) -> None:
    status, headers, body = ask(page, "GET", path)
    assert (status, headers["Content-Type"], len(body) > 100) == (200, content, True)


@pytest.mark.parametrize(
    ("path", "accepts", "language"),
    [
        ("/", "", "vi"),
        ("/", "en-GB,en", "en"),
        ("/?lang=vi", "en", "vi"),
        ("/?lang=en", "vi", "en"),
        ("/?lang=xx", "fr", "vi"),
    ],
)
def test_the_page_speaks_vietnamese_unless_english_is_wanted(
    page: Workbench, path: str, accepts: str, language: str
) -> None:
    status, headers, body = ask(page, "GET", path, Accept_Language=accepts)
    text = body.decode()
    assert (status, f'<html lang="{language}">' in text, ("[vi] Emulated devices" in text)) == (
        200,
        True,
        language == "vi",
    )
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "$" not in text
