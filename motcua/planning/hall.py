"""The hall of a replayed day: who waits, who is at which counter, and for how long each free counter could have
called somebody.

`record.py` drives it by what happened, `rerun.py` by the policy; both count by the same code. Pure; whole milliseconds.
"""

from dataclasses import dataclass, field
from enum import Enum, auto

from motcua.planning.day import PastVisit, VisitTurn
from motcua.planning.line import Person, SimulatedCounter, WaitingLine
from motcua.planning.terms import Terms


class GuestPlace(Enum):
    """Where somebody is in the day."""

    COMING = auto()
    WAITING = auto()
    AT_COUNTER = auto()
    HELD = auto()
    ABSENT = auto()
    SERVED = auto()
    GONE = auto()


class Guest:
    """A ticket on its way through the day.

    `stage` counts its moves, `turns` its calls; `moved` is when it moved last.
    """

    __slots__ = (
        "arrived", "bound", "due", "first", "moved", "person", "place", "rank", "returned", "returns", "service",
        "stage", "turn", "turns",
        "visit",
    )  # fmt: skip

    def __init__(self, visit: PastVisit, rank: int, arrived: int, due: int | None) -> None:
        self.visit, self.rank, self.arrived, self.due = visit, rank, arrived, due
        self.service = visit.service
        self.place = GuestPlace.COMING
        self.stage = self.turns = self.returns = self.moved = 0
        self.returned = False
        self.bound: int | None = None
        self.first: int | None = None
        self.person: Person | None = None
        self.turn: VisitTurn | None = None

    def find_next_turn(self) -> VisitTurn | None:
        """Return the turn of its next call as that day knows it, None when there was none."""
        recorded_turns = self.visit.turns
        return recorded_turns[self.turns] if self.turns < len(recorded_turns) else None


class ReplayCounter:
    """A counter at work.

    `ready_ms` is how long it could have called since its last *next*: open, with empty hands, somebody waiting.

    `is_away`: it is open, but its officer is not there.
    """

    __slots__ = (
        "busy_ms",
        "called_at",
        "deferred",
        "hand",
        "is_away",
        "is_open",
        "left_at",
        "line_counter",
        "number",
        "open_ms",
        "open_since",
        "pending",
        "pressed",
        "ready_ms",
        "ready_since",
        "version",
    )  # fmt: skip

    def __init__(self, number: int, counter: SimulatedCounter) -> None:
        self.number, self.line_counter = number, counter
        self.is_open = self.is_away = False
        self.hand: Guest | None = None
        self.left_at = -1
        self.called_at = self.open_since = self.open_ms = self.busy_ms = 0
        self.ready_ms = self.version = self.pressed = 0
        self.ready_since: int | None = None
        self.deferred: list[bool] = []
        self.pending: list[tuple[Guest, int]] = []

    def restart_count(self) -> None:
        """Restart the count: *next* was pressed."""
        self.ready_ms, self.ready_since = 0, None
        self.version += 1
        self.pressed += 1


@dataclass
class DayOutcome:
    """How a day went: calls (when, ticket, counter) in order, each ticket's first call, who was served, counters'
    times by number.
    """

    calls: list[tuple[int, str, int]] = field(default_factory=list)
    firsts: dict[str, int] = field(default_factory=dict)
    served: set[str] = field(default_factory=set)
    open_ms: dict[int, int] = field(default_factory=dict)
    busy_ms: dict[int, int] = field(default_factory=dict)


class ReplayHall:
    """Counters and the line before them, under the terms in force."""

    def __init__(self, terms: Terms, now: int) -> None:
        self.line = WaitingLine(terms.guard)
        self.counters: dict[int, ReplayCounter] = {}
        self.outcome = DayOutcome()
        self._gone: list[ReplayCounter] = []
        self.use(terms, now)

    def use(self, terms: Terms, now: int) -> None:
        """Put `terms` in force. A counter that they lack is gone, unless somebody is still there."""
        self.terms = terms
        self.line.guard = terms.guard
        for number, lane in terms.lanes.items():
            counter = self.counters.get(number)
            if counter is None:
                self.counters[number] = ReplayCounter(number, SimulatedCounter(number, lane.services, lane.preferred))
            else:
                counter.line_counter.services, counter.line_counter.preferred = lane.services, lane.preferred
        for number in [number for number in self.counters if number not in terms.lanes]:
            counter = self.counters[number]
            counter.line_counter.services = ()
            if counter.hand is None:
                self.leave_counter(counter, now)
                self._gone.append(self.counters.pop(number))

    def settle(self, now: int) -> None:
        """Note which counters can call now and could not before, or the other way round.

        To be called after whatever happens.
        """
        has_work_for = self.line.has_work_for
        for counter in self.counters.values():
            if counter.is_open and counter.hand is None and not counter.is_away and has_work_for(counter.line_counter):
                if counter.ready_since is None:
                    counter.ready_since = now
                    self.on_ready(counter, now)
            elif counter.ready_since is not None:
                self.on_window(counter, counter.ready_since, now)
                counter.ready_ms += now - counter.ready_since
                counter.ready_since = None
                counter.version += 1

    def on_ready(self, counter: ReplayCounter, now: int) -> None:
        """Hear that `counter` can call from `now` on."""

    def on_window(self, counter: ReplayCounter, begin: int, end: int) -> None:
        """Hear that `counter` could call from `begin` to `end` and did not."""

    def on_not_due(self, guest: Guest) -> None:
        """Hear that `guest` waits but is not to be called before its slot."""

    def move(self, guest: Guest, place: GuestPlace, now: int) -> None:
        """Let `guest` be somewhere else."""
        guest.place, guest.moved = place, now
        guest.stage += 1

    def enter(self, guest: Guest, now: int) -> None:
        """Let `guest` wait."""
        self.move(guest, GuestPlace.WAITING, now)
        if guest.due is not None and guest.due > now:
            self.on_not_due(guest)
        else:
            self.join(guest)

    def join(self, guest: Guest) -> None:
        """Put `guest`, who is due, into the line."""
        visit = guest.visit
        since = visit.issued if guest.due is None else max(visit.issued, guest.due)
        guest.person = Person(
            visit.ticket,
            guest.service,
            guest.rank,
            (guest.arrived, visit.place),
            since,
            guest.returned,
            guest.bound,
        )
        self.line.join(guest.person)

    def call(self, counter: ReplayCounter, guest: Guest, turn: VisitTurn, now: int) -> None:
        """Call `guest` to `counter`, whose hands are empty, for `turn`."""
        if guest.person is not None and guest.person.called is None:
            self.line.leave(guest.person)
        guest.person = guest.bound = None
        guest.returned = False
        self.move(guest, GuestPlace.AT_COUNTER, now)
        guest.turn = turn
        guest.turns += 1
        if guest.first is None:
            guest.first = now
            self.outcome.firsts[guest.visit.ticket] = now
        counter.hand, counter.called_at = guest, now
        self.outcome.calls.append((now, guest.visit.ticket, counter.number))

    def release(self, counter: ReplayCounter, guest: Guest, now: int) -> None:
        """End the turn of `guest` at `counter` as that turn ends."""
        counter.hand = None
        counter.busy_ms += now - counter.called_at
        turn, guest.turn = guest.turn, None
        how = turn.how if turn is not None else ""
        if how == "transferred" and turn is not None:
            self._transfer(guest, turn, now)
        elif how == "held":
            self.move(guest, GuestPlace.HELD, now)
        elif how == "absent":
            self.move(guest, GuestPlace.ABSENT, now)
        else:
            self.move(guest, GuestPlace.SERVED, now)

    def _transfer(self, guest: Guest, turn: VisitTurn, now: int) -> None:
        guest.service, guest.due = turn.to_service, None
        target = self.counters.get(turn.to_counter) if turn.to_counter is not None else None
        is_bound = self.terms.binds and target is not None and target.is_open and target.left_at < now
        guest.bound = turn.to_counter if is_bound else None
        if not self.terms.keeps_place:
            guest.arrived = now
        self.enter(guest, now)

    def come_back(self, guest: Guest, now: int) -> None:
        """Let `guest`, who was absent, wait again."""
        guest.returned = self.terms.returned_first
        guest.returns += 1
        self.enter(guest, now)

    def cancel(self, guest: Guest, now: int) -> None:
        """Let `guest` go if it waits or is held."""
        if guest.place in {GuestPlace.WAITING, GuestPlace.HELD}:
            if guest.person is not None:
                self.line.leave(guest.person)
                guest.person = None
            self.move(guest, GuestPlace.GONE, now)

    def open_counter(self, counter: ReplayCounter, now: int) -> None:
        """Let `counter` call."""
        if not counter.is_open:
            counter.is_open, counter.open_since = True, now

    def leave_counter(self, counter: ReplayCounter, now: int) -> None:
        """Let `counter` pause or close, which lets go who was sent there."""
        if counter.is_open:
            counter.is_open = False
            counter.open_ms += now - counter.open_since
        counter.left_at = now
        self.line.let_go(counter.number)

    def close(self, guests: dict[str, Guest], now: int) -> DayOutcome:
        """End the day at `now` and return how it went: who is being served counts as served, who was only called
        does not.
        """
        for counter in self.counters.values():
            if counter.hand is not None:
                counter.busy_ms += now - counter.called_at
            self.leave_counter(counter, now)
        for counter in (*self._gone, *self.counters.values()):
            self.outcome.open_ms[counter.number] = self.outcome.open_ms.get(counter.number, 0) + counter.open_ms
            self.outcome.busy_ms[counter.number] = self.outcome.busy_ms.get(counter.number, 0) + counter.busy_ms
        for ticket, guest in guests.items():
            if guest.place is GuestPlace.SERVED or (
                guest.place is GuestPlace.AT_COUNTER and _is_being_served(guest, now)
            ):
                self.outcome.served.add(ticket)
        return self.outcome


def _is_being_served(guest: Guest, now: int) -> bool:
    turn = guest.turn
    return turn is not None and turn.started is not None and guest.moved + turn.started - turn.called <= now
