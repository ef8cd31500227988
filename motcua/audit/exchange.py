"""Imports from other systems and mappings, as the journal tells them."""

from collections.abc import Iterator
from typing import Any

from motcua.audit.table import CHANGED, Book, Row, Table, TableDifference
from motcua.desk import Reader
from motcua.exchange.store import mappings

_COUNTS = ("rows", "added", "changed", "same", "older", "own")


class ExchangeBook(Book):
    """Which imports and mappings there are, and that each mapping is what was saved."""

    def __init__(self) -> None:
        """Begin without any."""
        names = ("way", "system", "mapping", "digest", *_COUNTS, "account")
        self._names = names
        self.imports = Table("provincial_imports", ["id"], [*names, "imported_at"])
        untold = dict.fromkeys(("name", "system", "body"), "compared with its digest")
        self.mappings = Table("exchange_mappings", ["id"], ["digest", "saved_at", "account"], untold=untold)
        self.tables = [self.imports, self.mappings]

    def on_exchange_imported(self, row: Row, data: dict[str, Any]) -> None:
        """Something came that was new."""
        columns = {name: data[name] for name in self._names}
        self.imports.tell(row["seq"], data["batch"], **columns, imported_at=row["at"])

    def on_mapping_saved(self, row: Row, data: dict[str, Any]) -> None:
        """A mapping was written."""
        columns = {"digest": data["digest"], "saved_at": row["at"], "account": data["account"]}
        self.mappings.tell(row["seq"], data["mapping"], **columns)

    def on_mapping_removed(self, _row: Row, data: dict[str, Any]) -> None:
        """A mapping is gone."""
        self.mappings.forget(data["mapping"])

    def list_differences(self, db: Reader) -> Iterator[TableDifference]:
        """Compare the tables, then what each mapping says with its digest."""
        yield from super().list_differences(db)
        for number, digest in mappings.list_digests(db):
            columns = self.mappings.rows.get((number,))
            if columns is not None and columns["digest"] != digest:
                seq = self.mappings.seqs[(number,)]
                yield TableDifference("exchange_mappings", str(number), CHANGED, "body", columns["digest"], digest, seq)
