"""Long computations in processes of their own: estimates in one that stays, replays and forecasts in one for each question."""

import json
import logging
import sys
from typing import Any

from gevent import Timeout, subprocess
from gevent.lock import BoundedSemaphore

from motcua.desk import Unavailable
from motcua.planning import worker

ESTIMATE = "estimate"
ESTIMATE_S, QUESTION_S = 20.0, 90.0
logger = logging.getLogger(__name__)


class Planner:
    """Asks helper processes; whoever asks waits, the loop goes on. One question at a time beside the estimates."""

    def __init__(self) -> None:
        self._estimating = BoundedSemaphore(1)
        self._asking = BoundedSemaphore(1)
        self._stays: subprocess.Popen[bytes] | None = None
        self._asked: set[subprocess.Popen[bytes]] = set()

    def compute(self, task: str, given: dict[str, Any]) -> dict[str, Any]:
        """Return what `planning.worker` answers. Raises its refusals, `Unavailable("compute.failed" | "compute.late")`."""
        if task == ESTIMATE:
            with self._estimating:
                return self._estimate(given)
        with self._asking:
            child = _start()
            self._asked.add(child)
            try:
                return _ask(child, task, given, QUESTION_S)
            finally:
                self._asked.discard(child)
                _end(child)

    def _estimate(self, given: dict[str, Any]) -> dict[str, Any]:
        if self._stays is None or self._stays.poll() is not None:
            self._stays = _start()
        try:
            return _ask(self._stays, ESTIMATE, given, ESTIMATE_S)
        except Unavailable:
            _end(self._stays)
            self._stays = None
            raise

    def stop(self) -> None:
        """End the helper processes."""
        for child in (*self._asked, *([self._stays] if self._stays is not None else [])):
            _end(child)
        self._stays = None


def _start() -> "subprocess.Popen[bytes]":
    try:
        return subprocess.Popen([sys.executable, "-m", "motcua.run.child"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    except OSError as error:
        logger.error("the helper process does not start: %s", error)
        raise _failed() from error


def _failed() -> Unavailable:
    return Unavailable("compute.failed", "The computation failed. Please try again.")


def _ask(child: "subprocess.Popen[bytes]", task: str, given: dict[str, Any], seconds: float) -> dict[str, Any]:
    assert child.stdin is not None  # noqa: S101 -- both are pipes
    assert child.stdout is not None  # noqa: S101
    try:
        with Timeout(seconds):
            child.stdin.write(json.dumps({"task": task, "given": given}).encode() + b"\n")
            child.stdin.flush()
            line = child.stdout.readline()
    except Timeout:
        raise Unavailable("compute.late", "This computation takes too long. Ask for fewer days.") from None
    except OSError as error:
        raise _failed() from error
    try:
        answered = json.loads(line) if line else {"failed": "the helper process ended"}
    except ValueError:
        answered = {"failed": "the helper process said something else"}
    if not isinstance(answered, dict) or "failed" in answered:
        logger.error("%s failed: %s", task, answered["failed"] if isinstance(answered, dict) else answered)
        raise _failed()
    return worker.result(answered)


def _end(child: "subprocess.Popen[bytes]") -> None:
    """End a helper process, which holds nothing that could be lost."""
    child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            pipe.close()
