"""When the hall is open and when its day ends. Local times are naive: the desk's own wall clock."""

from datetime import date, datetime, time, timedelta

from motcua.settings.model import Session, Settings

NOON = 12 * 60
"""Where the morning (buổi sáng) ends and the afternoon begins, in minutes after local midnight."""
SATURDAY = 5
CALENDAR_DAYS = 60
"""No run of days off is longer."""


def list_sessions(settings: Settings, day: date) -> tuple[Session, ...]:
    """Return the opening sessions of `day`, in order; empty when the hall stays closed."""
    iso_day = day.isoformat()
    for working in settings.working_days:
        if working.date == iso_day:
            return working.sessions
    if any(off.date == iso_day for off in settings.days_off):
        return ()
    return settings.hours.week[day.weekday()]


def is_open(settings: Settings, local: datetime) -> bool:
    """Say whether numbers are given out at `local`."""
    minute = local.hour * 60 + local.minute
    return any(session.start_min <= minute < session.end_min for session in list_sessions(settings, local.date()))


def is_break(settings: Settings, local: datetime) -> bool:
    """Say whether `local` lies between two sessions of its day: the hall has closed and opens again today."""
    minute = local.hour * 60 + local.minute
    day_sessions = list_sessions(settings, local.date())
    return (
        not is_open(settings, local)
        and any(s.end_min <= minute for s in day_sessions)
        and any(s.start_min > minute for s in day_sessions)
    )


def get_half_day(local: datetime) -> tuple[int, datetime, datetime]:
    """Return the half-day (buổi) of `local`: 0 morning or 1 afternoon, with its begin and end."""
    midnight = datetime.combine(local.date(), time())
    noon = midnight + timedelta(minutes=NOON)
    return (0, midnight, noon) if local < noon else (1, noon, midnight + timedelta(days=1))


def find_last_closing(settings: Settings, day: date) -> datetime | None:
    """Return the end of the last session of `day`, or None when the hall stays closed."""
    day_sessions = list_sessions(settings, day)
    return (
        datetime.combine(day, time()) + timedelta(minutes=max(s.end_min for s in day_sessions))
        if day_sessions
        else None
    )


def get_closing_time(settings: Settings, day: date) -> datetime:
    """Return when the day ends if nothing is in hand: some minutes after the last closing, never after the latest
    time.
    """
    latest = get_latest_time(settings, day)
    closing = find_last_closing(settings, day)
    return latest if closing is None else min(latest, closing + timedelta(minutes=settings.day.close_after_min))


def get_latest_time(settings: Settings, day: date) -> datetime:
    """Return when the day ends whatever is in hand."""
    return datetime.combine(day, time()) + timedelta(minutes=settings.day.latest_min)


def find_next_opening(settings: Settings, local: datetime) -> datetime | None:
    """Return when numbers are given out next at or after `local`, looking two months ahead."""
    for ahead in range(62):
        day = local.date() + timedelta(days=ahead)
        for session in list_sessions(settings, day):
            start = datetime.combine(day, time()) + timedelta(minutes=session.start_min)
            if start >= local:
                return start
    return None


def is_working_day(settings: Settings, day: date) -> bool:
    """Say whether `day` counts in a limit of working days: Monday to Friday but days off, and days worked instead.

    A Saturday on which the desk opens counts only where the settings say so. Basis: LEGAL.md#counting-days.
    """
    iso_day = day.isoformat()
    if any(working.date == iso_day for working in settings.working_days):
        return True
    if any(off.date == iso_day for off in settings.days_off):
        return False
    if day.weekday() == SATURDAY:
        return settings.suggestions.saturdays and bool(settings.hours.week[SATURDAY])
    return day.weekday() < SATURDAY


def add_working_days(settings: Settings, day: date, count: int) -> date:
    """Return the last day of a limit of `count` working days after `day`, which is not counted itself.

    What comes on a day off came on the next working day. A calendar without working days counts plain days.
    """
    reached = day
    for _ahead in range(CALENDAR_DAYS):
        if is_working_day(settings, reached):
            break
        reached += timedelta(days=1)
    left = count
    for _ahead in range(CALENDAR_DAYS * max(1, count)):
        if left == 0:
            return reached
        reached += timedelta(days=1)
        left -= is_working_day(settings, reached)
    return reached if left == 0 else day + timedelta(days=count)


def count_working_days(settings: Settings, since: date, until: date) -> int:
    """Return how many working days come after `since` up to `until`; negative for those that have passed."""
    if until < since:
        return -count_working_days(settings, until, since)
    return sum(is_working_day(settings, since + timedelta(days=ahead + 1)) for ahead in range((until - since).days))
