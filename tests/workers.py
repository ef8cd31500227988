"""Workers of a run: `--workers 4` divides the tests among four processes, forked when everything is imported and
collected.

Each takes the next unit (`tests.scheduling`) when it has nothing more to do. Whatever they share is imported once, so
that one more worker costs next to nothing.
"""

import contextlib
import mmap
import os
import random
import signal
import sys
import traceback
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe, wait
from pathlib import Path
from typing import Any, NoReturn

import pytest
from _pytest.runner import runtestprotocol

from tests.scheduling import divide, is_for_browser

STOP, IDLE = 1, -1


class Board:
    """What main and workers see of each other at any time: whether to stop, and which test each worker is at."""

    def __init__(self, workers: int) -> None:
        """Make one that nobody has written on, before anybody is forked."""
        self._cells = memoryview(mmap.mmap(-1, 4 * (workers + 1))).cast("i")

    def stop(self) -> None:
        """Let each worker end after the test that it is at."""
        self._cells[0] = STOP

    def is_stopped(self) -> bool:
        """Say whether no further test is begun."""
        return self._cells[0] == STOP

    def write(self, worker: int, index: int) -> None:
        """Note that `worker` begins the test with this index."""
        self._cells[worker + 1] = index

    def read(self, worker: int) -> int:
        """Return the index of the test that `worker` is at, `IDLE` before the first."""
        return self._cells[worker + 1]


@dataclass(eq=False)
class Worker:
    """A forked process: its number, whether it has a browser, its end of the line, and what it was given and has not
    reported.
    """

    id: str
    pid: int
    has_browser: bool
    line: Connection
    owed: deque[int]

    @property
    def _workerinfocache(self) -> str:
        """Return what pytest shows above the failure of a test, under the name by which it asks."""
        return f"[worker {self.id}]"

    @property
    def gateway(self) -> "Worker":
        """Return itself, under the name by which pytest asks who ran a test."""
        return self


class Run:
    """A session that is divided among workers."""

    def __init__(self, session: pytest.Session, count: int) -> None:
        """Divide what was collected."""
        self._session, self._config = session, session.config
        self._items = session.items
        index_of = {item: index for index, item in enumerate(self._items)}
        units = divide(self._items, self._config.option.markexpr)
        self._waiting: dict[bool, deque[list[int]]] = {False: deque(), True: deque()}
        """Units, by whether they are for a browser: who begins with one kind goes on with it to its end."""
        for unit in units:
            self._waiting[is_for_browser(unit)].append([index_of[item] for item in unit])
        self._count = min(count, len(units))
        self._board = Board(self._count)
        self._workers: dict[Connection, Worker] = {}

    def do(self) -> None:
        """Return when every test is reported. Raises as pytest does when the run has to stop early."""
        try:
            for number in range(self._count):
                self._hire(number, has_browser=self._needs_browser(number))
            while self._workers:
                for line in wait(list(self._workers)):
                    self._hear(self._workers[line])  # type: ignore[index]
        except BaseException:
            self._board.stop()
            for worker in self._workers.values():
                worker.line.close()
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(worker.pid, 0)
            raise
        if self._session.shouldfail:
            raise self._session.Failed(self._session.shouldfail)
        if self._session.shouldstop:
            raise self._session.Interrupted(self._session.shouldstop)

    def _needs_browser(self, number: int) -> bool:
        """Say what a new worker begins with: one of each two with a browser while there is something of both kinds."""
        return not self._waiting[False] or bool(self._waiting[True] and number % 2)

    def _hire(self, number: int, *, has_browser: bool) -> None:
        here, there = Pipe()
        self._board.write(number, IDLE)
        sys.stdout.flush()
        sys.stderr.flush()
        pid = os.fork()
        if not pid:
            for line in (here, *self._workers):
                line.close()
            _work(self._session, there, self._board, number)
        there.close()
        self._workers[here] = Worker(str(number), pid, has_browser, here, deque())

    def _hear(self, worker: Worker) -> None:
        try:
            word, about = worker.line.recv()
        except (EOFError, OSError):
            self._lose(worker)
            return
        if word == "next":
            waiting = self._waiting[worker.has_browser]
            indexes = waiting.popleft() if waiting and not self._board.is_stopped() else None
            worker.owed.extend(indexes or ())
            worker.line.send(indexes)
        elif word == "reports":
            index, reports = about
            for data in reports:
                self._report(worker, self._config.hook.pytest_report_from_serializable(config=self._config, data=data))
            worker.owed.remove(index)
        elif word == "warning":
            self._config.hook.pytest_warning_recorded.call_historic(kwargs=about)
        elif word == "broken":
            raise RuntimeError(f"worker {worker.id} broke:\n{about}")
        elif word == "end":
            self._end(worker)
            self._replace(worker)

    def _replace(self, worker: Worker) -> None:
        """Let another worker go on, with the other kind of test if nothing of this kind is left."""
        if any(self._waiting.values()) and not self._board.is_stopped():
            self._hire(int(worker.id), has_browser=bool(self._waiting[worker.has_browser]) == worker.has_browser)

    def _end(self, worker: Worker) -> int:
        del self._workers[worker.line]
        worker.line.close()
        return os.waitstatus_to_exitcode(os.waitpid(worker.pid, 0)[1])

    def _lose(self, worker: Worker) -> None:
        """Blame the test that a worker was at when it ended, and let another go on with what it had before it."""
        code = self._end(worker)
        index = self._board.read(int(worker.id))
        if index in worker.owed:
            item = self._items[index]
            told = f"the worker that ran this test ended with {code}"
            location = item.location
            report = pytest.TestReport(item.nodeid, location, dict.fromkeys(item.keywords, 1), "failed", told, "call")
            self._report(worker, report)
            worker.owed.remove(index)
        elif index == IDLE:
            raise RuntimeError(f"worker {worker.id} ended with {code} before its first test")
        if worker.owed:
            self._waiting[worker.has_browser].appendleft(list(worker.owed))
        self._replace(worker)

    def _report(self, worker: Worker, report: Any) -> None:
        report.node = worker
        self._config.hook.pytest_runtest_logreport(report=report)
        if self._session.shouldfail or self._session.shouldstop:
            self._board.stop()


class Teller:
    """What a worker has in the place of what pytest shows: it sends its reports to main."""

    def __init__(self, config: pytest.Config, line: Connection, board: Board) -> None:
        """Send what main shows anyway, or everything if times or a file of results are asked for."""
        self._config, self._line, self._board = config, line, board
        self._tells_all = config.option.durations is not None or bool(config.option.xmlpath)
        self.index = 0

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> bool:
        """Run one test, and let no plugin of this process hear of it."""
        reports = runtestprotocol(item, log=False, nextitem=nextitem)
        if self._config.option.maxfail == 1 and any(one.failed for one in reports):
            self._board.stop()
        shown = [one for one in reports if self._tells_all or not self._is_needless(one)]
        hook = self._config.hook.pytest_report_to_serializable
        self._line.send(("reports", (self.index, [hook(config=self._config, report=report) for report in shown])))
        return True

    @pytest.hookimpl
    def pytest_warning_recorded(self, warning_message: Any, when: str, nodeid: str, location: Any) -> None:
        """Send a warning that is no error."""
        told = {"warning_message": warning_message, "when": when, "nodeid": nodeid, "location": location}
        self._line.send(("warning", told))

    @staticmethod
    def _is_needless(report: pytest.TestReport) -> bool:
        return report.passed and report.when != "call" and not report.sections


def _work(session: pytest.Session, line: Connection, board: Board, number: int) -> NoReturn:
    """Be a worker until nothing is left."""
    code = 1
    try:
        _be_another(session.config, number)
        teller = Teller(session.config, line, board)
        session.config.pluginmanager.register(teller)
        for index, following in _list_tests(line):
            if board.is_stopped():
                break
            board.write(number, index)
            teller.index = index
            item = session.items[index]
            nextitem = None if following is None else session.items[following]
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=nextitem)
        session._setupstate.teardown_exact(None)
        line.send(("end", None))
        code = 0
    except (KeyboardInterrupt, BrokenPipeError, EOFError):
        with contextlib.suppress(BaseException):
            session._setupstate.teardown_exact(None)
    except BaseException:
        with contextlib.suppress(OSError):
            line.send(("broken", traceback.format_exc()))
    finally:
        os._exit(code)


def _list_tests(line: Connection) -> Iterator[tuple[int, int | None]]:
    """Yield each test and the one after it; the next unit is asked for with the last test of the one before."""

    def ask() -> list[int]:
        line.send(("next", None))
        answer: list[int] = line.recv() or []
        return answer

    pending = deque(ask())
    while pending:
        index = pending.popleft()
        pending = pending or deque(ask())
        yield index, pending[0] if pending else None


def _be_another(config: pytest.Config, number: int) -> None:
    """Have an own chance, and own files for what is written."""
    random.seed()
    signal.set_wakeup_fd(-1)
    capture: Any = config.pluginmanager.getplugin("capturemanager")
    if capture and capture.is_globally_capturing():
        capture.stop_global_capturing()
        capture.start_global_capturing()
    folders: Any = config
    folders._tmp_path_factory._given_basetemp = Path(f"{config.option.basetemp}-{number}-{os.getpid()}")
    folders._tmp_path_factory._basetemp = None


def run(session: pytest.Session, count: int) -> bool | None:
    """Divide the session among `count` workers. None: pytest is to run it itself."""
    config = session.config
    if count < 1 or config.option.collectonly or config.option.usepdb or session.testsfailed or not session.items:
        return None
    Run(session, count).do()
    return True
