"""Desks to be measured, and the smallest server of the same hall beside them: set up, their tokens, their servers."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from motcua.cli.door import lock_desk
from motcua.copies import replace
from motcua.counters.model import Counter
from motcua.setup import actions as setup_actions
from motcua.setup import agents, template
from motcua.setup.document import Document
from motcua.staff import actions as staff_actions

from .client import Http
from .process import Server
from .smallest_store import PLAN

SERVICE = b'{"service":"certified-copy"}'
DESK, SLOW_DESK, SMALLEST = "motcua", "bench.slow_serve", "bench.smallest"
COUNTERS = 8
CLASSES = (None, "elder60", "merit", "elder75")
CLASS_WEIGHTS = (80, 12, 2, 6)


def motcua(*arguments: str) -> str:
    """Run the command line and return what it prints. Raises `CalledProcessError`."""
    done = subprocess.run([sys.executable, "-m", "motcua", *arguments], check=True, capture_output=True, text=True)  # noqa: S603
    return done.stdout.strip()


@dataclass(frozen=True)
class Hall:
    """A desk that is set up in `data`, with a token for each kind of screen; `counters` has one for each counter."""

    data: Path
    kiosk: str
    counter: str
    wall: str
    counters: dict[int, str] = field(default_factory=dict)
    agents: tuple[str, str] = ("", "")
    """Tokens of two programs with devices, each for every counter and kiosk."""

    @contextmanager
    def served(self, module: str = DESK) -> Iterator[Server]:
        """Serve the desk, as it is or on a slower disk, until the end of the block."""
        with Server(module, ["serve", "--data", str(self.data), "--port", "0"], self.data.parent) as server:
            yield server

    @contextmanager
    def served_smallest(self) -> Iterator[Server]:
        """Serve an empty hall with the same counters by the smallest server, until the end of the block."""
        place = self.data.parent / "smallest"
        place.mkdir(exist_ok=True)
        for old in place.glob("smallest.db*"):
            old.unlink()
        (place / PLAN).write_text(json.dumps(_plan(eight_counters())), encoding="utf-8")
        with Server(SMALLEST, [str(place)], place) as server:
            yield server


def set_up(folder: Path, name: str) -> Hall:
    """Return a new desk of the ward template, open at every hour, in `folder`/`name`."""
    place = folder / name
    place.mkdir()
    data = place / "desk"
    motcua("init", "--data", str(data), "--template", "ward", "--always-open")

    def token(*role: str) -> str:
        return motcua("token", "add", "--data", str(data), "--role", *role)

    return Hall(data, token("kiosk"), token("counter", "--counter", "1"), token("wall"))


def set_up_counters(folder: Path, name: str, document: Document | None = None) -> Hall:
    """Return a new desk in `folder`/`name` with a token for each counter of `document`, all of them open.

    The default has eight counters, each for every second service of the ward template.
    """
    place = folder / name
    place.mkdir()
    data = place / "desk"
    motcua("init", "--data", str(data), "--template", "ward", "--always-open")
    chosen = document or eight_counters()
    with lock_desk(data) as desk:
        door = desk.by("command")
        door.do(setup_actions.apply, chosen)

        def token(role: str, counter: int | None = None) -> str:
            return door.do(staff_actions.add_token, role, counter, "", None).secret

        numbers = [counter.number for counter in chosen.counters]
        tokens = {number: token("counter", number) for number in numbers}
        everything = agents.Serves(agents.ALL, agents.ALL)

        def agent(name: str) -> str:
            request = agents.TokenRequest("agent", None, name, None, everything)
            return door.do(agents.add_token, request).secret

        programs = (agent("paper"), agent("signs"))
        return Hall(data, token("kiosk"), tokens[numbers[0]], token("wall"), tokens, programs)


def eight_counters() -> Document:
    """Return the always open ward template with eight counters, each for every second service."""
    ward = template.open_always(template.load("ward"))
    codes = [service.code for service in ward.services]
    counters = [Counter(number, "", tuple(codes[number % 2 :: 2])) for number in range(1, COUNTERS + 1)]
    return replace(ward, counters=counters)


def _plan(document: Document) -> dict[str, object]:
    return {
        "letters": {service.code: service.group for service in document.services},
        "ranks": {priority.code: priority.rank for priority in document.settings.priorities},
        "counters": {counter.number: counter.services for counter in document.counters},
    }


def mixed_tickets(count: int, codes: Sequence[str] = ()) -> list[bytes]:
    """Return `count` bodies of POST /api/v1/tickets: every service alike, one in five with a priority."""
    dice = Random(count)  # noqa: S311 -- the same hall each time
    chosen = codes or [service.code for service in eight_counters().services]
    bodies = []
    for _ in range(count):
        priority = dice.choices(CLASSES, CLASS_WEIGHTS)[0]
        body = {"service": dice.choice(chosen)} | ({"priority": priority} if priority else {})
        bodies.append(json.dumps(body).encode())
    return bodies


def client(server: Server, token: str) -> Http:
    """Return a connection that speaks with `token`."""
    return Http(server.address, {"Authorization": f"Bearer {token}"})
