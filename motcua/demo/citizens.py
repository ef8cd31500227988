"""Who comes to a ward's hall on a working day, when, for what, and in which mood. Pure: the same for the same seed.

The shares are estimates from what wards reported after July 2025: 120 to 220 numbers a day, 40 to 60 % of them
certification, most between 8 and 10, Monday and Tuesday the heaviest.
"""

from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum

from msgspec import Struct

from motcua.copies import replace
from motcua.demo.chance import Chance
from motcua.settings.model import Session

MONDAY_TUESDAY = (0, 1)
ARRIVALS = {
    7.5: 9.0, 8.0: 12.0, 8.5: 13.0, 9.0: 12.5, 9.5: 10.0, 10.0: 7.0, 10.5: 5.0, 11.0: 2.5,
    13.0: 6.0, 13.5: 7.0, 14.0: 7.0, 14.5: 6.0, 15.0: 5.0, 15.5: 3.5, 16.0: 2.0, 16.5: 0.8,
}  # fmt: skip
"""Relative numbers of arrivals in the half-hour that begins at this hour."""
CERTIFICATION = {"certified-copy": 72.0, "signature": 16.0, "transaction": 9.0, "inheritance": 3.0}
OTHER_MATTERS = {
    "result-pickup": 14.0, "birth": 10.0, "land": 8.0, "marital-status": 7.0, "civil-extract": 7.0,
    "permanent-residence": 6.0,
    "temporary-residence": 6.0, "household-business": 6.0, "social-allowance": 5.0, "marriage": 4.0, "other": 4.0,
    "death": 3.0,
    "civil-correction": 3.0, "residence-other": 3.0, "building-permit": 3.0, "merit-benefit": 3.0, "disability": 2.0,
    "military-service": 2.0, "family-relation": 1.0, "complaint": 1.0,
}  # fmt: skip
MINUTES = {
    "certified-copy": 4.0, "signature": 6.0, "transaction": 13.0, "inheritance": 18.0, "result-pickup": 2.5,
    "birth": 11.0, "land": 13.0,
    "marital-status": 8.0, "civil-extract": 5.0, "permanent-residence": 9.0, "temporary-residence": 7.0,
    "household-business": 10.0,
    "social-allowance": 9.0, "marriage": 14.0, "other": 6.0, "death": 9.0, "civil-correction": 13.0,
    "residence-other": 7.0,
    "building-permit": 14.0, "merit-benefit": 9.0, "disability": 9.0, "military-service": 6.0, "family-relation": 16.0,
    "complaint": 15.0,
}  # fmt: skip
"""Median minutes of serving, for an officer of middling speed."""
CLASSES = {"ordinary": 79.0, "elder60": 10.5, "elder75": 3.5, "pregnant": 3.5, "merit": 2.5, "disabled": 1.0}
BOOKED = 0.2
"""The share of those for whom a time could be booked who did."""
LEVELS = {5: 60.0, 4: 27.0, 3: 7.5, 2: 3.5, 1: 2.0}
COMMENTS = (
    "Cán bộ hướng dẫn tận tình, cảm ơn.",
    "Phải chờ hơi lâu vào đầu giờ sáng.",
    "Thủ tục nhanh hơn lần trước nhiều.",
    "Nên có thêm ghế ngồi và nước uống.",
    "Chữ trên phiếu dễ đọc.",
)


class Turnout(StrEnum):
    """What becomes of a citizen when the number is called."""

    COMES = "comes"
    LATE = "late"
    """Comes after one more call."""
    JUST_MISSED = "just_missed"
    """Turns up at the moment the officer presses absent, who takes it back."""
    RETURNS = "returns"
    """Was away; scans the ticket at the kiosk within the grace."""
    ASKS = "asks"
    """Was away; asks at the counter within the grace."""
    GONE = "gone"


class Reply(StrEnum):
    """What a citizen does when the pad asks."""

    RATES = "rates"
    CORRECTS = "corrects"
    """Presses twice: the last one counts."""
    SKIPS = "skips"
    IGNORES = "ignores"
    BY_PHONE = "by_phone"
    """Ignores the pad and rates on the ticket's page later."""
    BY_COUNTER_CODE = "by_counter_code"
    """Ignores the pad and scans the counter's code, with the ticket at hand."""
    ABOUT_COUNTER = "about_counter"
    """Scans the counter's code and has thrown the ticket away."""
    BY_SLIP = "by_slip"
    """Fills in a paper slip, which a leader types in later."""
    BY_FORM = "by_form"
    """Answers the form of questions at home."""


class Incident(StrEnum):
    """What else may happen while being served."""

    PLAIN = "plain"
    HELD = "held"
    MOVED = "moved"
    UNDONE = "undone"
    """The officer finishes by mistake and takes it back."""


TURNOUTS = {
    Turnout.COMES: 87.0, Turnout.LATE: 6.0, Turnout.RETURNS: 2.0, Turnout.ASKS: 1.0, Turnout.JUST_MISSED: 1.0,
    Turnout.GONE: 3.0,
}  # fmt: skip
REPLIES = {
    Reply.RATES: 52.0, Reply.CORRECTS: 2.0, Reply.SKIPS: 15.0, Reply.IGNORES: 18.0, Reply.BY_PHONE: 5.0,
    Reply.BY_COUNTER_CODE: 3.0, Reply.ABOUT_COUNTER: 1.5, Reply.BY_SLIP: 2.0, Reply.BY_FORM: 1.5,
}  # fmt: skip
TURNS = {Incident.PLAIN: 89.0, Incident.HELD: 4.0, Incident.MOVED: 4.5, Incident.UNDONE: 2.5}


class Citizen(Struct, frozen=True):
    """One person's visit as it would go. `touches_s` is when they touch the kiosk, in seconds after local midnight.

    `patience_min` is how long they wait before they give up, None for those who stay; `work` stretches the time of
    serving; `books` is whether they booked a time on their phone.
    """

    touches_s: float
    service: str
    priority: str | None
    patience_min: float | None = None
    turnout: Turnout = Turnout.COMES
    away_min: float = 0.0
    turn: Incident = Incident.PLAIN
    work: float = 1.0
    reply: Reply = Reply.IGNORES
    level: int = 5
    comment: str | None = None
    books: bool = False


GUEST = Citizen(0.0, "", None)
"""Somebody real who touched the kiosk of a watched demo: comes when called, and presses the pad themselves."""


def draw_citizens(
    chance: Chance, day: date, sessions: Sequence[Session], services: Collection[str], bookable: Collection[str] = ()
) -> list[Citizen]:
    """Return everybody who takes a number on `day`, in the order of their touches; `services` are those the kiosk
    offers.

    For some of those that are `bookable` a time was booked.
    """
    low, high = (140, 220) if day.weekday() in MONDAY_TUESDAY else (120, 190)
    certification = chance.draw_between(0.42, 0.58)
    touches = _draw_touches(chance, chance.draw_whole(low, high), sessions)
    citizens = [_draw_citizen(chance, touch, certification, services) for touch in touches]
    return [replace(citizen, books=citizen.service in bookable and chance.share(BOOKED)) for citizen in citizens]


def _draw_touches(chance: Chance, count: int, sessions: Sequence[Session]) -> list[float]:
    """Spread arrivals over the opening hours; at one kiosk people touch one after the other, early birds wait at the
    door.
    """
    halves = {
        hour: weight for hour, weight in ARRIVALS.items() if any(s.start_min <= hour * 60 < s.end_min for s in sessions)
    }
    if not halves:
        return []
    last = {hour: max(s.end_min for s in sessions if s.start_min <= hour * 60) for hour in halves}
    starts = {s.start_min * 60.0 for s in sessions}
    arrivals = []
    for _ in range(count):
        hour = chance.pick_weighted(halves)
        begin = hour * 3600
        early = begin - 900 if begin in starts else begin
        arrivals.append((chance.draw_between(early, min(begin + 1800, last[hour] * 60 - 240)), begin))
    touches: list[float] = []
    for arrives, begin in sorted(arrivals):
        opens = begin if arrives < begin else 0.0
        free_at = touches[-1] + chance.draw_between(6, 14) if touches else 0.0
        touches.append(max(arrives, opens + chance.draw_between(1, 5), free_at))
    return touches


def _draw_citizen(chance: Chance, touch: float, certification: float, services: Collection[str]) -> Citizen:
    matters = CERTIFICATION if chance.share(certification) else OTHER_MATTERS
    offered = {code: weight for code, weight in matters.items() if code in services}
    priority = chance.pick_weighted(CLASSES)
    return Citizen(
        touches_s=touch,
        service=chance.pick_weighted(offered or dict.fromkeys(sorted(services), 1.0)),
        priority=None if priority == "ordinary" else priority,
        patience_min=chance.draw_between(20, 60) if chance.share(0.07) else None,
        turnout=chance.pick_weighted(TURNOUTS),
        away_min=chance.draw_between(2, 12),
        turn=chance.pick_weighted(TURNS),
        work=chance.draw_factor(0.45),
        reply=chance.pick_weighted(REPLIES),
        level=chance.pick_weighted(LEVELS),
        comment=chance.pick(COMMENTS) if chance.share(0.3) else None,
    )
