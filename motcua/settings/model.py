"""What a hall can decide for itself, as one immutable value."""

from dataclasses import dataclass, field
from functools import cached_property

Bilingual = tuple[str, str]
"""A text in Vietnamese and in English."""
CALL_SEAT: Bilingual = (
    "Mời công dân có số thứ tự {letter}, {digits}, ngồi tại chỗ. Cán bộ sẽ đến {seat}.",
    "Number {letter}, {digits}, please stay seated. An officer will come to {seat}.",
)
"""The sentence for a number whose officer comes to the seat, while the ward has no other."""
CALL_PRIORITY: Bilingual = (
    "Xin mời công dân ưu tiên có số thứ tự {letter}, {digits}, đến quầy số {counter}.",
    "Priority number {letter}, {digits}, please go to counter {counter}.",
)
CALL_RECALL: Bilingual = (
    "Xin nhắc lại, mời công dân có số thứ tự {letter}, {digits}, đến quầy số {counter}.",
    "Once more: number {letter}, {digits}, please go to counter {counter}.",
)
CALL_TRANSFER: Bilingual = (
    "Xin mời công dân có số thứ tự {letter}, {digits}, chuyển sang quầy số {counter}.",
    "Number {letter}, {digits}, please move on to counter {counter}.",
)
"""The same for whoever has priority, is called once more, was sent on from another counter."""


@dataclass(frozen=True)
class Unit:
    """Whose desk this is."""

    name: str = ""
    centre: str = "Trung tâm Phục vụ hành chính công"
    address: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Session:
    """A stretch of opening hours in minutes after local midnight; `end` may be 1440."""

    start_min: int
    end_min: int


@dataclass(frozen=True)
class DayOff:
    """A date on which the hall stays closed, and where that was decided."""

    date: str
    name: str
    source: str = ""


@dataclass(frozen=True)
class WorkingDay:
    """A date with hours of its own: a day off that is worked."""

    date: str
    sessions: tuple[Session, ...]
    name: str = ""
    source: str = ""


@dataclass(frozen=True)
class Choice:
    """One entry of a list people choose from: stable code, label."""

    code: str
    label: Bilingual


@dataclass(frozen=True)
class Priority:
    """A class of citizens and its rank (1 is called first). Basis: LEGAL.md#priority."""

    code: str
    rank: int
    label: Bilingual
    basis: str = ""
    valid_from: str = ""


@dataclass(frozen=True)
class QueueRules:
    """How the hall calls: the guard for those passed over, absent tickets, transfers, the seconds for undo.

    `guard_calls` 0 switches the guard off. An absent ticket was recalled at least `absent_recalls` times and may come back
    `absent_returns` times; with `returned_first` it is then first in its class. A transferred ticket keeps its place with
    `transfer_keeps_place`; sent to a counter it waits for that one alone with `transfer_binds`.
    """

    guard_calls: int = 2
    guard_wait_min: int = 20
    absent_grace_min: int = 15
    undo_s: int = 5
    hold_reasons: tuple[Choice, ...] = ()
    pause_reasons: tuple[Choice, ...] = ()
    call_reasons: tuple[Choice, ...] = ()
    absent_recalls: int = 1
    absent_returns: int = 3
    returned_first: bool = True
    transfer_keeps_place: bool = True
    transfer_binds: bool = True


@dataclass(frozen=True)
class Appointments:
    """Booking a time from a phone: whether it is possible, how long and how full a slot is, how far ahead, and what lateness costs.

    A booked ticket is callable from its slot on, ahead of those who arrived later than `grace_min` before it; checked in more than
    `grace_min` late it is an ordinary one. A phone number that missed `missed_max` bookings in `missed_days` days cannot book (0: it can).
    """

    is_open: bool = False
    slot_min: int = 30
    capacity: int = 4
    days_ahead: int = 3
    lead_min: int = 30
    grace_min: int = 15
    missed_max: int = 2
    missed_days: int = 30


@dataclass(frozen=True)
class Notices:
    """How people who booked hear of it outside the hall: e-mail through the ward's server, a webhook. Empty: not at all.

    Passwords and secrets are no settings: they lie in the data folder's `keys`. With `allow_local` the receiver may be this very computer.
    """

    smtp_host: str = ""
    smtp_port: int = 587
    smtp_security: str = "starttls"
    smtp_user: str = ""
    sender: str = ""
    webhook_url: str = ""
    allow_local: bool = False


@dataclass(frozen=True)
class StaffRules:
    """What signing in asks for: how long a new password is at least, whether common ones are refused, and after how many minutes without
    a hand at it a sign-in ends (at a counter: asks for the PIN).
    """

    password_length: int = 14
    refuse_common_passwords: bool = True
    idle_min: int = 30


@dataclass(frozen=True)
class Web:
    """Where phones reach the desk: `base_url` stands before `/t/CODE` on every paper, without a slash at its end; empty: guessed.

    `connections` is how many an address may have at a time without a sign-in, a pairing or a token: phones often share one address.
    """

    base_url: str = ""
    connections: int = 400


@dataclass(frozen=True)
class Waits:
    """When a waiting time is shown (so many observed visits of a service in so many days), and the wait that leaders aim at."""

    least_visits: int = 30
    window_days: int = 60
    target_min: int = 15


@dataclass(frozen=True)
class Voice:
    """How calls are heard: the region whose words and voice are used, how a number is read, how fast (words a minute), how often.

    `volume` (percent) is that of the wall's page. Without `is_on` nothing is spoken; the `chime` is a wish of its own.
    """

    is_on: bool = True
    region: str = "north"
    mode: str = "digits"
    speed: int = 130
    repeat: int = 2
    chime: bool = True
    volume: int = 100


@dataclass(frozen=True)
class RatingRules:
    """How long a rating counts: seconds on pad and keypad, days after closing for the ticket's QR."""

    window_s: int = 30
    qr_days: int = 3
    reasons: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Settings:
    """Everything a hall decided about itself. `week` holds seven tuples of sessions, Monday first.

    `ticket_layout` is what the device program prints on a ticket, empty for the usual one; `paper_mm` the paper's width where the device
    program is told none, 0 for 80.
    """

    unit: Unit = Unit()
    timezone: str = "Asia/Ho_Chi_Minh"
    close_after_min: int = 60
    latest_min: int = 23 * 60 + 55
    week: tuple[tuple[Session, ...], ...] = ((),) * 7
    days_off: tuple[DayOff, ...] = ()
    working_days: tuple[WorkingDay, ...] = ()
    queue: QueueRules = QueueRules()
    priorities: tuple[Priority, ...] = ()
    rating: RatingRules = RatingRules()
    paper: str = "auto"
    texts: dict[str, Bilingual] = field(default_factory=dict)
    priority_days: int = 30
    text_days: int = 365
    booking_days: int = 30
    seats: tuple[str, ...] = ()
    appointments: Appointments = Appointments()
    web: Web = Web()
    notices: Notices = Notices()
    staff: StaffRules = StaffRules()
    waits: Waits = Waits()
    voice: Voice = Voice()
    ticket_layout: str = ""
    paper_mm: int = 0

    @property
    def ticket_footer(self) -> Bilingual:
        """Return the last line of a ticket."""
        return self.texts.get("ticket_footer", ("", ""))

    @cached_property
    def ordinary_rank(self) -> int:
        """Return the rank of those without priority: every class that has priority is called before it."""
        return max((item.rank for item in self.priorities), default=0)

    def has_priority(self, rank: int) -> bool:
        """Say whether a ticket of `rank` is called before an ordinary one."""
        return rank < self.ordinary_rank

    def priority(self, code: str) -> Priority | None:
        """Return the class with this code."""
        return next((found for found in self.priorities if found.code == code), None)
