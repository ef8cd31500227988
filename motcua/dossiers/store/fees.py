"""Fees of dossiers and what was paid for them."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from motcua.desk import Reader
from motcua.dossiers.model.fees import Charge, ChargeState, Payment, PaymentMeans, PaymentState, Relief

CHARGE_COLUMNS = (
    "id", "dossier", "amount", "proposed", "relief", "state", "holds", "demanded_at", "officer", "counter", "visit",
)  # fmt: skip
PAYMENT_COLUMNS = (
    "id", "charge", "dossier", "series", "number", "amount", "means", "reference", "receipt", "state", "day", "at",
    "officer", "counter", "notice", "returned_on", "returned_by",
)  # fmt: skip
_CHARGE_LIST, _PAYMENT_LIST = ", ".join(CHARGE_COLUMNS), ", ".join(PAYMENT_COLUMNS)
_CHARGE_MARKS, _PAYMENT_MARKS = ", ".join("?" * len(CHARGE_COLUMNS)), ", ".join("?" * len(PAYMENT_COLUMNS))
_CHARGES = f"SELECT {_CHARGE_LIST} FROM dossier_charges"
_PAYMENTS = f"SELECT {_PAYMENT_LIST} FROM dossier_payments"
_SAVE_CHARGE = f"REPLACE INTO dossier_charges ({_CHARGE_LIST}) VALUES ({_CHARGE_MARKS})"
_SAVE_PAYMENT = f"REPLACE INTO dossier_payments ({_PAYMENT_LIST}) VALUES ({_PAYMENT_MARKS})"


def create(db: Reader) -> None:
    """Make the tables."""
    db.execute(
        "CREATE TABLE dossier_charges (id INTEGER PRIMARY KEY, dossier TEXT NOT NULL, amount INTEGER NOT NULL,"
        " proposed INTEGER, relief TEXT NOT NULL, state TEXT NOT NULL, holds INTEGER NOT NULL,"
        " demanded_at TEXT NOT NULL, officer INTEGER, counter INTEGER, visit TEXT) STRICT"
    )
    db.execute("CREATE INDEX dossier_charges_of ON dossier_charges (dossier, id)")
    db.execute("CREATE INDEX dossier_charges_shown ON dossier_charges (counter, id) WHERE counter IS NOT NULL")
    db.execute(
        "CREATE TABLE dossier_payments (id INTEGER PRIMARY KEY, charge INTEGER NOT NULL, dossier TEXT NOT NULL,"
        " series TEXT NOT NULL, number INTEGER NOT NULL, amount INTEGER NOT NULL, means TEXT NOT NULL,"
        " reference TEXT NOT NULL, receipt TEXT NOT NULL, state TEXT NOT NULL, day TEXT NOT NULL, at TEXT NOT NULL,"
        " officer INTEGER, counter INTEGER, notice INTEGER, returned_on TEXT, returned_by INTEGER,"
        " UNIQUE (series, number)) STRICT"
    )
    db.execute("CREATE INDEX dossier_payments_of ON dossier_payments (dossier, id)")
    db.execute("CREATE INDEX dossier_payments_day ON dossier_payments (day)")
    db.execute("CREATE INDEX dossier_payments_returned ON dossier_payments (returned_on) WHERE returned_on IS NOT NULL")


def find_next_charge(db: Reader) -> int:
    """Return the number of the next fee."""
    return int(db.execute("SELECT coalesce(max(id), 0) + 1 FROM dossier_charges").fetchone()[0])


def find_next_payment(db: Reader, series: str) -> tuple[int, int]:
    """Return the next payment's number, and that of its confirmation in the series."""
    number = db.execute("SELECT coalesce(max(id), 0) + 1 FROM dossier_payments").fetchone()[0]
    query = "SELECT coalesce(max(number), 0) + 1 FROM dossier_payments WHERE series = ?"
    return int(number), int(db.execute(query, (series,)).fetchone()[0])


def save_charge(db: Reader, charge: Charge) -> None:
    """Write a fee."""
    db.execute(_SAVE_CHARGE, _values(charge, CHARGE_COLUMNS))


def save_payment(db: Reader, payment: Payment) -> None:
    """Write a payment."""
    db.execute(_SAVE_PAYMENT, _values(payment, PAYMENT_COLUMNS))


def find_last_charge(db: Reader, dossier: str) -> Charge | None:
    """Return the fee of a dossier that was asked for last."""
    row = db.execute(f"{_CHARGES} WHERE dossier = ? ORDER BY id DESC LIMIT 1", (dossier,)).fetchone()
    return _charge(row) if row else None


def find_due_charge(db: Reader, dossier: str) -> Charge | None:
    """Return the fee of a dossier that is due; there is at most one."""
    charge = find_last_charge(db, dossier)
    return charge if charge is not None and charge.state is ChargeState.DUE else None


def find_charge(db: Reader, number: int) -> Charge | None:
    """Return the fee with this number."""
    row = db.execute(f"{_CHARGES} WHERE id = ?", (number,)).fetchone()
    return _charge(row) if row else None


def find_shown_charge(db: Reader, counter: int, visit: str | None) -> Charge | None:
    """Return the fee that the screens of a counter show while the citizen of `visit` is there."""
    if visit is None:
        return None
    query = f"{_CHARGES} WHERE counter = ? AND visit = ? ORDER BY id DESC LIMIT 1"
    row = db.execute(query, (counter, visit)).fetchone()
    return _charge(row) if row else None


def list_payments(db: Reader, dossier: str) -> list[Payment]:
    """Return the payments of a dossier, oldest first."""
    return [_payment(row) for row in db.execute(f"{_PAYMENTS} WHERE dossier = ? ORDER BY id", (dossier,))]


def find_payment(db: Reader, number: int) -> Payment | None:
    """Return the payment with this number."""
    row = db.execute(f"{_PAYMENTS} WHERE id = ?", (number,)).fetchone()
    return _payment(row) if row else None


def list_payments_of_day(db: Reader, day: str) -> list[Payment]:
    """Return what was paid or given back on a day, in the order of their numbers."""
    query = f"{_PAYMENTS} WHERE day = ? OR returned_on = ? ORDER BY id"
    return [_payment(row) for row in db.execute(query, (day, day))]


def _values(item: Charge | Payment, columns: Sequence[str]) -> list[Any]:
    values = [getattr(item, name) for name in columns]
    return [value.value if isinstance(value, StrEnum) else value for value in values]


def _charge(row: Any) -> Charge:
    values = dict(zip(CHARGE_COLUMNS, row, strict=True))
    values["relief"], values["state"] = Relief(values["relief"]), ChargeState(values["state"])
    values["holds"] = bool(values["holds"])
    return Charge(**values)


def _payment(row: Any) -> Payment:
    values = dict(zip(PAYMENT_COLUMNS, row, strict=True))
    values["means"], values["state"] = PaymentMeans(values["means"]), PaymentState(values["state"])
    return Payment(**values)
