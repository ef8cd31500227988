"""One past day, rebuilt from its journal rows alone: who came when, who was called where, what each call led to. Pure.

What was taken back (`ticket.undone`) did not happen.
"""

import json
from collections.abc import Callable, Iterable

from motcua.desk.errors import Invalid
from motcua.desk.moment import parse_day
from motcua.desk.steps import STEPPED, Row, parse_ms, put_rows_right
from motcua.planning.day import DayStep, PastVisit, RebuiltDay, StepKind, VisitTurn
from motcua.planning.terms import Operational

CALL_KINDS = {"number": "number", "resumed": "resumed"}
"""The rules of calls that name their ticket; every other call is a *next*."""
CLOSED = "day.closed"
KINDS = (
    "settings.changed",
    "ticket.issued",
    "ticket.called",
    "ticket.started",
    "ticket.served",
    "ticket.absent",
    "ticket.returned",
    "ticket.held",
    "ticket.transferred",
    "ticket.cancelled",
    "ticket.undone",
    "counter.opened",
    "counter.paused",
    "counter.closed",
    CLOSED,
    STEPPED,
)
"""The rows that a day is rebuilt from; the others do not matter here."""


def require_date(text: str) -> str:
    """Return the date that `text` names, `YYYY-MM-DD`. Raises `Invalid("day.form")`."""
    if parse_day(text) is None:
        raise Invalid("day.form", "“%(day)s” is not a valid date. Write it like 2026-11-23.", day=text[:40])
    return text


def rebuild(day: str, rows: Iterable[Row], settings: Operational | None) -> RebuiltDay:
    """Return the day `day` from its journal `rows` (others among them are left aside) and the operational settings
    before it, if any.

    Raises `Invalid("day.unknown")` when nothing is told of it, `Invalid("day.form")`.
    """
    require_date(day)
    story = _Story(settings)
    first = last = None
    for row in put_rows_right(rows):
        action = row["action"]
        if (row["day"] != day and action != CLOSED) or action == STEPPED:
            continue
        data = row["data"] if not isinstance(row["data"], str) else json.loads(row["data"])
        is_end = action == CLOSED and data["closed"] == day
        if row["day"] != day and not is_end:
            continue
        last = (parse_ms(row["at"]), int(row["seq"]))
        first = first or last
        if is_end:
            return story.build_day(day, first, last, is_closed=True)
        if (handle := story.handlers.get(action)) is not None:
            story.at, story.seq = last
            handle(data)
    if first is None or last is None:
        raise Invalid("day.unknown", "There is nothing in the journal for %(day)s.", day=day)
    return story.build_day(day, first, (last[0], last[1] + 1), is_closed=False)


class _Story:
    """Takes in the rows of a day, one after the other."""

    def __init__(self, settings: Operational | None) -> None:
        self.settings = settings
        self.at = self.seq = 0
        self.visits: dict[str, PastVisit] = {}
        self._steps: list[DayStep | None] = []
        self._hand: dict[int, tuple[PastVisit, VisitTurn]] = {}
        self._ended: dict[int, tuple[int, PastVisit, VisitTurn]] = {}
        self._seen: set[int] = set()
        self._from_before: list[int] = []
        self.handlers: dict[str, Callable[[Row], None]] = {
            "settings.changed": self._settings,
            "ticket.issued": self._issued,
            "ticket.called": self._called,
            "ticket.started": self._started,
            "ticket.served": lambda data: self._released(data, "served"),
            "ticket.absent": lambda data: self._released(data, "absent"),
            "ticket.held": lambda data: self._released(data, "held"),
            "ticket.transferred": self._transferred,
            "ticket.returned": self._returned,
            "ticket.cancelled": self._cancelled,
            "ticket.undone": self._undone,
            "counter.opened": self._opened,
            "counter.paused": lambda data: self._left(data["counter"]),
            "counter.closed": lambda data: self._left(data["counter"]),
            CLOSED: self._closed_another,
        }

    def build_day(self, day: str, first: tuple[int, int], last: tuple[int, int], *, is_closed: bool) -> RebuiltDay:
        """Return the whole day."""
        if self.settings is None:
            raise Invalid(
                "day.no_settings", "The journal holds no settings for %(day)s, so it cannot be replayed.", day=day
            )
        before = [DayStep(first[0], 0, StepKind.OPEN, counter=number) for number in self._from_before]
        steps = [*before, *(step for step in self._steps if step is not None)]
        return RebuiltDay(day, self.settings, first[0], last[0], last[1], is_closed, self.visits, steps)

    def _note(
        self, op: StepKind, visit: PastVisit | None = None, turn: VisitTurn | None = None, counter: int = 0
    ) -> None:
        self._steps.append(DayStep(self.at, self.seq, op, visit, turn, counter))

    def _settings(self, data: Row) -> None:
        if self.settings is None:
            self.settings = data["operational"]
        else:
            self._steps.append(DayStep(self.at, self.seq, StepKind.SETTINGS, settings=data["operational"]))

    def _issued(self, data: Row) -> None:
        arrived, due = data.get("arrived_at"), data.get("due_at")
        visit = PastVisit(
            str(data["ticket"]),
            str(data["service"]),
            int(data["rank"]),
            self.at,
            self.seq,
            parse_ms(arrived) if arrived else self.at,
            parse_ms(due) if due else None,
            moved=self.at,
        )
        self.visits[visit.ticket] = visit
        self._note(StepKind.ISSUE, visit)

    def _is_open(self, number: int) -> None:
        """Note that counter `number` calls; when it was never seen to open, it was open before the day's first row."""
        if number not in self._seen:
            self._seen.add(number)
            self._from_before.append(number)

    def _opened(self, data: Row) -> None:
        if data["left"] is not None:
            self._left(data["left"])
        self._seen.add(data["counter"])
        self._note(StepKind.OPEN, counter=data["counter"])

    def _left(self, number: int) -> None:
        self._is_open(number)
        self._note(StepKind.LEAVE, counter=number)

    def _closed_another(self, data: Row) -> None:
        """Another day ended late, during this one: the counters that were left open then closed."""
        for number in data["counters"]:
            self._left(number)

    def _called(self, data: Row) -> None:
        number = int(data["counter"])
        self._is_open(number)
        if data["finished"] is not None:
            self._release(number, str(data["finished"]), "served", by_next=True)
        visit = self.visits.get(str(data["ticket"]))
        if visit is None:
            return
        kind = CALL_KINDS.get(data["why"].get("rule", ""), "next")
        turn = VisitTurn(number, kind, str(data["service"]), self.at, self.seq, self.at - visit.moved)
        visit.turns.append(turn)
        visit.moved = self.at
        self._hand[number] = (visit, turn)
        self._note(StepKind.CALL, visit, turn, number)

    def _started(self, data: Row) -> None:
        in_hand = self._hand.get(data["counter"])
        if in_hand is not None and in_hand[0].ticket == data["ticket"]:
            in_hand[1].started = self.at

    def _released(self, data: Row, how: str) -> None:
        self._release(int(data["counter"]), str(data["ticket"]), how)

    def _release(self, number: int, ticket: str, how: str, *, by_next: bool = False) -> VisitTurn | None:
        in_hand = self._hand.get(number)
        if in_hand is None or in_hand[0].ticket != ticket:
            return None
        visit, turn = self._hand.pop(number)
        turn.ended, turn.end_seq, turn.how, turn.by_next = self.at, self.seq, how, by_next
        visit.moved = self.at
        self._ended[number] = (len(self._steps), visit, turn)
        self._note(StepKind.RELEASE, visit, turn, number)
        return turn

    def _transferred(self, data: Row) -> None:
        turn = self._release(int(data["counter"]), str(data["ticket"]), "transferred")
        if turn is not None:
            turn.to_service, turn.to_counter = str(data["service"]), data["to_counter"]

    def _undone(self, data: Row) -> None:
        ended_turn = self._ended.pop(data["counter"], None)
        if ended_turn is None or ended_turn[1].ticket != data["ticket"]:
            return
        place, visit, turn = ended_turn
        self._steps[place] = None
        turn.ended, turn.end_seq, turn.how, turn.by_next = None, 0, "", False
        visit.moved = turn.called
        self._hand[turn.counter] = (visit, turn)

    def _returned(self, data: Row) -> None:
        visit = self.visits.get(str(data["ticket"]))
        if visit is None or not visit.turns:
            return
        visit.turns[-1].came_back = (self.at - visit.moved, self.seq)
        visit.moved = self.at
        self._note(StepKind.RETURN, visit)

    def _cancelled(self, data: Row) -> None:
        visit = self.visits.get(str(data["ticket"]))
        if visit is not None:
            self._note(StepKind.CANCEL, visit)
