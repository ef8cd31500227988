"""Results that are sent by post, and the lists for it."""

from typing import Any

from motcua.desk import Reader
from motcua.desk.vault import Vault
from motcua.dossiers.model.mailings import Mailing, MailingBatch, MailingState, Receiver
from motcua.dossiers.store.secrets import list_sealed, unseal_row

MAILING = "mailing"
COLUMNS = ("dossier", "state", "asked_at", "batch", "tracking", "sent_at")
BATCH_COLUMNS = ("id", "series", "number", "at", "day", "account")
_LIST, _BATCH_LIST = ", ".join(COLUMNS), ", ".join(BATCH_COLUMNS)
_MARKS, _BATCH_MARKS = ", ".join("?" * len(COLUMNS)), ", ".join("?" * len(BATCH_COLUMNS))
_MAILINGS = f"SELECT {_LIST} FROM dossier_mailings"
_SAVE = f"REPLACE INTO dossier_mailings ({_LIST}) VALUES ({_MARKS})"
_BATCHES = f"SELECT {_BATCH_LIST} FROM mailing_batches"
_ADD_BATCH = f"INSERT INTO mailing_batches ({_BATCH_LIST}) VALUES ({_BATCH_MARKS})"


def create(db: Reader) -> None:
    """Make the tables."""
    db.execute(
        "CREATE TABLE dossier_mailings (dossier TEXT PRIMARY KEY, state TEXT NOT NULL, asked_at TEXT NOT NULL,"
        " batch INTEGER, tracking TEXT NOT NULL, sent_at TEXT) STRICT, WITHOUT ROWID"
    )
    db.execute("CREATE INDEX dossier_mailings_state ON dossier_mailings (state, dossier)")
    db.execute("CREATE INDEX dossier_mailings_batch ON dossier_mailings (batch) WHERE batch IS NOT NULL")
    db.execute(
        "CREATE TABLE mailing_batches (id INTEGER PRIMARY KEY, series TEXT NOT NULL, number INTEGER NOT NULL,"
        " at TEXT NOT NULL, day TEXT NOT NULL, account INTEGER, UNIQUE (series, number)) STRICT"
    )


def find_mailing(db: Reader, dossier: str) -> Mailing | None:
    """Return the letter of a dossier."""
    row = db.execute(f"{_MAILINGS} WHERE dossier = ?", (dossier,)).fetchone()
    return _mailing(row) if row else None


def list_ready_letters(db: Reader, limit: int) -> list[Mailing]:
    """Return the letters whose result is ready and that the post has not got, in the order of the codes."""
    query = (
        f"{_MAILINGS} WHERE state = 'asked' AND dossier IN (SELECT code FROM desk_dossiers WHERE state = 'ready')"
        " ORDER BY dossier LIMIT ?"
    )
    return [_mailing(row) for row in db.execute(query, (limit,))]


def list_of_batch(db: Reader, batch: int) -> list[Mailing]:
    """Return the letters of a list."""
    return [_mailing(row) for row in db.execute(f"{_MAILINGS} WHERE batch = ? ORDER BY dossier", (batch,))]


def list_batches(db: Reader, limit: int) -> list[MailingBatch]:
    """Return the lists, the newest first."""
    return [MailingBatch(*row) for row in db.execute(f"{_BATCHES} ORDER BY id DESC LIMIT ?", (limit,))]


def find_batch(db: Reader, batch: int) -> MailingBatch | None:
    """Return the list with this number."""
    row = db.execute(f"{_BATCHES} WHERE id = ?", (batch,)).fetchone()
    return MailingBatch(*row) if row else None


def find_next_batch(db: Reader, series: str) -> tuple[int, int]:
    """Return the next list's number, and its place in the series."""
    number = db.execute("SELECT coalesce(max(id), 0) + 1 FROM mailing_batches").fetchone()[0]
    query = "SELECT coalesce(max(number), 0) + 1 FROM mailing_batches WHERE series = ?"
    return int(number), int(db.execute(query, (series,)).fetchone()[0])


def save_mailing(db: Reader, mailing: Mailing) -> None:
    """Write a letter."""
    values = [getattr(mailing, name) for name in COLUMNS]
    values[COLUMNS.index("state")] = mailing.state.value
    db.execute(_SAVE, values)


def add_batch(db: Reader, batch: MailingBatch) -> None:
    """Write a list."""
    db.execute(_ADD_BATCH, [getattr(batch, name) for name in BATCH_COLUMNS])


def find_receiver(db: Reader, vault: Vault, code: str) -> Receiver | None:
    """Return to whom the letter of a dossier goes, None where that was erased or another key has written it."""
    for row in reversed(list_sealed(db, code)):
        if row.kind == MAILING and row.key == vault.name:
            return Receiver(**unseal_row(vault, row))
    return None


def _mailing(row: Any) -> Mailing:
    values = dict(zip(COLUMNS, row, strict=True))
    return Mailing(**{**values, "state": MailingState(values["state"])})
