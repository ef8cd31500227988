"""Whether somebody set the computer's clock on a day, from the journal, and the sentence about it."""

from typing import Any

from motcua.desk import Reader, get_zone, journal, parse
from motcua.desk.messages import mark
from motcua.desk.steps import STEPPED, parse_ms, read_data

SET_BACK = mark(
    "The computer's clock was set back by %(minutes)s minutes today, from %(before)s to %(after)s. Times and "
    "waits were put right;"
    " papers printed before show the old time. If it happens again, look at the computer's time zone and clock."
)
SET_FORWARD = mark(
    "The computer's clock was set forward by %(minutes)s minutes today, from %(before)s to %(after)s. Times and "
    "waits were put right;"
    " papers printed before show the old time. If it happens again, look at the computer's time zone and clock."
)


def describe_step(data: dict[str, Any], timezone: str) -> tuple[str, dict[str, object]]:
    """Return the sentence about a step and what fills its places; `data` are the fields of `clock.stepped`."""
    ms = parse_ms(data["after"]) - parse_ms(data["before"])
    before, after = (parse(data[name]).astimezone(get_zone(timezone)) for name in ("before", "after"))
    form = "%H:%M" if before.date() == after.date() else "%H:%M %d/%m/%Y"
    words: dict[str, object] = {
        "minutes": round(abs(ms) / 60_000),
        "before": f"{before:{form}}",
        "after": f"{after:{form}}",
    }
    return (SET_BACK if ms < 0 else SET_FORWARD), words


def find_last_step(db: Reader, day: str) -> dict[str, Any] | None:
    """Return the fields of the last step on `day`, None when the clock was not set."""
    rows = journal.list_day_rows(db, day, [STEPPED])
    return read_data(rows[-1]) if rows else None
