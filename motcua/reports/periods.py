"""Of which days a report is: what people and programs ask for, as a period. Pure."""

from datetime import date, timedelta

from msgspec import Struct

from motcua.desk import Invalid
from motcua.desk.messages import mark
from motcua.planning.history import require_date
from motcua.reports.values import Period, PeriodKind

LENGTH_MAX_DAYS = 366


def choose_period(
    kind: PeriodKind, today: str, day: str | None = None, first: str | None = None, last: str | None = None
) -> Period:
    """Return the period of a `day`, or from `first` to `last`; an empty one counts as not given.

    Without any it is `today`, or the month so far for a report of several days. Raises `Invalid` with `day.form`,
    `report.period`, `days.order`, `report.long` or `report.one_day`.
    """
    if day and (first or last):
        raise Invalid("report.period", "Give either one day, or a first and a last day, not both.")
    if last and not first:
        raise Invalid("report.period", "The first day is missing. Give a first and a last day.")
    if day or first:
        begin = require_date(day or first or "")
        period = Period(begin, require_date(last) if last else begin)
    else:
        period = Period(today if kind == "day" else f"{today[:8]}01", today)
    if period.first > period.last:
        raise Invalid("days.order", "The last day comes before the first one.")
    if kind == "day" and period.first != period.last:
        raise Invalid("report.one_day", "This report is of one day. Give the same first and last day.")
    if period.count_days() > LENGTH_MAX_DAYS:
        raise Invalid(
            "report.long", "The period has more than %(count)s days. Choose a shorter one.", count=LENGTH_MAX_DAYS
        )
    return period


class NamedPeriod(Struct, frozen=True):
    """Days that people ask for by a name."""

    label: str
    first: str
    last: str


def list_named_periods(today: str) -> list[NamedPeriod]:
    """Return today, and the week, month, quarter and year so far, each followed by the one before."""
    day = date.fromisoformat(today)
    starts = (
        (mark("This week"), mark("Last week"), day - timedelta(days=day.weekday()), timedelta(days=7)),
        (mark("This month"), mark("Last month"), day.replace(day=1), None),
        (mark("This quarter"), mark("Last quarter"), day.replace(month=day.month - (day.month - 1) % 3, day=1), None),
        (mark("This year"), mark("Last year"), day.replace(month=1, day=1), None),
    )
    months = (0, 1, 3, 12)
    periods = [NamedPeriod(mark("Today"), today, today)]
    for (this, past, begin, length), count in zip(starts, months, strict=True):
        before = begin - length if length else go_back(begin, count)
        end = begin - timedelta(days=1)
        periods += [
            NamedPeriod(this, begin.isoformat(), today),
            NamedPeriod(past, before.isoformat(), end.isoformat()),
        ]
    return periods


def go_back(first: date, months: int) -> date:
    """Return the first day of the month `months` before that of `first`."""
    number = first.year * 12 + first.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
