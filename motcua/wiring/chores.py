"""Chores of the desk. Each one fails alone, is a fault until it works, and is retried after longer and longer waits."""

import logging
from collections.abc import Callable, Collection, Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from motcua.desk import Desk, DeskFault, Refused, StoreError

H = TypeVar("H", bound=Hashable)
AGAIN_S = (2, 5, 10, 20, 30)
"""The wait after each failed try. The last one repeats."""
logger = logging.getLogger(__name__)


@dataclass
class _FailedWork:
    """Failed work: the number of tries, the time of the next one (steady seconds), and the problem."""

    tries: int
    tried_s: float
    due_s: float
    problem: str


class Chore:
    """One kind of work. `code`, `check` and `message` are its fault's; the message has a place for `problem`."""

    def __init__(self, desk: Desk, code: str, check: str, message: str, again_s: tuple[int, ...] = AGAIN_S) -> None:
        self._desk, self._again_s = desk, again_s
        self._code, self._check, self._message = code, check, message
        self._failed: dict[Hashable, _FailedWork] = {}
        self._logged = ""

    def run(self, work: Callable[[], object]) -> bool:
        """Do `work` if it is due; return whether it is done. Raises nothing."""
        self._do(None, work)
        self._tell()
        return None not in self._failed

    def _do(self, item: Hashable, work: Callable[[], object]) -> None:
        if not self.is_due(item):
            return
        try:
            work()
        except Exception as error:
            self.mark_failed(item, error)
        else:
            self._failed.pop(item, None)

    def run_each(self, find: Callable[[], Iterable[H]], work: Callable[[H], object]) -> bool:
        """Do `work` for each due item of `find`. A failed item does not stop the others.

        Return whether no failed item is left. Raises nothing.
        """
        items: list[H] = []
        if self.run(lambda: items.extend(find())):
            self._failed = {item: failed for item, failed in self._failed.items() if item in items}
            for item in items:
                self._do(item, lambda item=item: work(item))  # type: ignore[misc]
            self._tell()
        return not self._failed

    def is_due(self, item: Hashable = None) -> bool:
        """Return whether `item` can be tried now: it has not failed, or its wait is over."""
        failed = self._failed.get(item)
        return failed is None or self._desk.clock.steady() >= failed.due_s

    def has_failed(self, item: Hashable) -> bool:
        """Return whether the last try of `item` failed."""
        return item in self._failed

    def is_waiting(self) -> bool:
        """Return whether something failed and none of it is due yet."""
        return bool(self._failed) and not any(map(self.is_due, self._failed))

    def mark_failed(self, item: Hashable, error: Exception) -> None:
        """Note that `item` failed, also for work that runs elsewhere."""
        earlier = self._failed.get(item)
        tries = earlier.tries if earlier is not None else 0
        now_s = self._desk.clock.steady()
        wait_s = self._again_s[min(tries, len(self._again_s) - 1)]
        problem = describe_error(error)
        self._failed[item] = _FailedWork(tries + 1, now_s, now_s + wait_s, problem)
        if problem != self._logged:
            self._logged = problem
            is_defect = not isinstance(error, Refused | OSError | StoreError)
            logger.warning("%s: %s", self._code, problem, exc_info=error if is_defect else None)
        self._tell()

    def mark_done(self, item: Hashable = None) -> None:
        """Note that `item` is done."""
        self._failed.pop(item, None)
        self._tell()

    def forget_others(self, items: Collection[Hashable]) -> None:
        """Forget the failures of items that are not among `items` any more."""
        self._failed = {item: failed for item, failed in self._failed.items() if item is None or item in items}
        self._tell()

    def make_due(self) -> None:
        """Make all failed work due now."""
        for failed in self._failed.values():
            failed.due_s = failed.tried_s

    def _tell(self) -> None:
        if not self._failed:
            self._logged = ""
            self._desk.faults.clear(self._code)
            return
        last = max(self._failed.values(), key=lambda failed: failed.tried_s)
        self._desk.faults.note(DeskFault(self._code, self._check, self._message, {"problem": last.problem}))


def describe_error(error: Exception) -> str:
    """Return a short description of `error` from the program or the system."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.strerror}: {error.filename}" if error.filename else error.strerror
    return str(error) or type(error).__name__
