"""Of which days a report is: what people and programs ask for, as a period. Pure."""

from motcua.desk import Invalid
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
