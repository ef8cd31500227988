"""Answers to the camera question, and which visits have a smile index, as the journal tells them."""

from typing import Any

from motcua.audit.feedback import read_day
from motcua.audit.table import Book, Row, Table
from motcua.feedback.model import CameraData, ConsentAnswer, ScoreObstacle

ENDING = {ConsentAnswer.WITHDRAWN.value, ConsentAnswer.CHILD.value}


class CameraBook(Book):
    """Who was asked and what was answered; that a score was kept, or why not."""

    def __init__(self) -> None:
        """Begin without answers."""
        numbered = "(SELECT *, row_number() OVER (PARTITION BY visit ORDER BY id) AS n FROM camera_consents)"
        self.consents = Table(
            "camera_consents", ["visit", "n"], ["day", "counter", "answer", "notice", "turn", "at"], numbered,
            untold={"id": "its order counts"},
        )  # fmt: skip
        untold = {
            "score": "never in the journal, so that it can be erased",
            "quality": "never in the journal, so that it can be erased",
            "valid_frames": "erased with the score",
            "seen_frames": "erased with the score",
            "model_hash": "the journal has its beginning",
            "officer": "follows from the visit's last leg",
        }
        scored = "(SELECT *, score IS NOT NULL AS is_scored FROM expressions)"
        columns = ["day", "counter", "is_scored", "reason", "at"]
        self.expressions = Table("expressions", ["visit"], columns, scored, untold=untold)
        closing = ["opened_at", "opened_by", "reason", "closed_at", "closed_by"]
        self.views = Table("officer_views", ["id"], closing)
        self.tables = [self.consents, self.expressions, self.views]
        self._view: int | None = None
        self._counts: dict[str, int] = {}
        self._turns: dict[str, int] = {}

    def _turn(self, _row: Row, data: dict[str, Any]) -> None:
        self._turns[data["ticket"]] = self._turns.get(data["ticket"], 0) + 1

    def on_ticket_called(self, row: Row, data: dict[str, Any]) -> None:
        """A visit may be asked anew."""
        self._turn(row, data)

    def on_ticket_undone(self, row: Row, data: dict[str, Any]) -> None:
        """The visit was not over after all: what a camera said of it is gone."""
        self._turn(row, data)
        if data["move"] != "absent":
            self.expressions.forget(data["ticket"])

    def on_camera_consent(self, row: Row, data: dict[str, Any]) -> None:
        """An answer; one that ends an agreement erases the score."""
        visit = data["visit"]
        self._counts[visit] = number = self._counts.get(visit, 0) + 1
        columns = {name: data[name] for name in ("counter", "answer", "notice")}
        turn = self._turns.get(visit, 0)
        self.consents.tell(row["seq"], visit, number, **columns, day=read_day(visit), turn=turn, at=row["at"])
        if data["answer"] in ENDING and (visit,) in self.expressions.rows:
            self.expressions.tell(row["seq"], visit, is_scored=0, reason=ScoreObstacle.NO_CONSENT.value)

    def on_expression_noted(self, row: Row, data: dict[str, Any]) -> None:
        """A camera spoke of a visit."""
        visit = data["visit"]
        columns = {"counter": data["counter"], "is_scored": int(data["kept"]), "reason": data["reason"]}
        self.expressions.tell(row["seq"], visit, **columns, day=read_day(visit), at=row["at"])

    def on_camera_erased(self, _row: Row, data: dict[str, Any]) -> None:
        """Their time was over."""
        table = {CameraData.SCORES.value: self.expressions, CameraData.ANSWERS.value: self.consents}[data["what"]]
        for key in [key for key, columns in table.rows.items() if columns["day"] < data["before"]]:
            table.forget(*key)
            if table is self.consents:
                self._counts.pop(key[0], None)

    def on_camera_officer_view_opened(self, row: Row, data: dict[str, Any]) -> None:
        """The head of the unit opened figures by officer; an earlier opening has ended."""
        if self._view is not None:
            self.views.tell(row["seq"], self._view, closed_at=row["at"], closed_by=row["actor"])
        self._view = data["view"]
        opened = {"opened_at": row["at"], "opened_by": data["account"], "reason": data["text"]}
        self.views.tell(row["seq"], self._view, **opened, closed_at=None, closed_by=None)

    def on_camera_officer_view_closed(self, row: Row, data: dict[str, Any]) -> None:
        """Somebody closed them."""
        self.views.tell(row["seq"], data["view"], closed_at=row["at"], closed_by=row["actor"])
        self._view = None
