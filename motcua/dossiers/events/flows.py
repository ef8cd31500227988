"""What happens to flows, and on the way of a dossier through one. A flow holds no personal data."""

from typing import ClassVar

from motcua.desk.event import Event, Json
from motcua.dossiers.events.dossiers import DossierEvent


class FlowEvent(Event, frozen=True):
    """Something about the flow of `target` from the day `since` on: a procedure, a field, a lane, or all."""

    target: str
    since: str
    account: int | None

    @property
    def subject(self) -> str:
        """Return `flow:<target>`."""
        return f"flow:{self.target}"


class FlowChanged(FlowEvent, frozen=True):
    """The ward set a flow. `flow` has its steps as objects with `code`, `name`, `share_percent`, `role`, `account`."""

    flow: list[Json]
    kind: ClassVar[str] = "flow.changed"


class FlowWithdrawn(FlowEvent, frozen=True):
    """It has no flow of its own any more: a wider one holds, in the end the program's usual one."""

    kind: ClassVar[str] = "flow.withdrawn"


class FlowsImported(Event, frozen=True):
    """Flows came from a file, whose SHA-256 is `digest`; only the versions that it changed are in the list.

    Each is an object with `target`, `since` and `flow`: its steps as of `flow.changed`, null where it is withdrawn.
    """

    digest: str
    flows: list[Json]
    account: int | None
    kind: ClassVar[str] = "flows.imported"

    @property
    def subject(self) -> str:
        """Return `flows`."""
        return "flows"


class DossierSentBack(DossierEvent, frozen=True):
    """It went back to the earlier step `step` of its flow and to the account `holder` (or null); why is encrypted."""

    state: str
    step: int
    holder: int | None
    sealed: list[Json]
    kind: ClassVar[str] = "dossier.sent_back"
