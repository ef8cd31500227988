"""What is behind the locker's doors, as the journal tells it; codes by a digest."""

from collections.abc import Iterator
from typing import Any

from motcua.audit.table import CHANGED, Book, Row, Table, TableDifference
from motcua.desk import Reader
from motcua.dossiers.lockers import store


class LockerBook(Book):
    """Where each door is, and that nobody changed its code."""

    def __init__(self) -> None:
        """Begin with every door empty."""
        untold = {
            "code_hash": "part of what is sealed: the same code",
            "key": "the name of the key that can read it",
            "nonce": "part of what is compared with its digest",
            "body": "compared with its digest",
            "locked_until": "moved when the clock is set; the row says the moment",
        }
        self.doors = Table("locker_doors", ["door"], [*store.COLUMNS[1:], "failures"], untold=untold)
        self.tables = [self.doors]
        self._digests: dict[int, str] = {}

    def on_door_opened(self, row: Row, data: dict[str, Any]) -> None:
        """The locker was told to open a door."""
        columns = {"dossier": data["dossier"], "state": data["state"], "changed_at": row["at"], "problem": None}
        if data["sealed"] is not None:
            columns |= {"put_on": row["day"], "failures": 0}
            self._digests[data["door"]] = data["sealed"]
        elif data["state"] == "opening":
            columns |= {"failures": 0}
        self.doors.tell(row["seq"], data["door"], **columns)

    def on_door_settled(self, row: Row, data: dict[str, Any]) -> None:
        """It is known what became of it."""
        if data["state"] is None:
            self.doors.forget(data["door"])
            return
        columns = {"state": data["state"], "problem": data["problem"], "changed_at": row["at"]}
        self.doors.tell(row["seq"], data["door"], **columns)

    def on_door_code_failed(self, row: Row, data: dict[str, Any]) -> None:
        """A second factor did not fit."""
        self.doors.tell(row["seq"], data["door"], failures=data["failures"])

    def list_differences(self, db: Reader) -> Iterator[TableDifference]:
        """Compare the table, then each code with what was promised of it."""
        yield from super().list_differences(db)
        for door, digest in store.list_door_digests(db):
            if (door,) in self.doors.rows and self._digests.get(door) != digest:
                yield TableDifference("locker_doors", str(door), CHANGED, "body", None, None, self.doors.seqs[(door,)])
