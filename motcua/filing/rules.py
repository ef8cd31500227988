"""When a month's reports are due, and of which months. Pure."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime, time, timedelta

from motcua.filing.model import DueReport
from motcua.settings.model import Settings
from motcua.settings.rules import is_working_day, list_sessions

CATCH_UP_MONTHS = 3
"""How many months a desk that was off makes up for."""


def shift_month(month: str, months: int) -> str:
    """Return the month that is so many `months` after `month`, like 2026-10."""
    count = int(month[:4]) * 12 + int(month[5:7]) - 1 + months
    return f"{count // 12:04d}-{count % 12 + 1:02d}"


def list_month_days(month: str) -> tuple[str, str]:
    """Return the first and the last day of a month."""
    following = date.fromisoformat(f"{shift_month(month, 1)}-01")
    return f"{month}-01", (following - timedelta(days=1)).isoformat()


def get_due_time(settings: Settings, month: str) -> datetime:
    """Return from when on reports of the month before `month` are made, in local time.

    It is the opening on the first working day, else on the first day that opens; without any, the month's begin.
    """
    first = date.fromisoformat(f"{month}-01")
    days = [first + timedelta(days=ahead) for ahead in range(28)]
    opening = [day for day in days if list_sessions(settings, day)]
    day = next((day for day in opening if is_working_day(settings, day)), opening[0] if opening else first)
    start_min = min((session.start_min for session in list_sessions(settings, day)), default=0)
    return datetime.combine(day, time()) + timedelta(minutes=start_min)


def list_chosen(settings: Settings, reports: Collection[str]) -> list[str]:
    """Return what the settings choose: all of the program's monthly `reports` where they name none.

    A name that the program does not have is in the list too: making it fails, and that is told.
    """
    return list(dict.fromkeys(settings.monthly.reports)) or list(reports)


def list_due(
    settings: Settings, local: datetime, reports: Collection[str], newest: Mapping[str, str]
) -> Iterator[DueReport]:
    """Yield what has to be made at `local`, the oldest month first; `newest` is the last stored month of each report.

    A report that was never made begins with last month.
    """
    if not settings.monthly.is_on:
        return
    current = local.date().isoformat()[:7]
    last = shift_month(current, -1 if local >= get_due_time(settings, current) else -2)
    for back in reversed(range(CATCH_UP_MONTHS)):
        month = shift_month(last, -back)
        for report in list_chosen(settings, reports):
            before = newest.get(report)
            if month > before if before is not None else month == shift_month(current, -1):
                yield DueReport(report, month)
