"""Askings and ratings in the store."""

import json
from collections.abc import Mapping
from typing import Any, cast

from motcua.desk import Reader, Room, Stamps
from motcua.feedback.channels import get_channel
from motcua.feedback.model import Rating, RatingPrompt, Status
from motcua.feedback.store import camera, officer_view


def _first(db: Reader) -> None:
    db.execute(
        "CREATE TABLE askings (visit TEXT PRIMARY KEY, day TEXT NOT NULL, counter INTEGER NOT NULL, officer INTEGER,"
        " asked_at TEXT NOT NULL, until TEXT NOT NULL, state TEXT NOT NULL) STRICT, WITHOUT ROWID"
    )
    db.execute("CREATE INDEX askings_open ON askings (until) WHERE state = 'asked'")
    db.execute("CREATE INDEX askings_day ON askings (day)")
    db.execute(
        "CREATE TABLE ratings (id INTEGER PRIMARY KEY AUTOINCREMENT, visit TEXT, day TEXT NOT NULL, counter "
        "INTEGER, officer INTEGER,"
        " level INTEGER NOT NULL, channel TEXT NOT NULL, status TEXT NOT NULL, at TEXT NOT NULL, reasons TEXT "
        "NOT NULL, text TEXT) STRICT"
    )
    db.execute("CREATE UNIQUE INDEX ratings_one_counts ON ratings (visit) WHERE status = 'counted'")
    db.execute("CREATE INDEX ratings_visit ON ratings (visit)")
    db.execute("CREATE INDEX ratings_day ON ratings (day)")


def _sources(db: Reader) -> None:
    db.execute(
        "CREATE TABLE quarantines (rating INTEGER PRIMARY KEY, rule TEXT NOT NULL, would_be TEXT NOT NULL, "
        "decision TEXT, decided_at TEXT, decided_by TEXT, text TEXT) STRICT"
    )
    db.execute("CREATE INDEX quarantines_open ON quarantines (rating) WHERE decision IS NULL")
    db.execute(
        "CREATE TABLE rating_sources (rating INTEGER PRIMARY KEY, source TEXT NOT NULL, day TEXT NOT NULL) STRICT"
    )
    db.execute("CREATE INDEX rating_sources_of ON rating_sources (source)")
    db.execute("CREATE INDEX rating_sources_day ON rating_sources (day)")
    db.execute("CREATE INDEX ratings_counter ON ratings (counter, at)")
    db.execute("CREATE TABLE code_tries (visit TEXT PRIMARY KEY, tries INTEGER NOT NULL) STRICT, WITHOUT ROWID")
    db.execute(
        "CREATE TABLE rating_answers (rating INTEGER NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL,"
        " PRIMARY KEY (rating, question)) STRICT, WITHOUT ROWID"
    )
    db.execute("CREATE TABLE slip_typists (account INTEGER PRIMARY KEY) STRICT")


def _figures(db: Reader) -> None:
    """Let figures over many days read an index alone."""
    db.execute("CREATE INDEX askings_figures ON askings (day, officer, state)")
    db.execute("DROP INDEX askings_day")
    db.execute("CREATE INDEX ratings_figures ON ratings (day, status, officer, visit, level, channel)")
    db.execute("DROP INDEX ratings_day")


_STAMPS = [
    Stamps("askings", ["asked_at"], [("until", "asked_at")], "day = :day"),
    Stamps("ratings", ["at"], where="at >= :since"),
    Stamps("quarantines", ["decided_at"], where="decided_at >= :since"),
    *camera.STAMPS,
    *officer_view.STAMPS,
]
ROOM = Room(
    "feedback",
    [
        ("first", _first),
        ("sources", _sources),
        ("camera", camera.create_camera_tables),
        ("officer_view", officer_view.create_officer_views),
        ("figures", _figures),
    ],
    _STAMPS,
)
_ASKING = "SELECT visit, day, counter, officer, asked_at, until, state FROM askings"
_RATING = "SELECT id, visit, day, counter, officer, level, channel, status, at, reasons, text FROM ratings"


def find_prompt(db: Reader, visit: str) -> RatingPrompt | None:
    """Return the asking of a visit."""
    row = db.execute(f"{_ASKING} WHERE visit = ?", (visit,)).fetchone()
    return RatingPrompt(*row) if row else None


def add_prompt(db: Reader, prompt: RatingPrompt) -> None:
    """Write that the question was shown."""
    values = (prompt.visit, prompt.day, prompt.counter, prompt.officer, prompt.asked_at, prompt.until, prompt.state)
    db.execute(
        "INSERT INTO askings (visit, day, counter, officer, asked_at, until, state) VALUES (?,?,?,?,?,?,?)", values
    )


def save_prompt_state(db: Reader, visit: str, state: str) -> None:
    """Write that an asking was `answered` or `skipped`."""
    db.execute("UPDATE askings SET state = ? WHERE visit = ?", (state, visit))


def remove_prompt(db: Reader, visit: str) -> None:
    """Take back the asking of a visit that was not over after all."""
    db.execute("DELETE FROM askings WHERE visit = ?", (visit,))


def list_overdue(db: Reader, at: str) -> list[str]:
    """Return the visits that were asked and whose time is over at `at`."""
    return [
        row[0]
        for row in db.execute(
            "SELECT visit FROM askings WHERE state = 'asked' AND until < ? ORDER BY until, visit", (at,)
        )
    ]


def _rating(row: Any) -> Rating:
    reasons = tuple(json.loads(row[9]))
    return Rating(
        row[0], row[1], row[2], row[3], row[4], row[5], get_channel(row[6]), Status(row[7]), row[8], reasons, row[10]
    )


def find_counted(db: Reader, visit: str) -> Rating | None:
    """Return the rating that counts for a visit."""
    row = db.execute(f"{_RATING} WHERE visit = ? AND status = 'counted'", (visit,)).fetchone()
    return _rating(row) if row else None


def is_rated(db: Reader, visit: str) -> bool:
    """Say whether a rating counts for a visit."""
    return find_counted(db, visit) is not None


def count_low_since(db: Reader, day: str, since: str, highest: int) -> dict[int, int]:
    """Return how many ratings up to the level `highest` each counter got on `day` after `since`.

    What is set aside or replaced is not among them.
    """
    query = (
        "SELECT counter, count(*) FROM ratings WHERE day = ? AND at > ? AND level <= ?"
        " AND status IN ('counted', 'unprompted') AND counter IS NOT NULL GROUP BY counter"
    )
    return {row[0]: row[1] for row in db.execute(query, (day, since, highest))}


def count_quarantined_since(db: Reader, day: str, since: str) -> int:
    """Return how many ratings of `day` came after `since` and were set aside."""
    query = "SELECT count(*) FROM ratings WHERE day = ? AND at > ? AND status = 'quarantined'"
    return int(db.execute(query, (day, since)).fetchone()[0])


def add_rating(db: Reader, rating: Rating) -> int:
    """Write a rating and return its number."""
    query = (
        "INSERT INTO ratings (visit, day, counter, officer, level, channel, status, at, reasons, text) VALUES "
        "(?,?,?,?,?,?,?,?,?,?)"
    )
    values = (
        rating.visit,
        rating.day,
        rating.counter,
        rating.officer,
        rating.level,
        rating.channel.value,
        rating.status.value,
        rating.at,
    )
    return cast(int, db.execute(query, (*values, json.dumps(rating.reasons), rating.text)).lastrowid)


def find_rating(db: Reader, rating: int) -> Rating | None:
    """Return the rating with this number."""
    row = db.execute(f"{_RATING} WHERE id = ?", (rating,)).fetchone()
    return _rating(row) if row else None


def mark_replaced(db: Reader, rating: int) -> None:
    """Mark a rating as one that no longer counts because a later one does."""
    save_status(db, rating, Status.REPLACED)


def save_status(db: Reader, rating: int, status: Status) -> None:
    """Write what a rating is now."""
    db.execute("UPDATE ratings SET status = ? WHERE id = ?", (status.value, rating))


def add_answers(db: Reader, rating: int, answers: Mapping[str, str]) -> None:
    """Write the answers of a form."""
    for question, answer in answers.items():
        db.execute("INSERT INTO rating_answers (rating, question, answer) VALUES (?,?,?)", (rating, question, answer))


def count_tries(db: Reader, visit: str) -> int:
    """Return how often a wrong short code was given for a ticket."""
    row = db.execute("SELECT tries FROM code_tries WHERE visit = ?", (visit,)).fetchone()
    return int(row[0]) if row else 0


def save_tries(db: Reader, visit: str, tries: int) -> None:
    """Write how often a wrong short code was given for a ticket."""
    db.execute(
        "INSERT INTO code_tries (visit, tries) VALUES (?,?) ON CONFLICT (visit) DO UPDATE SET tries = excluded.tries",
        (visit, tries),
    )
