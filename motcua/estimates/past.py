"""Past days from the journal, in the form that a replay needs."""

from typing import Any, cast

from motcua.desk import Invalid, Reader, journal
from motcua.planning.history import CLOSED, KINDS, require_date
from motcua.planning.replay import DAYS_MAX, NOTED

ISSUED, SETTINGS = "ticket.issued", "settings.changed"
DAYS_SHOWN = 120
"""How many past days are offered."""
Given = dict[str, Any]


def list_closed_days(db: Reader) -> list[tuple[str, int]]:
    """Return the newest closed days with tickets, newest first, each with its number of tickets."""
    subjects = journal.list_latest_subjects(db, CLOSED, DAYS_SHOWN)
    days = sorted({subject.removeprefix("day:") for subject in subjects}, reverse=True)
    counts = journal.count_by_day(db, ISSUED, days[-1], days[0]) if days else {}
    return [(day, counts[day]) for day in days if day in counts]


def list_days_between(db: Reader, first: str, last: str) -> list[str]:
    """Return the days from `first` to `last` that have tickets. Raises `Invalid("day…" | "days…")`."""
    if require_date(first) > require_date(last):
        raise Invalid("days.order", "The last day comes before the first one.")
    if first == last:
        if not any(journal.count_by_day(db, action, first, first) for action in KINDS):
            raise _nothing(first)
        return [first]
    days = list(journal.count_by_day(db, ISSUED, first, last))
    if not days:
        raise Invalid(
            "days.none", "There is nothing in the journal from %(first)s to %(last)s.", first=first, last=last
        )
    if len(days) > DAYS_MAX:
        raise Invalid("days.number", "From 1 to %(most)s days can be replayed at once.", most=DAYS_MAX)
    return days


def journal_day(db: Reader, day: str) -> Given:
    """Return the journal of a day as `planning.replay.task` needs it. Raises `Invalid("day.unknown" | "day.form")`."""
    rows = journal.list_day_rows(db, require_date(day), (*KINDS, NOTED))
    if not rows:
        raise _nothing(day)
    rows += [
        row for row in journal.list_rows_about(db, CLOSED, f"day:{day}") if row["day"] != day
    ]  # ended late, on a later day
    before = journal.find_last_before(db, SETTINGS, cast(int, rows[0]["seq"]))
    return {"day": day, "rows": rows, "settings": before["operational"] if before else None}


def _nothing(day: str) -> Invalid:
    return Invalid("day.unknown", "There is nothing in the journal for %(day)s.", day=day)
