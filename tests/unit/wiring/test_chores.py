"""Chores fail alone, are told, wait longer and longer, and go on by themselves: a bad disk never stops the day."""

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from motcua.desk import Desk, DeskFault, ManualClock, SeededEntropy, digests, signing
from motcua.desk.backup import make_copy
from motcua.desk.packing import LeftOutFile
from motcua.queue import actions, store
from motcua.setup import actions as setup_actions
from motcua.setup import template
from motcua.setup.rooms import open_desk
from motcua.wiring.chores import Chore
from motcua.wiring.timers import Timers
from tests.conftest import Hall
from tests.disk import Disk, disk

__all__ = ["disk"]
MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # Monday, 08:00 at the desk
MONDAY = "2026-11-23"


class Morning:
    """A ward's desk on Tuesday at seven.

    Monday was used and never ended; copies are made at once, as far as the disk lets them.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = ManualClock(MORNING)
        self.desk: Desk = open_desk(folder, self.clock, SeededEntropy(1))
        signing.make_key(folder, self.desk.entropy)
        self.desk.do(setup_actions.apply, template.load("ward"))
        self.desk.do(actions.issue, "certified-copy", None)
        self.clock.advance(23 * 3600)
        self.timers = Timers(self.desk, folder, self.copy)

    def copy(self, day: str) -> None:
        """Make the copy as the server does, though in the caller's thread."""
        try:
            copy = make_copy(self.folder, self.folder / "backups" / f"{day}.zip")
        except OSError as error:
            self.timers.record_copy(day, error, [])
        else:
            self.timers.record_copy(day, None, copy.left_out)

    def codes(self) -> set[str]:
        """Return the faults but for the words of calls, which nobody makes here."""
        return {fault.code for fault in self.desk.faults.list_all()} - {"voice.words"}

    def later(self, seconds: float) -> None:
        """Let the timers look after some time."""
        self.clock.advance(seconds)
        self.timers.tick()

    def is_closed(self) -> bool:
        """Say whether Monday has ended."""
        with self.desk.read() as db:
            return store.is_day_closed(db, MONDAY)


@pytest.fixture
def morning(folder: Path) -> Iterator[Morning]:
    made = Morning(folder)
    yield made
    made.desk.stop()


def _file(path: Path) -> None:
    shutil.rmtree(path, ignore_errors=True)
    path.write_text("a file in the folder's place")


def _nothing(path: Path) -> None:
    pass


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("blocked", "expected"),
    [
        ("digests", {"digests.failed", "digests.missing"}),
        ("backups", {"backup.failed", "backup.missing"}),
        ("keys", {"journal.key_lost", "digests.failed", "digests.missing"}),
    ],
)
def test_what_cannot_be_written_is_told_and_made_as_soon_as_it_can(
    morning: Morning, blocked: str, expected: set[str]
) -> None:
    _file(morning.folder / blocked)
    morning.timers.start()
    morning.later(1)
    assert morning.is_closed()
    assert morning.codes() == expected
    for _second in range(30):
        morning.later(1)
    assert morning.codes() == expected
    (morning.folder / blocked).unlink()
    for _try in range(4):
        morning.later(120)
    assert morning.codes() == ({"journal.key_replaced"} if blocked == "keys" else set())
    assert digests.is_there(morning.folder / "digests" / f"{MONDAY}.json")
    assert (morning.folder / "backups" / f"{MONDAY}.zip").exists()


@pytest.mark.thorough
@pytest.mark.parametrize("harm", [b"", b"{", b"null", b"\0" * 300, b'{"seq": 1}', b"[" * 100_000])
def test_a_digest_that_is_empty_or_cut_is_written_again(morning: Morning, harm: bytes) -> None:
    morning.timers.start()
    path = morning.folder / "digests" / f"{MONDAY}.json"
    before = json.loads(path.read_bytes())
    path.write_bytes(harm)
    morning.later(60)
    morning.later(60)
    assert json.loads(path.read_bytes()) == before
    assert morning.codes() == set()


@pytest.mark.thorough
@pytest.mark.parametrize("harm", [b"", b"\0" * 200, b"PK"])
def test_a_copy_that_is_empty_or_cut_is_made_again(morning: Morning, harm: bytes) -> None:
    morning.timers.start()
    morning.later(20)
    path = morning.folder / "backups" / f"{MONDAY}.zip"
    path.write_bytes(harm)
    again = Timers(morning.desk, morning.folder, morning.copy)  # the next start
    morning.timers = again
    again.start()
    assert path.stat().st_size > 1000


@pytest.mark.thorough
def test_a_chore_that_fails_waits_longer_and_longer_and_the_others_go_on(morning: Morning) -> None:
    tries: list[float] = []
    chore = Chore(morning.desk, "trial.failed", "store", "It fails: %(problem)s", again_s=(2, 5))
    began = morning.clock.now()

    def fail() -> None:
        tries.append((morning.clock.now() - began).total_seconds())
        raise ValueError("odd")

    morning.timers.add_chore(chore, fail)
    for _second in range(15):
        morning.later(1)
    assert tries == [1, 3, 8, 13]
    assert [fault.params["problem"] for fault in morning.desk.faults.list_all() if fault.code == "trial.failed"] == [
        "odd"
    ]
    morning.clock.step(-3600)  # a clock that was set back makes nobody wait for an hour
    for _second in range(5):
        morning.later(1)
    assert len(tries) == 5
    assert morning.is_closed()


def test_one_bad_item_of_a_batch_is_tried_again_alone(hall: Hall) -> None:
    done: list[int] = []
    chore = Chore(hall.desk, "trial.failed", "store", "It fails: %(problem)s")

    def work(item: int) -> None:
        if item == 2 and len(done) < 5:
            raise KeyError(item)
        done.append(item)

    assert not chore.run_each(lambda: [1, 2, 3], work)
    assert not chore.run_each(lambda: [2, 4, 5, 6], work)
    assert (done, [fault.code for fault in hall.desk.faults.list_all()]) == ([1, 3, 4, 5, 6], ["trial.failed"])
    hall.clock.advance(60)
    assert chore.run_each(lambda: [2], work)
    assert (done[-1], hall.desk.faults.list_all()) == (2, [])
    assert not chore.run_each(_raising(OSError(5, "Input/output error")), work)
    assert [dict(fault.params) for fault in hall.desk.faults.list_all()] == [{"problem": "Input/output error"}]


def _raising(error: Exception) -> Callable[[], list[int]]:
    def find() -> list[int]:
        raise error

    return find


@pytest.mark.thorough
def test_a_courier_that_fails_stops_neither_the_day_nor_the_copy(morning: Morning) -> None:
    class Broken:
        def tick(self) -> None:
            raise RuntimeError("no way to the mail server")

    morning.timers = Timers(morning.desk, morning.folder, morning.copy, Broken())  # type: ignore[arg-type]
    morning.timers.tick()
    morning.later(20)
    assert morning.is_closed()
    assert (morning.folder / "backups" / f"{MONDAY}.zip").exists()
    assert morning.codes() == {"notices.stuck"}


def test_files_that_a_copy_leaves_out_are_named(morning: Morning) -> None:
    morning.timers.record_copy(MONDAY, None, [LeftOutFile("voice/recorded/pipe.wav", "it is not an ordinary file")])
    assert [
        (fault.check, dict(fault.params)) for fault in morning.desk.faults.list_all() if fault.code == "backup.left_out"
    ] == [("backup", {"files": "voice/recorded/pipe.wav"})]
    morning.timers.record_copy(MONDAY, None, [])
    assert morning.codes() == set()


@pytest.mark.thorough
def test_a_key_of_no_bytes_comes_back_or_is_replaced_and_told(morning: Morning) -> None:
    morning.timers.start()
    key = signing.read_key(morning.folder)
    signing.get_key_path(morning.folder).write_bytes(b"")
    morning.later(20)
    assert (signing.read_key(morning.folder), morning.codes()) == (key, set())
    signing.get_key_path(morning.folder).write_bytes(b"")
    shutil.rmtree(morning.folder / "backups")
    morning.later(20)
    assert signing.read_key(morning.folder) not in {None, key}
    assert "journal.key_replaced" in morning.codes()
    with morning.desk.read() as db:
        replaced = signing.find_unconfirmed(db)
    assert key is not None
    assert replaced is not None
    assert replaced["old_public_key"] == signing.get_public_key(key)
    morning.desk.by("admin:1").do(signing.confirm_key, replaced["public_key"] or "")
    morning.later(60)
    morning.later(60)
    assert morning.codes() == set()


@pytest.mark.thorough
def test_a_full_disk_waits_for_space_and_then_everything_is_done_at_once(disk: type[Disk], morning: Morning) -> None:
    morning.desk.faults.note(DeskFault("other", "voice", "Nothing of ours."))
    disk.refuses = sqlite3.SQLITE_FULL
    morning.timers.start()
    morning.later(1)
    assert not morning.is_closed()
    assert {"store.full", "day.not_ended"} <= morning.codes()
    disk.refuses = None
    morning.later(30)
    assert morning.is_closed()
    morning.later(30)
    assert morning.codes() == {"other"}


@pytest.mark.thorough
def test_timers_of_a_day_still_end_it_when_nothing_is_wrong(morning: Morning) -> None:
    morning.timers.start()
    assert (morning.is_closed(), morning.codes()) == (True, set())
    assert timedelta(hours=23) == morning.clock.now() - MORNING
