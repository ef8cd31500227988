"""Entries of the help team as the journal tells them."""

import json
from typing import Any

from motcua.audit.table import Book, Row, Table


class AssistanceBook(Book):
    """Whom the help team helped, and what it took back."""

    def __init__(self) -> None:
        """Begin with nothing."""
        columns = ["at", "day", "outcomes", "visit", "procedure", "minutes", "withdrawn_at"]
        self.entries = Table("assistances", ["id"], columns)
        self.tables = [self.entries]

    def on_assistance_recorded(self, row: Row, data: dict[str, Any]) -> None:
        """Somebody was helped."""
        columns = {name: data[name] for name in ("visit", "procedure", "minutes")}
        rest = {"at": row["at"], "day": data["date"], "outcomes": json.dumps(data["outcomes"]), "withdrawn_at": None}
        self.entries.tell(row["seq"], data["assistance"], **columns, **rest)

    def on_assistance_withdrawn(self, row: Row, data: dict[str, Any]) -> None:
        """It was a mistake."""
        self.entries.tell(row["seq"], data["assistance"], withdrawn_at=row["at"])
