"""What passes between those who ask and the one who writes: a command, the transaction it runs in, what became of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from sqlite_utils import Database

from motcua.desk import texts
from motcua.desk.clock import Entropy
from motcua.desk.database import Reader
from motcua.desk.event import Entry, Event, Json
from motcua.desk.keys import Answer, Key


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
    via: dict[str, Json] | None = None
    """Through which device program and device it came, where a person did it there."""

    def emit(self, event: Event) -> None:
        """Write `event` into the journal, and the jobs that follow from it beside it."""
        self._emit(self, event)

    def keep_text(self, body: str, days: int) -> str:
        """Store a person's text so that it can be erased; return the commitment that an event may hold."""
        return texts.keep(self, body, days)


@dataclass
class Command:
    """An action that waits for the writer."""

    actor: str
    run: Callable[[Tx], Any]
    key: Key | None = None
    answer: Callable[[Reader, Any], Answer] | None = None
    via: dict[str, Json] | None = None


@dataclass
class Outcome:
    """What became of a command: its result or what it raised, and the journal entries it wrote."""

    result: Any = None
    error: BaseException | None = None
    entries: list[Entry[Event]] = field(default_factory=list)
