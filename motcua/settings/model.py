"""What a hall can decide for itself, as one immutable value."""

from dataclasses import dataclass, field

Bilingual = tuple[str, str]
"""A text in Vietnamese and in English."""


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
    """How the hall calls: the guard for lower ranks, the grace of absent tickets, the seconds for undo."""

    guard_calls: int = 2
    guard_wait_min: int = 20
    absent_grace_min: int = 15
    undo_s: int = 5
    hold_reasons: tuple[Choice, ...] = ()
    pause_reasons: tuple[Choice, ...] = ()
    call_reasons: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class RatingRules:
    """How long a rating counts: seconds on pad and keypad, days after closing for the ticket's QR."""

    window_s: int = 30
    qr_days: int = 3
    reasons: tuple[Choice, ...] = ()


@dataclass(frozen=True)
class Settings:
    """Everything a hall decided about itself. `week` holds seven tuples of sessions, Monday first."""

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

    def priority(self, code: str) -> Priority | None:
        """Return the class with this code."""
        return next((found for found in self.priorities if found.code == code), None)
