"""Tickets, legs, moves and days as the journal tells them."""

from collections.abc import Iterator
from typing import Any

from motcua.audit.table import CHANGED, NUMBERED, Book, Columns, Row, Table, TableDifference, format_key
from motcua.desk import Reader
from motcua.queue import store as queue_store
from motcua.queue.model import TicketState

_NEVER = {"called_at": None, "recalled_at": None, "recalls": 0}
CALLED, SERVED = TicketState.CALLED.value, TicketState.SERVED.value


class QueueBook(Book):
    """Follows each ticket from event to event as the queue's actions do."""

    def __init__(self, *, has_steps: bool) -> None:
        """`has_steps`: the clock was set at some time, so that moments of a day that was ended late are of two
        clocks.
        """
        self._has_steps = has_steps
        self._rules: dict[str, Any] = {}
        self._finished_called: set[str] = set()
        ticket = (
            "day", "number", "letter", "serial", "service", "rank", "state", "issued_at", "counter", "called_at",
            "recalled_at", "recalls",
            "started_at", "finished_at", "absent_at", "returned", "bound", "bound_at", "reason", "arrived_at",
            "due_at", "asked_for",
            "booking", "seat", "first_called_at", "returns", "wait_p50_s", "wait_p80_s", "place",
        )  # fmt: skip
        untold = {
            "priority": "may be health data, the journal has its rank",
            "code": "opens the ticket's page",
            "short_code": "rates the visit from the counter's code",
        }
        self.tickets = Table("tickets", ["id"], ticket, untold=untold)
        legs, moves = NUMBERED.format("legs"), NUMBERED.format("moves")
        number = {"id": "its order counts"}
        self.legs = Table(
            "legs",
            ["ticket", "n"],
            ["day", "counter", "officer", "called_at", "started_at", "ended_at", "how"],
            legs,
            untold=number,
        )
        self.moves = Table(
            "moves",
            ["ticket", "n"],
            ["at", "move", "counter", "actor", "reason", "why"],
            moves,
            texts=["why"],
            untold=number,
        )
        self.days = Table(
            "days", ["day"], ["is_opened", "is_closed"],
            "(SELECT day, opened_at IS NOT NULL AS is_opened, closed_at IS NOT NULL AS is_closed FROM days)",
        )  # fmt: skip
        self.tables = [self.tickets, self.legs, self.moves, self.days]
        self._legs: dict[str, int] = {}
        self._moves: dict[str, int] = {}

    def list_differences(self, db: Reader) -> Iterator[TableDifference]:
        """Compare all tables, and the counts of waiting tickets with the tickets."""
        yield from super().list_differences(db)
        for *key, stored, tickets in queue_store.count_waiting_classes(db):
            if stored != tickets:
                yield TableDifference("waiting_counts", format_key(tuple(key)), CHANGED, "tickets", tickets, stored)

    def _ticket(self, data: dict[str, Any]) -> Columns:
        return self.tickets.rows.setdefault((data["ticket"],), {})

    def _note(
        self,
        row: Row,
        ticket: str,
        move: str,
        counter: int | None = None,
        reason: str | None = None,
        **other_columns: Any,
    ) -> None:
        self._moves[ticket] = number = self._moves.get(ticket, 0) + 1
        columns = {
            "at": row["at"],
            "move": move,
            "counter": counter,
            "actor": row["actor"],
            "reason": reason,
            "why": None,
            **other_columns,
        }
        self.moves.tell(row["seq"], ticket, number, **columns)

    def _begin_leg(self, row: Row, ticket: str, counter: int, officer: int | None) -> None:
        ticket_row = self.tickets.rows[ticket,]
        self._legs[ticket] = number = self._legs.get(ticket, 0) + 1
        columns = {
            "called_at": ticket_row.get("called_at"),
            "started_at": ticket_row.get("started_at"),
            "ended_at": None,
            "how": None,
        }
        self.legs.tell(
            row["seq"], ticket, number, day=ticket_row.get("day"), counter=counter, officer=officer, **columns
        )

    def _end_leg(self, row: Row, ticket: str, at: str | None, how: str) -> None:
        if number := self._legs.get(ticket):
            self.legs.tell(row["seq"], ticket, number, ended_at=at, how=how)

    def _change(self, row: Row, data: dict[str, Any], **columns: Any) -> None:
        self.tickets.tell(row["seq"], data["ticket"], **columns)

    def on_settings_changed(self, _row: Row, data: dict[str, Any]) -> None:
        """Rules that a ticket's life depends on."""
        self._rules = data["operational"].get("queue", {})

    def on_ticket_issued(self, row: Row, data: dict[str, Any]) -> None:
        """A ticket begins."""
        wait = data.get("wait") or {}
        self._change(
            row, data, day=row["day"], number=data["number"], letter=data["letter"], serial=int(data["number"][1:]),
            service=data["service"], asked_for=data["service"], rank=data["rank"], state=TicketState.WAITING.value,
            issued_at=row["at"],
            arrived_at=data.get("arrived_at") or row["at"], due_at=data.get("due_at"), booking=data.get("booking"),
            seat=data.get("seat"),
            counter=None, started_at=None, finished_at=None, absent_at=None, returned=0, bound=None, bound_at=None,
            reason=None,
            first_called_at=None, returns=0, wait_p50_s=wait.get("p50_s"), wait_p80_s=wait.get("p80_s"),
            place=len(self.tickets.rows) + 1, **_NEVER,
        )  # fmt: skip
        self._note(row, data["ticket"], "issued")

    def on_ticket_called(self, row: Row, data: dict[str, Any]) -> None:
        """A ticket goes to a counter; perhaps another one ended there."""
        if (finished := data["finished"]) is not None:
            self._serve(row, finished, data["counter"], data["officer"])
        first = self._ticket(data).get("first_called_at") or row["at"]
        self._change(
            row, data, state=CALLED, counter=data["counter"], called_at=row["at"], first_called_at=first,
            recalled_at=None, recalls=0,
            started_at=None, absent_at=None, returned=0, bound=None, bound_at=None, reason=None,
        )  # fmt: skip
        self._note(row, data["ticket"], "called", data["counter"], data["reason"], why=data["why"] or None)

    def on_ticket_recalled(self, row: Row, data: dict[str, Any]) -> None:
        """Called once more."""
        self._change(row, data, recalled_at=row["at"], recalls=self._ticket(data).get("recalls", 0) + 1)
        self._note(row, data["ticket"], "recalled", data["counter"])

    def on_ticket_started(self, row: Row, data: dict[str, Any]) -> None:
        """Serving begins."""
        self._change(row, data, state=TicketState.SERVING.value, started_at=row["at"])
        self._begin_leg(row, data["ticket"], data["counter"], data["officer"])
        self._note(row, data["ticket"], "started", data["counter"])

    def on_ticket_served(self, row: Row, data: dict[str, Any]) -> None:
        """Serving ends."""
        self._serve(row, data["ticket"], data["counter"], data["officer"])

    def _serve(self, row: Row, ticket: str, counter: int, officer: int | None) -> None:
        ticket_row = self.tickets.rows.setdefault((ticket,), {})
        was_called = ticket_row.get("state") == CALLED
        begun = ticket_row.get("started_at") or ticket_row.get("called_at")
        self.tickets.tell(row["seq"], ticket, state=SERVED, started_at=begun, finished_at=row["at"])
        if was_called:
            self._begin_leg(row, ticket, counter, officer)
        (self._finished_called.add if was_called else self._finished_called.discard)(ticket)
        self._end_leg(row, ticket, row["at"], "finish")
        self._note(row, ticket, "served", counter)

    def on_ticket_absent(self, row: Row, data: dict[str, Any]) -> None:
        """Nobody came."""
        self._change(row, data, state=TicketState.ABSENT.value, counter=None, absent_at=row["at"])
        self._note(row, data["ticket"], "absent", data["counter"])

    def on_ticket_returned(self, row: Row, data: dict[str, Any]) -> None:
        """An absent citizen came back."""
        returns = self._ticket(data).get("returns", 0) + 1
        self._change(row, data, state=TicketState.WAITING.value, returns=returns, absent_at=None, **_NEVER)
        self._by_rule(data, "returned_first", "returned", int)
        self._note(row, data["ticket"], "returned")

    def _by_rule(self, data: dict[str, Any], rule: str, column: str, value: Any) -> None:
        """Set a column that a rule decides; an older journal perhaps does not say how it was set."""
        if rule in self._rules:
            self._ticket(data)[column] = value(self._rules[rule])
        else:
            self._ticket(data).pop(column, None)

    def on_ticket_held(self, row: Row, data: dict[str, Any]) -> None:
        """Set aside."""
        if self._ticket(data).get("state") == TicketState.SERVING.value:
            self._end_leg(row, data["ticket"], row["at"], "hold")
        self._change(row, data, state=TicketState.HELD.value, counter=None, reason=data["reason"])
        self._note(row, data["ticket"], "held", data["counter"], data["reason"])

    def on_ticket_transferred(self, row: Row, data: dict[str, Any]) -> None:
        """Sent on."""
        self._end_leg(row, data["ticket"], row["at"], "transfer")
        to, before = data["to_counter"], self._ticket(data).get("arrived_at")
        self._change(
            row,
            data,
            state=TicketState.WAITING.value,
            service=data["service"],
            counter=None,
            started_at=None,
            due_at=None,
            **_NEVER,
        )
        self._by_rule(data, "transfer_binds", "bound", lambda binds: to if binds else None)
        self._by_rule(data, "transfer_binds", "bound_at", lambda binds: row["at"] if binds and to is not None else None)
        self._by_rule(data, "transfer_keeps_place", "arrived_at", lambda keeps: before if keeps else row["at"])
        self._note(row, data["ticket"], "transferred", data["counter"])

    def on_ticket_seated(self, row: Row, data: dict[str, Any]) -> None:
        """The citizen says where."""
        self._change(row, data, seat=data["seat"])
        self._note(row, data["ticket"], "seated")

    def on_ticket_cancelled(self, row: Row, data: dict[str, Any]) -> None:
        """Given up."""
        self._change(row, data, state=TicketState.CANCELLED.value, counter=None, reason="cancelled")
        self._note(row, data["ticket"], "cancelled")

    def on_ticket_undone(self, row: Row, data: dict[str, Any]) -> None:
        """The last finish or absent is taken back."""
        ticket = data["ticket"]
        if data["move"] == "absent":
            self._change(row, data, state=CALLED, counter=data["counter"], absent_at=None)
        elif ticket in self._finished_called:
            self._change(row, data, state=CALLED, started_at=None, finished_at=None)
            self.legs.forget(ticket, self._legs[ticket])
            self._legs[ticket] -= 1
        else:
            self._change(row, data, state=TicketState.SERVING.value, finished_at=None)
            self._end_leg(row, ticket, None, "")
            self.legs.tell(row["seq"], ticket, self._legs[ticket], how=None)
        self._note(row, ticket, "undone", data["counter"])

    def on_hall_opened(self, row: Row, data: dict[str, Any]) -> None:
        """A leader opened the hall."""
        self.days.tell(
            row["seq"],
            data["today"],
            is_opened=1,
            is_closed=self.days.rows.get((data["today"],), {}).get("is_closed", 0),
        )

    def on_day_closed(self, row: Row, data: dict[str, Any]) -> None:
        """Whoever was still there has an end."""
        is_unsure = self._has_steps and row["day"] != data["closed"]
        for ticket in data["cancelled"]:
            self.tickets.tell(row["seq"], ticket, state=TicketState.CANCELLED.value, counter=None, reason="day_closed")
            self._note(row, ticket, "cancelled", None, "day_closed")
            self._doubt(ticket, is_unsure=is_unsure)
        for ticket in data["served"]:
            self.tickets.tell(row["seq"], ticket, state=SERVED, finished_at=row["at"], reason="day_closed")
            self._end_leg(row, ticket, None, "day_closed")
            self._note(row, ticket, "served", self.tickets.rows[ticket,].get("counter"), "day_closed")
            self._doubt(ticket, is_unsure=is_unsure)
        opened = self.days.rows.get((data["closed"],), {}).get("is_opened", 0)
        self.days.tell(row["seq"], data["closed"], is_opened=opened, is_closed=1)

    def _doubt(self, ticket: str, *, is_unsure: bool) -> None:
        if is_unsure:
            self.tickets.rows[ticket,].pop("finished_at", None)
            self.moves.rows[ticket, self._moves[ticket]].pop("at", None)
