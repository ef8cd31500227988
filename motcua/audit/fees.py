"""Fees of dossiers, payments and cash sheets, as the journal tells them."""

from typing import Any

from motcua.audit.table import Book, Row, Table
from motcua.dossiers.store.bank import COLUMNS as NOTICE_COLUMNS
from motcua.dossiers.store.cash import COLUMNS
from motcua.dossiers.store.fees import CHARGE_COLUMNS, PAYMENT_COLUMNS


class FeeBook(Book):
    """What was asked for, what was paid and given back, and who counted how much."""

    def __init__(self) -> None:
        """Begin without fees."""
        self.charges = Table("dossier_charges", ["id"], CHARGE_COLUMNS[1:])
        self.payments = Table("dossier_payments", ["id"], PAYMENT_COLUMNS[1:])
        self.sheets = Table("cash_sheets", ["day", "officer"], COLUMNS[2:])
        self.notices = Table("bank_notices", ["id"], NOTICE_COLUMNS[1:])
        self.tables = [self.charges, self.payments, self.sheets, self.notices]

    def on_dossier_fee_demanded(self, row: Row, data: dict[str, Any]) -> None:
        """A fee is due; rows from before fees had numbers say nothing of it."""
        if data.get("charge") is None:
            return
        names = ("dossier", "amount", "proposed", "relief", "officer", "counter", "visit", "state")
        columns = {name: data[name] for name in names}
        self.charges.tell(row["seq"], data["charge"], **columns, holds=int(data["holds"]), demanded_at=row["at"])

    def on_dossier_fee_paid(self, row: Row, data: dict[str, Any]) -> None:
        """It was paid."""
        if data.get("payment") is None:
            return
        self.charges.tell(row["seq"], data["charge"], dossier=data["dossier"], amount=data["amount"], state="paid")
        names = (
            "charge", "dossier", "series", "number", "amount", "means", "reference", "receipt", "officer", "counter",
            "notice",
        )  # fmt: skip
        columns = {name: data[name] for name in names}
        empty = {"returned_on": None, "returned_by": None}
        self.payments.tell(row["seq"], data["payment"], **columns, **empty, state="valid", day=row["day"], at=row["at"])

        if data["notice"] is not None:
            fresh = {} if (data["notice"],) in self.notices.rows else {"at": row["at"], "closed_by": None}
            self.notices.tell(
                row["seq"],
                data["notice"],
                transaction_code=data["reference"],
                digest=data["message_digest"],
                amount=data["amount"],
                outcome="paid",
                dossier=data["dossier"],
                **fresh,
            )

    def on_bank_notice_listed(self, row: Row, data: dict[str, Any]) -> None:
        """A person has to look at a transfer."""
        columns = {name: data[name] for name in ("digest", "amount", "outcome", "dossier")}
        transaction = {"transaction_code": data["transaction"], "closed_by": None}
        self.notices.tell(row["seq"], data["notice"], **columns, **transaction, at=row["at"])

    def on_bank_notice_closed(self, row: Row, data: dict[str, Any]) -> None:
        """A person settled it otherwise."""
        self.notices.tell(row["seq"], data["notice"], outcome="closed", closed_by=data["account"])

    def on_dossier_fee_returned(self, row: Row, data: dict[str, Any]) -> None:
        """It was given back, or taken back."""
        is_mistake = data["is_mistake"]
        self.charges.tell(row["seq"], data["charge"], state="due" if is_mistake else "refunded")
        self.payments.tell(
            row["seq"],
            data["payment"],
            state="mistaken" if is_mistake else "refunded",
            returned_on=row["day"],
            returned_by=data["officer"],
        )

    def on_dossier_fee_cancelled(self, row: Row, data: dict[str, Any]) -> None:
        """It is due no more."""
        self.charges.tell(row["seq"], data["charge"], dossier=data["dossier"], state="cancelled")

    def on_dossier_fee_shown(self, row: Row, data: dict[str, Any]) -> None:
        """A screen shows it."""
        self.charges.tell(row["seq"], data["charge"], counter=data["counter"], visit=data["visit"])

    def on_dossier_fee_receipted(self, row: Row, data: dict[str, Any]) -> None:
        """The official receipt was entered."""
        self.payments.tell(row["seq"], data["payment"], receipt=data["receipt"])

    def on_cash_opened(self, row: Row, data: dict[str, Any]) -> None:
        """An officer's day began."""
        self._tell_sheet(row, data, opening=data["opening"])

    def on_cash_closed(self, row: Row, data: dict[str, Any]) -> None:
        """An officer counted the drawer."""
        columns = {name: data[name] for name in ("opening", "counted", "difference", "text")}
        self._tell_sheet(row, data, **columns, closed_at=row["at"])

    def on_cash_reopened(self, row: Row, data: dict[str, Any]) -> None:
        """It is counted once more."""
        self._tell_sheet(row, data, counted=None, difference=None, text=None, closed_at=None)

    def on_cash_signed(self, row: Row, data: dict[str, Any]) -> None:
        """A leader signed."""
        self._tell_sheet(row, data, signed_by=data["leader"], signed_at=row["at"])

    def _tell_sheet(self, row: Row, data: dict[str, Any], **columns: Any) -> None:
        key = (data["sheet_day"], data["officer"])
        unsigned = {} if key in self.sheets.rows else {"signed_by": None, "signed_at": None}
        self.sheets.tell(row["seq"], *key, **unsigned, **columns)
