"""What a past day tells of its officers: how long each let people wait before pressing *next*, and what a call
usually leads to. Pure.
"""

from collections.abc import Sequence
from heapq import heappop, heappush

from msgspec import Struct

from motcua.planning.day import DayStep, RebuiltDay, StepKind, VisitTurn
from motcua.planning.hall import DayOutcome, Guest, GuestPlace, ReplayCounter, ReplayHall
from motcua.planning.terms import compile_terms

LATE = 1 << 60
"""Stands for a journal row after all others: what happens only in a replay."""
BEFORE_ALL = -1
"""Stands for a journal row before all others of its moment: a slot begins."""
USUAL_MS = 5 * 60_000
"""How long a visit takes on a day on which none was finished."""
SILENT_MS = 3 * 60_000
"""Who lets people wait for longer without a break of it is not at the counter, whatever the journal says."""


class NextPress(Struct, frozen=True):
    """A *next*: after how many milliseconds in which the counter could have called and was not silent, and its
    journal row.
    """

    after: int
    seq: int


class Silence(Struct, frozen=True):
    """A counter that could have called and did not for long: from a moment (and journal row) to another."""

    counter: int
    begin: tuple[int, int]
    end: tuple[int, int]


class Habits(Struct, frozen=True):
    """How one counter works: its presses of *next* in order, how long after the last one it could have pressed and
    did not.

    `pace` is its usual delay, `notice` the usual one where *next* did not also end a visit.
    """

    presses: Sequence[NextPress]
    rest: int
    pace: int
    notice: int


class Record(Struct, frozen=True):
    """How a day went, its counters' habits by number, those of a counter that was not there, silences, and usual
    turns by service.
    """

    happened: DayOutcome
    habits: dict[int, Habits]
    anybody: Habits
    silences: Sequence[Silence]
    usual: dict[str, int]
    usual_of_all: int


class _Recorder(ReplayHall):
    """Lets happen what happened."""

    def __init__(self, day: RebuiltDay) -> None:
        self.silences: list[Silence] = []
        self.waited: dict[int, int] = {}
        self._seq = 0
        self._begins: dict[int, int] = {}
        super().__init__(compile_terms(day.settings), day.begin)
        self.guests = {
            ticket: Guest(visit, visit.rank, visit.arrived, visit.due) for ticket, visit in day.visits.items()
        }
        self.presses: dict[int, list[NextPress]] = {}
        self.noticed: dict[int, list[int]] = {}
        self._due: list[tuple[int, int, Guest, int]] = []

    def on_not_due(self, guest: Guest) -> None:
        heappush(self._due, (guest.due or 0, guest.visit.place, guest, guest.stage))

    def on_ready(self, counter: ReplayCounter, now: int) -> None:
        """Note with which row it could call."""
        self._begins[counter.number] = self._seq

    def on_window(self, counter: ReplayCounter, begin: int, end: int) -> None:
        """Count for how long it could have called; when that was long, it was silent."""
        if end - begin > SILENT_MS:
            self.silences.append(Silence(counter.number, (begin, self._begins[counter.number]), (end, self._seq)))
        else:
            self.waited[counter.number] = self.waited.get(counter.number, 0) + end - begin

    def _fall_due(self, until: int) -> None:
        while self._due and self._due[0][0] <= until:
            at, _place, guest, stage = heappop(self._due)
            if guest.stage == stage:
                self._seq = BEFORE_ALL
                self.join(guest)
                self.settle(at)

    def run(self, day: RebuiltDay) -> None:
        """Go through the day."""
        for step in day.steps:
            self._fall_due(step.at)
            self._seq = step.seq
            self._take(step)
            self.settle(step.at)
        self._fall_due(day.end)
        self._seq = day.end_seq
        for counter in self.counters.values():
            if counter.ready_since is not None:
                self.on_window(counter, counter.ready_since, day.end)

    def _take(self, step: DayStep) -> None:
        now = step.at
        if step.op is StepKind.SETTINGS:
            self.use(compile_terms(step.settings or {}), now)
        elif step.visit is None:
            counter = self.counters.get(step.counter)
            if counter is not None:
                (self.open_counter if step.op is StepKind.OPEN else self.leave_counter)(counter, now)
        else:
            self._move(step, self.guests[step.visit.ticket], now)

    def _move(self, step: DayStep, guest: Guest, now: int) -> None:
        counter = self.counters.get(step.counter)
        if step.op is StepKind.ISSUE:
            self.enter(guest, now)
        elif step.op is StepKind.RETURN:
            self.come_back(guest, now)
        elif step.op is StepKind.CANCEL:
            self.cancel(guest, now)
        elif step.op is StepKind.CALL and counter is not None and step.turn is not None:
            if step.turn.kind == "next":
                self._note(step.turn, counter, now)
                counter.restart_count()
            self.call(counter, guest, step.turn, now)
        elif step.op is StepKind.RELEASE and counter is not None and guest.place is GuestPlace.AT_COUNTER:
            self.release(counter, guest, now)

    def _note(self, turn: VisitTurn, counter: ReplayCounter, now: int) -> None:
        """Note a press of *next*."""
        if counter.ready_since is not None:
            self.on_window(counter, counter.ready_since, now)
        after = self.waited.pop(counter.number, 0)
        self.presses.setdefault(counter.number, []).append(NextPress(after, turn.seq))
        if after:
            self.noticed.setdefault(counter.number, []).append(after)


def record_day(day: RebuiltDay) -> Record:
    """Return what `day` tells."""
    hall = _Recorder(day)
    hall.run(day)
    all_delays = [press.after for presses in hall.presses.values() for press in presses]
    noticed = [after for delays in hall.noticed.values() for after in delays]
    anybody = Habits((), -1, find_lower_median(all_delays, 0), find_lower_median(noticed, 0))
    habits = {}
    for number in hall.counters:
        presses = hall.presses.get(number, [])
        pace = find_lower_median([press.after for press in presses], anybody.pace)
        notice = find_lower_median(hall.noticed.get(number, []), anybody.notice)
        habits[number] = Habits(presses, hall.waited.get(number, 0), pace, notice)
    lengths: dict[str, list[int]] = {}
    for visit in day.visits.values():
        for turn in visit.turns:
            if turn.ended is not None and turn.how == "served":
                lengths.setdefault(turn.service, []).append(turn.ended - turn.called)
    usual_of_all = find_lower_median(
        [length for service_lengths in lengths.values() for length in service_lengths], USUAL_MS
    )
    usual = {service: find_lower_median(service_lengths, usual_of_all) for service, service_lengths in lengths.items()}
    return Record(hall.close(hall.guests, day.end), habits, anybody, hall.silences, usual, usual_of_all)


def find_lower_median(values: Sequence[int], none: int) -> int:
    """Return the lower median of `values`, `none` for no values."""
    return sorted(values)[(len(values) - 1) // 2] if values else none
