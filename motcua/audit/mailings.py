"""Results that go by post, as the journal tells them."""

from typing import Any

from motcua.audit.table import Book, Row, Table
from motcua.dossiers.store.mailings import BATCH_COLUMNS, COLUMNS


class MailingBook(Book):
    """Which letter is where, and which lists the post got."""

    def __init__(self) -> None:
        """Begin without letters."""
        self.letters = Table("dossier_mailings", ["dossier"], COLUMNS[1:])
        self.batches = Table("mailing_batches", ["id"], BATCH_COLUMNS[1:])
        self.tables = [self.letters, self.batches]

    def on_mailing_asked(self, row: Row, data: dict[str, Any]) -> None:
        """A result goes by post."""
        empty = {"batch": None, "tracking": "", "sent_at": None}
        self.letters.tell(row["seq"], data["dossier"], state="asked", asked_at=row["at"], **empty)

    def on_mailing_cancelled(self, row: Row, data: dict[str, Any]) -> None:
        """It is fetched after all."""
        self.letters.tell(row["seq"], data["dossier"], state="cancelled")

    def on_mailing_listed(self, row: Row, data: dict[str, Any]) -> None:
        """The post got a list."""
        columns = {name: data[name] for name in ("series", "number", "account")}
        self.batches.tell(row["seq"], data["batch"], **columns, at=row["at"], day=row["day"])
        for code in data["dossiers"]:
            self.letters.tell(row["seq"], code, state="listed", batch=data["batch"])

    def on_mailing_sent(self, row: Row, data: dict[str, Any]) -> None:
        """The post gave it a number."""
        self.letters.tell(row["seq"], data["dossier"], state="sent", tracking=data["tracking"], sent_at=row["at"])
