"""Dossiers that the desk took in, as the journal tells them; what is encrypted by a digest."""

from collections.abc import Iterator
from typing import Any

from motcua.audit.table import ADDED, CHANGED, Book, Row, Table, TableDifference
from motcua.desk import Reader
from motcua.dossiers.store import applicants, secrets
from motcua.dossiers.store.bank import SECRETS
from motcua.dossiers.store.dossiers import COLUMNS

LINES = "(SELECT *, row_number() OVER (PARTITION BY dossier ORDER BY id) AS n FROM dossier_moves)"


def _list_told_dues(data: dict[str, Any]) -> dict[str, Any]:
    """Return the due moments of the steps; a row of an earlier version of the program says nothing of them."""
    return {"dues": data["dues"]} if "dues" in data else {}


class ApplicantBook(Book):
    """Whose data the unit keeps for the next visit, and that nobody changed what is encrypted."""

    def __init__(self) -> None:
        """Begin without anybody."""
        untold = {
            "number_hash": "nobody need know whose it is",
            "key": "the name of the key that can read it",
            "nonce": "part of what is compared with its digest",
            "body": "compared with its digest",
        }
        self.applicants = Table("applicants", ["id"], ["agreed_at", "erase_on"], untold=untold)
        self.keys = Table("dossier_keys", ["id"], ["name", "began_at"])
        self.tables = [self.applicants, self.keys]
        self._digests: dict[int, str] = {}

    def on_applicant_kept(self, row: Row, data: dict[str, Any]) -> None:
        """Somebody agreed, perhaps once more."""
        number = data["applicant"]
        self.applicants.tell(row["seq"], number, agreed_at=row["at"], erase_on=data["erase_on"])
        self._digests[number] = data["digest"]

    def on_applicant_erased(self, _row: Row, data: dict[str, Any]) -> None:
        """Somebody had it erased."""
        self.applicants.forget(data["applicant"])

    def on_dossiers_key_replaced(self, row: Row, data: dict[str, Any]) -> None:
        """A key took the place of a lost one."""
        self.keys.tell(row["seq"], len(self.keys.rows) + 1, name=data["key"], began_at=row["at"])

    def on_applicants_purged(self, _row: Row, data: dict[str, Any]) -> None:
        """Their time was over."""
        over = [key for key, columns in self.applicants.rows.items() if columns["erase_on"] < data["before"]]
        for key in over:
            self.applicants.forget(*key)

    def list_differences(self, db: Reader) -> Iterator[TableDifference]:
        """Compare the table, then what is encrypted with what was promised of it."""
        yield from super().list_differences(db)
        for number, digest in applicants.list_kept_digests(db):
            if (number,) in self.applicants.rows and self._digests[number] != digest:
                seq = self.applicants.seqs[(number,)]
                yield TableDifference("applicants", str(number), CHANGED, "body", None, None, seq)


class ReceivedDossierBook(Book):
    """Where each dossier is, its history, and that nobody changed what is encrypted."""

    def __init__(self) -> None:
        """Begin without dossiers."""
        texts = ["papers", "limits", "missing", "dues"]
        self.dossiers = Table("desk_dossiers", ["code"], COLUMNS[1:], texts=texts)
        columns = ["at", "day", "move", "state", "step", "holder", "due_on", "reason"]
        self.moves = Table("dossier_moves", ["dossier", "n"], columns, LINES, untold={"id": "its order counts"})
        untold = {
            "token": "whoever knows it needs the second factor as well",
            "locked_until": "moved when the clock is set; the row says the moment",
        }
        self.lookups = Table("dossier_lookups", ["dossier"], ["failures"], untold=untold)
        self.promises = Table("same_day_promises", ["dossier"], ["day", "reason"])
        self.tables = [self.dossiers, self.moves, self.lookups, self.promises]
        self._counts: dict[str, int] = {}
        self._sealed: dict[int, tuple[str, str, str, int]] = {}

    def _change(self, row: Row, move: str, **columns: Any) -> None:
        code = row["data"]["dossier"]
        self.dossiers.tell(row["seq"], code, **columns)
        current = self.dossiers.rows[(code,)]
        self._counts[code] = self._counts.get(code, 0) + 1
        values = {name: current[name] for name in ("state", "step", "holder", "due_on")}
        reason = columns.get("reason")
        line = {"at": row["at"], "day": row["day"], "move": move, **values, "reason": reason}
        self.moves.tell(row["seq"], code, self._counts[code], **line)
        for number, kind, digest in row["data"].get("sealed", ()):
            self._sealed[number] = (code, kind, digest, row["seq"])

    def on_dossier_lodged(self, row: Row, data: dict[str, Any]) -> None:
        """A dossier came."""
        names = (
            "procedure", "state", "channel", "serial", "visit", "counter", "officer", "papers", "limits", "sets",
            "counted_from", "due_on", "due_at", "missing", "reason",
        )  # fmt: skip
        empty = dict.fromkeys(("provincial_code", "fee", "returned_at", "paused_on", "is_electronic"))
        self._change(
            row,
            "lodged",
            **{name: data[name] for name in names},
            **empty,
            received_at=row["at"],
            received_on=row["day"],
            first_due_on=data["due_on"],
            is_immediate=int(data["is_immediate"]),
            step=0,
            holder=data["officer"],
            supplements=int(data["state"] == "supplement"),
            extensions=0,
            flow=data.get("flow", ""),
            dues=data.get("dues", []),
            linked=data.get("linked"),
            settled_at=row["at"] if data["state"] == "refused" else None,
        )
        self.lookups.tell(row["seq"], data["dossier"], failures=0)
        if data.get("same_day"):
            self.promises.tell(row["seq"], data["dossier"], day=row["day"], reason=None)

    def on_dossier_promise_missed(self, row: Row, data: dict[str, Any]) -> None:
        """Somebody said why a promise was not kept."""
        self.promises.tell(row["seq"], data["dossier"], reason=data["reason"])

    def on_dossier_supplement_asked(self, row: Row, data: dict[str, Any]) -> None:
        """More was asked for."""
        count = self.dossiers.rows[(data["dossier"],)]["supplements"] + 1
        self._change(
            row,
            "supplement_asked",
            state="supplement",
            missing=data["missing"],
            supplements=count,
            paused_on=row["day"],
        )

    def on_dossier_supplemented(self, row: Row, data: dict[str, Any]) -> None:
        """It is complete."""
        names = ("state", "papers", "limits", "counted_from", "due_on", "due_at")
        first = self.dossiers.rows[(data["dossier"],)]["first_due_on"] or data["due_on"]
        columns = {**_list_told_dues(data), **{name: data[name] for name in names}}
        self._change(row, "supplemented", **columns, missing=[], paused_on=None, first_due_on=first)

    def on_dossier_handed_over(self, row: Row, data: dict[str, Any]) -> None:
        """It went to somebody else."""
        self._change(row, "handed_over", state=data["state"], step=data["step"], holder=data["holder"])

    def on_dossier_sent_back(self, row: Row, data: dict[str, Any]) -> None:
        """It went back to an earlier step."""
        self._change(row, "sent_back", state=data["state"], step=data["step"], holder=data["holder"])

    def on_dossier_fee_demanded(self, row: Row, data: dict[str, Any]) -> None:
        """A fee is due; settling waits for it, or goes on."""
        waits = {"state": "fee_due", "paused_on": row["day"]} if data.get("holds", True) else {}
        self._change(row, "fee_demanded", fee=data["amount"], **waits)

    def on_dossier_fee_paid(self, row: Row, data: dict[str, Any]) -> None:
        """The fee was paid."""
        self._resume(row, "fee_paid", data)

    def on_dossier_fee_cancelled(self, row: Row, data: dict[str, Any]) -> None:
        """The fee need not be paid."""
        self._resume(row, "fee_cancelled", data)

    def on_mailing_asked(self, row: Row, data: dict[str, Any]) -> None:
        """The address of a letter was stored encrypted."""
        for number, kind, digest in data["sealed"]:
            self._sealed[number] = (data["dossier"], kind, digest, row["seq"])

    def on_mailing_sent(self, row: Row, _data: dict[str, Any]) -> None:
        """The result was handed out by post."""
        self._change(row, "mailed", state="returned", returned_at=row["at"])

    def on_bank_notice_listed(self, row: Row, data: dict[str, Any]) -> None:
        """The words of a transfer were stored encrypted."""
        for number, kind, digest in data["sealed"]:
            self._sealed[number] = (f"{SECRETS}{data['notice']}", kind, digest, row["seq"])

    def _resume(self, row: Row, move: str, data: dict[str, Any]) -> None:
        columns = {**_list_told_dues(data), **{name: data[name] for name in ("state", "due_on", "due_at")}}
        if self.dossiers.rows[(data["dossier"],)]["state"] == "fee_due":
            columns["paused_on"] = None
        self._change(row, move, **columns)

    def on_dossier_fee_returned(self, row: Row, data: dict[str, Any]) -> None:
        """A payment was given back, or taken back."""
        is_held = data["state"] == "fee_due"
        waits = {"paused_on": row["day"]} if is_held else {}
        self._change(row, "fee_mistaken" if data["is_mistake"] else "fee_returned", state=data["state"], **waits)

    def on_dossier_ready(self, row: Row, data: dict[str, Any]) -> None:
        """The result is there."""
        self._change(row, "ready", state="ready", step=data["step"], settled_at=row["at"], holder=None)

    def on_dossier_returned(self, row: Row, data: dict[str, Any]) -> None:
        """The result was handed out; older rows do not say how."""
        result = data.get("result")
        kind = {} if result is None else {"is_electronic": int(result == "electronic")}
        self._change(row, "returned", state="returned", returned_at=row["at"], **kind)

    def on_dossier_ended(self, row: Row, data: dict[str, Any]) -> None:
        """It ended without a result."""
        columns = {"reason": data["reason"], "settled_at": row["at"], "paused_on": None, "holder": None}
        self._change(row, data["state"], state=data["state"], **columns)

    def on_dossier_extended(self, row: Row, data: dict[str, Any]) -> None:
        """A new day was promised."""
        columns = {**_list_told_dues(data), "due_on": data["due_on"], "due_at": data["due_at"]}
        self._change(row, "extended", **columns, extensions=1)

    def on_dossier_numbered(self, row: Row, data: dict[str, Any]) -> None:
        """The province has a code for it."""
        self._change(row, "numbered", provincial_code=data["provincial_code"])

    def on_dossier_lookup_failed(self, row: Row, data: dict[str, Any]) -> None:
        """A second factor did not fit."""
        self.lookups.tell(row["seq"], data["dossier"], failures=data["failures"])

    def on_dossier_looked_up(self, row: Row, data: dict[str, Any]) -> None:
        """A second factor did fit."""
        self.lookups.tell(row["seq"], data["dossier"], failures=0)

    def list_differences(self, db: Reader) -> Iterator[TableDifference]:
        """Compare the tables, then what is encrypted with what was promised of it. It may be erased by now."""
        yield from super().list_differences(db)
        for number, dossier, kind, digest in secrets.list_digests(db):
            expected = self._sealed.get(number)
            if expected is None:
                yield TableDifference("dossier_secrets", str(number), ADDED)
            elif (dossier, kind, digest) != expected[:3]:
                yield TableDifference("dossier_secrets", str(number), CHANGED, "body", None, None, expected[3])
