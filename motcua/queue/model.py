"""Tickets, the legs of serving, and why a ticket was called."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from motcua.desk.event import Json


class State(StrEnum):
    """Where a ticket is in its life: `waiting -> called -> serving -> served`, with absent, held and cancelled beside."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    HELD = "held"
    ABSENT = "absent"
    SERVED = "served"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Ticket:
    """A number and the visit behind it. Times are UTC stamps; `place` is the order of arrival, kept through transfers.

    `bound` names the counter a transfer was meant for, `bound_at` when; `code` opens the ticket's page on a phone.
    """

    id: str
    day: str
    number: str
    letter: str
    serial: int
    service: str
    rank: int
    priority: str | None
    state: State
    issued_at: str
    code: str
    place: int = 0
    counter: int | None = None
    called_at: str | None = None
    recalled_at: str | None = None
    recalls: int = 0
    started_at: str | None = None
    finished_at: str | None = None
    absent_at: str | None = None
    returned: bool = False
    bound: int | None = None
    bound_at: str | None = None
    reason: str | None = None


class Waiting(NamedTuple):
    """What the policy needs to know of a waiting ticket, and lists show of it; much cheaper to read than the whole."""

    id: str
    number: str
    letter: str
    service: str
    rank: int
    priority: str | None
    place: int
    issued_at: str
    returned: bool
    bound: int | None
    bound_at: str | None


@dataclass(frozen=True)
class Passed:
    """A ticket that arrived earlier and was not called now, and why."""

    ticket: str
    reason: str


@dataclass(frozen=True)
class Why:
    """The reason for a call as data: the rule, who was passed over, and how many such calls in a row this makes."""

    rule: str
    passed: tuple[Passed, ...] = ()
    passes: int = 0

    def json(self) -> dict[str, Json]:
        """Return it as the journal and the API show it."""
        passed: list[Json] = [{"ticket": item.ticket, "reason": item.reason} for item in self.passed]
        return {"rule": self.rule, "passed": passed, "passes": self.passes}


@dataclass(frozen=True)
class Move:
    """One step in a ticket's history: `move` is the event's kind without `ticket.`."""

    at: str
    move: str
    counter: int | None
    actor: str
    reason: str | None
    why: dict[str, Json] | None


@dataclass(frozen=True)
class Issued:
    """A new ticket and how many the policy would take before it."""

    ticket: Ticket
    people_ahead: int


@dataclass(frozen=True)
class Called:
    """What a counter got: the ticket (None: nobody waits), why, and the visit that ended with the call."""

    ticket: Ticket | None
    why: dict[str, Json] | None
    finished: Ticket | None = None
