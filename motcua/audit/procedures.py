"""The ward's versions of procedures as the journal tells them."""

from typing import Any

from motcua.audit.table import Book, Row, Table
from motcua.procedures.model import ProcedureSource


class ProcedureBook(Book):
    """What the ward put into its catalogue, with all that is in it."""

    def __init__(self) -> None:
        """Begin with the product's list alone."""
        columns = ["procedure", "source", "changed_at", "account", "file"]
        self.versions = Table("procedure_versions", ["code", "since"], columns, texts=["procedure"])
        self.tables = [self.versions]

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
