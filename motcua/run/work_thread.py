"""One real OS thread that runs one piece of work after another, while the greenlets that ask for it wait.

A thread pool of gevent makes a watcher for each piece and wakes its thread by a lock and a condition. This thread has
one watcher and one queue written in C: the way there and back was a tenth of a command.
"""

from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar, cast

from gevent._hub_local import get_hub_if_exists
from gevent.hub import Waiter, get_hub
from gevent.monkey import get_original

R = TypeVar("R")
NativeQueue: Any = get_original("queue", "SimpleQueue")
"""It lets a thread wait, not a greenlet."""
start_native_thread: Any = get_original("_thread", "start_new_thread")


class WorkThread:
    """Starts a thread that works for the event loop of its maker. `stop` ends it."""

    def __init__(self) -> None:
        self._works: Any = NativeQueue()
        self._callers: deque[Waiter[Any]] = deque()
        self._outcomes: deque[tuple[Any, BaseException | None]] = deque()
        self._done = get_hub().loop.async_()
        start_native_thread(self._run, ())

    def call(self, work: Callable[[], R]) -> R:
        """Return what `work()` returns in the thread, after all work from before. Raises what it raises."""
        return cast(R, self._put(work))

    def _put(self, work: Callable[[], Any] | None) -> Any:
        if not self._callers:
            self._done.start(self._deliver)
        waiter: Waiter[Any] = Waiter()
        self._callers.append(waiter)
        self._works.put(work)
        result, error = waiter.get()
        if error is not None:
            raise error
        return result

    def _deliver(self) -> None:
        """Let each caller whose work is done go on. This runs on the loop."""
        while self._outcomes:
            self._callers.popleft().switch(self._outcomes.popleft())
        if not self._callers:
            self._done.stop()

    def _run(self) -> None:
        while (work := self._works.get()) is not None:
            self._answer(work)
        if (hub := get_hub_if_exists()) is not None:  # work that slept or waited for a lock made one
            hub.destroy(destroy_loop=True)
        self._answer(lambda: None)

    def _answer(self, work: Callable[[], Any]) -> None:
        try:
            outcome: tuple[Any, BaseException | None] = work(), None
        except BaseException as error:
            outcome = None, error
        self._outcomes.append(outcome)
        self._done.send()

    def stop(self) -> None:
        """Let the thread end after all work from before, and wait for that."""
        self._put(None)
