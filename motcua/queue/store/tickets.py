"""Tickets, legs of serving and moves in the store."""

import json
from collections.abc import Sequence
from operator import attrgetter
from typing import Any, cast

from motcua.catalogue import store as catalogue_store
from motcua.desk import Invalid, Reader, Unknown
from motcua.desk.event import Json
from motcua.queue.model import Ticket, TicketMove, TicketState, WaitingTicket, find_seat
from motcua.queue.store.heads import COLUMNS as WAITING
from motcua.queue.store.notes import erase_note
from motcua.typed.codes import clean_number

_OVER = frozenset({TicketState.SERVED, TicketState.CANCELLED})
_NAMES = Ticket._fields
_COLUMNS = ", ".join(_NAMES)
_STATE = _NAMES.index("state")
_STATES = ", ".join(f"'{state}'" for state in TicketState)
"""All of them, so that an index that has the state before something else is of use."""
_RETURNED = _NAMES.index("returned")
_MARKS = ", ".join("?" for _ in _NAMES)
_FIXED = {
    "id",
    "day",
    "number",
    "letter",
    "serial",
    "issued_at",
    "code",
    "short_code",
    "place",
    "asked_for",
    "booking",
    "wait_p50_s",
    "wait_p80_s",
}
_CHANGING = [name for name in _NAMES if name not in _FIXED]
_changing = attrgetter(*_CHANGING, "id")
_ADD = f"INSERT INTO tickets ({_COLUMNS}) VALUES ({_MARKS})"
_FIND = f"SELECT {_COLUMNS} FROM tickets WHERE id = ?"
_UPDATE = f"UPDATE tickets SET {', '.join(f'{name} = ?' for name in _CHANGING)} WHERE id = ?"


def _ticket(row: Any) -> Ticket:
    values = list(row)
    values[_STATE] = TicketState(values[_STATE])
    values[_RETURNED] = bool(values[_RETURNED])
    return Ticket._make(values)


def find_next_numbers(db: Reader, day: str, letter: str) -> tuple[int, int]:
    """Return the next number of `letter` on `day`, from 1 without gaps, and the next place in the order of arrival."""
    query = "SELECT (SELECT max(serial) FROM tickets WHERE day = ? AND letter = ?), (SELECT max(place) FROM tickets)"
    serial, place = db.execute(query, (day, letter)).fetchone()
    return int(serial or 0) + 1, int(place or 0) + 1


def add(db: Reader, ticket: Ticket) -> None:
    """Write a new ticket."""
    db.execute(_ADD, ticket)


def save(db: Reader, ticket: Ticket) -> None:
    """Write what changes in a ticket's life. The note of a visit dies with it."""
    db.execute(_UPDATE, _changing(ticket))
    if ticket.state in _OVER:
        erase_note(db, ticket.id)


def find(db: Reader, ticket_id: str) -> Ticket | None:
    """Return the ticket with this id."""
    row = db.execute(_FIND, (ticket_id,)).fetchone()
    return _ticket(row) if row else None


def get(db: Reader, ticket_id: str) -> Ticket:
    """Return the ticket with this id. Raises `Unknown("ticket.unknown")`."""
    ticket = find(db, ticket_id)
    if ticket is None:
        raise Unknown("ticket.unknown", "There is no ticket %(ticket)s.", ticket=ticket_id)
    return ticket


def make_visit_id(day: str, number: str) -> str:
    """Return the id of the ticket `number` of `day`, e.g. `20261122-A001`."""
    return f"{day.replace('-', '')}-{number}"


def get_by_reference(db: Reader, day: str, reference: str) -> Ticket:
    """Return the ticket that a body names by id or by the day's number. Raises `Invalid("ticket.unknown")`."""
    number = clean_number(reference)
    ticket = find(db, number) or find(db, make_visit_id(day, number))
    if ticket is None:
        raise Invalid("ticket.unknown", "There is no ticket %(ticket)s.", ticket=reference)
    return ticket


def find_by_code(db: Reader, code: str) -> Ticket | None:
    """Return the ticket whose page `code` opens."""
    row = db.execute(f"SELECT {_COLUMNS} FROM tickets WHERE code = ?", (code,)).fetchone()
    return _ticket(row) if row else None


def list_waiting(db: Reader, day: str) -> list[WaitingTicket]:
    """Return who waits on `day`, in the order of arrival."""
    query = f"SELECT {WAITING} FROM tickets WHERE day = ? AND state = 'waiting' ORDER BY place"
    return [WaitingTicket._make(row) for row in db.execute(query, (day,))]


def list_waiting_for(db: Reader, day: str, services: Sequence[str], counter: int) -> list[WaitingTicket]:
    """Return who waits on `day` for one of `services` or for `counter` itself, in the order of arrival."""
    marks = ", ".join("?" for _ in services)
    query = (
        f"SELECT {WAITING} FROM tickets WHERE day = ? AND state = 'waiting' AND (service IN ({marks}) OR bound = "
        "?) ORDER BY place"
    )
    return [WaitingTicket._make(row) for row in db.execute(query, (day, *services, counter))]


def list_in_state(db: Reader, day: str, *states: TicketState) -> list[Ticket]:
    """Return the day's tickets in these states, in the order of arrival."""
    marks = ", ".join("?" for _ in states)
    query = f"SELECT {_COLUMNS} FROM tickets WHERE day = ? AND state IN ({marks}) ORDER BY place"
    return [_ticket(row) for row in db.execute(query, (day, *(state.value for state in states)))]


def list_recently_called(db: Reader, day: str, limit: int) -> list[Ticket]:
    """Return the day's last called tickets that are still at a counter or were served there, newest call first."""
    query = (
        f"SELECT {_COLUMNS} FROM tickets WHERE day = ? AND called_at IS NOT NULL AND counter IS NOT NULL"
        " ORDER BY called_at DESC, place DESC LIMIT ?"
    )
    return [_ticket(row) for row in db.execute(query, (day, limit))]


def count_quota_used(db: Reader, day: str, service: str, since: str, until: str) -> int:
    """Return how many numbers of `service` were taken from `since` until before `until` on `day` without a booking.

    One that was cancelled before it was ever called was given back.
    """
    query = (
        f"SELECT count(*) FROM tickets WHERE day = ? AND state IN ({_STATES}) AND asked_for = ? AND issued_at >= ? AND "
        "issued_at < ? AND booking IS NULL AND NOT (state = 'cancelled' AND first_called_at IS NULL)"
    )
    return int(db.execute(query, (day, service, since, until)).fetchone()[0])


def count_by_state(db: Reader, day: str) -> dict[str, int]:
    """Return how many of the day's tickets are in each state."""
    return {
        row[0]: row[1] for row in db.execute("SELECT state, count(*) FROM tickets WHERE day = ? GROUP BY state", (day,))
    }


def begin_leg(db: Reader, ticket: Ticket, counter: int, officer: int | None) -> None:
    """Begin a stretch of serving."""
    db.execute(
        "INSERT INTO legs (ticket, day, counter, officer, called_at, started_at) VALUES (?,?,?,?,?,?)",
        (ticket.id, ticket.day, counter, officer, ticket.called_at, ticket.started_at),
    )


def end_leg(db: Reader, ticket: str, at: str | None, how: str) -> None:
    """End the open stretch of serving of `ticket`; `at` is None when nobody knows when it ended."""
    db.execute("UPDATE legs SET ended_at = ?, how = ? WHERE ticket = ? AND how IS NULL", (at, how, ticket))


def reopen_leg(db: Reader, ticket: str, *, remove: bool) -> None:
    """Take back the end of the last leg of `ticket`, or the whole leg."""
    last = "(SELECT max(id) FROM legs WHERE ticket = ?)"
    sql = (
        f"DELETE FROM legs WHERE id = {last}"
        if remove
        else f"UPDATE legs SET ended_at = NULL, how = NULL WHERE id = {last}"
    )
    db.execute(sql, (ticket,))


def find_last_officer(db: Reader, ticket: str) -> int | None:
    """Return the officer of the last leg: the one to whom the visit's rating belongs."""
    row = db.execute("SELECT officer FROM legs WHERE ticket = ? ORDER BY id DESC LIMIT 1", (ticket,)).fetchone()
    return cast("int | None", row[0]) if row else None


def find_last_served(db: Reader, day: str, counter: int) -> Ticket | None:
    """Return the visit that ended last at `counter` on `day`."""
    query = (
        f"SELECT {_COLUMNS} FROM tickets INDEXED BY tickets_served WHERE day = ? AND counter = ? AND state = 'served'"
        " ORDER BY finished_at DESC, place DESC LIMIT 1"
    )
    row = db.execute(query, (day, counter)).fetchone()
    return _ticket(row) if row else None


def read_seat(db: Reader, ticket: Ticket) -> str | None:
    """Return where the officer comes to, None when the citizen comes to the counter."""
    return find_seat(ticket, catalogue_store.find_service(db, ticket.service)) if ticket.seat is not None else None


def add_move(db: Reader, ticket: str, move: TicketMove) -> None:
    """Add one step to a ticket's history."""
    why = json.dumps(move.why) if move.why else None
    db.execute(
        "INSERT INTO moves (ticket, at, move, counter, actor, reason, why) VALUES (?,?,?,?,?,?,?)",
        (ticket, move.at, move.move, move.counter, move.actor, move.reason, why),
    )


def count_turns(db: Reader, ticket: str) -> int:
    """Return how often a ticket was called to a counter, or taken back into a counter's hand."""
    query = "SELECT count(*) FROM moves WHERE ticket = ? AND move IN ('called', 'undone')"
    return int(db.execute(query, (ticket,)).fetchone()[0])


def list_moves(db: Reader, ticket: str) -> list[TicketMove]:
    """Return a ticket's history, oldest first."""
    rows = db.execute("SELECT at, move, counter, actor, reason, why FROM moves WHERE ticket = ? ORDER BY id", (ticket,))
    return [
        TicketMove(
            row[0],
            row[1],
            row[2],
            row[3],
            row[4],
            cast("dict[str, Json] | None", json.loads(row[5]) if row[5] else None),
        )
        for row in rows
    ]


def find_last_why(db: Reader, ticket: str) -> dict[str, Json] | None:
    """Return the reason of a ticket's last call."""
    row = db.execute(
        "SELECT why FROM moves WHERE ticket = ? AND why IS NOT NULL ORDER BY id DESC LIMIT 1", (ticket,)
    ).fetchone()
    return cast("dict[str, Json]", json.loads(row[0])) if row else None


def find_transferring_counters(db: Reader, tickets: Sequence[str]) -> dict[str, int]:
    """Return, for those of `tickets` that were sent on, the counter that did it last."""
    marks = ", ".join("?" for _ in tickets)
    query = f"SELECT ticket, counter FROM moves WHERE ticket IN ({marks}) AND move = 'transferred' ORDER BY id"
    return {row[0]: row[1] for row in db.execute(query, tuple(tickets))}


def forget_priorities(db: Reader, before: str) -> int:
    """Erase the priority codes (some are health data) of tickets before the day `before`; the rank stays.

    Return of how many tickets. This goes back day by day, up to one of which all were erased before.
    """
    erased, day = 0, before
    while (day := db.execute("SELECT max(day) FROM tickets WHERE day < ?", (day,)).fetchone()[0]) is not None:
        query = "UPDATE tickets SET priority = NULL WHERE day = ? AND priority IS NOT NULL"
        if (tickets := db.execute(query, (day,)).rowcount) == 0:
            break
        erased += tickets
    return erased
