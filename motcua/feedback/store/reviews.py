"""Ratings that were set aside, what happened around a rating, and who may type in slips, in the store."""

from collections.abc import Sequence
from typing import Any

from motcua.desk import Reader
from motcua.feedback.channels import get_channel
from motcua.feedback.model import QuarantinedRating, RecentRating, Status
from motcua.feedback.store.ratings import find_rating

_RECENT = (
    "SELECT r.at, r.counter, r.channel, r.visit, r.status, a.asked_at, s.source FROM ratings r"
    " LEFT JOIN askings a ON a.visit = r.visit LEFT JOIN rating_sources s ON s.rating = r.id WHERE "
)
_ASIDE = "SELECT rating, rule, would_be, decision, decided_at, decided_by, text FROM quarantines"


def list_recent(db: Reader, counter: int | None, source: str | None, since: str, day: str) -> list[RecentRating]:
    """Return the ratings at `counter` since then, and those of the browser `source` since the day `day`, newest
    first.
    """
    rows: list[Any] = []
    if counter is not None:
        rows += db.execute(f"{_RECENT} r.counter = ? AND r.at >= ? ORDER BY r.id DESC", (counter, since))
    if source is not None:
        rows += db.execute(f"{_RECENT} s.source = ? AND s.day >= ? ORDER BY r.id DESC", (source, day))
    return [RecentRating(row[0], row[1], get_channel(row[2]), row[3], Status(row[4]), row[5], row[6]) for row in rows]


def add_source(db: Reader, rating: int, source: str, day: str) -> None:
    """Write which browser a rating came from."""
    db.execute("INSERT INTO rating_sources (rating, source, day) VALUES (?,?,?)", (rating, source, day))


def purge_sources(db: Reader, before: str) -> int:
    """Forget the browsers of ratings before the day `before`; return how many."""
    return db.execute("DELETE FROM rating_sources WHERE day < ?", (before,)).rowcount


def set_aside(db: Reader, rating: int, rule: str, would_be: Status) -> None:
    """Write by which rule a rating was set aside, and what it would be."""
    db.execute("INSERT INTO quarantines (rating, rule, would_be) VALUES (?,?,?)", (rating, rule, would_be.value))


def _quarantined(db: Reader, row: Any) -> QuarantinedRating:
    rating = find_rating(db, row[0])
    assert rating is not None  # noqa: S101 -- nothing deletes ratings
    return QuarantinedRating(rating, row[1], Status(row[2]), *row[3:])


def find_quarantined(db: Reader, rating: int) -> QuarantinedRating | None:
    """Return the rating with this number if it was ever set aside."""
    row = db.execute(f"{_ASIDE} WHERE rating = ?", (rating,)).fetchone()
    return _quarantined(db, row) if row else None


def list_quarantined(db: Reader, limit: int, before: int | None = None, *, decided: bool) -> list[QuarantinedRating]:
    """Return the last `limit` ratings that wait for a leader, or those that a leader `decided` on, newest first.

    Only those with a number below `before`, where it is one.
    """
    where = "decision IS NOT NULL" if decided else "decision IS NULL"
    query = f"{_ASIDE} WHERE {where} AND rating < ? ORDER BY rating DESC LIMIT ?"
    rows = db.execute(query, (2**63 - 1 if before is None else before, limit)).fetchall()
    return [_quarantined(db, row) for row in rows]


def count_waiting(db: Reader) -> int:
    """Return how many ratings wait for a leader."""
    return int(db.execute("SELECT count(*) FROM quarantines WHERE decision IS NULL").fetchone()[0])


def save_decision(db: Reader, rating: int, decision: str, at: str, by: str, text: str) -> None:
    """Write what a leader decided."""
    db.execute(
        "UPDATE quarantines SET decision = ?, decided_at = ?, decided_by = ?, text = ? WHERE rating = ?",
        (decision, at, by, text, rating),
    )


def count_levels(db: Reader, since: str, *, with_quarantined: bool) -> dict[int, int]:
    """Return how many ratings of visits since the day `since` have each level.

    Those that count; with `with_quarantined` also those of their visits that would count and are set aside.
    """
    query = (
        "SELECT level, count(*) FROM (SELECT r.level, max(r.id) AS id FROM ratings r"
        " LEFT JOIN quarantines q ON q.rating = r.id WHERE r.day >= ?"
        " AND (r.status = 'counted' OR (? AND r.status = 'quarantined' AND q.would_be = 'counted'))"
        " GROUP BY r.visit) GROUP BY level"
    )
    return {row[0]: row[1] for row in db.execute(query, (since, with_quarantined))}


def list_typists(db: Reader) -> list[int]:
    """Return the accounts of the officers who may type in slips."""
    return [row[0] for row in db.execute("SELECT account FROM slip_typists ORDER BY account")]


def is_typist(db: Reader, account: int) -> bool:
    """Say whether the officer with this account may type in slips."""
    return db.execute("SELECT 1 FROM slip_typists WHERE account = ?", (account,)).fetchone() is not None


def save_typist(db: Reader, account: int, *, may_type: bool) -> None:
    """Let an officer type in slips, or no longer."""
    if may_type:
        db.execute("INSERT OR IGNORE INTO slip_typists (account) VALUES (?)", (account,))
    else:
        db.execute("DELETE FROM slip_typists WHERE account = ?", (account,))


def list_channels(db: Reader, since: str) -> Sequence[tuple[str, str, int]]:
    """Return how many ratings of visits since the day `since` came by each channel, by what they are."""
    query = "SELECT channel, status, count(*) FROM ratings WHERE day >= ? GROUP BY channel, status"
    return [(row[0], row[1], row[2]) for row in db.execute(query, (since,))]


def count_visits(db: Reader, since: str) -> dict[str, int]:
    """Return the visits since the day `since`: served, asked and what became of the question, rated without it.

    `asked` is `answered` + `skipped` + `open`. `volunteered` counts visits that nobody was asked about and that have
    a rating that counts.
    """
    served = db.execute("SELECT count(*) FROM tickets WHERE state = 'served' AND day >= ?", (since,)).fetchone()[0]
    states = dict(db.execute("SELECT state, count(*) FROM askings WHERE day >= ? GROUP BY state", (since,)).fetchall())
    volunteered = db.execute(
        "SELECT count(*) FROM ratings r LEFT JOIN askings a ON a.visit = r.visit"
        " WHERE r.status = 'counted' AND r.day >= ? AND a.visit IS NULL",
        (since,),
    ).fetchone()[0]
    counts = {
        "answered": states.get("answered", 0),
        "skipped": states.get("skipped", 0),
        "open": states.get("asked", 0),
    }
    return {"served": served, "asked": sum(counts.values()), **counts, "volunteered": volunteered}
