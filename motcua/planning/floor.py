"""The simulated hall: people arrive, counters call them by the real policy and are busy for a while.

Pure; times in milliseconds.
"""

from collections.abc import Callable, Iterable, Sequence
from heapq import heapify, heappop, heappush

from motcua.planning.line import Person, SimulatedCounter, WaitingLine

Occupy = Callable[[Person, SimulatedCounter, int], int]
"""Says how long a counter is busy with a person called at some moment, until it calls again."""
Shift = tuple[int, int, SimulatedCounter, bool]
"""When, in which order of equal moments, which counter opens (True) or closes after the person in its hand."""


class SimulatedFloor:
    """Counters and the line before them.

    `busy` are counters with somebody in hand and when they are free; `idle` wait for somebody.
    """

    def __init__(
        self,
        line: WaitingLine,
        occupy: Occupy,
        idle: Sequence[SimulatedCounter] = (),
        busy: Sequence[tuple[int, SimulatedCounter]] = (),
    ) -> None:
        self.line, self._occupy = line, occupy
        self._idle: list[SimulatedCounter] = list(idle)
        self._busy: list[tuple[int, int, SimulatedCounter]] = [
            (free, order, counter) for order, (free, counter) in enumerate(busy)
        ]
        heapify(self._busy)
        self._count = len(self._busy)
        self._closing: set[int] = set()

    def call(self, counter: SimulatedCounter, now: int, person: Person | None = None) -> Person | None:
        """Let `counter`, whose hands are empty, call who is next; it waits when there is nobody.

        `person` has just come and need not join the line: the counter was idle, so nobody else waits whom it may call.
        """
        if person is not None:
            counter.passes, person.called, person.counter = 0, now, counter.number
        elif self.line.count == 0 or (person := self.line.take(counter, now)) is None:
            self._idle.append(counter)
            return None
        self._count += 1
        heappush(self._busy, (now + self._occupy(person, counter, now), self._count, counter))
        return person

    def _arrive(self, person: Person, now: int) -> None:
        for counter in self._idle:
            if person.service in counter.served if person.bound is None else person.bound == counter.number:
                self._idle.remove(counter)
                self.call(counter, now, person)
                return
        self.line.join(person)

    def _shift(self, counter: SimulatedCounter, now: int, *, opens: bool) -> None:
        if opens:
            self._closing.discard(counter.number)
            if counter not in self._idle and all(other is not counter for _free, _order, other in self._busy):
                self.call(counter, now)
        elif counter in self._idle:
            self._idle.remove(counter)
        else:
            self._closing.add(counter.number)

    def run(
        self,
        arrivals: Iterable[Person],
        shifts: Sequence[Shift] = (),
        *,
        begin: int = 0,
        is_done: Callable[[], bool] | None = None,
    ) -> None:
        """Let `arrivals` come from `begin` on, in the order of their `since`, until nobody can be called any more,
        or `is_done`.
        """
        resting, self._idle = self._idle, []
        for counter in resting:
            self.call(counter, begin)
        if not shifts and is_done is None:
            self._run_through(arrivals)
            return
        coming, busy, changing, changes = iter(arrivals), self._busy, 0, len(shifts)
        person = next(coming, None)
        while is_done is None or not is_done():
            free = busy[0][0] if busy else None
            shift = shifts[changing][0] if changing < changes else None
            if shift is not None and (person is None or shift <= person.since) and (free is None or shift <= free):
                _at, _order, counter, opens = shifts[changing]
                changing += 1
                self._shift(counter, shift, opens=opens)
            elif person is not None and (free is None or person.since < free):
                self._arrive(person, person.since)
                person = next(coming, None)
            elif free is not None:
                _at, _order, counter = heappop(busy)
                if counter.number in self._closing:
                    self._closing.discard(counter.number)
                else:
                    self.call(counter, free)
            else:
                return

    def _run_through(self, arrivals: Iterable[Person]) -> None:
        """Let everybody come and be called, while no counter opens or closes."""
        busy, arrive = self._busy, self._arrive
        for person in arrivals:
            now = person.since
            while busy and busy[0][0] <= now:
                free, _order, counter = heappop(busy)
                self.call(counter, free)
            arrive(person, now)
        while busy:
            free, _order, counter = heappop(busy)
            self.call(counter, free)
