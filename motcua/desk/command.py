"""What passes between those who ask and the one who writes: a command, and what became of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from motcua.desk.database import Reader
from motcua.desk.event import Entry, Event, Json
from motcua.desk.keys import Answer, Key
from motcua.desk.tx import Tx

Actor = str | Callable[[Reader], str]
"""Who acts, as the journal names them, or what finds that in the transaction."""


@dataclass
class Command:
    """An action that waits for the writer."""

    actor: Actor
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
