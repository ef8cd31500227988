"""A waiting line that answers the policy's question fast: who is next at a counter. It decides exactly as `queue.rules.policy.choose`.

Times are whole milliseconds on any one clock. Everybody in the line may be called: a booked ticket joins when it is due, and a transfer
that binds to a counter is told to let go when that counter pauses or closes.
"""

from bisect import insort
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

MINUTE_MS = 60_000


class Person:
    """Somebody who waits. `arrived` and `place` say where they stand in their class, `since` from when on they could be called."""

    __slots__ = ("arrival", "bound", "called", "counter", "id", "rank", "returned", "service", "since", "work")

    def __init__(
        self,
        id: str,  # noqa: A002 -- what everybody calls it
        service: str,
        rank: int,
        arrived: int,
        place: int,
        *,
        since: int | None = None,
        returned: bool = False,
        bound: int | None = None,
        work: int = 0,
    ) -> None:
        self.id, self.service, self.rank, self.returned, self.bound = id, service, rank, returned, bound
        self.arrival = (arrived, place)
        self.since = arrived if since is None else since
        self.work = work
        self.called: int | None = None
        self.counter: int | None = None


@dataclass
class Station:
    """A counter as the line sees it: what it may call and prefers (`counters.rules.lane`), and its passes so far."""

    number: int
    services: tuple[str, ...]
    preferred: frozenset[str] = frozenset()
    passes: int = 0


@dataclass(frozen=True)
class Guard:
    """The guard's two numbers: after how many passes (0: never), and after how many milliseconds of waiting."""

    calls: int
    wait_ms: int

    @classmethod
    def of(cls, calls: int, wait_min: int) -> "Guard":
        """Return the guard of the settings' `guard_calls` and `guard_wait_min`."""
        return cls(calls, wait_min * MINUTE_MS)


Bucket = list[Person]
_arrival = attrgetter("arrival")


class Line:
    """Who waits, by service, rank and return; each stretch in the order of arrival."""

    def __init__(self, guard: Guard) -> None:
        self.guard = guard
        self._open: dict[str, dict[tuple[int, bool], Bucket]] = {}
        self._bound: dict[int, dict[tuple[int, bool], Bucket]] = {}
        self.count = 0

    def _shelf(self, person: Person) -> dict[tuple[int, bool], Bucket]:
        if person.bound is not None:
            return self._bound.setdefault(person.bound, {})
        return self._open.setdefault(person.service, {})

    def join(self, person: Person) -> None:
        """Let `person` wait."""
        bucket = self._shelf(person).setdefault((person.rank, not person.returned), [])
        if bucket and bucket[-1].arrival > person.arrival:
            insort(bucket, person, key=_arrival)
        else:
            bucket.append(person)
        self.count += 1

    def leave(self, person: Person) -> None:
        """Let `person` wait no longer. Raises `ValueError` for somebody who does not wait."""
        shelf = self._shelf(person)
        key = (person.rank, not person.returned)
        shelf[key].remove(person)
        if not shelf[key]:
            del shelf[key]
        self.count -= 1

    def let_go(self, counter: int) -> None:
        """Let whoever was sent to `counter` wait for their service again: it paused or closed."""
        for bucket in list(self._bound.pop(counter, {}).values()):
            for person in bucket:
                person.bound = None
                self.count -= 1
                self.join(person)

    def people(self) -> Iterable[Person]:
        """Return everybody who waits, in no particular order."""
        for shelf in (*self._open.values(), *self._bound.values()):
            for bucket in shelf.values():
                yield from bucket

    def shelves(self, station: Station) -> list[tuple[bool, dict[tuple[int, bool], Bucket]]]:
        """Return what `station` may call: for each service whether it is not preferred, and who waits."""
        found = [(service not in station.preferred, shelf) for service in station.services if (shelf := self._open.get(service))]
        for person_shelf in self._own(station):
            found.append(person_shelf)
        return found

    def _own(self, station: Station) -> list[tuple[bool, dict[tuple[int, bool], Bucket]]]:
        """Return who was sent to `station` itself, whatever they came for."""
        own = self._bound.get(station.number)
        if not own:
            return []
        split: dict[bool, dict[tuple[int, bool], Bucket]] = {}
        for key, bucket in own.items():
            for person in bucket:
                split.setdefault(person.service not in station.preferred, {}).setdefault(key, []).append(person)
        return list(split.items())

    def choose(self, station: Station, now: int) -> tuple[Person, int] | None:
        """Return who `station` calls next at `now` and its passes then, None when nobody waits for it. Nothing is changed."""
        shelves = self.shelves(station)
        first: Person | None = None
        best: tuple[int, bool, bool, tuple[int, int]] | None = None
        for unwanted, shelf in shelves:
            for (rank, came_first), bucket in shelf.items():
                if best is not None and rank > best[0]:
                    continue
                head = bucket[0]
                key = (rank, came_first, unwanted, head.arrival)
                if best is None or key < best:
                    first, best = head, key
        if first is None:
            return None
        kept = self._kept_waiting(shelves, first, now - self.guard.wait_ms)
        if kept is None:
            return first, 0
        if 0 < self.guard.calls <= station.passes:
            return kept, 0
        return first, station.passes + 1

    def _kept_waiting(self, shelves: list[tuple[bool, dict[tuple[int, bool], Bucket]]], first: Person, limit: int) -> Person | None:
        """Return the first arrived of those whom a call of `first` passes over and who have waited since before `limit`."""
        found: Person | None = None
        rank, arrival = first.rank, first.arrival
        for _unwanted, shelf in shelves:
            for (other_rank, _came_first), bucket in shelf.items():
                if other_rank < rank:
                    continue
                for person in bucket:
                    if (other_rank == rank and person.arrival >= arrival) or (found is not None and person.arrival >= found.arrival):
                        break
                    if person.since < limit:
                        found = person
                        break
        return found

    def take(self, station: Station, now: int) -> Person | None:
        """Call who is next at `station`: they leave the line, the station keeps its passes. None when nobody waits for it."""
        chosen = self.choose(station, now)
        if chosen is None:
            return None
        person, station.passes = chosen
        self.leave(person)
        person.called, person.counter = now, station.number
        return person
