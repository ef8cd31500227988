"""The writer thread, seen from the loop."""

import threading
import time
from pathlib import Path

import gevent

from motcua.desk import system_clock, system_entropy
from motcua.run.writer import GroupWriter
from motcua.setup.rooms import open_desk
from tests.waiting import PATIENCE_S


def test_a_command_that_does_not_come_back_is_seen_and_forgotten_when_it_does(tmp_path: Path) -> None:
    writer = GroupWriter()
    desk = open_desk(tmp_path, system_clock, system_entropy, writer)
    assert writer.list_busy_since() == []
    began, goes_on = time.monotonic(), threading.Event()
    callers = [gevent.spawn(lambda: desk.by("test").do(lambda _tx: goes_on.wait(PATIENCE_S))) for _ in range(2)]
    gevent.sleep(0)  # waits: not at all, it lets the others begin
    since = writer.list_busy_since()
    assert len(since) == 2
    assert began <= since[0] <= since[1] <= time.monotonic()
    goes_on.set()
    gevent.joinall(callers, raise_error=True)
    assert writer.list_busy_since() == []
    desk.stop()
