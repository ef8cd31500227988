"""Days in the store: opened by a leader, used, ended."""

from typing import Any

from motcua.desk import Reader


def is_day_closed(db: Reader, day: str) -> bool:
    """Say whether `day` has ended."""
    return db.execute("SELECT 1 FROM days WHERE day = ? AND closed_at IS NOT NULL", (day,)).fetchone() is not None


def is_day_opened(db: Reader, day: str) -> bool:
    """Say whether a leader opened the hall for `day`."""
    return db.execute("SELECT 1 FROM days WHERE day = ? AND opened_at IS NOT NULL", (day,)).fetchone() is not None


def find_day(db: Reader, day: str) -> tuple[bool, bool]:
    """Say whether a leader opened the hall for `day`, and whether `day` has ended."""
    row = db.execute("SELECT opened_at, closed_at FROM days WHERE day = ?", (day,)).fetchone()
    return (row[0] is not None, row[1] is not None) if row else (False, False)


def open_day(db: Reader, day: str, at: str) -> None:
    """Note that a leader opened the hall for `day`."""
    db.execute(
        "INSERT INTO days (day, opened_at) VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET opened_at = "
        "excluded.opened_at",
        (day, at),
    )


def close_day(db: Reader, day: str, at: str) -> None:
    """Note that `day` has ended."""
    db.execute(
        "INSERT INTO days (day, closed_at) VALUES (?, ?) ON CONFLICT (day) DO UPDATE SET closed_at = "
        "excluded.closed_at",
        (day, at),
    )


def is_day_used(db: Reader, day: str) -> bool:
    """Say whether anything happened on `day` that its end would tidy: a ticket, an opened hall, an open counter."""
    query = (
        "SELECT EXISTS (SELECT 1 FROM tickets WHERE day = ?) OR EXISTS (SELECT 1 FROM days WHERE day = ?)"
        " OR EXISTS (SELECT 1 FROM counters WHERE state <> 'closed')"
    )
    return bool(db.execute(query, (day, day)).fetchone()[0])


def is_day_in_use(db: Reader, day: str) -> bool:
    """Say whether people are in the hall who would lose their place if `day` ended."""
    query = "SELECT EXISTS (SELECT 1 FROM tickets WHERE day = ? AND state IN ('waiting', 'called', 'serving', 'held'))"
    return bool(db.execute(query, (day,)).fetchone()[0])


def list_unfinished_days(db: Reader, today: str) -> list[str]:
    """Return the days before `today` that were used and never ended, oldest first: at most the last one with
    tickets, and opened ones.
    """
    query = (
        "SELECT day FROM days WHERE day < ? AND closed_at IS NULL UNION SELECT max(day) FROM tickets WHERE day < "
        "? ORDER BY 1"
    )
    days = [row[0] for row in db.execute(query, (today, today)) if row[0] is not None]
    return [day for day in days if not is_day_closed(db, day)]


def list_closings(db: Reader) -> list[dict[str, Any]]:
    """Return the journal rows that ended days, oldest first: seq, hash, at and the day `closed`."""
    rows = db.execute("SELECT seq, hash, at, subject FROM journal WHERE action = 'day.closed' ORDER BY seq")
    return [{"seq": row[0], "hash": row[1], "at": row[2], "closed": row[3].removeprefix("day:")} for row in rows]
