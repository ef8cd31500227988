"""A waiting line that answers the policy's question fast: who is next at a counter.

It decides exactly as `queue.rules.policy.choose`.

Times are whole milliseconds on any one clock. Everybody in the line may be called: a booked ticket joins when it is
due. `let_go` frees the tickets that a transfer bound to a counter, when that counter pauses or closes.
"""

from bisect import insort
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import attrgetter

from msgspec import Struct

MINUTE_MS = 60_000
NEVER = 1 << 60


class Person(Struct, eq=False):
    """Somebody who waits. `arrival` (when, and the place) orders their class, `since` is when they could first be
    called.
    """

    id: str
    service: str
    rank: int
    arrival: tuple[int, int]
    since: int
    returned: bool = False
    bound: int | None = None
    work: int = 0
    called: int | None = None
    counter: int | None = None


@dataclass
class SimulatedCounter:
    """A counter as the line sees it: what it may call and prefers (`counters.rules.resolve_lane`), and its passes so
    far.
    """

    number: int
    services: tuple[str, ...]
    preferred: frozenset[str] = frozenset()
    passes: int = 0
    served: frozenset[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Keep `services` as a set too, which is asked whenever somebody comes."""
        self.served = frozenset(self.services)


class Guard(Struct, frozen=True):
    """The guard's two numbers: after how many passes (0: never), and after how many milliseconds of waiting."""

    calls: int
    wait_ms: int

    @classmethod
    def of(cls, calls: int, wait_min: int) -> "Guard":
        """Return the guard of the settings' `guard_calls` and `guard_wait_min`."""
        return cls(calls, wait_min * MINUTE_MS)


Bucket = list[Person]
Shelf = dict[tuple[int, bool], Bucket]
"""Who waits by rank and whether they did not come back, each bucket in the order of arrival and never empty."""
_arrival = attrgetter("arrival")


class WaitingLine:
    """Who waits, by service, rank and return; each stretch in the order of arrival.

    After a choice `first` is who stood first.
    `longest_waiting` is the first arrived of those passed over too long, whom the guard would call.
    """

    def __init__(self, guard: Guard) -> None:
        self.guard = guard
        self._open: dict[str, Shelf] = {}
        self._bound: dict[int, Shelf] = {}
        self.count = 0
        self.first: Person | None = None
        self.longest_waiting: Person | None = None
        self._last_rank = 0
        self._is_sorted_by_wait = True

    def _shelf(self, person: Person) -> Shelf:
        shelf = self._open.get(person.service) if person.bound is None else self._bound.get(person.bound)
        if shelf is not None:
            return shelf
        return (
            self._open.setdefault(person.service, {})
            if person.bound is None
            else self._bound.setdefault(person.bound, {})
        )

    def join(self, person: Person) -> None:
        """Let `person` wait."""
        shelf, key = self._shelf(person), (person.rank, not person.returned)
        bucket = shelf.get(key)
        if bucket is None:
            shelf[key] = [person]
        elif bucket[-1].arrival > person.arrival:
            insort(bucket, person, key=_arrival)
        else:
            bucket.append(person)
        self.count += 1
        if person.rank > self._last_rank:  # noqa: PLR1730 -- faster than max(), and this runs a million times
            self._last_rank = person.rank
        if person.since < person.arrival[0]:
            self._is_sorted_by_wait = False  # a transfer that lost its place stands behind people who have waited less

    def leave(self, person: Person) -> None:
        """Let `person` wait no longer. Raises `ValueError` for somebody who does not wait."""
        shelf = self._shelf(person)
        key = (person.rank, not person.returned)
        bucket = shelf[key]
        if bucket[0] is person:
            del bucket[0]
        else:
            bucket.remove(person)
        self.count -= 1
        if not bucket:
            del shelf[key]
            if not shelf and person.bound is None:
                del self._open[person.service]

    def let_go(self, counter: int) -> None:
        """Let people who were sent to `counter` wait for their service again: it paused or closed."""
        for bucket in list(self._bound.pop(counter, {}).values()):
            for person in bucket:
                person.bound = None
                self.count -= 1
                self.join(person)

    def has_work_for(self, counter: SimulatedCounter) -> bool:
        """Say whether anybody waits whom `counter` may call."""
        shelves = self._open
        return any(service in shelves for service in counter.services) or bool(self._bound.get(counter.number))

    def list_people(self) -> Iterable[Person]:
        """Return everybody who waits, in no particular order."""
        for shelf in (*self._open.values(), *self._bound.values()):
            for bucket in shelf.values():
                yield from bucket

    def _list_shelves(self, counter: SimulatedCounter) -> list[tuple[bool, Shelf]]:
        """Return what `counter` may call: for each service whether it is not preferred, and who waits."""
        shelves, preferred = self._open, counter.preferred
        if preferred:
            pairs = [(service not in preferred, shelves[service]) for service in counter.services if service in shelves]
        else:
            pairs = [(True, shelves[service]) for service in counter.services if service in shelves]
        bound_shelf = self._bound.get(counter.number)
        if bound_shelf:
            split: dict[bool, Shelf] = {}
            for key, bucket in bound_shelf.items():
                for person in bucket:
                    split.setdefault(person.service not in preferred, {}).setdefault(key, []).append(person)
            pairs += split.items()
        return pairs

    def choose(self, counter: SimulatedCounter, now: int) -> tuple[Person, int] | None:
        """Return who `counter` calls next at `now` and its passes then, None when nobody waits for it.

        Nothing is changed.
        """
        pairs = self._list_shelves(counter)
        self.first = self.longest_waiting = None
        first: Person | None = None
        best_rank, best = 0, (False, False, (0, 0))
        for unwanted, shelf in pairs:
            for (rank, came_first), bucket in shelf.items():
                if first is not None and rank > best_rank:
                    continue
                key = (came_first, unwanted, bucket[0].arrival)
                if first is None or rank < best_rank or key < best:
                    first, best_rank, best = bucket[0], rank, key
        if first is None:
            return None
        self.first = first
        if best_rank >= self._last_rank and not counter.preferred and not first.returned:
            return first, 0  # nobody of a lower rank is there, and nobody of its own came earlier
        self.longest_waiting = longest_waiting = self._find_longest_waiting(pairs, first, now - self.guard.wait_ms)
        if longest_waiting is None:
            return first, 0
        if 0 < self.guard.calls <= counter.passes:
            if longest_waiting.arrival < first.arrival:
                return longest_waiting, 0
            return (first, 1) if counter.passes > self.guard.calls else (longest_waiting, self.guard.calls + 1)
        return first, counter.passes + 1

    def _find_longest_waiting(self, pairs: list[tuple[bool, Shelf]], first: Person, limit: int) -> Person | None:
        """Return the first arrived of those whom a call of `first` passes over and who have waited since before
        `limit`.
        """
        longest_waiting: Person | None = None
        rank, arrival = first.rank, first.arrival
        # whoever arrived after `limit` has not waited since before it; a booked one may have arrived long before its
        # slot
        earliest = (limit, 0) if self._is_sorted_by_wait else (NEVER, 0)
        for _unwanted, shelf in pairs:
            for (other_rank, _came_first), bucket in shelf.items():
                if other_rank < rank:
                    continue
                until = earliest if other_rank > rank or earliest < arrival else arrival
                for person in bucket:
                    if person.arrival >= until:
                        break
                    if person.since < limit:
                        longest_waiting, earliest = person, person.arrival
                        break
        return longest_waiting

    def take(self, counter: SimulatedCounter, now: int) -> Person | None:
        """Call who is next at `counter`: they leave the line, the counter keeps its passes.

        None when nobody waits for it.
        """
        chosen = self.choose(counter, now)
        if chosen is None:
            return None
        person, counter.passes = chosen
        self.leave(person)
        person.called, person.counter = now, counter.number
        return person
