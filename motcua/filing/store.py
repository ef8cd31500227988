"""Stored reports of months in the store: the files too, so that each copy of the store has them."""

import hashlib

from motcua.desk import Reader, Room, Stamps
from motcua.filing.model import FiledReport, ReportFile


def _first(db: Reader) -> None:
    db.execute(
        "CREATE TABLE filed_reports (id INTEGER PRIMARY KEY AUTOINCREMENT, report TEXT NOT NULL, month TEXT NOT NULL,"
        " language TEXT NOT NULL, made_at TEXT NOT NULL, has_figures INTEGER NOT NULL, digest TEXT NOT NULL,"
        " content BLOB NOT NULL, UNIQUE (report, month)) STRICT"
    )
    db.execute("CREATE INDEX filed_reports_month ON filed_reports (month)")


_STAMPS: list[Stamps] = []
ROOM = Room("filing", [("first", _first)], _STAMPS)
_COLUMNS = "id, report, month, language, made_at, has_figures, digest, length(content)"


def compute_digest(content: bytes) -> str:
    """Return the SHA-256 of a file in hex."""
    return hashlib.sha256(content).hexdigest()


def add(db: Reader, file: ReportFile) -> FiledReport:
    """Store a file and return its row."""
    digest = compute_digest(file.content)
    values = (file.report, file.month, file.language, file.made_at, int(file.has_figures), digest, file.content)
    query = (
        "INSERT INTO filed_reports (report, month, language, made_at, has_figures, digest, content)"
        " VALUES (?,?,?,?,?,?,?) RETURNING id"
    )
    number = db.execute(query, values).fetchone()[0]
    return FiledReport(
        number, file.report, file.month, file.language, file.made_at, file.has_figures, digest, len(file.content)
    )


def _read(row: tuple[int, str, str, str, str, int, str, int]) -> FiledReport:
    number, report, month, language, made_at, has_figures, digest, size = row
    return FiledReport(number, report, month, language, made_at, bool(has_figures), digest, size)


def find(db: Reader, number: int) -> FiledReport | None:
    """Return a stored report, None where there is none."""
    row = db.execute(f"SELECT {_COLUMNS} FROM filed_reports WHERE id = ?", (number,)).fetchone()
    return _read(row) if row else None


def find_of_month(db: Reader, report: str, month: str) -> FiledReport | None:
    """Return the report of a month, None where none is stored."""
    query = f"SELECT {_COLUMNS} FROM filed_reports WHERE report = ? AND month = ?"
    row = db.execute(query, (report, month)).fetchone()
    return _read(row) if row else None


def find_content(db: Reader, number: int) -> bytes | None:
    """Return the file of a stored report, None where there is none."""
    row = db.execute("SELECT content FROM filed_reports WHERE id = ?", (number,)).fetchone()
    return bytes(row[0]) if row else None


def list_newest(db: Reader, most: int) -> list[FiledReport]:
    """Return the stored reports, the newest month first."""
    query = f"SELECT {_COLUMNS} FROM filed_reports ORDER BY month DESC, report, id LIMIT ?"
    return [_read(row) for row in db.execute(query, (most,))]


def find_newest_months(db: Reader) -> dict[str, str]:
    """Return the last stored month of each report."""
    return dict(db.execute("SELECT report, max(month) FROM filed_reports GROUP BY report").fetchall())


def list_contents(db: Reader) -> list[tuple[int, bytes]]:
    """Return each stored file with its number."""
    return [(row[0], bytes(row[1])) for row in db.execute("SELECT id, content FROM filed_reports ORDER BY id")]


def erase(db: Reader, before: str) -> int:
    """Remove the files of months before `before`, and return how many they were."""
    return int(db.execute("DELETE FROM filed_reports WHERE month < ?", (before,)).rowcount)
