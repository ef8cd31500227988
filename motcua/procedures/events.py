"""What happens in the ward's catalogue of procedures. It holds no personal data, so events tell everything."""

from typing import ClassVar

from motcua.desk.event import Event, Json


class ProcedureEvent(Event, frozen=True):
    """Something about a procedure, from the day `since` on. `source` is `page`, `program` or `file`."""

    code: str
    since: str
    source: str
    account: int | None

    @property
    def subject(self) -> str:
        """Return `procedure:<code>`."""
        return f"procedure:{self.code}"


class ProcedureChanged(ProcedureEvent, frozen=True):
    """The ward added or changed a procedure. `procedure` is all of it as plain values."""

    procedure: dict[str, Json]
    kind: ClassVar[str] = "procedure.changed"


class ProcedureWithdrawn(ProcedureEvent, frozen=True):
    """A procedure is offered no more."""

    kind: ClassVar[str] = "procedure.withdrawn"


class ProceduresImported(Event, frozen=True):
    """Procedures came from a file, whose SHA-256 is `digest`; only those that it changed are in the list."""

    since: str
    digest: str
    procedures: list[Json]
    account: int | None
    kind: ClassVar[str] = "procedures.imported"

    @property
    def subject(self) -> str:
        """Return `procedures`."""
        return "procedures"


class ChecklistPrinted(Event, frozen=True):
    """Somebody wanted the papers of a procedure on paper, for the situation that `choices` name (question: choice).

    It is as the catalogue had it on the day `today`.
    """

    code: str
    choices: dict[str, Json]
    today: str
    kind: ClassVar[str] = "checklist.printed"

    @property
    def subject(self) -> str:
        """Return `procedure:<code>`."""
        return f"procedure:{self.code}"


class FormTemplateAdded(Event, frozen=True):
    """The ward added a form of its own, a Word file whose SHA-256 is `digest`, from the day `since` on.

    It is of the procedure `procedure`, or of all where that is empty; it took the place of the form `replaces`.
    """

    template: int
    procedure: str
    name: str
    since: str
    digest: str
    replaces: int | None
    account: int | None
    kind: ClassVar[str] = "template.added"

    @property
    def subject(self) -> str:
        """Return `template:<number>`."""
        return f"template:{self.template}"


class FormTemplateRemoved(Event, frozen=True):
    """A form of the ward's own was removed."""

    template: int
    account: int | None
    kind: ClassVar[str] = "template.removed"

    @property
    def subject(self) -> str:
        """Return `template:<number>`."""
        return f"template:{self.template}"
