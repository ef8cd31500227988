"""Jobs that ended and citizens' words, as the journal tells them."""

from collections.abc import Iterator
from typing import Any

from motcua.audit.table import ADDED, CHANGED, Book, Row, Table, TableDifference
from motcua.desk import Reader, texts

COMMITTED = ("text", "contact")
"""Fields of events that hold commitments of people's words."""


class OutboxBook(Book):
    """How jobs ended, and which words were ever kept."""

    def __init__(self) -> None:
        """Begin with nothing."""
        untold = dict.fromkeys(
            ("payload", "planned_at", "expires_at", "sent_at", "tries", "due_at"),
            "until a job ends the journal says nothing of it",
        )
        untold |= dict.fromkeys(("holder", "place"), "parts of `device`")
        self.jobs = Table(
            "jobs", ["id"], ["device", "kind", "state", "detail", "about"],
            "(SELECT * FROM jobs WHERE state IN ('done', 'failed', 'unknown') AND kind <> 'event')", untold=untold,
            may_lack=lambda _told: True,
        )  # fmt: skip
        self.tables = [self.jobs]
        self._commitments: dict[str, int] = {}

    def can_hear(self, action: Any) -> bool:
        """Say that a row of any `action` may promise words."""
        return True

    def hear(self, row: Row) -> None:
        """Note the commitments of citizens' words, and how jobs ended."""
        for name in COMMITTED:
            commitment = row["data"].get(name)
            if isinstance(commitment, str):
                self._commitments[commitment] = row["seq"]
        super().hear(row)

    def on_job_finished(self, row: Row, data: dict[str, Any]) -> None:
        """A job ended."""
        columns = {"device": data["device"], "kind": data["job_kind"], "state": data["state"], "detail": data["detail"]}
        self.jobs.tell(
            row["seq"], data["job"], **columns, **({"about": data["about"]} if data.get("about") is not None else {})
        )

    def list_differences(self, db: Reader) -> Iterator[TableDifference]:
        """Compare the jobs, and the words with what was promised of them."""
        yield from super().list_differences(db)
        for commitment, salt, body in texts.list_texts(db):
            seq = self._commitments.get(commitment)
            if seq is None:
                yield TableDifference("texts", commitment, ADDED)
            elif texts.compute_commitment(salt, body) != commitment:
                yield TableDifference("texts", commitment, CHANGED, "body", None, None, seq)
