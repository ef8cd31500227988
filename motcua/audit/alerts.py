"""Alerts and calls for help as the journal tells them."""

from typing import Any

from motcua.audit.table import Book, Row, Table


class AlertBook(Book):
    """Which alerts were raised, and who answered which call for help."""

    def __init__(self) -> None:
        """Begin without alerts."""
        columns = ["day", "kind", "key", "value", "threshold", "details", "raised_at"]
        columns += ["cleared_at", "seen_at", "seen_by"]
        self.alerts = Table("alerts", ["id"], columns, texts=["details"])
        answer = ["answered_at", "answered_by", "answered_counter", "ended_at", "how"]
        self.help_calls = Table("help_calls", ["id"], ["day", "counter", "officer", "called_at", *answer])
        self.tables = [self.alerts, self.help_calls]

    def on_alert_raised(self, row: Row, data: dict[str, Any]) -> None:
        """A threshold was crossed."""
        columns = {name: data[name] for name in ("key", "value", "threshold", "details")}
        unseen = dict.fromkeys(("cleared_at", "seen_at", "seen_by"))
        whole = {**columns, **unseen, "kind": data["alert_kind"], "day": row["day"], "raised_at": row["at"]}
        self.alerts.tell(row["seq"], data["alert"], **whole)

    def on_alert_cleared(self, row: Row, data: dict[str, Any]) -> None:
        """The figure is below the threshold again."""
        self.alerts.tell(row["seq"], data["alert"], cleared_at=row["at"])

    def on_alert_seen(self, row: Row, data: dict[str, Any]) -> None:
        """Somebody took note."""
        self.alerts.tell(row["seq"], data["alert"], seen_at=row["at"], seen_by=data["account"])

    def on_help_called(self, row: Row, data: dict[str, Any]) -> None:
        """A counter calls for help."""
        unanswered = dict.fromkeys(("answered_at", "answered_by", "answered_counter", "ended_at", "how"))
        columns = {"counter": data["counter"], "officer": data["officer"], "called_at": row["at"], "day": row["day"]}
        self.help_calls.tell(row["seq"], data["help"], **columns, **unanswered)

    def on_help_answered(self, row: Row, data: dict[str, Any]) -> None:
        """Somebody is on the way."""
        columns = {"answered_by": data["account"], "answered_counter": data["from_counter"]}
        self.help_calls.tell(row["seq"], data["help"], answered_at=row["at"], **columns)

    def on_help_ended(self, row: Row, data: dict[str, Any]) -> None:
        """The call is over."""
        self.help_calls.tell(row["seq"], data["help"], ended_at=row["at"], how=data["how"])
