"""What citizens came for, as the journal tells it."""

from typing import Any

from motcua.audit.table import Book, Row, Table


class MatterBook(Book):
    """Follows what was looked up before a number was taken."""

    def __init__(self) -> None:
        self.matters = Table("ticket_matters", ["id"], ["procedure", "choices", "papers"], texts=["choices", "papers"])
        self.tables = [self.matters]

    def on_ticket_issued(self, row: Row, data: dict[str, Any]) -> None:
        """A ticket begins, perhaps with a matter."""
        matter = data.get("matter")
        if matter is not None:
            self.matters.tell(row["seq"], data["ticket"], **matter)
