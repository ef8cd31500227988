"""Tickets, the legs of serving, and why a ticket was called."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from msgspec import Struct

from motcua.catalogue.model import Service
from motcua.desk.event import Json

PASSED_SHOWN = 12
"""How many passed-over tickets a reason names at most; the earliest ones."""


class TicketState(StrEnum):
    """Where a ticket is in its life: `waiting -> called -> serving -> served`, or absent, held, cancelled."""

    WAITING = "waiting"
    CALLED = "called"
    SERVING = "serving"
    HELD = "held"
    ABSENT = "absent"
    SERVED = "served"
    CANCELLED = "cancelled"


class Ticket(NamedTuple):
    """A number and the visit behind it; made for each step of it, so that a tuple is cheapest.

    Times are UTC stamps; `place` is the order in which numbers were taken.

    `arrived_at` orders it in its class: when it was taken, for a booked ticket on time some minutes before its slot.
    `due_at` is that slot: it is not called before. `bound` names the counter a transfer was meant for, `bound_at`
    when; `code` opens the ticket's page on a phone. `short_code`, four digits, stands on its paper. `asked_for` is the
    service it was taken for, `booking` the booking behind it, `seat` where its officer comes to. `wait_p50_s` and
    `wait_p80_s` are the range that was shown when it was taken, `first_called_at` says how it turned out.
    """

    id: str
    day: str
    number: str
    letter: str
    serial: int
    service: str
    rank: int
    priority: str | None
    state: TicketState
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
    arrived_at: str = ""
    due_at: str | None = None
    asked_for: str = ""
    booking: int | None = None
    seat: str | None = None
    first_called_at: str | None = None
    returns: int = 0
    wait_p50_s: int | None = None
    wait_p80_s: int | None = None
    short_code: str | None = None

    @property
    def wait(self) -> "WaitRange | None":
        """Return the range that was shown when it was taken."""
        return (
            None if self.wait_p50_s is None or self.wait_p80_s is None else WaitRange(self.wait_p50_s, self.wait_p80_s)
        )


class WaitingTicket(NamedTuple):
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
    arrived_at: str = ""
    due_at: str | None = None
    seat: str | None = None


def find_seat(ticket: Ticket | WaitingTicket, service: Service | None) -> str | None:
    """Return where the officer comes to, `service` being that of `ticket`.

    None when the citizen comes to the counter, as after a transfer to a service without seats.
    """
    return ticket.seat if service is not None and service.at_seat else None


class WaitRange(NamedTuple):
    """A range of a wait in seconds: half of those in this place wait no longer than `p50_s`, four of five no longer
    than `p80_s`.
    """

    p50_s: int
    p80_s: int

    def to_json(self) -> dict[str, Json]:
        """Return it as the journal and the API show it."""
        return {"p50_s": self.p50_s, "p80_s": self.p80_s}


Ranges = Callable[[str, int], WaitRange | None]
"""Says how long a new ticket of a service and rank would wait, None when nobody knows."""


def find_no_wait(_service: str, _rank: int) -> WaitRange | None:
    """Say nothing about any wait."""
    return None


class TicketMatter(Struct, frozen=True):
    """What a citizen comes for: the code of a procedure, what was answered about the situation (question, choice),
    and the codes of the papers that the citizen ticked. Codes only, nothing of the person.
    """

    procedure: str
    choices: tuple[tuple[str, str], ...] = ()
    papers: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Json]:
        """Return it as the journal has it."""
        choices: dict[str, Json] = dict(self.choices)
        return {"procedure": self.procedure, "choices": choices, "papers": list(self.papers)}


class TicketRequest(Struct, frozen=True):
    """What a citizen asks of the kiosk: a service, a class (None: ordinary), perhaps a seat, or a booking's code in
    the service's place. `matter` is what the citizen found out before.
    """

    service: str
    priority: str | None = None
    appointment: str | None = None
    seat: str | None = None
    matter: TicketMatter | None = None


@dataclass(frozen=True)
class PassedTicket:
    """A ticket whose number was taken earlier and that was not called now, why, and for how many whole minutes it
    has waited.
    """

    ticket: str
    reason: str
    waited_min: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Why:
    """The reason for a call as data: the rule, who was passed over, and how many such calls in a row this makes.

    `guard` is the guard that held then: after how many such calls, and after how many minutes of waiting.
    """

    rule: str
    passed: tuple[PassedTicket, ...] = ()
    passes: int = 0
    guard: tuple[int, int] | None = field(default=None, compare=False)

    def to_json(self) -> dict[str, Json]:
        """Return it as the journal and the API show it."""
        passed: list[Json] = [_passed(item) for item in self.passed]
        fields: dict[str, Json] = {"rule": self.rule, "passed": passed, "passes": self.passes}
        return (
            fields if self.guard is None else {**fields, "guard_calls": self.guard[0], "guard_wait_min": self.guard[1]}
        )


def _passed(item: PassedTicket) -> dict[str, Json]:
    fields: dict[str, Json] = {"ticket": item.ticket, "reason": item.reason}
    return fields if item.waited_min is None else {**fields, "waited_min": item.waited_min}


class TicketMove(Struct, frozen=True):
    """One step in a ticket's history: `move` is the event's kind without `ticket.`."""

    at: str
    move: str
    counter: int | None
    actor: str
    reason: str | None
    why: dict[str, Json] | None


class IssuedTicket(Struct, frozen=True):
    """A new ticket and how many the policy would take before it."""

    ticket: Ticket
    people_ahead: int


class CallRequest(Struct, frozen=True):
    """A call to tell: the ticket and why it was called.

    A call by number has the `reason` code, and the commitment of the officer's own words in `text`.
    `finished` is the visit that ended with the call.
    """

    ticket: Ticket
    why: Why
    reason: str | None = None
    text: str | None = None
    finished: Ticket | None = None


class CallResult(Struct, frozen=True):
    """What a counter got: the ticket (None: nobody waits), why, and the visit that ended with the call."""

    ticket: Ticket | None
    why: dict[str, Json] | None
    finished: Ticket | None = None


class WaitingSum(Struct, frozen=True):
    """Those who wait for one service, by the counter that a transfer binds them to.

    `first_at` is since when the longest of those waits whom nobody has called yet, `oldest_at` since when any of them
    is in the queue.
    """

    service: str
    letter: str
    bound: int | None
    bound_at: str | None
    count: int
    first_at: str | None
    oldest_at: str
