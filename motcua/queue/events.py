"""What happens to tickets and to the day."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.desk.event import Event, Json


@dataclass(frozen=True)
class TicketEvent(Event):
    """Something that happened to one ticket."""

    ticket: str
    number: str

    @property
    def subject(self) -> str:
        """Return `ticket:<id>`."""
        return f"ticket:{self.ticket}"


@dataclass(frozen=True)
class TicketIssued(TicketEvent):
    """A citizen took a number. The journal holds the rank only; `wait` is the range that was shown, if any.

    `arrived_at` is its place in its class where that is not when it was taken. `due_at` is the slot of its
    `booking`, `seat` the place that the officer comes to. `matter`, which a citizen who looked up the papers has:
    `procedure`, `choices` and ticked `papers`, as codes; the field is left out for others.
    """

    service: str
    letter: str
    rank: int
    people_ahead: int
    wait: dict[str, Json] | None
    booking: int | None = None
    arrived_at: str | None = None
    due_at: str | None = None
    seat: str | None = None
    matter: dict[str, Json] | None = None
    kind: ClassVar[str] = "ticket.issued"

    def to_data(self) -> dict[str, Json]:
        """Return the fields; a ticket without a matter is told as it was before there were any."""
        data = super().to_data()
        if self.matter is None:
            del data["matter"]
        return data


@dataclass(frozen=True)
class MatterAdded(TicketEvent):
    """An officer at `counter` added `procedure` to what the visit is about."""

    procedure: str
    counter: int
    kind: ClassVar[str] = "ticket.matter_added"


@dataclass(frozen=True)
class MatterRemoved(TicketEvent):
    """An officer at `counter` removed `procedure` from what the visit is about."""

    procedure: str
    counter: int
    kind: ClassVar[str] = "ticket.matter_removed"


@dataclass(frozen=True)
class VisitNoted(TicketEvent):
    """An officer at `counter` wrote a note, or erased it. Its words are never here, and die with the visit."""

    counter: int
    has_note: bool
    kind: ClassVar[str] = "ticket.noted"


@dataclass(frozen=True)
class TicketReprinted(TicketEvent):
    """A person asked for the paper once more; it says that it is a second one."""

    people_ahead: int
    kind: ClassVar[str] = "ticket.reprinted"


@dataclass(frozen=True)
class TicketCalled(TicketEvent):
    """A ticket was called to a counter.

    `finished` is the ticket that was being served there and ended with this call.
    """

    counter: int
    officer: int | None
    service: str
    rank: int
    why: dict[str, Json]
    reason: str | None
    text: str | None
    finished: str | None
    kind: ClassVar[str] = "ticket.called"


@dataclass(frozen=True)
class TicketRecalled(TicketEvent):
    """A called ticket was called once more."""

    counter: int
    kind: ClassVar[str] = "ticket.recalled"


@dataclass(frozen=True)
class TicketStarted(TicketEvent):
    """Serving began."""

    counter: int
    officer: int | None
    kind: ClassVar[str] = "ticket.started"


@dataclass(frozen=True)
class TicketServed(TicketEvent):
    """Serving ended; the visit is complete."""

    counter: int
    officer: int | None
    kind: ClassVar[str] = "ticket.served"


@dataclass(frozen=True)
class TicketAbsent(TicketEvent):
    """Nobody came to the counter after at least one recall."""

    counter: int
    kind: ClassVar[str] = "ticket.absent"


@dataclass(frozen=True)
class TicketReturned(TicketEvent):
    """An absent citizen came back within the grace and waits again, first in the class."""

    service: str
    kind: ClassVar[str] = "ticket.returned"


@dataclass(frozen=True)
class TicketHeld(TicketEvent):
    """The ticket was set aside; `reason` is a code, words of one's own are kept apart (`text` is their commitment)."""

    counter: int
    officer: int | None
    reason: str | None
    text: str | None
    kind: ClassVar[str] = "ticket.held"


@dataclass(frozen=True)
class TicketTransferred(TicketEvent):
    """Sent on to another service or counter, with the same number and the first arrival time."""

    counter: int
    officer: int | None
    service: str
    to_counter: int | None
    kind: ClassVar[str] = "ticket.transferred"


@dataclass(frozen=True)
class TicketSeated(TicketEvent):
    """A citizen who waits says from the phone at which seat; the officer comes there."""

    seat: str
    kind: ClassVar[str] = "ticket.seated"


@dataclass(frozen=True)
class TicketCancelled(TicketEvent):
    """The citizen gave up the number."""

    service: str
    kind: ClassVar[str] = "ticket.cancelled"


@dataclass(frozen=True)
class MoveUndone(TicketEvent):
    """The counter's last finish or absent (`move`) was taken back; an asking that followed from it is withdrawn."""

    counter: int
    move: str
    kind: ClassVar[str] = "ticket.undone"


@dataclass(frozen=True)
class HallOpened(Event):
    """A leader opened the hall outside its hours for `today`."""

    today: str
    kind: ClassVar[str] = "hall.opened"

    @property
    def subject(self) -> str:
        """Return `day:<date>`."""
        return f"day:{self.today}"


@dataclass(frozen=True)
class DayClosed(Event):
    """The day ended: who waited, was held or called is cancelled, who was being served counts as served without a
    service time.
    """

    closed: str
    cancelled: list[Json]
    served: list[Json]
    counters: list[Json]
    kind: ClassVar[str] = "day.closed"

    @property
    def subject(self) -> str:
        """Return `day:<date>`."""
        return f"day:{self.closed}"
