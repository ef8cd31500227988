"""Files of dossiers as the journal tells them; their rows by a digest."""

from collections.abc import Iterator
from typing import Any

from motcua.audit.table import CHANGED, Book, Row, Table, TableDifference, format_key
from motcua.desk import Reader
from motcua.dossiers import rules, store


class DossierBook(Book):
    """Which files there are, and that the dossiers of each are those that were imported."""

    def __init__(self) -> None:
        """Begin without files."""
        columns = ["first", "last", "digest", "content", "rows", "imported_at", "account"]
        self.files = Table("dossier_files", ["id"], columns)
        self.tables = [self.files]

    def on_dossiers_imported(self, row: Row, data: dict[str, Any]) -> None:
        """A file came, perhaps in the place of another."""
        if data["replaces"] is not None:
            self.files.forget(data["replaces"])
        columns = {name: data[name] for name in ("first", "last", "digest", "content", "rows", "account")}
        self.files.tell(row["seq"], data["file"], **columns, imported_at=row["at"])

    def on_dossiers_removed(self, _row: Row, data: dict[str, Any]) -> None:
        """A file is gone."""
        self.files.forget(data["file"])

    def list_differences(self, db: Reader) -> Iterator[TableDifference]:
        """Compare the files, then the dossiers of each with their digest."""
        yield from super().list_differences(db)
        for key, columns in self.files.rows.items():
            digest = rules.make_content_digest(store.list_dossiers(db, key[0]))
            if digest != columns["content"]:
                seq = self.files.seqs[key]
                yield TableDifference("dossiers", format_key(key), CHANGED, "content", columns["content"], digest, seq)
