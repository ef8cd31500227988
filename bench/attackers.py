"""Attacks on the desk, each in a process of its own: `python -m bench.attackers JSON` goes on until it is ended."""

import json
import socket
import sys
import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from itertools import count, cycle
from time import sleep

from .client import Address
from .walls import SocketIo

LINES = 8
"""Connections of an attack that asks as fast as it is answered."""
HELD = 300
"""Connections of an attack that only holds them."""
DRIP_S = 1.0
FORM = "Content-Type: application/x-www-form-urlencoded"
PIECE = 8_192


def _repeat(address: Address, requests: Iterator[bytes]) -> None:
    """Send each of `requests` on a connection and read something of the answer, on `LINES` connections for ever."""

    def work() -> None:
        while True:
            with suppress(OSError), socket.create_connection(address, 10) as line:
                line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                while True:
                    with lock:
                        request = next(requests)
                    line.sendall(request)
                    if not line.recv(65_536):
                        break

    lock = threading.Lock()
    _together([work] * LINES)


def _together(works: list[Callable[[], None]]) -> None:
    threads = [threading.Thread(target=work, daemon=True) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def _request(method: str, path: str, body: bytes = b"", *headers: str) -> bytes:
    lines = (f"{method} {path} HTTP/1.1", "Host: desk", f"Content-Length: {len(body)}", *headers, "", "")
    return "\r\n".join(lines).encode() + body


def long_paths(address: Address, _tokens: dict[str, str]) -> None:
    """Ask for drawings of the longest paths, and of longer ones."""
    _repeat(address, cycle([_request("GET", f"/qr.svg?path=/{'x' * length}") for length in (198, 2_250, 7_000)]))


def dotted_toml(address: Address, tokens: dict[str, str]) -> None:
    """Send settings files with as many dots as there may be, and with more."""
    dots = ".".join("a" * 30_000)
    rows = "\n".join(f"{'.'.join('k' * 60)}{number} = 1" for number in range(1_500))
    files = [json.dumps({"toml": text, "check": True}).encode() for text in (f"{dots} = 1", rows)]
    bearer = f"Authorization: Bearer {tokens['admin']}"
    _repeat(address, cycle([_request("PUT", "/api/v1/settings", body, bearer) for body in files]))


def big_json(address: Address, _tokens: dict[str, str]) -> None:
    """Send large, deep and many-keyed bodies to where everybody may send one."""
    bodies = [
        b'{"a":' * 50_000,
        json.dumps({f"k{number}": [number] for number in range(30_000)}).encode(),
        b"[" + b"9" * 400_000 + b"]",
    ]
    _repeat(address, cycle([_request("POST", "/api/v1/bookings", body) for body in bodies]))


def sign_ins(address: Address, _tokens: dict[str, str]) -> None:
    """Try to sign in under ever new names."""
    names = (f"name=n{uuid.uuid4().hex}&password={'p' * 200}".encode() for _ in count())
    _repeat(address, (_request("POST", "/sign-in", body, FORM) for body in names))


def handshakes(address: Address, _tokens: dict[str, str]) -> None:
    """Begin polling sessions and leave them."""
    _repeat(address, cycle([_request("GET", "/socket.io/?EIO=4&transport=polling")]))


def _hold(address: Address, start: bytes, piece: bytes) -> None:
    """Hold `HELD` connections that send `start` and then a `piece` a second, if any; what ends is begun again."""
    lines: list[socket.socket] = []
    while True:
        while len(lines) < HELD:
            with suppress(OSError):
                lines.append(socket.create_connection(address, 10))
                lines[-1].sendall(start)
        sleep(DRIP_S)
        alive = []
        for line in lines:
            try:
                line.sendall(piece)
                alive.append(line)
            except OSError:
                line.close()
        lines = alive


def slow_headers(address: Address, _tokens: dict[str, str]) -> None:
    """Send headers letter by letter."""
    _hold(address, b"GET / HTTP/1.1\r\nX-A: ", b"a")


def slow_bodies(address: Address, _tokens: dict[str, str]) -> None:
    """Send bodies letter by letter."""
    _hold(address, b"POST /api/v1/bookings HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\n", b"a")


def connections(address: Address, _tokens: dict[str, str]) -> None:
    """Open connections as fast as it goes; the last thousand stay open."""
    lines: list[socket.socket] = []
    while True:
        with suppress(OSError):
            lines.append(socket.create_connection(address, 10))
        while len(lines) > 1_000:  # noqa: PLR2004 -- a usual limit of a process
            lines.pop(0).close()


def _flood(address: Address, namespace: str, token: str, packets: list[bytes]) -> None:
    """Send `packets` over sockets as fast as they are taken; what is answered is thrown away."""

    def work() -> None:
        while True:
            with suppress(OSError):
                link = SocketIo(address, namespace, {"token": token})
                reader = threading.Thread(target=_read_away, args=(link,), daemon=True)
                reader.start()
                for packet in cycle(packets):
                    link.send(packet)

    _together([work] * LINES)


def _read_away(link: SocketIo) -> None:
    with suppress(OSError, ValueError):
        while True:
            link.messages()


def events(address: Address, tokens: dict[str, str]) -> None:
    """Send events that are answered."""
    _flood(address, "/wall", tokens["wall"], [b'42/wall,1["sync"]'])


def garbage(address: Address, tokens: dict[str, str]) -> None:
    """Send events that nobody knows, long, short and unreadable."""
    long = b'42/wall,["' + b"x" * 60_000 + b'"]'
    _flood(address, "/wall", tokens["wall"], [long, b"42/wall,[[[", b"4", b'42/wall,["a",{"b":[1]}]', b"3", b"6"])


def formats(address: Address, tokens: dict[str, str]) -> None:
    """Say as an agent what would fill the memory."""
    why = {"message": "%(a)4000000000s", "params": {"a": "x"}}
    health = {"devices": {"printer": {"state": "down", "error": "broken", "why": why}}}
    _flood(address, "/agent", tokens["agent"], [f"42/agent,1{json.dumps(['health', health])}".encode()])


ATTACKS: dict[str, Callable[[Address, dict[str, str]], None]] = {
    "long QR paths": long_paths,
    "dotted TOML": dotted_toml,
    "format strings": formats,
    "big JSON": big_json,
    "slow headers": slow_headers,
    "slow bodies": slow_bodies,
    "connections": connections,
    "socket events": events,
    "socket garbage": garbage,
    "sign-ins": sign_ins,
    "handshakes": handshakes,
}


if __name__ == "__main__":
    arguments = json.loads(sys.argv[1])
    ATTACKS[arguments["attack"]]((arguments["address"][0], arguments["address"][1]), arguments["tokens"])
