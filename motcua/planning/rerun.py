"""A past day once more, called by the policy under some terms. Pure; whole milliseconds.

Kept from the day: who came and who gave up, when each counter was open, how long each turn took and how it ended.
Kept too: after which delay somebody came back, was resumed or was called by number.
Kept of each officer: how long people waited before each *next*, and long silences.
Decided again: who is called, and so when and where. Under the day's own terms the result is the day as it happened.
"""

from collections.abc import Callable, Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import Any

from msgspec import Struct, field

from motcua.planning.day import PastVisit, RebuiltDay, StepKind, VisitTurn
from motcua.planning.hall import DayOutcome, Guest, GuestPlace, ReplayCounter, ReplayHall
from motcua.planning.record import BEFORE_ALL, LATE, Habits, Record
from motcua.planning.terms import Terms


class QueuePosition(Struct, frozen=True):
    """The queue position of a ticket under other terms: rank, arrival, the slot of a booked one."""

    rank: int
    arrived: int
    due: int | None


class ReplayPlan(Struct, frozen=True):
    """How to run a day again: the terms at its begin and when they change (moment, row, terms).

    `positions` are the queue positions of visits, `extra` the extra counters (number, from, to); counters that the
    terms lack do not open.
    """

    terms: Terms
    later: Sequence[tuple[int, int, Terms]] = ()
    positions: Mapping[str, QueuePosition] = field(default_factory=dict)
    extra: Sequence[tuple[int, int, int]] = ()


Handler = Callable[[int, Any, int], None]


class Rerun(ReplayHall):
    """The day once more."""

    def __init__(self, day: RebuiltDay, record: Record, plan: ReplayPlan) -> None:
        super().__init__(plan.terms, day.begin)
        self._day, self._record = day, record
        self._orphans: list[tuple[Guest, int]] = []
        self._order = 0
        self._guests = {ticket: _guest(visit, plan.positions.get(ticket)) for ticket, visit in day.visits.items()}
        self._heap: list[tuple[int, int, int, Handler, Any, int]] = []
        for step in day.steps:
            if step.op is StepKind.ISSUE and step.visit is not None:
                self._add(step.at, step.seq, self._issue, self._guests[step.visit.ticket])
            elif step.op is StepKind.CANCEL and step.visit is not None:
                self._add(step.at, step.seq, self._cancel, self._guests[step.visit.ticket])
            elif step.op is StepKind.OPEN or step.op is StepKind.LEAVE:
                self._add(step.at, step.seq, self._presence, step.counter, step.op is StepKind.OPEN)
        for at, seq, terms in plan.later:
            self._add(at, seq, self._use, terms)
        for number, begin, end in plan.extra:
            self._add(begin, LATE, self._presence, number, True)
            self._add(end, LATE, self._presence, number, False)
        for silence in record.silences:
            self._add(*silence.begin, self._silence, silence.counter, True)
            self._add(*silence.end, self._silence, silence.counter, False)
        heapify(self._heap)

    def run(self) -> DayOutcome:
        """Return how the day goes."""
        heap, settle = self._heap, self.settle
        end = (self._day.end, self._day.end_seq)
        while heap:
            now, seq, _order, handle, subject, mark = heappop(heap)
            if (now, seq) >= end:
                break
            handle(now, subject, mark)
            settle(now)
        return self.close(self._guests, self._day.end)

    def _add(self, at: int, seq: int, handle: Handler, subject: object, mark: int = 0) -> None:
        self._order += 1
        self._heap.append((at, seq, self._order, handle, subject, mark))

    def _push(self, at: int, seq: int, handle: Handler, subject: object, mark: int = 0) -> None:
        self._order += 1
        heappush(self._heap, (at, seq, self._order, handle, subject, mark))

    # what comes from outside

    def _issue(self, now: int, guest: Guest, _mark: int) -> None:
        self.enter(guest, now)
        self._look_ahead(guest, now)

    def _cancel(self, now: int, guest: Guest, _mark: int) -> None:
        self.cancel(guest, now)

    def _use(self, now: int, terms: Terms, _mark: int) -> None:
        self.use(terms, now)

    def on_not_due(self, guest: Guest) -> None:
        """Let `guest` fall due when its slot begins."""
        self._push(guest.due or 0, BEFORE_ALL, self._fall_due, guest, guest.stage)

    def _fall_due(self, _now: int, guest: Guest, stage: int) -> None:
        if guest.stage == stage:
            self.join(guest)

    def _presence(self, now: int, number: int, opens: int) -> None:
        """Open or leave a counter; while a ticket is in hand that has to wait."""
        counter = self.counters.get(number)
        if counter is None:
            return
        if counter.hand is not None or counter.deferred:
            counter.deferred.append(bool(opens))
        elif opens:
            self.open_counter(counter, now)
            self._take_up(counter, now)
        else:
            self.leave_counter(counter, now)

    def _silence(self, _now: int, number: int, begins: int) -> None:
        """Let an officer be away from an open counter, at the time of day at which that was so."""
        counter = self.counters.get(number)
        if counter is not None:
            counter.is_away = bool(begins)

    # what officers do

    def _habits(self, counter: ReplayCounter) -> Habits:
        return self._record.habits.get(counter.number, self._record.anybody)

    def _next_press(self, counter: ReplayCounter) -> tuple[int, int]:
        """Return after how much time in which it could call `counter` presses *next*, and the journal row of that
        press.
        """
        habits = self._habits(counter)
        if counter.pressed < len(habits.presses):
            press = habits.presses[counter.pressed]
            return press.after, press.seq
        if counter.pressed == len(habits.presses):
            return max(habits.pace, habits.rest + 1), LATE
        return habits.pace, LATE

    def on_ready(self, counter: ReplayCounter, now: int) -> None:
        """Let the officer press *next* after the usual while."""
        after, seq = self._next_press(counter)
        self._push(now + max(0, after - counter.ready_ms), seq, self._press, counter, counter.version)

    def _press(self, now: int, counter: ReplayCounter, version: int) -> None:
        if counter.version != version or counter.ready_since is None:
            return
        person = self.line.take(counter.line_counter, now)
        if person is not None:
            counter.restart_count()
            self._call(counter, self._guests[person.id], now)

    def _call(self, counter: ReplayCounter, guest: Guest, now: int) -> None:
        turn = guest.find_next_turn()
        usual = self._record.usual.get(guest.service, self._record.usual_of_all)
        if turn is None:
            turn = VisitTurn(counter.number, "next", guest.service, 0, LATE, 0, 0, usual, LATE, "served")
        length = turn.ended - turn.called if turn.ended is not None else max(self._day.end - turn.called, usual)
        self.call(counter, guest, turn, now)
        self._push(
            now + length,
            turn.end_seq if turn.ended is not None else LATE,
            self._end_turn,
            (counter, guest),
            guest.stage,
        )

    def _end_turn(self, now: int, counter_and_guest: tuple[ReplayCounter, Guest], stage: int) -> None:
        counter, guest = counter_and_guest
        if guest.stage != stage:
            return
        by_next = guest.turn is not None and guest.turn.by_next
        self.release(counter, guest, now)
        self._look_ahead(guest, now)
        self._take_up(counter, now)
        while counter.hand is None and counter.deferred:
            if counter.deferred.pop(0):
                self.open_counter(counter, now)
                self._take_up(counter, now)
            else:
                self.leave_counter(counter, now)
        if by_next and counter.hand is None:
            self.settle(now)
            if (
                counter.ready_since is None
            ):  # that day the same press found somebody; now the officer has to notice who comes
                counter.ready_ms = min(counter.ready_ms, self._next_press(counter)[0] - self._habits(counter).notice)

    # tickets that are named: resumed, called by number, coming back

    def _look_ahead(self, guest: Guest, now: int) -> None:
        """Plan the next recorded move of `guest`, unless that is a call in turn."""
        if guest.place is GuestPlace.ABSENT:
            last_turn = guest.visit.turns[guest.turns - 1]
            if last_turn.came_back is not None:
                self._push(now + last_turn.came_back[0], last_turn.came_back[1], self._return, guest, guest.stage)
                return
        elif guest.place is not GuestPlace.WAITING and guest.place is not GuestPlace.HELD:
            return
        turn = guest.find_next_turn()
        if turn is not None and turn.kind != "next":
            self._push(now + turn.delay, turn.seq, self._name, guest, guest.stage)

    def _return(self, now: int, guest: Guest, stage: int) -> None:
        if guest.stage == stage and self._is_in_grace(guest, now) and guest.returns < self.terms.absent_returns:
            self.come_back(guest, now)
            self._look_ahead(guest, now)

    def _is_in_grace(self, guest: Guest, now: int) -> bool:
        return now - guest.moved <= self.terms.absent_grace

    def _name(self, now: int, guest: Guest, stage: int) -> None:
        """Call a ticket that is named: at its counter when that is free, else as soon as it is."""
        turn = guest.find_next_turn()
        if guest.stage != stage or turn is None:
            return
        counter = self.counters.get(turn.counter)
        if counter is not None and counter.is_open:
            if counter.hand is None:
                self._call_named(counter, guest, now)
            else:
                counter.pending.append((guest, stage))
        elif guest.place is GuestPlace.HELD:
            self._orphans.append((guest, stage))
            for other in self.counters.values():
                if other.is_open and other.hand is None and guest.stage == stage:
                    self._take_up(other, now)

    def _call_named(self, counter: ReplayCounter, guest: Guest, now: int) -> None:
        if guest.place is not GuestPlace.ABSENT or self._is_in_grace(guest, now):
            self._call(counter, guest, now)

    def _take_up(self, counter: ReplayCounter, now: int) -> None:
        """Let `counter`, if its hands are empty, call a named ticket that waits for it, or one whose counter is not
        there any more.
        """
        while counter.hand is None and counter.is_open and counter.pending:
            guest, stage = counter.pending.pop(0)
            if guest.stage == stage:
                self._call_named(counter, guest, now)
        for orphan in list(self._orphans):
            guest, stage = orphan
            if guest.stage != stage:
                self._orphans.remove(orphan)
            elif (
                counter.hand is None
                and counter.is_open
                and (guest.service in counter.line_counter.services or _is_theirs(guest, counter))
            ):
                self._orphans.remove(orphan)
                self._call(counter, guest, now)


def _is_theirs(guest: Guest, counter: ReplayCounter) -> bool:
    turn = guest.find_next_turn()
    return turn is not None and turn.counter == counter.number


def _guest(visit: PastVisit, position: QueuePosition | None) -> Guest:
    position = position or QueuePosition(visit.rank, visit.arrived, visit.due)
    return Guest(visit, position.rank, position.arrived, position.due)
