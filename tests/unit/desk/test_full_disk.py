"""A disk that takes nothing: commands are refused with the reason, reading goes on, and it goes on by itself when
space comes.
"""

import sqlite3
from pathlib import Path

import pytest

from motcua.desk import Desk, ManualClock, Unavailable, database, system_entropy
from motcua.desk.command import Command
from motcua.wiring.space import AGAIN_S, SpaceWatch
from tests.disk import Disk, disk
from tests.unit.desk.notes import MONDAY, ROOM, Noted, Pad, opened, write

__all__ = ["disk"]


def _codes(pad: Pad) -> list[tuple[str, str]]:
    return [(fault.code, fault.check) for fault in pad.desk.faults.list_all()]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (sqlite3.SQLITE_FULL, "store.full"),
        (sqlite3.SQLITE_READONLY, "store.read_only"),
        (sqlite3.SQLITE_IOERR | (3 << 8), "store.unavailable"),
    ],
)
def test_what_cannot_be_saved_is_refused_and_told_until_it_can(
    folder: Path, disk: type[Disk], error: int, code: str
) -> None:
    with opened(folder) as pad:
        pad.desk.do(write, "một")
        disk.refuses = error
        entries: list[object] = []
        pad.desk.on(Noted, entries.append)
        with pytest.raises(Unavailable) as refused:
            pad.desk.do(write, "hai")
        assert refused.value.code == code
        assert (_codes(pad), entries, pad.notes()) == ([(code, "store")], [], [(1, "một")])
        assert pad.desk.refusal is not None
        assert not pad.desk.probe()
        disk.refuses = None
        assert pad.desk.probe()
        assert _codes(pad) == []
        assert pad.desk.do(write, "hai") == 2
        assert pad.one("SELECT count(*) FROM keys") == [(0,)]


def test_the_first_command_that_is_saved_ends_the_fault_too(folder: Path, disk: type[Disk]) -> None:
    with opened(folder) as pad:
        disk.refuses = sqlite3.SQLITE_FULL
        with pytest.raises(Unavailable):
            pad.desk.do(write, "một")
        disk.refuses = None
        pad.desk.do(write, "một")
        assert _codes(pad) == []


def test_a_desk_starts_on_a_full_disk_reads_and_no_two_starts_share_an_epoch(folder: Path, disk: type[Disk]) -> None:
    with opened(folder) as pad:
        pad.desk.do(write, "một")
    epochs = []
    for refuses in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_FULL, None):
        disk.refuses = refuses
        desk = Desk(folder / "desk.db", [ROOM], ManualClock(MONDAY), system_entropy, lambda _db: "Asia/Ho_Chi_Minh")
        pad = Pad(desk, ManualClock(MONDAY), desk.path)
        epochs.append(desk.epoch)
        assert (pad.notes()[0], _codes(pad)) == ((1, "một"), [("store.full", "store")] if refuses else [])
        disk.refuses = None
        assert desk.probe()
        desk.do(write, "hai")
        desk.stop()
    assert len(set(epochs)) == 3
    assert {epoch.partition(".")[0] for epoch in epochs} == {epochs[0].partition(".")[0]}


@pytest.mark.parametrize("left", [database.ALONE, database.FROZEN])
def test_a_store_that_was_opened_in_a_poor_way_is_opened_in_a_better_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch, left: str
) -> None:
    with opened(folder) as pad:
        pad.desk.do(write, "một")
    with monkeypatch.context() as patch:
        patch.setattr("motcua.desk.ledger.WAYS", (left,))
        lent_pad = opened(folder)
        pad = lent_pad.__enter__()
    assert pad.notes() == [(1, "một")]
    assert bool(pad.desk.faults.list_all()) == (left == database.FROZEN)
    with pad.desk.read() as db:
        pad.desk.probe()
        assert db.execute("SELECT count(*) FROM notes").fetchone()[0] == 1  # who reads just now is not disturbed
    assert pad.desk.probe()
    assert pad.desk.do(write, "hai") == 2
    with sqlite3.connect(pad.path) as other:  # another program may read again
        assert other.execute("SELECT count(*) FROM notes").fetchone() == (2,)
    other.close()
    lent_pad.__exit__(None, None, None)


def test_other_programs_are_let_in_again_though_somebody_read_at_the_first_look(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("motcua.desk.ledger.WAYS", (database.ALONE,))
        lent_pad = opened(folder)
        pad = lent_pad.__enter__()
    watch = SpaceWatch(pad.desk, folder)
    with pad.desk.read():
        watch.tick()
    assert pad.desk.is_apart
    for _second in range(AGAIN_S[1]):
        pad.clock.advance(1)
        watch.tick()
    assert not pad.desk.is_apart
    lent_pad.__exit__(None, None, None)


def test_a_command_of_its_own_fault_is_not_the_disks(pad: Pad) -> None:
    def wrong(tx: object) -> None:
        raise sqlite3.OperationalError("no such table: nothing")

    with pytest.raises(Unavailable):
        pad.desk.submit(Command("a", wrong))
    assert pad.desk.faults.list_all() == []
