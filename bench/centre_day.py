"""A day of a ward, or of so many wards in one hall: who comes when, what the screens hear, what it costs."""

import heapq
import json
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from random import Random
from time import perf_counter
from typing import Any

from .client import Address, Http
from .hall import CLASS_WEIGHTS, CLASSES, Hall, client
from .process import Server
from .screens import Agent, Phone, Screen, Screens, Wall

TICKETS, COUNTERS, WALLS, PHONES, AGENTS = 200, 4, 2, 30, 2
"""A ward's day; `Size.of` multiplies all but the agents."""
COUNTERS_MAX = 99
"""How many counters a hall can have."""
OPEN_S, WALK_S, REST_S = 8 * 3600, 15, 5
WORK_S, SIGMA = 480, 0.5
SAMPLES = 40
BEGINS_AT = time(7, 30)


@dataclass(frozen=True)
class Size:
    """How much happens on a day."""

    scale: int
    tickets: int
    counters: int
    walls: int
    phones: int

    @classmethod
    def of(cls, scale: int) -> "Size":
        """Return the size of a hall as large as `scale` wards."""
        counters = min(COUNTERS * scale, COUNTERS_MAX)
        return cls(scale, TICKETS * scale, counters, WALLS * scale, PHONES * scale)


@dataclass
class DayRecord:
    """What was answered, heard and used on a day. Times are in seconds, memory in MiB."""

    issued: dict[str, str] = field(default_factory=dict)
    """The number of each ticket by its id."""
    called: list[str] = field(default_factory=list)
    calls_s: list[float] = field(default_factory=list)
    memory: list[tuple[int, float]] = field(default_factory=list)
    """How many had been called, and the memory of the server without its helpers at that moment."""
    unheard: int = 0
    """Calls that a wall or the ticket's phone did not hear, or heard twice or in another order."""
    unprinted: int = 0
    processor_s: float = 0.0
    took_s: float = 0.0


class Clock:
    """The desk's clock, moved from here."""

    def __init__(self, address: Address, begin: datetime) -> None:
        self._line, self._begin = Http(address), begin

    def reach(self, seconds: float) -> None:
        """Return when so many seconds of the day have passed and the desk's timers have looked at its clock."""
        moment = self._begin + timedelta(milliseconds=round(seconds * 1000))
        self._line.tell(moment.isoformat().encode() + b"\n")

    def close(self) -> None:
        """Hang up."""
        self._line.close()


class CentreDay:
    """One day in the hall that `server` serves. Its people act one after the other, as fast as they are answered."""

    def __init__(
        self, size: Size, server: Server, hall: Hall, clock: Clock, services: Mapping[int, Sequence[str]]
    ) -> None:
        self._size, self._server, self._hall, self._clock = size, server, hall, clock
        self._dice = Random(size.scale)  # noqa: S311 -- the same day each time
        self._services = services
        self._codes = sorted({code for codes in services.values() for code in codes})
        self._now = 0.0
        self._agenda: list[tuple[float, int, Callable[[], None]]] = []
        self._count = 0
        self._resting: set[int] = set()
        self._screens = Screens()
        self._phones: dict[str, Phone] = {}
        self.record = DayRecord()

    def run(self) -> DayRecord:
        """Let the day happen and return what came of it."""
        self._connect()
        start, used = perf_counter(), self._server.processor_s()
        for _ in range(self._size.tickets):
            self._after(self._dice.uniform(0, OPEN_S), self._come)
        while self._agenda:
            self._now, _order, happen = heapq.heappop(self._agenda)
            self._clock.reach(self._now)
            happen()
            self._screens.read()
        self.record.processor_s = self._server.processor_s() - used
        self.record.took_s = perf_counter() - start
        self._finish()
        return self.record

    def _connect(self) -> None:
        self._kiosk = client(self._server, self._hall.kiosk)
        self._counters = {number: client(self._server, token) for number, token in self._hall.counters.items()}
        for number, http in self._counters.items():
            http.post(f"/api/v1/counters/{number}/open")
        self._resting.update(self._counters)
        self._walls = [Wall(self._server.address, self._hall.wall) for _ in range(self._size.walls)]
        signs: list[dict[str, Any]] = [
            {"name": f"sign-{number}", "kind": "sign", "counters": [number]} for number in self._counters
        ]
        devices = ([{"name": "printer", "kind": "printer"}], signs)
        self._agents = [
            Agent(self._server.address, token, agent_devices)
            for token, agent_devices in zip(self._hall.agents, devices, strict=True)
        ]
        screens: list[Screen] = [*self._walls, *self._agents]
        for screen in screens:
            self._screens.add(screen)
        self._screens.read(1.0)

    def _after(self, seconds: float, happen: Callable[[], None]) -> None:
        self._count += 1
        heapq.heappush(self._agenda, (self._now + seconds, self._count, happen))

    def _come(self) -> None:
        """Somebody takes a number; whoever finds room among the phones follows it."""
        priority = self._dice.choices(CLASSES, CLASS_WEIGHTS)[0]
        service = self._dice.choice(self._codes)
        body = {"service": service} | ({"priority": priority} if priority else {})
        answer = _ask(self._kiosk, "/api/v1/tickets", json.dumps(body).encode())
        ticket = str(answer["id"])
        self.record.issued[ticket] = str(answer["number"])
        printer = self._agents[0]
        self._screens.read_until(lambda: ticket in printer.tickets[-1:])
        if len(self._phones) < self._size.phones:
            phone = Phone(self._server.address, str(answer["follow_url"]).rpartition("/")[2])
            self._phones[ticket] = phone
            self._screens.add(phone)
        resting = next((number for number in sorted(self._resting) if service in self._services[number]), None)
        if resting is not None:
            self._resting.discard(resting)
            self._after(REST_S, lambda: self._call(resting))

    def _call(self, counter: int) -> None:
        """An officer presses *next*: the last visit ends, and the next number is on every wall."""
        http, expected = self._counters[counter], len(self.record.called) + 1
        http.renew()
        start = perf_counter()
        http.send("POST", f"/api/v1/counters/{counter}/call-next", b"{}", _key())
        answer = _read(http)
        ticket = answer.get("ticket")
        if ticket is None or ticket["state"] != "called":
            self._resting.add(counter)
            return
        self.record.called.append(ticket["number"])
        self._screens.read_until(lambda: all(len(wall.numbers) >= expected for wall in self._walls))
        self.record.calls_s.append(perf_counter() - start)
        phone = self._phones.pop(ticket["id"], None)
        if phone is not None:
            self._screens.read_until(lambda: phone.is_called)
            self._screens.remove(phone)
        self._after(WALK_S, lambda: self._start(counter))
        if expected % max(1, self._size.tickets // SAMPLES) == 0:
            self.record.memory.append((expected, self._server.own_memory_mib()))

    def _start(self, counter: int) -> None:
        _ask(self._counters[counter], f"/api/v1/counters/{counter}/start")
        self._after(WORK_S * self._dice.lognormvariate(0, SIGMA), lambda: self._call(counter))

    def _finish(self) -> None:
        """End the last visits, and compare what the screens heard with what was answered."""
        self._screens.read(1.0)
        record = self.record
        record.unheard = sum(wall.numbers != record.called for wall in self._walls) + len(self._phones)
        record.unprinted = len(record.issued) - len(set(self._agents[0].tickets) & set(record.issued))
        record.unprinted += len(self._agents[0].tickets) - len(set(self._agents[0].tickets))
        self._screens.close()
        for http in (self._kiosk, *self._counters.values()):
            http.close()


def _key() -> dict[str, str]:
    return {"Idempotency-Key": str(uuid.uuid4())}


def _ask(http: Http, path: str, body: bytes = b"{}") -> dict[str, Any]:
    http.renew()
    http.send("POST", path, body, _key())
    return _read(http)


def _read(http: Http) -> dict[str, Any]:
    status, answer = http.receive()
    if status == 204:  # noqa: PLR2004 -- nobody waits
        return {}
    if status not in (200, 201):
        raise RuntimeError(f"{status} {answer.decode()}")
    parsed: dict[str, Any] = json.loads(answer)
    return parsed
