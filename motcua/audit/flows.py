"""The ward's flows and linked procedures as the journal tells them."""

from typing import Any

from motcua.audit.table import Book, Row, Table


class FlowBook(Book):
    """Which flow, and which group of linked procedures, holds from which day on."""

    def __init__(self) -> None:
        """Begin with the program's flow alone."""
        columns = ["flow", "changed_at", "account"]
        self.versions = Table("flow_versions", ["target", "since"], columns, texts=["flow"])
        self.groups = Table("linked_groups", ["code", "since"], ["linked", "changed_at", "account"], texts=["linked"])
        self.tables = [self.versions, self.groups]

    def on_flow_changed(self, row: Row, data: dict[str, Any]) -> None:
        """A flow was set."""
        columns = {"flow": data["flow"], "changed_at": row["at"], "account": data["account"]}
        self.versions.tell(row["seq"], data["target"], data["since"], **columns)

    def on_flow_withdrawn(self, row: Row, data: dict[str, Any]) -> None:
        """A wider flow holds."""
        columns = {"flow": None, "changed_at": row["at"], "account": data["account"]}
        self.versions.tell(row["seq"], data["target"], data["since"], **columns)

    def on_flows_imported(self, row: Row, data: dict[str, Any]) -> None:
        """Flows came from a file."""
        for item in data["flows"]:
            columns = {"flow": item["flow"], "changed_at": row["at"], "account": data["account"]}
            self.versions.tell(row["seq"], item["target"], item["since"], **columns)

    def on_linked_changed(self, row: Row, data: dict[str, Any]) -> None:
        """A group of linked procedures was set."""
        columns = {"linked": data["linked"], "changed_at": row["at"], "account": data["account"]}
        self.groups.tell(row["seq"], data["code"], data["since"], **columns)

    def on_linked_withdrawn(self, row: Row, data: dict[str, Any]) -> None:
        """A group is not offered any more."""
        columns = {"linked": None, "changed_at": row["at"], "account": data["account"]}
        self.groups.tell(row["seq"], data["code"], data["since"], **columns)
