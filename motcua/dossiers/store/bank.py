"""Messages of the bank in the store."""

from typing import Any

from motcua.desk import Reader
from motcua.dossiers.model.bank import WAITING, BankNotice, NoticeOutcome

COLUMNS = ("id", "transaction_code", "digest", "amount", "outcome", "dossier", "at", "closed_by")
_LIST = ", ".join(COLUMNS)
_MARKS = ", ".join("?" * len(COLUMNS))
_NOTICES = f"SELECT {_LIST} FROM bank_notices"
_SAVE = f"REPLACE INTO bank_notices ({_LIST}) VALUES ({_MARKS})"
_OPEN = ", ".join(f"'{outcome.value}'" for outcome in WAITING)
SECRETS = "bank:"
"""So begin the encrypted rows with the words of transfers."""


def create(db: Reader) -> None:
    """Make the table."""
    db.execute(
        "CREATE TABLE bank_notices (id INTEGER PRIMARY KEY, transaction_code TEXT NOT NULL UNIQUE,"
        " digest TEXT NOT NULL, amount INTEGER NOT NULL, outcome TEXT NOT NULL, dossier TEXT, at TEXT NOT NULL,"
        " closed_by INTEGER) STRICT"
    )
    db.execute("CREATE INDEX bank_notices_outcome ON bank_notices (outcome, id)")


def find_next_notice(db: Reader) -> int:
    """Return the number of the next message."""
    return int(db.execute("SELECT coalesce(max(id), 0) + 1 FROM bank_notices").fetchone()[0])


def find_by_transaction(db: Reader, code: str) -> BankNotice | None:
    """Return the message about a transaction."""
    row = db.execute(f"{_NOTICES} WHERE transaction_code = ?", (code,)).fetchone()
    return _notice(row) if row else None


def find_notice(db: Reader, number: int) -> BankNotice | None:
    """Return the message with this number."""
    row = db.execute(f"{_NOTICES} WHERE id = ?", (number,)).fetchone()
    return _notice(row) if row else None


def list_waiting(db: Reader, limit: int) -> list[BankNotice]:
    """Return the messages that wait for a person, oldest first."""
    rows = db.execute(f"{_NOTICES} WHERE outcome IN ({_OPEN}) ORDER BY id LIMIT ?", (limit,))
    return [_notice(row) for row in rows]


def count_waiting(db: Reader) -> int:
    """Return how many messages wait for a person."""
    return int(db.execute(f"SELECT count(*) FROM bank_notices WHERE outcome IN ({_OPEN})").fetchone()[0])


def save_notice(db: Reader, notice: BankNotice) -> None:
    """Write a message."""
    values = [getattr(notice, name) for name in COLUMNS]
    values[COLUMNS.index("outcome")] = notice.outcome.value
    db.execute(_SAVE, values)


def _notice(row: Any) -> BankNotice:
    values = dict(zip(COLUMNS, row, strict=True))
    return BankNotice(**{**values, "outcome": NoticeOutcome(values["outcome"])})
