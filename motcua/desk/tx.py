"""The transaction in which a command runs: everything that an action can see and do."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sqlite_utils import Database

from motcua.desk.clock import Entropy
from motcua.desk.event import Event, Json


@dataclass
class Tx:
    """One command at work: the store inside its transaction, the moment, the desk's day, who asks."""

    db: Database
    at: str
    day: str
    actor: str
    entropy: Entropy
    clock_behind: bool
    """The clock shows a day before the journal's last one."""
    _emit: Callable[["Tx", Event], None] = field(repr=False)
    _keep_text: Callable[["Tx", str, int], str] = field(repr=False)
    via: dict[str, Json] | None = None
    """Through which device program and device it came, where a person did it there."""

    def emit(self, event: Event) -> None:
        """Write `event` into the journal, and the jobs that follow from it beside it."""
        self._emit(self, event)

    def keep_text(self, body: str, days: int) -> str:
        """Store a person's text so that it can be erased; return the commitment that an event may hold."""
        return self._keep_text(self, body, days)
