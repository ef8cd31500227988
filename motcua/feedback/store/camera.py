"""Answers to the camera question, and smile indices, in the store."""

from typing import Any

from motcua.desk import Reader, Stamps
from motcua.feedback.model import CameraConsent, ConsentAnswer, ExpressionRecord, ScoreObstacle

STAMPS = [
    Stamps("camera_consents", ["at"], where="at >= :since"),
    Stamps("expressions", ["at"], where="at >= :since"),
]
_CONSENT = "SELECT visit, day, counter, answer, notice, turn, at FROM camera_consents"
_RECORD = (
    "SELECT visit, day, counter, officer, score, quality, valid_frames, seen_frames, reason, model_hash, at"
    " FROM expressions"
)


def create_camera_tables(db: Reader) -> None:
    """Make the tables. Both are emptied by their retention; nothing of them but their events is in the journal."""
    db.execute(
        "CREATE TABLE camera_consents (id INTEGER PRIMARY KEY AUTOINCREMENT, visit TEXT NOT NULL, day TEXT NOT NULL,"
        " counter INTEGER NOT NULL, answer TEXT NOT NULL, notice INTEGER NOT NULL, turn INTEGER NOT NULL,"
        " at TEXT NOT NULL) STRICT"
    )
    db.execute("CREATE INDEX camera_consents_visit ON camera_consents (visit)")
    db.execute("CREATE INDEX camera_consents_day ON camera_consents (day)")
    db.execute(
        "CREATE TABLE expressions (visit TEXT PRIMARY KEY, day TEXT NOT NULL, counter INTEGER NOT NULL,"
        " officer INTEGER, score INTEGER, quality INTEGER, valid_frames INTEGER NOT NULL,"
        " seen_frames INTEGER NOT NULL, reason TEXT, model_hash TEXT NOT NULL, at TEXT NOT NULL) STRICT, WITHOUT ROWID"
    )
    db.execute("CREATE INDEX expressions_day ON expressions (day)")


def _consent(row: Any) -> CameraConsent:
    return CameraConsent(row[0], row[1], row[2], ConsentAnswer(row[3]), row[4], row[5], row[6])


def add_consent(db: Reader, consent: CameraConsent) -> None:
    """Write an answer."""
    db.execute(
        "INSERT INTO camera_consents (visit, day, counter, answer, notice, turn, at) VALUES (?,?,?,?,?,?,?)",
        (
            consent.visit,
            consent.day,
            consent.counter,
            consent.answer.value,
            consent.notice,
            consent.turn,
            consent.at,
        ),
    )


def find_last_consent(db: Reader, visit: str) -> CameraConsent | None:
    """Return the last answer of a visit, of whichever turn."""
    return next(iter(list_last_consents(db, visit, 1)), None)


def list_last_consents(db: Reader, visit: str, count: int) -> list[CameraConsent]:
    """Return the last answers of a visit, the newest first."""
    query = f"{_CONSENT} WHERE visit = ? ORDER BY id DESC LIMIT ?"
    return [_consent(row) for row in db.execute(query, (visit, count))]


def count_consents(db: Reader, first: str, last: str) -> dict[ConsentAnswer, int]:
    """Return how many visits of the days `first` to `last` have each last answer."""
    query = (
        "SELECT answer, count(*) FROM camera_consents WHERE id IN"
        " (SELECT max(id) FROM camera_consents WHERE day BETWEEN ? AND ? GROUP BY visit) GROUP BY answer"
    )
    return {ConsentAnswer(row[0]): row[1] for row in db.execute(query, (first, last))}


def purge_consents(db: Reader, before: str) -> int:
    """Erase answers of visits before the day `before`; return how many."""
    return db.execute("DELETE FROM camera_consents WHERE day < ?", (before,)).rowcount


def has_expression(db: Reader, visit: str) -> bool:
    """Say whether a reading of `visit` was noted, whatever it was."""
    return db.execute("SELECT 1 FROM expressions WHERE visit = ?", (visit,)).fetchone() is not None


def find_expression(db: Reader, visit: str) -> ExpressionRecord | None:
    """Return what a camera said of a visit."""
    row = db.execute(f"{_RECORD} WHERE visit = ?", (visit,)).fetchone()
    if row is None:
        return None
    reason = ScoreObstacle(row[8]) if row[8] else None
    visit, day, counter, officer, score, quality, valid_frames, seen_frames = row[:8]
    return ExpressionRecord(
        visit, day, counter, officer, score, quality, valid_frames, seen_frames, reason, row[9], row[10]
    )


def has_score(db: Reader, visit: str) -> bool:
    """Say whether a score of a visit is kept, and not which."""
    query = "SELECT 1 FROM expressions WHERE visit = ? AND score IS NOT NULL"
    return db.execute(query, (visit,)).fetchone() is not None


def add_expression(db: Reader, record: ExpressionRecord) -> None:
    """Write what a camera said of a visit."""
    db.execute(
        "INSERT INTO expressions (visit, day, counter, officer, score, quality, valid_frames, seen_frames, reason,"
        " model_hash, at) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
        (
            record.visit,
            record.day,
            record.counter,
            record.officer,
            record.score,
            record.quality,
            record.valid_frames,
            record.seen_frames,
            record.reason.value if record.reason else None,
            record.model_hash,
            record.at,
        ),
    )


def erase_score(db: Reader, visit: str) -> int:
    """Erase the score of a visit whose citizen withdrew. That somebody did stays; return how many rows changed."""
    query = (
        "UPDATE expressions SET score = NULL, quality = NULL, valid_frames = 0, seen_frames = 0, reason = ?"
        " WHERE visit = ?"
    )
    return db.execute(query, (ScoreObstacle.NO_CONSENT.value, visit)).rowcount


def remove_expression(db: Reader, visit: str) -> int:
    """Remove what a camera said of a visit that was not over after all; return how many rows were removed."""
    return db.execute("DELETE FROM expressions WHERE visit = ?", (visit,)).rowcount


def purge_expressions(db: Reader, before: str) -> int:
    """Erase what cameras said of visits before the day `before`; return how many."""
    return db.execute("DELETE FROM expressions WHERE day < ?", (before,)).rowcount
