"""Files of dossiers in the store, and what they say."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any, cast

from motcua.copies import replace
from motcua.desk import Reader, Unknown
from motcua.dossiers.model.outcomes import AgencyTime, Complaint, DossierImport, DossierOutcome


def create(db: Reader) -> None:
    """Make the tables."""
    db.execute(
        "CREATE TABLE dossier_files (id INTEGER PRIMARY KEY AUTOINCREMENT, first TEXT NOT NULL, last TEXT NOT NULL,"
        " digest TEXT NOT NULL, content TEXT NOT NULL, rows INTEGER NOT NULL, imported_at TEXT NOT NULL,"
        " account INTEGER) STRICT"
    )
    db.execute(
        "CREATE TABLE dossiers (file INTEGER NOT NULL, code TEXT NOT NULL, received_on TEXT NOT NULL, due_on TEXT NOT"
        " NULL, settled_on TEXT, procedure TEXT, officer INTEGER, agency_time TEXT, contacts INTEGER, agencies INTEGER,"
        " complaint TEXT, is_disliked INTEGER, is_online INTEGER, PRIMARY KEY (file, code)) STRICT, WITHOUT ROWID"
    )
    db.execute("CREATE INDEX dossiers_settled ON dossiers (settled_on)")


_FILE = "SELECT id, first, last, digest, content, rows, imported_at, account FROM dossier_files"
_COLUMNS = (
    "code", "received_on", "due_on", "settled_on", "procedure", "officer", "agency_time", "contacts", "agencies",
    "complaint", "is_disliked", "is_online",
)  # fmt: skip
_LIST = ", ".join(_COLUMNS)
_DOSSIER = f"SELECT {_LIST} FROM dossiers"
_INSERT = f"INSERT INTO dossiers (file, {_LIST}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)"


def _dossier(row: Any) -> DossierOutcome:
    values = dict(zip(_COLUMNS, row, strict=True))
    values["agency_time"] = AgencyTime(values["agency_time"]) if values["agency_time"] else None
    values["complaint"] = Complaint(values["complaint"]) if values["complaint"] else None
    for name in ("is_disliked", "is_online"):
        values[name] = None if values[name] is None else bool(values[name])
    return DossierOutcome(**values)


def list_imports(db: Reader) -> list[DossierImport]:
    """Return the files that were imported, the newest days first."""
    return [DossierImport(*row) for row in db.execute(f"{_FILE} ORDER BY first DESC, id DESC")]


def get_import(db: Reader, number: int) -> DossierImport:
    """Return the file with this number. Raises `Unknown("dossiers.unknown")`."""
    row = db.execute(f"{_FILE} WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise Unknown("dossiers.unknown", "There is no such file of dossiers. Perhaps it was replaced.")
    return DossierImport(*row)


def list_dossiers(db: Reader, number: int) -> Iterator[DossierOutcome]:
    """Yield the dossiers of a file, by code."""
    return map(_dossier, db.execute(f"{_DOSSIER} WHERE file = ? ORDER BY code", (number,)))


def list_settled(db: Reader, first: str, last: str) -> list[DossierOutcome]:
    """Return the dossiers that were settled on the days from `first` to `last`, by day and code."""
    query = f"{_DOSSIER} WHERE settled_on BETWEEN ? AND ? ORDER BY settled_on, code"
    return [_dossier(row) for row in db.execute(query, (first, last))]


def add_import(db: Reader, item: DossierImport, dossiers: Iterable[DossierOutcome]) -> DossierImport:
    """Write a file with its dossiers and return it with its number."""
    query = (
        "INSERT INTO dossier_files (first, last, digest, content, rows, imported_at, account) VALUES (?,?,?,?,?,?,?)"
    )
    file_values = (item.first, item.last, item.digest, item.content, item.count, item.imported_at, item.account)
    number = cast(int, db.execute(query, file_values).lastrowid)
    for one in dossiers:
        values = (getattr(one, name) for name in _COLUMNS)
        db.execute(_INSERT, (number, *(value.value if isinstance(value, StrEnum) else value for value in values)))
    return replace(item, id=number)


def remove_import(db: Reader, number: int) -> None:
    """Remove a file with its dossiers."""
    db.execute("DELETE FROM dossiers WHERE file = ?", (number,))
    db.execute("DELETE FROM dossier_files WHERE id = ?", (number,))
