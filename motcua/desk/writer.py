"""Who runs the commands on the ledger: what the desk asks of a writer, and the plain one."""

import threading
from collections.abc import Callable, Sequence
from typing import Protocol

from motcua.desk.command import Command, Outcome
from motcua.desk.event import Entry, Event
from motcua.desk.ledger import Ledger

Batch = Sequence[Entry[Event]]
"""The entries of one commit."""


class Writer(Protocol):
    """Runs commands on the ledger one group at a time and tells what happened before it returns."""

    def start(self, ledger: Ledger, tell: Callable[[Batch], None]) -> str:
        """Open the ledger and return the epoch."""
        ...

    def submit(self, command: Command) -> Outcome:
        """Run `command`; when this returns, everyone has been told."""
        ...

    def run_between(self, work: Callable[[], None]) -> None:
        """Run `work` on the ledger while no command runs. Raises what it raises."""
        ...

    def stop(self) -> None:
        """Finish what waits, then close the ledger."""
        ...


class InlineWriter:
    """Runs each command in the caller's thread, behind a lock."""

    def __init__(self) -> None:
        self._lock = threading.Lock()

    def start(self, ledger: Ledger, tell: Callable[[Batch], None]) -> str:
        """Open the ledger here."""
        self._ledger, self._tell = ledger, tell
        return ledger.open()

    def submit(self, command: Command) -> Outcome:
        """Run `command` now."""
        with self._lock:
            outcome = self._ledger.commit([command])[0]
            if outcome.entries:
                self._tell(outcome.entries)
        return outcome

    def run_between(self, work: Callable[[], None]) -> None:
        """Run `work` now."""
        with self._lock:
            work()

    def stop(self) -> None:
        """Close the ledger."""
        with self._lock:
            self._ledger.close()
