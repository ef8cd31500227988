"""Hashes passwords outside the loop, in two short queues: one for strangers, one for known browsers."""

import _thread
import os
from collections import Counter
from collections.abc import Callable
from typing import Any

from gevent.threadpool import ThreadPool

from motcua.desk import Throttled
from motcua.web.language import mark

NICER = 10
WAITING_MAX, ADDRESS_MAX = 16, 4
"""So many passwords wait to be looked at, so many of them from one address."""
RETRY_S = 5
BUSY = mark("Too many people are signing in. Try again in %(retry_s)s seconds.")


Outcome = tuple[Any, Exception | None]


def capture_outcome(work: Callable[..., Any], *arguments: Any) -> Outcome:
    """Return what `work(*arguments)` returns, and the error that it raises: the thread pool would print a refusal to
    stderr.
    """
    try:
        return work(*arguments), None
    except Exception as error:
        return None, error


def unwrap_outcome(outcome_pair: Outcome) -> Any:
    """Return the result of an outcome, or raise its error."""
    result, error = outcome_pair
    if error is not None:
        raise error
    return result


class Hashing:
    """Runs password hashing. Known browsers do not wait behind strangers."""

    def __init__(self) -> None:
        self._lanes = {True: ThreadPool(1), False: ThreadPool(1)}
        self._waiting: Counter[str] = Counter()
        self._strangers = 0
        self._threads: set[int] = set()

    def __call__(self, place: str, work: Callable[..., Any], *arguments: Any) -> Any:
        """Return what `work(*arguments)` returns, computed in a real thread.

        An empty `place` is a known browser. Raises `Throttled("attempts")`.
        """
        if not place:
            return unwrap_outcome(self._lanes[True].apply(self._run, (work, arguments)))
        if self._strangers >= WAITING_MAX or self._waiting[place] >= ADDRESS_MAX:
            raise Throttled("attempts", BUSY, retry_s=RETRY_S)
        self._strangers += 1
        self._waiting[place] += 1
        try:
            return unwrap_outcome(self._lanes[False].apply(self._run, (work, arguments)))
        finally:
            self._strangers -= 1
            self._waiting[place] -= 1
            if not self._waiting[place]:
                del self._waiting[place]

    def _run(self, work: Callable[..., Any], arguments: tuple[Any, ...]) -> Outcome:
        """The loop's own thread goes first where there is one processor only."""
        thread = _thread.get_native_id()
        if thread not in self._threads and hasattr(os, "setpriority"):
            os.setpriority(os.PRIO_PROCESS, thread, NICER)
        self._threads.add(thread)
        return capture_outcome(work, *arguments)
