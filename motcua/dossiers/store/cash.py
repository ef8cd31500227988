"""Cash sheets in the store."""

from motcua.desk import Reader
from motcua.dossiers.model.cash import CashSheet

COLUMNS = (
    "day", "officer", "opening", "counted", "difference", "text", "closed_at", "signed_by", "signed_at",
)  # fmt: skip
_LIST = ", ".join(COLUMNS)
_MARKS = ", ".join("?" * len(COLUMNS))
_SHEETS = f"SELECT {_LIST} FROM cash_sheets"
_SAVE = f"REPLACE INTO cash_sheets ({_LIST}) VALUES ({_MARKS})"


def create(db: Reader) -> None:
    """Make the table."""
    db.execute(
        "CREATE TABLE cash_sheets (day TEXT NOT NULL, officer INTEGER NOT NULL, opening INTEGER NOT NULL,"
        " counted INTEGER, difference INTEGER, text TEXT, closed_at TEXT, signed_by INTEGER, signed_at TEXT,"
        " PRIMARY KEY (day, officer)) STRICT, WITHOUT ROWID"
    )


def find_sheet(db: Reader, day: str, officer: int) -> CashSheet | None:
    """Return the sheet of an officer's day."""
    row = db.execute(f"{_SHEETS} WHERE day = ? AND officer = ?", (day, officer)).fetchone()
    return CashSheet(*row) if row else None


def list_sheets(db: Reader, day: str) -> list[CashSheet]:
    """Return the sheets of a day."""
    return [CashSheet(*row) for row in db.execute(f"{_SHEETS} WHERE day = ? ORDER BY officer", (day,))]


def save_sheet(db: Reader, sheet: CashSheet) -> None:
    """Write a sheet."""
    db.execute(_SAVE, [getattr(sheet, name) for name in COLUMNS])
