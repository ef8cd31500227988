"""What citizens came for, as the journal tells it."""

from typing import Any

from motcua.audit.table import Book, Row, Table


class MatterBook(Book):
    """Follows what was looked up before a number was taken."""

    def __init__(self) -> None:
        self.matters = Table("ticket_matters", ["id"], ["procedure", "choices", "papers"], texts=["choices", "papers"])
        untold = {"place": "the order in which they were added"}
        self.added = Table("visit_matters", ["visit", "procedure"], [], untold=untold)
        self.tables = [self.matters, self.added]

    def on_ticket_issued(self, row: Row, data: dict[str, Any]) -> None:
        """A ticket begins, perhaps with a matter."""
        matter = data.get("matter")
        if matter is not None:
            self.matters.tell(row["seq"], data["ticket"], **matter)

    def on_ticket_matter_added(self, row: Row, data: dict[str, Any]) -> None:
        """An officer added one."""
        self.added.tell(row["seq"], data["ticket"], data["procedure"])

    def on_ticket_matter_removed(self, _row: Row, data: dict[str, Any]) -> None:
        """An officer removed one, which was looked up or added."""
        self.added.forget(data["ticket"], data["procedure"])
        if self.matters.rows.get((data["ticket"],), {}).get("procedure") == data["procedure"]:
            self.matters.forget(data["ticket"])
