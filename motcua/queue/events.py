"""What happens to tickets and to the day."""

from typing import ClassVar

from motcua.desk.event import Event, Json


class TicketEvent(Event, frozen=True):
    """Something that happened to one ticket."""

    ticket: str
    number: str

    @property
    def subject(self) -> str:
        """Return `ticket:<id>`."""
        return f"ticket:{self.ticket}"


class TicketIssued(TicketEvent, frozen=True):
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


class MatterAdded(TicketEvent, frozen=True):
    """An officer at `counter` added `procedure` to what the visit is about."""

    procedure: str
    counter: int
    kind: ClassVar[str] = "ticket.matter_added"


class MatterRemoved(TicketEvent, frozen=True):
    """An officer at `counter` removed `procedure` from what the visit is about."""

    procedure: str
    counter: int
    kind: ClassVar[str] = "ticket.matter_removed"


class VisitNoted(TicketEvent, frozen=True):
    """An officer at `counter` wrote a note, or erased it. Its words are never here, and die with the visit."""

    counter: int
    has_note: bool
    kind: ClassVar[str] = "ticket.noted"


class TicketReprinted(TicketEvent, frozen=True):
    """A person asked for the paper once more; it says that it is a second one."""

    people_ahead: int
    kind: ClassVar[str] = "ticket.reprinted"


class TicketCalled(TicketEvent, frozen=True):
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


class TicketRecalled(TicketEvent, frozen=True):
    """A called ticket was called once more."""

    counter: int
    kind: ClassVar[str] = "ticket.recalled"


class TicketStarted(TicketEvent, frozen=True):
    """Serving began."""

    counter: int
    officer: int | None
    kind: ClassVar[str] = "ticket.started"


class TicketServed(TicketEvent, frozen=True):
    """Serving ended; the visit is complete."""

    counter: int
    officer: int | None
    kind: ClassVar[str] = "ticket.served"


class TicketAbsent(TicketEvent, frozen=True):
    """Nobody came to the counter after at least one recall."""

    counter: int
    kind: ClassVar[str] = "ticket.absent"


class TicketReturned(TicketEvent, frozen=True):
    """An absent citizen came back within the grace and waits again, first in the class."""

    service: str
    kind: ClassVar[str] = "ticket.returned"


class TicketHeld(TicketEvent, frozen=True):
    """The ticket was set aside; `reason` is a code, words of one's own are kept apart (`text` is their commitment)."""

    counter: int
    officer: int | None
    reason: str | None
    text: str | None
    kind: ClassVar[str] = "ticket.held"


class TicketTransferred(TicketEvent, frozen=True):
    """Sent on to another service or counter, with the same number and the first arrival time."""

    counter: int
    officer: int | None
    service: str
    to_counter: int | None
    kind: ClassVar[str] = "ticket.transferred"


class TicketSeated(TicketEvent, frozen=True):
    """A citizen who waits says from the phone at which seat; the officer comes there."""

    seat: str
    kind: ClassVar[str] = "ticket.seated"


class TicketCancelled(TicketEvent, frozen=True):
    """The citizen gave up the number."""

    service: str
    kind: ClassVar[str] = "ticket.cancelled"


class MoveUndone(TicketEvent, frozen=True):
    """The counter's last finish or absent (`move`) was taken back; an asking that followed from it is withdrawn."""

    counter: int
    move: str
    kind: ClassVar[str] = "ticket.undone"


class HallOpened(Event, frozen=True):
    """A leader opened the hall outside its hours for `today`."""

    today: str
    kind: ClassVar[str] = "hall.opened"

    @property
    def subject(self) -> str:
        """Return `day:<date>`."""
        return f"day:{self.today}"


class DayClosed(Event, frozen=True):
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
