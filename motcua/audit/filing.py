"""Stored monthly reports as the journal tells them."""

from collections.abc import Iterator
from typing import Any

from motcua.audit.table import CHANGED, Book, Row, Table, TableDifference
from motcua.desk import Reader
from motcua.filing import store


class FilingBook(Book):
    """Which reports were stored, and the digest of each file."""

    def __init__(self) -> None:
        """Begin without reports."""
        columns = ["report", "month", "language", "made_at", "has_figures", "digest"]
        self.files = Table("filed_reports", ["id"], columns, untold={"content": "compared with its digest"})
        self.tables = [self.files]

    def on_report_filed(self, row: Row, data: dict[str, Any]) -> None:
        """A report was stored."""
        columns = {name: data[name] for name in ("report", "month", "language", "made_at", "digest")}
        self.files.tell(row["seq"], data["filing"], **columns, has_figures=int(data["has_figures"]))

    def on_report_erased(self, _row: Row, data: dict[str, Any]) -> None:
        """Their time was over."""
        for key in [key for key, columns in self.files.rows.items() if columns["month"] < data["before"]]:
            self.files.forget(*key)

    def list_differences(self, db: Reader) -> Iterator[TableDifference]:
        """Compare the table, and each file with its digest."""
        yield from super().list_differences(db)
        for number, content in store.list_contents(db):
            expected = self.files.rows.get((number,))
            digest = store.compute_digest(content)
            if expected is not None and expected["digest"] != digest:
                seq = self.files.seqs[number,]
                yield TableDifference("filed_reports", str(number), CHANGED, "content", expected["digest"], digest, seq)
