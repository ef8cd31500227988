"""The ward's versions of procedures as the journal tells them."""

import hashlib
from collections.abc import Iterator
from typing import Any

from motcua.audit.table import CHANGED, Book, Row, Table, TableDifference, format_key
from motcua.desk import Reader
from motcua.procedures.model import ProcedureSource


class ProcedureBook(Book):
    """What the ward put into its catalogue, with all that is in it."""

    def __init__(self) -> None:
        """Begin with the product's list alone."""
        columns = ["procedure", "source", "changed_at", "account", "file"]
        self.versions = Table("procedure_versions", ["code", "since"], columns, texts=["procedure"])
        columns = ["procedure", "name", "since", "digest", "added_at", "account"]
        self.templates = Table("form_templates", ["id"], columns, untold={"content": "compared with its digest"})
        self.tables = [self.versions, self.templates]

    def on_procedure_changed(self, row: Row, data: dict[str, Any]) -> None:
        """A procedure was added or changed."""
        columns = {name: data[name] for name in ("procedure", "source", "account")}
        self.versions.tell(row["seq"], data["code"], data["since"], **columns, changed_at=row["at"], file="")

    def on_procedure_withdrawn(self, row: Row, data: dict[str, Any]) -> None:
        """A procedure is offered no more."""
        columns = {"procedure": None, "source": data["source"], "account": data["account"]}
        self.versions.tell(row["seq"], data["code"], data["since"], **columns, changed_at=row["at"], file="")

    def on_procedures_imported(self, row: Row, data: dict[str, Any]) -> None:
        """Procedures came from a file."""
        columns = {"source": ProcedureSource.FILE.value, "account": data["account"], "file": data["digest"]}
        for item in data["procedures"]:
            self.versions.tell(row["seq"], item["code"], data["since"], procedure=item, changed_at=row["at"], **columns)

    def on_template_added(self, row: Row, data: dict[str, Any]) -> None:
        """A form of the ward's own came, perhaps in the place of another."""
        if data["replaces"] is not None:
            self.templates.forget(data["replaces"])
        columns = {name: data[name] for name in ("procedure", "name", "since", "digest", "account")}
        self.templates.tell(row["seq"], data["template"], **columns, added_at=row["at"])

    def on_template_removed(self, _row: Row, data: dict[str, Any]) -> None:
        """A form of the ward's own is gone."""
        self.templates.forget(data["template"])

    def list_differences(self, db: Reader) -> Iterator[TableDifference]:
        """Compare the tables, then each Word file with its digest."""
        yield from super().list_differences(db)
        for (number,), columns in self.templates.rows.items():
            row = db.execute("SELECT content FROM form_templates WHERE id = ?", (number,)).fetchone()
            if row is not None and (digest := hashlib.sha256(row[0]).hexdigest()) != columns["digest"]:
                place, seq = format_key((number,)), self.templates.seqs[(number,)]
                yield TableDifference("form_templates", place, CHANGED, "content", columns["digest"], digest, seq)
