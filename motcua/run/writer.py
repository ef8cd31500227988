"""One real OS thread owns the writing connection and commits waiting commands as a group."""

import logging
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from gevent import sleep, spawn
from gevent.hub import Waiter, get_hub

from motcua.desk import Unavailable
from motcua.desk.command import Command, Outcome
from motcua.desk.ledger import Ledger
from motcua.desk.writer import Batch
from motcua.run.work_thread import WorkThread

R = TypeVar("R")
GROUP_MAX = 64
TURNS = 2
"""So often the loop goes round before a group begins, if several commands wait or were in the last group. In the
first, those go on whom the last group held up; in the second, what their clients sent meanwhile is read. Then both are
one group, and the loop and the writer seldom hold up each other. A command that comes alone waits for nobody.
"""
logger = logging.getLogger(__name__)


class GroupWriter:
    """Takes what waits, at most 64 commands, to the writer thread; tells of it in the journal's order; then releases
    the callers.
    """

    def __init__(self) -> None:
        self._waiting: deque[tuple[Command, Waiter[Outcome]]] = deque()
        self._submitted_at: dict[Waiter[Outcome], float] = {}
        self._idle: Waiter[None] | None = None
        """What the loop waits for while nobody waits for it."""
        self._stopping = False

    def start(self, ledger: Ledger, tell: Callable[[Batch], None]) -> str:
        """Open the ledger inside the writer thread."""
        self._ledger, self._tell = ledger, tell
        self._thread = WorkThread()
        try:
            epoch = self._thread.call(ledger.open)
        except BaseException:
            self._thread.stop()
            raise
        self._loop = spawn(self._run)
        return epoch

    def submit(self, command: Command) -> Outcome:
        """Wait until `command` is committed and everyone was told."""
        if self._stopping:
            return Outcome(error=Unavailable("desk.stopping", "The server is stopping."))
        done: Waiter[Outcome] = Waiter()
        self._waiting.append((command, done))
        self._submitted_at[done] = time.monotonic()
        self._wake()
        try:
            return done.get()
        finally:
            del self._submitted_at[done]

    def _wake(self) -> None:
        if (idle := self._idle) is not None:
            self._idle = None
            _release(idle, None)

    def list_busy_since(self) -> list[float]:
        """Return since when each command that has no answer yet has waited (monotonic seconds)."""
        return list(self._submitted_at.values())

    def _run(self) -> None:
        size = 0
        while not (self._stopping and not self._waiting):
            if not self._waiting:
                self._idle = Waiter()
                self._idle.get()
            while self._waiting:
                for _turn in range(TURNS if max(size, len(self._waiting)) > 1 else 0):
                    sleep(0)
                group = [self._waiting.popleft() for _ in range(min(GROUP_MAX, len(self._waiting)))]
                size = len(group)
                for (_command, done), outcome in zip(
                    group, self._commit([command for command, _ in group]), strict=True
                ):
                    _release(done, outcome)

    def _commit(self, commands: list[Command]) -> list[Outcome]:
        try:
            outcomes = self._thread.call(partial(self._ledger.commit, commands))
        except Exception as error:
            logger.exception("a group of commands failed")
            return [Outcome(error=error) for _ in commands]
        batch = [entry for outcome in outcomes for entry in outcome.entries]
        if batch:
            self._tell(batch)
        return outcomes

    def run_between(self, work: Callable[[], None]) -> None:
        """Run `work` in the writer thread, between two groups."""
        self._thread.call(work)

    def stop(self) -> None:
        """Finish what waits, then close the ledger."""
        self._stopping = True
        self._wake()
        self._loop.join()
        self._thread.call(self._ledger.close)
        self._thread.stop()


def _release(waiter: "Waiter[R]", value: R) -> None:
    """Let whoever waits go on with `value` as soon as the loop comes round."""
    get_hub().loop.run_callback(waiter.switch, value)
