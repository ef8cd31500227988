"""Strangers hold so many connections; whoever belongs to the desk gets in whatever they hold."""

import json
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from urllib.parse import urlencode

import pytest

from tests.forked import PATIENT
from tests.server.hall import PASSWORD, Client, Served, served
from tests.server.screen import Refused, Screen
from tests.waiting import PATIENCE_S, wait_until

pytestmark = pytest.mark.process
MOST = 20
"""The fewest that the setting takes."""
HALL = 150
"""Sockets that come back at once when a hall's switch comes back."""
LIMITS = {**PATIENT, "motcua.run.patience.HEADERS_S": PATIENCE_S}
"""A line that asks for nothing is held for as long as a busy computer needs."""
GET = b"GET /api/v1/health HTTP/1.1\r\nHost: x\r\n\r\n"


@pytest.fixture(scope="module")
def desk() -> Iterator[Served]:
    """A desk that lets strangers have few connections from one address."""
    with served(limits=LIMITS) as made:
        admin = made.client("admin")
        before = admin.get("settings/web").json
        data = {"web": {**before["data"]["web"], "connections": MOST}}
        body = json.dumps({"version": before["version"], "data": data}).encode()
        assert admin.send("PUT", "settings/web", body).status == 200
        admin.close()
        yield made


@contextmanager
def held(desk: Served, count: int = MOST, sent: bytes = b"") -> Iterator[list[socket.socket]]:
    """Hold so many connections, each of which sends `sent` and no more."""
    with ExitStack() as stack:
        lines = [
            stack.enter_context(socket.create_connection(("127.0.0.1", desk.port), PATIENCE_S)) for _ in range(count)
        ]
        for line in lines:
            line.sendall(sent)
        yield lines


@contextmanager
def filled(desk: Served, sent: bytes = b"") -> Iterator[list[socket.socket]]:
    """Hold every place for strangers, also those of callers who were just leaving.

    A line that finds the desk full may wait without a place. So more lines come until nobody has found a place for a
    while: what had left before the first of these questions is noticed before the last.
    """
    with ExitStack() as stack:
        lines: list[socket.socket] = []

        def is_filled() -> bool:
            lines.extend(stack.enter_context(held(desk, MOST, sent)))
            return all(is_full(desk) for _ in range(5)) and sum(map(_is_held, lines)) >= MOST

        wait_until(is_filled)
        yield [line for line in lines if _is_held(line)]


def _is_held(line: socket.socket) -> bool:
    """Say whether the desk has said nothing and has not hung up."""
    line.setblocking(False)
    try:
        line.recv(1, socket.MSG_PEEK)
    except BlockingIOError:
        return True
    except OSError:
        return False
    return False


def is_full(desk: Served) -> bool:
    return _public(desk) == 503


def _public(desk: Served, *headers: str) -> int:
    with socket.create_connection(("127.0.0.1", desk.port), PATIENCE_S) as line:
        line.sendall(
            "\r\n".join(["GET /api/v1/health HTTP/1.1", "Host: x", "Connection: close", *headers, "", ""]).encode()
        )
        return int(line.recv(12)[9:])


@pytest.mark.parametrize("sent", [b"", b"GET / HT"], ids=["nothing", "half a request"])
def test_one_too_many_is_503_with_a_sentence_until_there_is_a_place(desk: Served, sent: bytes) -> None:
    with held(desk, MOST - 2, sent):
        wait_until(lambda: not is_full(desk))
    with filled(desk, sent):
        answer = Client(desk.port, {"Accept-Language": "en"}, None).get("health")
        assert answer.code == (503, "connections.many")
        assert answer.json["detail"].startswith("There are too many connections")
        assert answer.headers["retry-after"] == "10"
        assert answer.headers["connection"] == "close"
        page = Client(desk.port, {"Accept": "text/html"}, None).get("/")
        assert (page.status, "Đang có quá nhiều kết nối" in page.body.decode()) == (503, True)
    wait_until(lambda: not is_full(desk))


def test_a_line_that_rests_makes_room_for_another(desk: Served) -> None:
    with held(desk, MOST, GET) as lines:
        for line in lines:  # one before them may rest still: then the last is turned away, as it is full
            assert line.recv(9) == b"HTTP/1.1 "
        wait_until(lambda: _public(desk) == 200)


def test_who_belongs_to_the_desk_gets_in(desk: Served) -> None:
    kiosk, wall = desk.token("kiosk"), desk.token("wall")
    fields = urlencode({"name": "admin", "password": PASSWORD}).encode()
    signed_in = desk.client().send("POST", "/sign-in", fields, {"Content-Type": "application/x-www-form-urlencoded"})
    staff, session = signed_in.headers["set-cookie"].split(", ")[0].split(";")[0], signed_in.headers["set-cookie"]
    with filled(desk):
        assert _public(desk, f"Authorization: Bearer {kiosk}") == 200
        assert _public(desk, "Authorization: Bearer nothing") == 503
        assert _public(desk, "Cookie: motcua_session=nothing; motcua_staff=nothing") == 503
        assert desk.client("kiosk").post("tickets", {"service": "birth"}).status == 201
        assert desk.local("check").status == 200
        assert _public(desk, f"Cookie: {staff}") == 200, session
        with Screen(desk.port, "/wall", {"token": wall}) as screen:
            assert screen.emit("sync") == {"ok": True}
    wait_until(lambda: not is_full(desk))


def test_a_socket_of_a_stranger_finds_no_place(desk: Served) -> None:
    code = desk.client("kiosk").post("tickets", {"service": "birth"}).json["follow_url"].rpartition("/")[2]
    Screen(desk.port, "/follow", {"token": code}).close()
    codes: list[str] = []

    def is_refused() -> bool:
        """Say whether there is no place; that of the first one may be free a moment later."""
        try:
            Screen(desk.port, "/follow", {"token": code}).close()
        except Refused as refused:
            codes.append(refused.data["data"]["code"])
        return bool(codes)

    with filled(desk):
        wait_until(is_refused)
        assert codes == ["connections.many"]
    wait_until(lambda: not is_full(desk))


def test_sockets_of_the_desk_take_no_place_from_strangers(desk: Served) -> None:
    with ExitStack() as stack:
        for _ in range(HALL):  # programs show their token after the handshake only
            stack.enter_context(Screen(desk.port, "/wall", {"token": desk.token("wall")}))
        assert _public(desk) == 200


def test_far_more_than_can_be_looked_at_keep_no_kiosk_out(desk: Served) -> None:
    kiosk: Client = desk.client("kiosk")
    with filled(desk) as lines, held(desk, 300) as more:
        assert kiosk.post("tickets", {"service": "birth"}).status == 201
        wait_until(lambda: any(map(_has_ended, more)))
        assert any(map(_is_held, lines))
    wait_until(lambda: not is_full(desk))


def _has_ended(line: socket.socket) -> bool:
    line.setblocking(False)
    try:
        return line.recv(12).startswith(b"HTTP/1.1 503")
    except BlockingIOError:
        return False


@contextmanager
def endless(line: socket.socket, piece: bytes) -> Iterator[None]:
    """Send `piece` again and again as fast as it is taken, and read away the answers, until the end of the block."""

    def work(step: Callable[[], object]) -> None:
        with suppress(OSError):
            while not stopped.is_set():
                step()

    stopped = threading.Event()
    steps: tuple[Callable[[], object], ...] = (lambda: line.sendall(piece), lambda: line.recv(65_536))
    threads = [threading.Thread(target=work, args=(step,)) for step in steps]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stopped.set()
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)
        for thread in threads:
            thread.join(PATIENCE_S)


@pytest.mark.parametrize(
    "sent", [GET * 50, b"GET /qr.svg?path=/t/a HTTP/1.1\r\nHost: x\r\n\r\n" * 50], ids=["health", "drawings"]
)
def test_requests_without_end_on_one_line_keep_no_kiosk_waiting(desk: Served, sent: bytes) -> None:
    with held(desk, 1) as (line,), endless(line, sent):
        for _ in range(3):
            assert desk.client("kiosk").post("tickets", {"service": "birth"}).status == 201


@pytest.mark.parametrize(
    "sent",
    [b"\x89\x80\0\0\0\0" * 500, b"\x01\x81\0\0\0\x002" + b"\x00\x80\0\0\0\0" * 500, b"\x81\x81\0\0\0\x003" * 500],
    ids=["pings", "pieces", "pongs"],
)
def test_frames_without_end_on_one_socket_keep_no_kiosk_waiting(desk: Served, sent: bytes) -> None:
    upgrade = (
        b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: "
        b"Upgrade\r\n"
        b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    )
    with held(desk, 1, upgrade) as (line,):
        assert line.recv(12) == b"HTTP/1.1 101"
        with endless(line, sent):
            for _ in range(3):
                assert desk.client("kiosk").post("tickets", {"service": "birth"}).status == 201


def _send_for_ever(line: socket.socket) -> None:
    while True:
        line.sendall(b"x" * 65_536)


def test_headers_and_bodies_without_end_end_the_connection(desk: Served) -> None:
    with held(desk, 1) as (line,):
        line.sendall(
            b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: %b\r\n" % (number, b"x" * 900) for number in range(16)) + b"\r\n"
        )
        assert line.recv(12) == b"HTTP/1.1 200"
    with held(desk, 1) as (line,):
        line.sendall(b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: %b\r\n" % (number, b"x" * 900) for number in range(19)))
        assert line.recv(12) == b"HTTP/1.1 431"
    with held(desk, 1) as (line,):
        line.sendall(b"POST /api/v1/bookings HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n")
        assert line.recv(12) == b"HTTP/1.1 413"
        with pytest.raises(OSError, match=r"reset|Broken"):
            _send_for_ever(line)
