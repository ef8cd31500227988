"""Call backs as the journal tells them; whom they are for by a digest."""

from collections.abc import Iterator
from typing import Any

from motcua.audit.table import ADDED, CHANGED, Book, Row, Table, TableDifference
from motcua.callbacks import store
from motcua.desk import Reader


class CallbackBook(Book):
    """Who waits for a call, who called, how it went."""

    def __init__(self) -> None:
        """Begin with nobody."""
        columns = ["received_at", "received_on", "topic", "source", "state", "due_on", "tries", "officer"]
        self.callbacks = Table("callbacks", ["id"], [*columns, "called_at", "tried_at", "closed_at", "outcome"])
        self.tables = [self.callbacks]
        self._sealed: dict[int, tuple[str, int]] = {}

    def on_callback_asked(self, row: Row, data: dict[str, Any]) -> None:
        """Somebody left a number."""
        columns = {name: data[name] for name in ("topic", "source", "due_on")}
        begun = {"received_at": row["at"], "received_on": row["day"], "state": "waiting", "tries": 0}
        later = dict.fromkeys(("officer", "called_at", "tried_at", "closed_at", "outcome"))
        self.callbacks.tell(row["seq"], data["callback"], **columns, **begun, **later)
        self._sealed[data["callback"]] = (data["digest"], row["seq"])

    def on_callback_taken(self, row: Row, data: dict[str, Any]) -> None:
        """An officer calls."""
        self.callbacks.tell(row["seq"], data["callback"], state="taken", officer=data["officer"])

    def on_callback_released(self, row: Row, data: dict[str, Any]) -> None:
        """It was put back."""
        self.callbacks.tell(row["seq"], data["callback"], state="waiting", officer=None)

    def on_callback_called(self, row: Row, data: dict[str, Any]) -> None:
        """A call ended."""
        columns = {"outcome": data["outcome"], "tries": data["tries"], "state": data["state"], "tried_at": row["at"]}
        if data["tries"] == 1:
            columns["called_at"] = row["at"]
        more: dict[str, Any] = {"officer": None} if data["state"] == "waiting" else {"closed_at": row["at"]}
        self.callbacks.tell(row["seq"], data["callback"], **columns, **more)

    def on_callbacks_expired(self, row: Row, data: dict[str, Any]) -> None:
        """Numbers were erased."""
        for number in data["callbacks"]:
            self.callbacks.tell(row["seq"], number, state="expired", closed_at=row["at"], officer=None)

    def list_differences(self, db: Reader) -> Iterator[TableDifference]:
        """Compare the table, then what is encrypted with what was promised of it. It may be erased by now."""
        yield from super().list_differences(db)
        for number, digest in store.list_contact_digests(db):
            expected = self._sealed.get(number)
            if expected is None:
                yield TableDifference("callback_secrets", str(number), ADDED)
            elif digest != expected[0]:
                yield TableDifference("callback_secrets", str(number), CHANGED, "body", None, None, expected[1])
