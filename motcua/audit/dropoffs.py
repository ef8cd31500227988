"""What citizens handed in at kiosks, as the journal tells it; what is encrypted by a digest."""

from collections.abc import Iterator
from typing import Any

from motcua.audit.table import ADDED, CHANGED, Book, Row, Table, TableDifference
from motcua.desk import Reader
from motcua.dossiers.dropoffs import store


class DropOffBook(Book):
    """Where each drop-off is, and that nobody changed what is encrypted."""

    def __init__(self) -> None:
        """Begin without any."""
        untold = {
            "token": "whoever knows it needs the second factor as well",
            "locked_until": "moved when the clock is set; the row says the moment",
        }
        columns = [name for name in store.COLUMNS[1:] if name != "token"]
        texts = ["choices", "papers"]
        self.dropoffs = Table("dropoffs", ["code"], [*columns, "failures"], texts=texts, untold=untold)
        self.tables = [self.dropoffs]
        self._sealed: dict[int, tuple[str, str, str, int]] = {}

    def _note_sealed(self, row: Row, data: dict[str, Any]) -> None:
        for number, kind, digest in data["sealed"]:
            self._sealed[number] = (data["dropoff"], kind, digest, row["seq"])

    def on_dropoff_received(self, row: Row, data: dict[str, Any]) -> None:
        """Somebody handed papers in."""
        names = ("procedure", "counts_from", "language", "choices", "papers", "erase_on")
        self.dropoffs.tell(
            row["seq"],
            data["dropoff"],
            **{name: data[name] for name in names},
            state="waiting",
            dropped_at=row["at"],
            dropped_on=row["day"],
            dossier=None,
            decided_at=None,
            failures=0,
        )
        self._note_sealed(row, data)

    def on_dropoff_sent_back(self, row: Row, data: dict[str, Any]) -> None:
        """It was not taken in."""
        columns = {"state": "sent_back", "decided_at": row["at"], "erase_on": data["erase_on"]}
        self.dropoffs.tell(row["seq"], data["dropoff"], **columns)
        self._note_sealed(row, data)

    def on_dossier_lodged(self, row: Row, data: dict[str, Any]) -> None:
        """It became a dossier. Journals from before there were drop-offs say nothing of them."""
        if (code := data.get("dropoff")) is not None:
            columns = {"state": "taken_in", "dossier": data["dossier"], "decided_at": row["at"]}
            self.dropoffs.tell(row["seq"], code, **columns)

    def on_dropoff_erased(self, row: Row, data: dict[str, Any]) -> None:
        """The citizen had it erased."""
        self.dropoffs.tell(row["seq"], data["dropoff"], state="lapsed", decided_at=row["at"])

    def on_dropoff_lookup_failed(self, row: Row, data: dict[str, Any]) -> None:
        """A second factor did not fit."""
        self.dropoffs.tell(row["seq"], data["dropoff"], failures=data["failures"])

    def on_dropoff_looked_up(self, row: Row, data: dict[str, Any]) -> None:
        """A second factor did fit."""
        self.dropoffs.tell(row["seq"], data["dropoff"], failures=0)

    def on_dropoffs_purged(self, row: Row, data: dict[str, Any]) -> None:
        """Their time was over."""
        for key, columns in self.dropoffs.rows.items():
            if columns["state"] == "waiting" and columns["erase_on"] < data["before"]:
                self.dropoffs.tell(row["seq"], *key, state="lapsed")

    def list_differences(self, db: Reader) -> Iterator[TableDifference]:
        """Compare the table, then what is encrypted with what was promised of it. It may be erased by now."""
        yield from super().list_differences(db)
        for number, dropoff, kind, digest in store.list_digests(db):
            expected = self._sealed.get(number)
            if expected is None:
                yield TableDifference("dropoff_secrets", str(number), ADDED)
            elif (dropoff, kind, digest) != expected[:3]:
                yield TableDifference("dropoff_secrets", str(number), CHANGED, "body", None, None, expected[3])
