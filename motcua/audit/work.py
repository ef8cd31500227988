"""Tasks, notes, corrected working hours and proposals as the journal tells them."""

from typing import Any

from motcua.audit.table import Book, Row, Table

MESSAGES = {"report": "officer", "return": "author", "withdrawal": "author"}
"""Who wrote a message about a task: the field of the journal row that names them."""

_PROPOSED = ("officer", "kind", "first", "last", "author", "drafted_at", "state", "has_declined")
_UNTIL_CLOSED = (
    "grounds", "evidence", "asked_by", "asked_at", "due_on", "answer", "answered_at", "signer", "signed_at", "paper",
    "withdrawn_by", "withdrawn_at", "reason",
)  # fmt: skip


class WorkBook(Book):
    """What officers have to do, what leaders wrote about them, and where they were."""

    def __init__(self) -> None:
        """Begin with nothing."""
        columns = ["officer", "author", "assigned_at", "assigned_on", "due_on", "text"]
        self.tasks = Table("tasks", ["id"], [*columns, "state", "reported_on", "closed_on"])
        numbered = "(SELECT *, row_number() OVER (PARTITION BY task ORDER BY id) AS n FROM task_messages)"
        self.messages = Table(
            "task_messages",
            ["task", "n"],
            ["kind", "at", "author", "text"],
            numbered,
            untold={"id": "its order counts"},
        )
        notes = ["officer", "author", "kind", "written_at", "text", "answer", "answered_at"]
        self.notes = Table("work_notes", ["id"], notes)
        corrections = ["officer", "day", "from_min", "to_min", "counter", "text", "author", "corrected_at", "reason"]
        self.corrections = Table("presence_corrections", ["id"], corrections)
        self.proposals = Table("proposals", ["id"], [*_PROPOSED, *_UNTIL_CLOSED])
        self.tables = [self.tasks, self.messages, self.notes, self.corrections, self.proposals]
        self._count: dict[int, int] = {}

    def _note(self, row: Row, kind: str) -> None:
        data = row["data"]
        number = data["task"]
        self._count[number] = self._count.get(number, 0) + 1
        values = {"kind": kind, "at": row["at"], "author": data[MESSAGES[kind]], "text": data["text"]}
        self.messages.tell(row["seq"], number, self._count[number], **values)

    def on_task_assigned(self, row: Row, data: dict[str, Any]) -> None:
        """An officer got a task."""
        columns = {name: data[name] for name in ("officer", "author", "due_on", "text")}
        begun = {"assigned_at": row["at"], "assigned_on": row["day"], "state": "open"}
        self.tasks.tell(row["seq"], data["task"], **columns, **begun, reported_on=None, closed_on=None)

    def on_task_reported(self, row: Row, data: dict[str, Any]) -> None:
        """The officer reported it done."""
        self._note(row, "report")
        self.tasks.tell(row["seq"], data["task"], state="reported", reported_on=row["day"])

    def on_task_returned(self, row: Row, data: dict[str, Any]) -> None:
        """A leader gave the report back."""
        self._note(row, "return")
        self.tasks.tell(row["seq"], data["task"], state="open", due_on=data["due_on"], reported_on=None)

    def on_task_accepted(self, row: Row, data: dict[str, Any]) -> None:
        """A leader accepted the report."""
        self.tasks.tell(row["seq"], data["task"], state="accepted", closed_on=row["day"])

    def on_task_withdrawn(self, row: Row, data: dict[str, Any]) -> None:
        """A leader took it back."""
        self._note(row, "withdrawal")
        self.tasks.tell(row["seq"], data["task"], state="withdrawn", closed_on=row["day"])

    def on_note_written(self, row: Row, data: dict[str, Any]) -> None:
        """A leader wrote about an officer."""
        columns = {name: data[name] for name in ("officer", "author", "text")}
        rest = {"kind": data["type"], "written_at": row["at"], "answer": None, "answered_at": None}
        self.notes.tell(row["seq"], data["note"], **columns, **rest)

    def on_note_answered(self, row: Row, data: dict[str, Any]) -> None:
        """The officer answered."""
        self.notes.tell(row["seq"], data["note"], answer=data["text"], answered_at=row["at"])

    def on_presence_corrected(self, row: Row, data: dict[str, Any]) -> None:
        """A leader corrected where an officer was."""
        columns = {name: data[name] for name in ("officer", "author", "from_min", "to_min", "counter", "text")}
        rest = {"day": data["date"], "corrected_at": row["at"], "reason": data.get("reason", "other")}
        self.corrections.tell(row["seq"], data["correction"], **columns, **rest)

    def on_proposal_drafted(self, row: Row, data: dict[str, Any]) -> None:
        """A leader began a proposal."""
        columns = {name: data[name] for name in ("officer", "author", "first", "last")}
        begun = {"kind": data["type"], "drafted_at": row["at"], "state": "drafted", "has_declined": 0}
        self.proposals.tell(row["seq"], data["proposal"], **columns, **begun, **dict.fromkeys(_UNTIL_CLOSED))

    def on_proposal_grounds_written(self, row: Row, data: dict[str, Any]) -> None:
        """A leader wrote the grounds."""
        self.proposals.tell(row["seq"], data["proposal"], grounds=data["text"])

    def on_proposal_asked(self, row: Row, data: dict[str, Any]) -> None:
        """A leader asked the officer."""
        columns = {"asked_by": data["author"], "asked_at": row["at"], "due_on": data["due_on"]}
        self.proposals.tell(row["seq"], data["proposal"], state="asked", evidence=data["text"], **columns)

    def on_proposal_answered(self, row: Row, data: dict[str, Any]) -> None:
        """The officer answered."""
        answered = {"answer": data["text"], "answered_at": row["at"], "has_declined": 0}
        self.proposals.tell(row["seq"], data["proposal"], state="answered", **answered)

    def on_proposal_declined(self, row: Row, data: dict[str, Any]) -> None:
        """The officer declined to answer."""
        self.proposals.tell(row["seq"], data["proposal"], state="answered", answered_at=row["at"], has_declined=1)

    def on_proposal_signed(self, row: Row, data: dict[str, Any]) -> None:
        """A leader signed."""
        signed = {"signer": data["signer"], "signed_at": row["at"], "paper": data["text"]}
        words = {"grounds": data["grounds"], "answer": data["answer"]}
        self.proposals.tell(row["seq"], data["proposal"], state="signed", **signed, **words)

    def on_proposal_withdrawn(self, row: Row, data: dict[str, Any]) -> None:
        """A leader withdrew it."""
        columns = {"withdrawn_by": data["author"], "withdrawn_at": row["at"], "reason": data["text"]}
        self.proposals.tell(row["seq"], data["proposal"], state="withdrawn", **columns)
