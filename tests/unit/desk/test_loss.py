"""A folder that had a desk is never the place for a new one; a fresh one is."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from motcua.desk.backup import make_copy
from motcua.desk.loss import find_loss
from motcua.setup.rooms import find_problem, open_desk
from tests.unit.desk.notes import opened, write

TRACES = {"keys/journal.key": "11" * 32, "digests/2026-11-23.json": "{}", "backups/2026-11-23.zip": ""}


def _missing(store: Path) -> None:
    store.unlink(missing_ok=True)


def _empty(store: Path) -> None:
    store.write_bytes(b"")


def _zeros(store: Path) -> None:
    store.write_bytes(bytes(store.stat().st_size))


def _cut_header(store: Path) -> None:
    store.write_bytes(store.read_bytes()[:50])


def _text(store: Path) -> None:
    store.write_text("not a store" * 500)


def _of_another(store: Path) -> None:
    store.unlink()
    with sqlite3.connect(store) as db:
        db.execute("CREATE TABLE other (a)")
    db.close()


def _is_a_folder(store: Path) -> None:
    store.unlink()
    store.mkdir()


@pytest.mark.parametrize("trace", TRACES)
@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (_missing, "store.missing"),
        (_empty, "store.empty"),
        (_zeros, "store.damaged"),
        (_cut_header, "store.damaged"),
        (_text, "store.damaged"),
        (_of_another, "store.empty"),
        (_is_a_folder, "store.damaged"),
    ],
)
def test_a_store_that_is_lost_beside_what_a_desk_left_is_a_loss(
    folder: Path, trace: str, harm: Callable[[Path], None], code: str
) -> None:
    open_desk(folder).stop()
    (folder / trace).parent.mkdir()
    (folder / trace).write_text(TRACES[trace])
    assert find_loss(folder) is None
    harm(folder / "desk.db")
    loss = find_loss(folder)
    assert loss is not None
    assert (loss.code, loss.folder, loss.is_passing) == (code, folder, False)


def test_the_newest_usable_copy_is_named(folder: Path) -> None:
    with opened(folder) as pad:
        pad.desk.do(write, "một")
    make_copy(folder, folder / "backups" / "2026-11-22.zip")
    (folder / "backups" / "2026-11-23.zip").write_bytes(b"")
    (folder / "desk.db").write_bytes(b"")
    loss = find_loss(folder)
    assert loss is not None
    assert loss.backup == folder / "backups" / "2026-11-22.zip"


def test_a_fresh_folder_becomes_a_desk_and_so_does_one_whose_first_try_broke_off(folder: Path) -> None:
    for name in ("backups", "digests", "keys"):
        (folder / name).mkdir()
    assert find_loss(folder) is None
    (folder / "desk.db").write_bytes(b"")
    assert find_loss(folder) is None
    (folder / "desk.db-wal").write_bytes(b"what was not folded back")
    assert find_loss(folder) is not None
    (folder / "desk.db-wal").unlink()
    open_desk(folder).stop()
    assert find_loss(folder) is None


def test_a_store_with_holes_or_unreadable_settings_is_damaged_and_one_that_is_held_is_not(folder: Path) -> None:
    open_desk(folder).stop()
    assert find_problem(folder) is None
    with sqlite3.connect(folder / "desk.db") as db:
        db.execute("INSERT INTO settings (id, version, document) VALUES (1, 1, '{')")
    db.close()
    problem = find_problem(folder)
    assert problem is not None
    assert (problem.code, problem.is_passing) == ("store.damaged", False)
    store = folder / "desk.db"
    whole = store.read_bytes()
    store.write_bytes(whole[: len(whole) // 2])
    problem = find_problem(folder)
    assert problem is not None
    assert (problem.code, problem.is_passing) == ("store.damaged", False)
