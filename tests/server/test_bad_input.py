"""Rubbish at each door is refused by name, changes nothing, and troubles nobody else."""

import http.client
import json
import random
import socket
from contextlib import suppress
from uuid import uuid4

import pytest

from tests.server.hall import API, Place, Served
from tests.server.screen import Refused, Screen
from tests.waiting import PATIENCE_S

DEEP = "[" * 100_000 + "]" * 100_000
TICKET = {"service": "birth"}


def _raw(desk: Served, data: bytes, path: str = "tickets", role: str = "kiosk") -> tuple[int, str]:
    return desk.client(role).send("POST", path, data).code


@pytest.mark.parametrize(
    "data",
    [
        b"{",
        b"service=birth",
        b"\xff\xfe\xfa",
        b'{"service": "birth"',
        b"\x00",
        b'{"a":' * 3000,
        DEEP.encode(),
        b'{"service": "\\ud800"}',
        b"9" * 5000,
    ],
    ids=["open", "form", "bytes", "cut", "null", "deep objects", "deep lists", "half a character", "huge number"],
)  # fmt: skip
def test_what_is_no_json_is_400(desk_served: Served, data: bytes) -> None:
    assert _raw(desk_served, data) == (400, "json.broken")


@pytest.mark.parametrize(
    "body",
    [
        None,
        [],
        "birth",
        7,
        True,
        [TICKET],
        json.dumps(TICKET),
        {},
        {"service": None},
        {"service": 7},
        {"service": ["birth"]},
        {"service": ""},
        {"service": "b" * 65},
        {"service": "birth", "priority": 1},
        {"service": "birth", "priority": {}},
        {"service": "birth", "x": 1},
        {"service": float("nan")},
        {"service": "birth", "number": "A001"},
    ],
    ids=repr,
)
def test_a_body_of_the_wrong_shape_is_422(desk_served: Served, body: object) -> None:
    assert _raw(desk_served, json.dumps(body).encode()) == (422, "values.invalid")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("counters/{}/transfer", {"counter": 10**30}),
        ("counters/{}/transfer", {"counter": float("inf")}),
        ("counters/{}/transfer", {"counter": "3"}),
        ("counters/{}/transfer", {"counter": 3.0}),
        ("counters/{}/transfer", {"counter": True}),
        ("counters/{}/open", {"officer": -(10**30)}),
        ("counters/{}/call", {"ticket": "A001"}),
        ("counters/{}/call", {"ticket": "A001", "reason": ""}),
        ("counters/{}/pause", {"reason": "x" * 501}),
        ("counters/{}/hold", {"reason": {}}),
        ("counters/{}/start", {"now": True}),
        ("ratings", {"level": 10**30, "channel": "pad"}),
        ("ratings", {"level": "5", "channel": "pad"}),
        ("ratings", {"level": 5, "channel": "pad", "counter": 10**20}),
        ("ratings", {"level": 5, "channel": "pad", "reasons": ["time"] * 21}),
        ("ratings", {"level": 5, "channel": "pad", "comment": "x" * 4001}),
        ("tickets/A001/cancel", {"really": True}),
        ("hall/open", {"until": "18:00"}),
    ],
)
def test_values_out_of_bounds_are_422(desk_served: Served, path: str, body: object) -> None:
    answer = desk_served.client("admin").send("POST", path.format(1), json.dumps(body).encode())
    assert answer.code == (422, "values.invalid")
    assert answer.json["errors"]


@pytest.mark.parametrize(
    "path",
    [
        "tickets/%00",
        "tickets/%ff%fe",
        "tickets/" + "A" * 5000,
        "tickets/..%2f..%2fdesk.db",
        "tickets/'; DROP TABLE tickets",
        "tickets/😀",
        "counters/99999999999999999999999999/start",
        "counters/-1/start",
        "counters/1.5/start",
        "counters/one/start",
        "accounts/99999999999999999999999999",
        "tokens/99999999999999999999999999",
        "settings/%00",
        "no/such/call",
    ],
)
def test_a_path_to_nowhere_is_404(desk_served: Served, path: str) -> None:
    target = path.replace(" ", "%20").replace("😀", "%F0%9F%98%80")
    method = (
        "POST"
        if target.endswith("start")
        else "PATCH"
        if "accounts" in path
        else "DELETE"
        if "tokens" in path
        else "GET"
    )
    assert (
        desk_served.client("admin").send(method, target, b"{}" if method in {"POST", "PATCH"} else None).status == 404
    )


def test_other_methods_are_named_by_what_is_allowed(desk_served: Served) -> None:
    answer = desk_served.client("admin").send("DELETE", "tickets")
    assert answer.code == (405, "http.405")
    assert "POST" in answer.headers["allow"]


def test_a_huge_body_is_413(desk_served: Served) -> None:
    body = {"service": "birth", "priority": "x" * 600_000}
    assert desk_served.client("kiosk").post("tickets", body).code == (413, "http.413")


@pytest.mark.thorough
def test_a_lying_length_or_no_request_at_all_harms_nobody(desk_served: Served, place: Place) -> None:
    seeded = random.Random(8)
    head = f"POST {API}/tickets HTTP/1.1\r\nHost: x\r\n".encode()
    for junk in (
        seeded.randbytes(4096),
        b"\x16\x03\x01" + seeded.randbytes(512),
        head + b"Content-Length: 99999999999999999999\r\n\r\n{}",
        head + b"Content-Length: -5\r\n\r\n{}",
        head + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET " + b"/" * 100_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"X: y\r\n" * 90 + b"\r\n",
    ):
        with socket.create_connection(("127.0.0.1", desk_served.port), 5) as line, suppress(OSError):
            line.sendall(junk)
            line.shutdown(socket.SHUT_WR)
            while line.recv(65536):
                pass
    assert place.kiosk.post("tickets", {"service": place.service}).status == 201


def test_a_strange_host_is_refused_or_shown_as_it_is(desk_served: Served, place: Place) -> None:
    for host in ("a b", "<script>", "x" * 300, "münchen".encode().decode("latin-1"), "[::1"):
        answer = place.kiosk.post("tickets", {"service": place.service}, Host=host)
        assert answer.status in {201, 400}, (host, answer)


@pytest.mark.thorough
def test_guessing_codes_is_slowed_down_for_the_one_who_guesses(desk_served: Served, place: Place) -> None:
    good = place.issue()["follow_url"][-12:]
    guesser = http.client.HTTPConnection(
        "127.0.0.1", desk_served.port, timeout=PATIENCE_S, source_address=("127.0.0.9", 0)
    )

    def status(path: str) -> int:
        guesser.request("GET", path)
        with guesser.getresponse() as answer:
            answer.read()
            wait = answer.headers["Retry-After"]
            assert (answer.status == 429) == (wait is not None and 0 < int(wait) <= 61)
            return answer.status

    try:
        statuses = [status(f"/{'t' if number % 2 else 'state/follow'}/{uuid4().hex[:12]}") for number in range(70)]
        assert statuses == [404] * 60 + [429] * 10
        assert status(f"/t/{good}") == 200  # the phones of a hall may share the guesser's address
    finally:
        guesser.close()
    assert desk_served.client().get(f"/state/follow/{good}").status == 200


def test_screens_that_do_not_exist_have_no_state(desk_served: Served) -> None:
    admin = desk_served.client("admin")
    for name in (
        "moon",
        "agent",
        "wall/1",
        "counter",
        "counter/0",
        "counter/1000",
        "counter/-1",
        "counter/x",
        "pad/998",
        "follow",
        "follow/x",
    ):
        assert admin.get(f"/state/{name}").status == 404, name


@pytest.mark.thorough
def test_what_is_no_socket_packet_ends_its_own_socket_only(desk_served: Served, place: Place) -> None:
    wall = {"token": desk_served.token("wall")}
    with Screen(desk_served.port, "/wall", wall) as other:
        for junk in (
            "4",
            "42",
            "42/wall,[",
            '42/wall,["sync"',
            "4x",
            "49/wall,",
            "42/wall,{}",
            "42/wall,[]",
            "42/wall,[7]",
            "45/wall,9-[]",
            "{",
            "9",
            "x" * 70_000,
            "42/wall," + DEEP[:60_000],
            "40/moon,",
            "42/moon,[]",
            "41/moon,",
            "43/wall,1[]",
            '42/wall,["moon",1]',
        ):
            screen = Screen(desk_served.port, "/wall", wall)
            with suppress(OSError):
                screen.send(junk)
            screen.close()
        place.issue()
        other.wait(lambda: other.told("change"))
        assert other.closed_at is None


@pytest.mark.thorough
def test_a_connection_with_strange_credentials_is_refused_by_code(desk_served: Served) -> None:
    token = desk_served.token("admin")
    cases: list[tuple[str, object, str]] = [
        ("/wall", None, "auth.required"),
        ("/wall", {}, "auth.required"),
        ("/wall", [], "auth.required"),
        ("/wall", "token", "auth.required"),
        ("/wall", {"token": ["x"]}, "auth.required"),
        ("/wall", {"token": ""}, "auth.required"),
        ("/wall", {"token": "x" * 5000}, "auth.required"),
        ("/follow", None, "token.unknown"),
        ("/follow", {"token": 7}, "token.unknown"),
        ("/follow", {"token": {"a": 1}}, "token.unknown"),
        ("/pad", {"token": token}, "counter.unknown"),
        ("/pad", {"token": token, "counter": 10**30}, "counter.unknown"),
        ("/pad", {"token": token, "counter": "1"}, "counter.unknown"),
        ("/counter", {"token": token, "counter": 998}, "counter.unknown"),
        ("/counter", {"token": token, "counter": True}, "counter.unknown"),
        ("/counter", {"token": token, "counter": -1}, "counter.unknown"),
    ]
    for namespace, auth, code in cases:
        with pytest.raises(Refused) as refused:
            Screen(desk_served.port, namespace, auth)
        assert refused.value.data["data"]["code"] == code, (namespace, auth)
