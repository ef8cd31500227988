"""The basis of a staffing forecast: the working days of the past weeks, and the excluded days with the reason."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from msgspec import Struct

from motcua.copies import replace
from motcua.desk import Reader
from motcua.estimates import observed
from motcua.planning.forecast import DAYS_LEAST
from motcua.settings.model import Settings

WEEKS = 8
"""How many weeks the forecast looks back; today, which is not over, is left out."""
HOLIDAY, OWN_HOURS, NOBODY, UNREADABLE = "holiday", "own_hours", "nobody", "unreadable"
Given = dict[str, Any]


class ExcludedDay(Struct, frozen=True):
    """A day that does not count: a `holiday`, a day with special hours (`own_hours`), a day without visitors
    (`nobody`), or an
    `unreadable` one."""

    day: str
    why: str
    name: str = ""


class ForecastBasis(Struct, frozen=True):
    """The days from `first` to `last` that count, oldest first, and those left out."""

    first: str
    last: str
    days: tuple[str, ...]
    left_out: tuple[ExcludedDay, ...]

    def count_weeks(self) -> int:
        """Return the number of calendar weeks in the basis."""
        return len({date.fromisoformat(day).isocalendar()[:2] for day in self.days})

    def count_by_weekday(self) -> dict[int, int]:
        """Return the number of days that count, by weekday."""
        weekdays = [date.fromisoformat(day).weekday() for day in self.days]
        return {weekday: weekdays.count(weekday) for weekday in sorted(set(weekdays))}

    def is_enough(self) -> bool:
        """Return whether a weekday has enough days for a forecast."""
        return max(self.count_by_weekday().values(), default=0) >= DAYS_LEAST


def choose_basis(settings: Settings, today: str, with_tickets: Iterable[str]) -> ForecastBasis:
    """Return the days that count, given the days `with_tickets`.

    Weekdays on which the hall stays closed are none of them.
    """
    came = {day for day in with_tickets if _is_day(day)}
    end = date.fromisoformat(today) - timedelta(days=1)
    start = end - timedelta(days=7 * WEEKS - 1)
    first = max(start, min((date.fromisoformat(day) for day in came), default=start))
    off = {special_day.date: special_day.name for special_day in settings.days_off}
    own_hours = {special_day.date: special_day.name for special_day in settings.working_days}
    days, left_out = [], []
    for ahead in range((end - first).days + 1):
        there = first + timedelta(days=ahead)
        day = there.isoformat()
        if day in own_hours:
            left_out.append(ExcludedDay(day, OWN_HOURS, own_hours[day]))
        elif not settings.hours.week[there.weekday()]:
            continue
        elif day in off:
            left_out.append(ExcludedDay(day, HOLIDAY, off[day]))
        elif day not in came:
            left_out.append(ExcludedDay(day, NOBODY))
        else:
            days.append(day)
    return ForecastBasis(first.isoformat(), end.isoformat(), tuple(days), tuple(left_out))


def observe_days(
    basis: ForecastBasis, day_of: Callable[[str], observed.ObservedDay | None]
) -> tuple[ForecastBasis, dict[str, observed.ObservedDay]]:
    """Return the days that count as `day_of` has them, and the basis without those that cannot be read (None).

    Takes the processor for some milliseconds a day; where there are too few days anyhow none is looked at.
    """
    read = {day: day_of(day) for day in basis.days} if basis.is_enough() else {}
    odd = [ExcludedDay(day, UNREADABLE) for day, one in read.items() if one is None]
    left_out = tuple(sorted((*basis.left_out, *odd), key=lambda left: left.day))
    days = tuple(day for day in basis.days if day not in read or read[day] is not None)
    return replace(basis, days=days, left_out=left_out), {day: one for day, one in read.items() if one is not None}


def _is_day(text: object) -> bool:
    try:
        return date.fromisoformat(str(text)).isoformat() == text
    except ValueError:
        return False


def list_days_with_tickets(db: Reader, today: str) -> list[str]:
    """Return the days before `today` that have tickets, within the period of a forecast."""
    since = date.fromisoformat(today) - timedelta(days=7 * WEEKS)
    return [day for day in observed.list_days_with_tickets(db, since.isoformat()) if day < today]


def build_task_input(
    settings: Settings, basis: ForecastBasis, observed_days: Mapping[str, observed.ObservedDay], target_min: int
) -> Given | None:
    """Return the input of `planning.forecast.task` from `observed_days`, None if there is too little data."""
    learnt = observed.sum_days(observed_days.values()) if observed_days and basis.is_enough() else None
    if learnt is None or learnt.pooled is None:
        return None
    mix: dict[tuple[str, int], int] = {}
    for one in observed_days.values():
        for (_slot, service, rank), count in one.arrivals.items():
            mix[service, rank] = mix.get((service, rank), 0) + count
    queue = settings.queue
    return {
        "target_min": target_min,
        "days": [
            {"day": day, "weekday": date.fromisoformat(day).weekday(), "counts": _by_half_hour(one.arrivals)}
            for day, one in observed_days.items()
        ],
        "sessions": {
            str(weekday): [[session.start_min, session.end_min] for session in sessions]
            for weekday, sessions in enumerate(settings.hours.week)
            if sessions
        },
        "mix": [[service, rank, count] for (service, rank), count in sorted(mix.items())],
        "work": {service: learnt.work.get(service, learnt.pooled) for service, _rank in mix},
        "guard": [queue.guard_calls, queue.guard_wait_min * 60_000],
        "seed": f"{basis.first} {basis.last}",
    }


def _by_half_hour(arrivals: Mapping[tuple[int, str, int], int]) -> dict[str, int]:
    count_by_slot: dict[str, int] = {}
    for (slot, _service, _rank), count in sorted(arrivals.items()):
        count_by_slot[str(slot)] = count_by_slot.get(str(slot), 0) + count
    return count_by_slot
