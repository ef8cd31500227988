"""Questions and ratings as the journal tells them: what decides about salaries."""

from typing import Any

from motcua.audit.table import Book, Row, Table
from motcua.feedback.channels import get_channel
from motcua.feedback.model import Status
from motcua.feedback.rules import CODE_TRIES

ASKED, ANSWERED, SKIPPED = "asked", "answered", "skipped"


class FeedbackBook(Book):
    """Which rating counts, and who was asked."""

    def __init__(self) -> None:
        """Begin without ratings."""
        columns = ["visit", "day", "counter", "officer", "level", "channel", "status", "at", "reasons", "text"]
        self.ratings = Table("ratings", ["id"], columns, texts=["reasons"])
        untold = {"until": "told with the question; later steps of the clock move it"}
        self.askings = Table("askings", ["visit"], ["day", "counter", "officer", "asked_at", "state"], untold=untold)
        decided = ["rule", "would_be", "decision", "decided_at", "decided_by", "text"]
        self.quarantines = Table("quarantines", ["rating"], decided)
        self.answers = Table("rating_answers", ["rating", "question"], ["answer"])
        self.tries = Table("code_tries", ["visit"], ["tries"])
        self.typists = Table("slip_typists", ["account"], [])
        self.tables = [self.ratings, self.askings, self.quarantines, self.answers, self.tries, self.typists]
        self._counted: set[str] = set()

    def on_rating_asked(self, row: Row, data: dict[str, Any]) -> None:
        """A device showed the question."""
        visit = data["visit"]
        columns = {
            "day": read_day(visit),
            "counter": data["counter"],
            "officer": data["officer"],
            "asked_at": row["at"],
        }
        self.askings.tell(row["seq"], visit, **columns, state=ANSWERED if visit in self._counted else ASKED)

    def on_rating_skipped(self, row: Row, data: dict[str, Any]) -> None:
        """Nobody answered."""
        self.askings.tell(row["seq"], data["visit"], state=SKIPPED)

    def on_rating_given(self, row: Row, data: dict[str, Any]) -> None:
        """A citizen answered."""
        visit, seq = data["visit"], row["seq"]
        columns = {
            name: data[name]
            for name in ("visit", "counter", "officer", "level", "channel", "status", "reasons", "text")
        }
        self.ratings.tell(seq, data["rating"], **columns, day=read_day(visit) if visit else row["day"], at=row["at"])
        if data.get("rule") is not None:
            undecided = {"decision": None, "decided_at": None, "decided_by": None, "text": None}
            self.quarantines.tell(seq, data["rating"], rule=data["rule"], would_be=data["would_be"], **undecided)
        for question, answer in (data.get("answers") or {}).items():
            self.answers.tell(seq, data["rating"], question, answer=answer)
        self._settle(row, data, data["channel"])

    def on_rating_reviewed(self, row: Row, data: dict[str, Any]) -> None:
        """A leader decided on a rating that was set aside."""
        seq, rating = row["seq"], data["rating"]
        decided = {"decided_at": row["at"], "decided_by": row["actor"], "text": data["text"]}
        self.quarantines.tell(seq, rating, decision=data["decision"], **decided)
        self.ratings.tell(seq, rating, status=data["status"])
        self._settle(row, data, self.ratings.rows[rating,]["channel"])

    def on_rating_code_refused(self, row: Row, data: dict[str, Any]) -> None:
        """A wrong short code was given."""
        self.tries.tell(row["seq"], data["visit"], tries=CODE_TRIES - data["left"])

    def on_slips_typist_named(self, row: Row, data: dict[str, Any]) -> None:
        """An officer may type in slips."""
        self.typists.tell(row["seq"], data["account"])

    def on_slips_typist_removed(self, _row: Row, data: dict[str, Any]) -> None:
        """An officer may no longer type in slips."""
        self.typists.forget(data["account"])

    def _settle(self, row: Row, data: dict[str, Any], channel: str) -> None:
        """Tell what a rating that counts does to the visit's earlier one and to its question."""
        visit, seq = data["visit"], row["seq"]
        if data["replaced"] is not None:
            self.ratings.tell(seq, data["replaced"], status=Status.REPLACED.value)
        if visit is None or data["status"] != Status.COUNTED.value:
            return
        self._counted.add(visit)
        if (visit,) in self.askings.rows:
            self.askings.tell(seq, visit, state=ANSWERED)
        elif get_channel(channel).implies_asked and data["counter"] is not None:
            prompt = {
                "day": read_day(visit),
                "counter": data["counter"],
                "officer": data["officer"],
                "asked_at": row["at"],
            }
            self.askings.tell(seq, visit, **prompt, state=ANSWERED)

    def on_ticket_undone(self, _row: Row, data: dict[str, Any]) -> None:
        """The visit was not over after all."""
        if data["move"] != "absent":
            self.askings.forget(data["ticket"])


def read_day(visit: str) -> str:
    """Return the day of a visit, whose id begins with it."""
    return f"{visit[:4]}-{visit[4:6]}-{visit[6:8]}"
