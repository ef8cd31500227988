"""Walls, phones and agents of a simulated day, read together by one selector; each keeps what it heard."""

import json
import re
import selectors
import uuid
from collections.abc import Callable
from time import perf_counter
from typing import Any

from .client import Address
from .walls import SocketIo

_CALLED = re.compile(rb'^42/wall,\["call",.*?"number":"([^"]+)"')
WAIT_S = 30.0


class Wall:
    """A wall: the numbers that were called, in the order in which it heard them."""

    def __init__(self, address: Address, token: str) -> None:
        self.link = SocketIo(address, "/wall", {"token": token})
        self.numbers: list[str] = []

    def hear(self, text: bytes) -> None:
        """Note a call."""
        if (match := _CALLED.match(text)) is not None:
            self.numbers.append(match[1].decode())


class Phone:
    """A phone that follows a ticket until it was called."""

    def __init__(self, address: Address, code: str) -> None:
        self.link = SocketIo(address, "/follow", {"token": code})
        self.is_called = False

    def hear(self, text: bytes) -> None:
        """Note that the ticket was called."""
        self.is_called = self.is_called or b'"state":"called"' in text


class Agent:
    """A program with devices: it says of each job at once that it is done."""

    def __init__(self, address: Address, token: str, devices: list[dict[str, Any]]) -> None:
        self.link = SocketIo(address, "/agent", {"token": token})
        self.tickets: list[str] = []
        """The tickets whose paper was asked for, in order."""
        self.jobs = 0
        self.link.emit("/agent", "devices", {"devices": devices, "key": str(uuid.uuid4())})

    def hear(self, text: bytes) -> None:
        """Do a job."""
        if not text.startswith(b'42/agent,["job",'):
            return
        job = json.loads(text[len(b"42/agent,") :])[1]
        self.jobs += 1
        if job["kind"] == "print":
            self.tickets.append(job["payload"]["ticket"])
        result = {"id": job["id"], "state": "done", "desk": job["desk"], "key": str(uuid.uuid4())}
        self.link.emit("/agent", "result", result)


Screen = Wall | Phone | Agent


class Screens:
    """Everything that hears, read in turns; what breaks breaks the measurement."""

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._screens: set[Screen] = set()

    def add(self, screen: Screen) -> None:
        """Read this one too."""
        self._screens.add(screen)
        self._selector.register(screen.link.socket, selectors.EVENT_READ, screen)
        for text in screen.link.early():
            screen.hear(text)

    def remove(self, screen: Screen) -> None:
        """Hang up."""
        self._screens.discard(screen)
        self._selector.unregister(screen.link.socket)
        screen.link.close()

    def read(self, wait_s: float = 0.0) -> None:
        """Let each hear what came, after at most `wait_s`."""
        for key, _ in self._selector.select(wait_s):
            for text in key.data.link.messages():
                key.data.hear(text)

    def read_until(self, claim: Callable[[], bool]) -> float:
        """Read until `claim` holds and return the seconds. Raises `TimeoutError` after half a minute."""
        start = perf_counter()
        while not claim():
            self.read(1.0)
            if perf_counter() - start > WAIT_S:
                raise TimeoutError("a screen did not hear what it should")
        return perf_counter() - start

    def close(self) -> None:
        """Hang up everywhere."""
        for screen in list(self._screens):
            self.remove(screen)
        self._selector.close()
