"""Counters, bookings, declared devices and checks as the journal tells them."""

import json
from collections.abc import Iterator
from typing import Any

from motcua.audit.table import ADDED, Book, Row, Table, TableDifference
from motcua.bookings.model import BookingState
from motcua.counters.model import CounterState
from motcua.desk import Reader
from motcua.equipment import store

OPEN, PAUSED, CLOSED = CounterState.OPEN.value, CounterState.PAUSED.value, CounterState.CLOSED.value


class CounterBook(Book):
    """Who sits where, and which ticket is in whose hand."""

    def __init__(self) -> None:
        """Begin without counters: settings make them."""
        untold = {
            "label": "settings say it",
            "passes": "how many calls passed over somebody follows from the calls' reasons",
            "last": "what may be taken back for some seconds",
        }
        lanes = ["services", "prefer", "must", "hours"]
        day = ["state", "officer", "in_hand", "pause_reason", "state_at", "left_at"]
        self.counters = Table("counters", ["number"], [*day, *lanes], texts=lanes, untold=untold)
        self.tables = [self.counters]

    def _change(self, row: Row, counter: int, **columns: Any) -> None:
        if (counter,) in self.counters.rows:
            self.counters.tell(row["seq"], counter, **columns)

    def _close(self, row: Row, counter: int, **columns: Any) -> None:
        closed = {"state": CLOSED, "officer": None, "state_at": row["at"], "left_at": row["at"], "pause_reason": None}
        self._change(row, counter, **closed, **columns)

    def on_settings_changed(self, row: Row, data: dict[str, Any]) -> None:
        """Counters come, change their lanes, and go."""
        listed = {item["number"]: item for item in data["operational"]["counters"]}
        for (number,) in [key for key in self.counters.rows if key[0] not in listed]:
            self.counters.forget(number)
        for number, item in listed.items():
            if (number,) not in self.counters.rows:
                new = {
                    "state": CLOSED,
                    "officer": None,
                    "in_hand": None,
                    "pause_reason": None,
                    "state_at": "",
                    "left_at": "",
                }
                self.counters.tell(row["seq"], number, **new)
            lanes = {name: item[name] for name in ("services", "prefer", "must", "hours") if name in item}
            self.counters.tell(row["seq"], number, **lanes)

    def on_counter_opened(self, row: Row, data: dict[str, Any]) -> None:
        """Somebody sits down, perhaps from another counter."""
        if data["left"] is not None:
            self._close(row, data["left"])
        self._change(row, data["counter"], state=OPEN, officer=data["officer"], state_at=row["at"], pause_reason=None)

    def on_counter_paused(self, row: Row, data: dict[str, Any]) -> None:
        """A break."""
        self._change(
            row, data["counter"], state=PAUSED, state_at=row["at"], left_at=row["at"], pause_reason=data["reason"]
        )

    def on_counter_closed(self, row: Row, data: dict[str, Any]) -> None:
        """Nobody sits there."""
        self._close(row, data["counter"])

    def on_day_closed(self, row: Row, data: dict[str, Any]) -> None:
        """Every counter closes."""
        for counter in data["counters"]:
            self._close(row, counter, in_hand=None)

    def on_ticket_called(self, row: Row, data: dict[str, Any]) -> None:
        """A ticket is in hand."""
        self._change(row, data["counter"], in_hand=data["ticket"])

    on_ticket_undone = on_ticket_called

    def on_ticket_served(self, row: Row, data: dict[str, Any]) -> None:
        """Nothing is in hand."""
        self._change(row, data["counter"], in_hand=None)

    on_ticket_absent = on_ticket_held = on_ticket_transferred = on_ticket_served


class BookingBook(Book):
    """Times that were booked, and what became of them."""

    def __init__(self) -> None:
        """Begin without bookings."""
        erased = dict.fromkeys(("phone", "email"), "erased after a while")
        untold = {
            **erased,
            "code": "opens the booking's page",
            "language": "the citizen's",
            "made_at": "the journal row's own time",
        }
        self.bookings = Table("bookings", ["id"], ["service", "day", "slot_at", "state", "ticket"], untold=untold)
        self.tables = [self.bookings]

    def on_booking_made(self, row: Row, data: dict[str, Any]) -> None:
        """A time is taken."""
        columns = {"service": data["service"], "day": data["day"], "slot_at": data["slot_at"]}
        self.bookings.tell(row["seq"], data["booking"], **columns, state=BookingState.BOOKED.value, ticket=None)

    def on_booking_cancelled(self, row: Row, data: dict[str, Any]) -> None:
        """A time is given back."""
        self.bookings.tell(row["seq"], data["booking"], state=BookingState.CANCELLED.value)

    def on_bookings_missed(self, row: Row, data: dict[str, Any]) -> None:
        """Nobody came."""
        for booking in data["bookings"]:
            self.bookings.tell(row["seq"], booking, state=BookingState.MISSED.value)
        for booking in data["released"]:
            self.bookings.tell(row["seq"], booking, state=BookingState.CANCELLED.value)

    def on_ticket_issued(self, row: Row, data: dict[str, Any]) -> None:
        """Somebody who booked takes a number."""
        if data.get("booking") is not None:
            self.bookings.tell(row["seq"], data["booking"], state=BookingState.CHECKED_IN.value, ticket=data["ticket"])


class EquipmentBook(Book):
    """What agents drive, and what checks found."""

    def __init__(self) -> None:
        """Begin without devices and checks."""
        self.agents = Table("equipment_agents", ["agent"], [])
        self.bindings = Table(
            "equipment_bindings", ["agent"], ["counters", "kiosks", "confirmed"], texts=["counters", "kiosks"]
        )
        self.devices = Table("equipment", ["agent", "name"], ["kind", "counters"], texts=["counters"])
        self.checks = Table(
            "checks", ["n"], ["day", "actor", "at", "lines"],
            "(SELECT row_number() OVER (ORDER BY id) AS n, day, actor, at, (SELECT "
            "json_group_array(json_object('what', json_extract(value,"
            " '$.what'), 'state', json_extract(value, '$.state'), 'seen', CASE json_type(value, '$.seen') WHEN "
            "'true' THEN json('true')"
            " WHEN 'false' THEN json('false') END)) FROM json_each(lines)) AS lines FROM checks)",
            texts=["lines"], untold={"id": "its order counts"},
        )  # fmt: skip
        self.tables = [self.agents, self.bindings, self.devices, self.checks]
        self._claimed: dict[int, set[int]] = {}

    def on_equipment_declared(self, row: Row, data: dict[str, Any]) -> None:
        """An agent says what it drives."""
        agent = data["agent"]
        self.agents.tell(row["seq"], agent)
        for key in [key for key in self.devices.rows if key[0] == agent]:
            self.devices.forget(*key)
        for device in data["devices"]:
            self.devices.tell(row["seq"], agent, device["name"], kind=device["kind"], counters=device["counters"])
            self._claimed.setdefault(agent, set()).update(device["counters"])

    def on_agent_bound(self, row: Row, data: dict[str, Any]) -> None:
        """Which counters and kiosks an agent serves."""
        columns = {"counters": data["counters"], "kiosks": data["kiosks"], "confirmed": int(data["confirmed"])}
        self.bindings.tell(row["seq"], data["agent"], **columns)

    def on_settings_changed(self, row: Row, data: dict[str, Any]) -> None:
        """No agent serves a counter that is gone."""
        numbers = {item["number"] for item in data["operational"]["counters"]}
        for (agent,), binding in self.bindings.rows.items():
            counters = [number for number in binding["counters"] if number in numbers]
            if counters != binding["counters"]:
                self.bindings.tell(row["seq"], agent, counters=counters)

    def list_differences(self, db: Reader) -> Iterator[TableDifference]:
        """Compare the tables.

        The step that made the bindings took them from the devices of that time and wrote no row of the journal.
        """
        for item in super().list_differences(db):
            if (item.table, item.problem) != (self.bindings.name, ADDED) or not self._is_of_the_update(
                db, int(item.row)
            ):
                yield item

    def _is_of_the_update(self, db: Reader, agent: int) -> bool:
        binding = store.get_binding(db, agent)
        return not binding.is_confirmed and set(binding.counters) <= self._claimed.get(agent, set())

    def on_hall_checked(self, row: Row, data: dict[str, Any]) -> None:
        """Somebody went over the hall."""
        lines = json.loads(json.dumps(data["lines"]))
        self.checks.tell(
            row["seq"], len(self.checks.rows) + 1, day=data["day"], actor=row["actor"], at=row["at"], lines=lines
        )
