"""Who sits at the counters, how fast they work, when they come and when they take a break.

Pure: the same for the same seed.
"""

from collections.abc import Sequence

from msgspec import Struct

from motcua.demo.chance import Chance
from motcua.settings.model import Session

PEOPLE = (
    ("Nguyễn Thị Hạnh", "Công chức Tư pháp - Hộ tịch"),
    ("Trần Văn Minh", "Công chức Tư pháp - Hộ tịch"),
    ("Lê Thị Thu Hà", "Công chức Tư pháp - Hộ tịch"),
    ("Phạm Quốc Bảo", "Công chức Tư pháp - Hộ tịch"),
    ("Hoàng Ngọc Lan", "Công chức Văn hóa - Xã hội"),
    ("Vũ Đức Thành", "Công chức Địa chính - Xây dựng"),
    ("Đặng Thị Mai", "Chuyên viên"),
    ("Bùi Anh Tuấn", "Chuyên viên"),
)
BREAKS = {"break": 4.0, "paperwork": 3.0, "signature": 2.0, "meeting": 1.0, "technical": 0.5}


class PlannedPause(Struct, frozen=True):
    """A pause an officer means to take: from when (seconds after local midnight), for how many minutes, why."""

    from_s: float
    minutes: float
    reason: str


class Shift(Struct, frozen=True):
    """An officer's day.

    `slowness` stretches the time of serving; `straight_on` is how often they finish by calling the next.

    `opens_s` has a time for each opening session (seconds after local midnight), `ends_s` the session's end.
    """

    slowness: float
    straight_on: float
    kindness: float
    opens_s: tuple[float, ...]
    ends_s: tuple[float, ...]
    breaks: tuple[PlannedPause, ...]


def draw_shift(chance: Chance, habits: Chance, sessions: Sequence[Session], reasons: Sequence[str]) -> Shift:
    """Return a day of the officer whose `habits` stay the same from day to day; `reasons` are the codes a pause may
    have.
    """
    slowness, straight_on, kindness = (
        habits.draw_between(0.7, 1.1),
        habits.draw_between(0.3, 0.8),
        habits.draw_between(-0.6, 0.6),
    )
    late = chance.share(0.25)
    opens = tuple(
        session.start_min * 60
        + (chance.draw_between(600, 2400) if late and half == 0 else chance.draw_between(-240, 120))
        for half, session in enumerate(sessions)
    )
    weights = {code: weight for code, weight in BREAKS.items() if code in reasons} or dict.fromkeys(reasons, 1.0)
    breaks = []
    for session in sessions:
        for _ in range(chance.draw_whole(0, 2)):
            start = chance.draw_between(session.start_min * 60 + 2700, session.end_min * 60 - 1500)
            breaks.append(PlannedPause(start, chance.draw_between(4, 12), chance.pick_weighted(weights)))
    ends = tuple(s.end_min * 60.0 for s in sessions)
    return Shift(slowness, straight_on, kindness, opens, ends, tuple(sorted(breaks, key=_start)))


def _start(pause: PlannedPause) -> float:
    return pause.from_s
