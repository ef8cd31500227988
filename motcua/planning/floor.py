"""The simulated hall: people arrive, counters call them by the real policy and are busy for a while. Pure; times in milliseconds."""

from collections.abc import Callable, Iterable, Sequence
from heapq import heapify, heappop, heappush

from motcua.planning.line import Person, Station, WaitingLine

Occupy = Callable[[Person, Station, int], int]
"""Says how long a counter is busy with a person called at some moment, until it calls again."""
Shift = tuple[int, int, Station, bool]
"""When, in which order of equal moments, which station opens (True) or closes after the person in its hand."""


class SimulatedFloor:
    """Counters and the line before them. `busy` are stations with somebody in hand and when they are free; `idle` wait for somebody."""

    def __init__(self, line: WaitingLine, occupy: Occupy, idle: Sequence[Station] = (), busy: Sequence[tuple[int, Station]] = ()) -> None:
        self.line, self._occupy = line, occupy
        self._idle: list[Station] = list(idle)
        self._busy: list[tuple[int, int, Station]] = [(free, order, station) for order, (free, station) in enumerate(busy)]
        heapify(self._busy)
        self._count = len(self._busy)
        self._closing: set[int] = set()

    def call(self, station: Station, now: int, person: Person | None = None) -> Person | None:
        """Let `station`, whose hands are empty, call who is next; it waits when there is nobody.

        `person` has just come and need not join the line: the station was idle, so nobody else waits whom it may call.
        """
        if person is not None:
            station.passes, person.called, person.counter = 0, now, station.number
        elif self.line.count == 0 or (person := self.line.take(station, now)) is None:
            self._idle.append(station)
            return None
        self._count += 1
        heappush(self._busy, (now + self._occupy(person, station, now), self._count, station))
        return person

    def _arrive(self, person: Person, now: int) -> None:
        for station in self._idle:
            if person.service in station.served if person.bound is None else person.bound == station.number:
                self._idle.remove(station)
                self.call(station, now, person)
                return
        self.line.join(person)

    def _shift(self, station: Station, now: int, *, opens: bool) -> None:
        if opens:
            self._closing.discard(station.number)
            if station not in self._idle and all(other is not station for _free, _order, other in self._busy):
                self.call(station, now)
        elif station in self._idle:
            self._idle.remove(station)
        else:
            self._closing.add(station.number)

    def run(
        self, arrivals: Iterable[Person], shifts: Sequence[Shift] = (), *, begin: int = 0, is_done: Callable[[], bool] | None = None
    ) -> None:
        """Let `arrivals` come from `begin` on, in the order of their `since`, until nobody can be called any more, or `is_done`."""
        resting, self._idle = self._idle, []
        for station in resting:
            self.call(station, begin)
        if not shifts and is_done is None:
            self._run_through(arrivals)
            return
        coming, busy, changing, changes = iter(arrivals), self._busy, 0, len(shifts)
        person = next(coming, None)
        while is_done is None or not is_done():
            free = busy[0][0] if busy else None
            shift = shifts[changing][0] if changing < changes else None
            if shift is not None and (person is None or shift <= person.since) and (free is None or shift <= free):
                _at, _order, station, opens = shifts[changing]
                changing += 1
                self._shift(station, shift, opens=opens)
            elif person is not None and (free is None or person.since < free):
                self._arrive(person, person.since)
                person = next(coming, None)
            elif free is not None:
                _at, _order, station = heappop(busy)
                if station.number in self._closing:
                    self._closing.discard(station.number)
                else:
                    self.call(station, free)
            else:
                return

    def _run_through(self, arrivals: Iterable[Person]) -> None:
        """Let everybody come and be called, while no counter opens or closes."""
        busy, arrive = self._busy, self._arrive
        for person in arrivals:
            now = person.since
            while busy and busy[0][0] <= now:
                free, _order, station = heappop(busy)
                self.call(station, free)
            arrive(person, now)
        while busy:
            free, _order, station = heappop(busy)
            self.call(station, free)
