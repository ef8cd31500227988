"""Long computations in processes of their own: estimates in one that stays, replays and forecasts in one for each
question.
"""

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

import gevent
from gevent import subprocess
from gevent.lock import BoundedSemaphore

from motcua.desk import Unavailable
from motcua.planning.computing import Given, Task
from motcua.run import tasks
from motcua.web.language import mark

ESTIMATE, SETTINGS, PDF, PHOTO, DOSSIERS = "estimate", "settings", "pdf", "photo", "dossiers"
PROCEDURES, FLOWS, EXCHANGE, SCAN, SHEETS = "procedures", "flows", "exchange", "scan", "sheets"
TEMPLATE_CHECK, TEMPLATE_FILL = "template_check", "template_fill"
ESTIMATE_S, QUESTION_S = 60.0, 90.0
LIMITS_S = {
    SETTINGS: 10.0, PHOTO: 20.0, SCAN: 20.0, SHEETS: 40.0, DOSSIERS: 60.0, PROCEDURES: 30.0, FLOWS: 30.0,
    EXCHANGE: 90.0, TEMPLATE_CHECK: 20.0, TEMPLATE_FILL: 20.0,
}  # fmt: skip
"""How long a question of a kind may be on the processor, where it is not `QUESTION_S`."""
BUSY_TIMES = 6
"""So many times longer it may take by the clock: helpers stand back, and a busy computer lets them wait."""
LOOK_S = 0.1
NICER, NICEST = 10, 19
"""How much helper processes stand back from whoever else computes, as the desk's own loop goes first: one whose answer
a person waits for, and the one that estimates, which has time."""
WAITING_MAX = 8
"""So many wait for an answer to a question of one kind; more are refused."""
LATE = {
    SETTINGS: mark("These settings need too much time to read. Remove what the hall does not need."),
    PHOTO: mark("This photo takes too long to read. Send a smaller one, or the text alone."),
    SCAN: mark("This picture takes too long to read. Take it once more."),
    SHEETS: mark("This scan takes too long to read. Scan fewer pages at once."),
    DOSSIERS: mark("This file takes too long to read. Divide it into shorter periods."),
    PROCEDURES: mark("This file takes too long to read. Divide it into smaller files."),
    FLOWS: mark("This file takes too long to read. Divide it into smaller files."),
    EXCHANGE: mark("This file takes too long to read. Divide it into smaller files."),
    TEMPLATE_CHECK: mark("This Word file takes too long to read. Make it simpler."),
    TEMPLATE_FILL: mark("This Word file takes too long to fill. Make the form simpler."),
    PDF: mark("The PDF takes too long to make. Please try again in a moment, or choose CSV."),
}
COMMAND = (sys.executable, "-m", "motcua.run.child")
"""What a helper process is started with, before how much it stands back."""
LATE_ELSE = mark("This computation needs too much time. Ask for fewer days.")
BUSY = mark("The server is computing for others. Please try again in a moment.")
logger = logging.getLogger(__name__)


class TaskLane:
    """One question after the other; the line before it is short."""

    def __init__(self) -> None:
        self._one = BoundedSemaphore(1)
        self._waiting = 0

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait for one's turn, and keep it until the end of the block. Raises `Unavailable("compute.busy")`."""
        if self._waiting >= WAITING_MAX:
            raise _busy()
        self._waiting += 1
        try:
            with self._one:
                yield
        finally:
            self._waiting -= 1


class Planner:
    """Asks helper processes; whoever asks waits, the loop goes on.

    One question of a kind is answered at a time: estimates, settings, PDFs, photos, files, the rest.
    """

    def __init__(self) -> None:
        self._estimating = BoundedSemaphore(1)
        self._lanes = {kind: TaskLane() for kind in (*LIMITS_S, PDF, "")}
        self._stays: subprocess.Popen[bytes] | None = None
        self._asked: set[subprocess.Popen[bytes]] = set()

    def compute(self, task: Task, task_input: Given) -> Given:
        """Return the result of `task`.

        Raises its refusals, `Unavailable("compute.failed" | "compute.late" | "compute.busy")`.
        """
        name = tasks.get_task_name(task)
        if name == ESTIMATE:
            with self._estimating:
                return self._estimate(task_input)
        with self._lanes.get(name, self._lanes[""]).turn():
            child = _start(NICER)
            self._asked.add(child)
            try:
                return _ask(child, name, task_input, LIMITS_S.get(name, QUESTION_S))
            finally:
                self._asked.discard(child)
                _end(child)

    def _estimate(self, task_input: dict[str, Any]) -> dict[str, Any]:
        if self._stays is None or self._stays.poll() is not None:
            self._stays = _start(NICEST)
        try:
            return _ask(self._stays, ESTIMATE, task_input, ESTIMATE_S)
        except Unavailable:
            _end(self._stays)
            self._stays = None
            raise

    def stop(self) -> None:
        """End the helper processes."""
        for child in (*self._asked, *([self._stays] if self._stays is not None else [])):
            _end(child)
        self._stays = None


def _start(nice: int) -> "subprocess.Popen[bytes]":
    try:
        return subprocess.Popen([*COMMAND, str(nice)], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    except OSError as error:
        logger.error("the helper process does not start: %s", error)
        raise _failed() from error


def _busy() -> Unavailable:
    return Unavailable("compute.busy", BUSY)


def _failed() -> Unavailable:
    return Unavailable("compute.failed", "The computation failed. Please try again.")


def _ask(child: "subprocess.Popen[bytes]", task: str, task_input: dict[str, Any], seconds: float) -> dict[str, Any]:
    """Return what `child` answers within `seconds` of its own on the processor."""
    exchange = gevent.spawn(_exchange, child, json.dumps({"task": task, "given": task_input}).encode() + b"\n")
    try:
        is_spent = _wait(exchange, child.pid, seconds)
        if not exchange.ready():
            raise Unavailable("compute.late", LATE.get(task, LATE_ELSE)) if is_spent else _busy()
    finally:
        exchange.kill()
    line = exchange.value
    if line is None:
        raise _failed()
    try:
        answered = json.loads(line) if line else {"failed": "the helper process ended"}
    except ValueError:
        answered = {"failed": "the helper process said something else"}
    if not isinstance(answered, dict) or "failed" in answered:
        logger.error("%s failed: %s", task, answered["failed"] if isinstance(answered, dict) else answered)
        raise _failed()
    return tasks.read_result(answered)


def _exchange(child: "subprocess.Popen[bytes]", question: bytes) -> bytes | None:
    """Return the line that answers `question`, None when the pipes broke."""
    assert child.stdin is not None  # noqa: S101 -- both are pipes
    assert child.stdout is not None  # noqa: S101
    try:
        child.stdin.write(question)
        child.stdin.flush()
        return bytes(child.stdout.readline())
    except OSError:
        return None


def _wait(exchange: "gevent.Greenlet[..., bytes | None]", pid: int, seconds: float) -> bool:
    """Wait for `exchange`, until the helper has used `seconds` of the processor or `BUSY_TIMES` as long has passed.

    Return whether it has used them.
    """
    begun, used = monotonic(), _read_used_s(pid)
    left, until = seconds, begun + seconds * BUSY_TIMES
    while not exchange.ready() and left > 0 and monotonic() < until:
        exchange.join(min(max(left, LOOK_S), max(0.0, until - monotonic())))
        left = seconds - (_read_used_s(pid) - used)
    return left <= 0


def _read_used_s(pid: int) -> float:
    """Return how long a process has been on the processor, 0 for one that is gone: whoever reads from it hears that."""
    import psutil

    try:
        times = psutil.Process(pid).cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)


def _end(child: "subprocess.Popen[bytes]") -> None:
    """End a helper process, which holds nothing that could be lost."""
    child.kill()
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            pipe.close()
