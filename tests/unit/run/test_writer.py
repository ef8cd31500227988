"""The writer thread, seen from the loop."""

import threading
import time
from pathlib import Path

import gevent

from motcua.desk import Desk, ManualClock, SeededEntropy, system_clock, system_entropy
from motcua.run.writer import GroupWriter
from motcua.setup.rooms import open_desk
from tests.unit.desk.notes import MONDAY, ROOM, write
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


def test_what_the_loop_has_still_to_read_is_committed_together_with_what_waits(tmp_path: Path) -> None:
    desk = Desk(
        tmp_path / "desk.db",
        [ROOM],
        ManualClock(MONDAY),
        SeededEntropy(1),
        lambda _db: "Asia/Ho_Chi_Minh",
        GroupWriter(),
    )
    groups: list[list[str]] = []
    desk.on_commit(lambda batch: groups.append([str(entry.event.to_data()["word"]) for entry in batch]))

    def come_after(turns: int, word: str) -> None:
        for _turn in range(turns):
            gevent.sleep(0)  # waits: not at all, the loop goes round once
        desk.by("test").do(write, word)

    gevent.joinall([gevent.spawn(come_after, turns, f"{turns}") for turns in (0, 0, 1, 2)], raise_error=True)
    assert groups == [["0", "0", "1", "2"]]
    desk.stop()
