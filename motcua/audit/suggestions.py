"""Suggestions as the journal tells them: who had to answer until when, and what became of each."""

from collections.abc import Iterator
from typing import Any

from motcua.audit.table import ADDED, CHANGED, Book, Row, Table, TableDifference
from motcua.desk import Reader
from motcua.suggestions import store
from motcua.suggestions.model import SuggestionState

OPEN = {SuggestionState.WAITING.value, SuggestionState.PROCESSING.value}


class SuggestionBook(Book):
    """Where each suggestion is, and which words and photos belong to it."""

    def __init__(self) -> None:
        """Begin without suggestions."""
        columns = [
            "kind", "state", "source", "received_at", "received_on", "text", "contact", "photo", "visit", "counter",
            "may_publish", "owner", "taken_at", "closed_at", "closed_on", "original", "is_public", "rating", "change",
            "changed_on", "escalation", "erased_at",
        ]  # fmt: skip
        untold = {
            "code": "its sender's secret",
            "concerned": "follows from visit and counter; nobody else need know it",
            "is_visit_proven": "whether its sender held the ticket's code",
            "language": "the language of messages to its sender",
        }
        self.suggestions = Table("suggestions", ["id"], columns, untold=untold)
        numbered = "(SELECT *, row_number() OVER (PARTITION BY suggestion ORDER BY id) AS n FROM suggestion_messages)"
        self.messages = Table(
            "suggestion_messages", ["suggestion", "n"], ["kind", "at", "text"], numbered,
            untold={"id": "its order counts"},
        )  # fmt: skip
        self.tables = [self.suggestions, self.messages]
        self._count: dict[int, int] = {}
        self._photos: dict[str, int] = {}

    def _change(self, row: Row, **columns: Any) -> None:
        self.suggestions.tell(row["seq"], row["data"]["suggestion"], **columns)

    def _take(self, row: Row) -> dict[str, Any]:
        current = self.suggestions.rows[(row["data"]["suggestion"],)]
        return {"state": "processing", "taken_at": current["taken_at"] or row["at"]}

    def _note(self, row: Row, kind: str) -> None:
        number = row["data"]["suggestion"]
        self._count[number] = self._count.get(number, 0) + 1
        values = {"kind": kind, "at": row["at"], "text": row["data"]["text"]}
        self.messages.tell(row["seq"], number, self._count[number], **values)

    def on_suggestion_received(self, row: Row, data: dict[str, Any]) -> None:
        """Somebody wrote."""
        names = ("source", "text", "contact", "photo", "visit", "counter")
        later = dict.fromkeys(
            ("owner", "taken_at", "closed_at", "closed_on", "original", "is_public", "rating", "change", "changed_on")
        )
        self._change(
            row,
            **{name: data[name] for name in names},
            **later,
            kind=data["type"],
            state="waiting",
            received_at=row["at"],
            received_on=row["day"],
            may_publish=int(data["may_publish"]),
            escalation="",
            erased_at=None,
        )
        if data["photo"] is not None:
            self._photos[data["photo"]] = row["seq"]

    def on_suggestion_taken(self, row: Row, _data: dict[str, Any]) -> None:
        """The unit deals with it."""
        self._change(row, **self._take(row))

    def on_suggestion_assigned(self, row: Row, data: dict[str, Any]) -> None:
        """Somebody has to answer."""
        self._change(row, owner=data["owner"], **self._take(row))

    def on_suggestion_classified(self, row: Row, data: dict[str, Any]) -> None:
        """It is something else by law."""
        restricted = {"owner": None, "may_publish": 0} if data["type"] in {"appeal", "denunciation"} else {}
        self._change(row, kind=data["type"], **restricted)

    def on_suggestion_questioned(self, row: Row, _data: dict[str, Any]) -> None:
        """The unit asked."""
        self._note(row, "question")
        self._change(row, **self._take(row))

    def on_suggestion_supplemented(self, row: Row, _data: dict[str, Any]) -> None:
        """Its sender added something."""
        self._note(row, "supplement")

    def on_suggestion_answered(self, row: Row, _data: dict[str, Any]) -> None:
        """The unit answered."""
        self._note(row, "answer")
        self._change(row, **{**self._take(row), "state": "answered", "closed_at": row["at"], "closed_on": row["day"]})

    def on_suggestion_closed(self, row: Row, data: dict[str, Any]) -> None:
        """It ended without an answer."""
        if data["text"] is not None:
            self._note(row, "refusal")
        closed = {"state": data["how"], "closed_at": row["at"], "closed_on": row["day"]}
        self._change(row, original=data["original"], **closed)

    def on_suggestion_published(self, row: Row, _data: dict[str, Any]) -> None:
        """The answer is public."""
        self._change(row, is_public=1)

    def on_suggestion_unpublished(self, row: Row, _data: dict[str, Any]) -> None:
        """The answer is not public."""
        self._change(row, is_public=0)

    def on_suggestion_rated(self, row: Row, data: dict[str, Any]) -> None:
        """Its sender rated the answer."""
        self._change(row, rating=data["level"])

    def on_suggestion_changed(self, row: Row, data: dict[str, Any]) -> None:
        """The unit wrote what it changed."""
        self._change(row, change=data["text"], changed_on=row["day"] if data["text"] else None)

    def on_suggestion_escalated(self, row: Row, data: dict[str, Any]) -> None:
        """A deadline was reported."""
        self._change(row, escalation=f"{data['deadline']}:{data['stage']}")

    def on_suggestion_erased(self, row: Row, data: dict[str, Any]) -> None:
        """Its words are gone."""
        current = self.suggestions.rows[(data["suggestion"],)]
        closed = {"closed_at": row["at"], "closed_on": row["day"]} if current["state"] in OPEN else {}
        self._change(row, state=data["state"], erased_at=row["at"], is_public=0, **closed)

    def list_differences(self, db: Reader) -> Iterator[TableDifference]:
        """Compare the tables, and the photos with what was promised of them."""
        yield from super().list_differences(db)
        for commitment, salt, image in store.list_photos(db):
            seq = self._photos.get(commitment)
            if seq is None:
                yield TableDifference("suggestion_photos", commitment, ADDED)
            elif store.commit_photo(salt, image) != commitment:
                yield TableDifference("suggestion_photos", commitment, CHANGED, "image", None, None, seq)
