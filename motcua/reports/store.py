"""Queries of the figures over one day."""

from datetime import datetime
from typing import Any

from motcua.desk import Reader
from motcua.desk.journal_days import find_last_row
from motcua.reports.measures import find_median, measure_satisfaction
from motcua.reports.model import DeskDay, OfficerDay

_REPLACING = (
    "SELECT channel, count(*) FROM (SELECT channel, lag(id) OVER (PARTITION BY visit ORDER BY id) AS earlier "
    "FROM ratings"
    " WHERE day = ? AND visit IS NOT NULL AND status IN ('counted', 'replaced')) WHERE earlier IS NOT NULL GROUP "
    "BY channel"
)
"""Among a visit's counted and replaced ratings, each one but the first replaced the one before."""


def list_officer_days(db: Reader, day: str) -> list[OfficerDay]:
    """Return each officer's figures of `day`: served by finished legs, ratings by the officer of the visit's last
    leg.
    """
    served = dict(
        db.execute(
            "SELECT officer, count(*) FROM legs WHERE day = ? AND how IN ('finish', 'day_closed') GROUP BY officer",
            (day,),
        ).fetchall()
    )
    asked_by_officer = {
        row[0]: (row[1], row[2], row[3])
        for row in db.execute(
            "SELECT officer, count(*), sum(state = 'answered'), sum(state = 'skipped') FROM askings WHERE "
            "day = ? GROUP BY officer",
            (day,),
        )
    }
    numbers = sorted({number for number in (*served, *asked_by_officer) if number is not None})
    return [OfficerDay(number, served.get(number, 0), *asked_by_officer.get(number, (0, 0, 0))) for number in numbers]


def list_last_row(db: Reader, day: str) -> list[dict[str, Any]]:
    """Return the journal's last row of `day` as `journal.list_day_rows` does; empty where nothing happened."""
    last = find_last_row(db, day)
    return [] if last is None else [last]


def count_desk_day(db: Reader, day: str) -> DeskDay:
    """Return the desk's figures of `day`."""
    served = db.execute("SELECT count(*) FROM tickets WHERE day = ? AND state = 'served'", (day,)).fetchone()[0]
    asked_counts = db.execute(
        "SELECT count(*), coalesce(sum(state = 'answered'), 0), coalesce(sum(state = 'skipped'), 0) FROM "
        "askings WHERE day = ?",
        (day,),
    ).fetchone()
    levels = dict(
        db.execute(
            "SELECT level, count(*) FROM ratings WHERE day = ? AND status = 'counted' GROUP BY level", (day,)
        ).fetchall()
    )
    aside = dict(db.execute("SELECT status, count(*) FROM ratings WHERE day = ? GROUP BY status", (day,)).fetchall())
    replaced = dict(db.execute(_REPLACING, (day,)).fetchall())
    unprompted, quarantined = aside.get("unprompted", 0), aside.get("quarantined", 0)
    return DeskDay(
        served,
        asked_counts[0],
        asked_counts[1],
        asked_counts[2],
        unprompted,
        measure_satisfaction(levels),
        quarantined,
        replaced,
    )


def count_counter_day(db: Reader, day: str, counter: int) -> tuple[int, int, int, int | None]:
    """Return the visits, prompts and answers of `counter` on `day`, and its median service time in seconds."""
    legs = db.execute(
        "SELECT started_at, ended_at FROM legs WHERE day = ? AND counter = ? AND how = 'finish' AND ended_at "
        "IS NOT NULL",
        (day, counter),
    ).fetchall()
    seconds = [(datetime.fromisoformat(row[1]) - datetime.fromisoformat(row[0])).total_seconds() for row in legs]
    asked_counts = db.execute(
        "SELECT count(*), coalesce(sum(state = 'answered'), 0) FROM askings WHERE day = ? AND counter = ?",
        (day, counter),
    ).fetchone()
    middle = find_median(seconds)
    return len(legs), asked_counts[0], asked_counts[1], None if middle is None else round(middle)


def count_period(db: Reader, first: str, last: str) -> tuple[int, int, dict[int, int]]:
    """Return the visits served from `first` to `last`, those asked, and how many counted ratings had each level."""
    days = (first, last)
    served = db.execute("SELECT count(*) FROM tickets WHERE state = 'served' AND day BETWEEN ? AND ?", days)
    asked = db.execute("SELECT count(*) FROM askings WHERE day BETWEEN ? AND ?", days)
    levels = db.execute(
        "SELECT level, count(*) FROM ratings WHERE status = 'counted' AND day BETWEEN ? AND ? GROUP BY level", days
    )
    return served.fetchone()[0], asked.fetchone()[0], dict(levels.fetchall())


def has_tickets(db: Reader, first: str, last: str) -> bool:
    """Say whether anybody took a number on the days from `first` to `last`."""
    query = "SELECT EXISTS (SELECT 1 FROM tickets WHERE day BETWEEN ? AND ?)"
    return bool(db.execute(query, (first, last)).fetchone()[0])


def list_days(db: Reader) -> list[str]:
    """Return the days on which anybody took a number, in order."""
    return [row[0] for row in db.execute("SELECT DISTINCT day FROM tickets ORDER BY day")]
