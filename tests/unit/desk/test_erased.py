"""What was erased is in no byte of the desk's folder any more, whichever way SQLite was built."""

import sqlite3
import zipfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.counters.events import CounterClosed, CounterPaused
from motcua.desk import Desk, ManualClock, Refused, SeededEntropy, Tx, database
from motcua.desk.backup import make_copy, restore
from motcua.desk.database import open_writer
from motcua.desk.journal import find_broken_link, read_strict_rows
from motcua.desk.tables import DESK
from motcua.setup import commands
from motcua.setup.rooms import ROOMS, open_desk
from motcua.wiring import erasing
from tests.conftest import START, set_up


class Careless(sqlite3.Connection):
    """SQLite as many systems build it: what is deleted stays in the file until something else needs the room."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.execute("PRAGMA secure_delete=OFF")


@pytest.fixture
def careless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "CONNECTION", Careless)


def remember(tx: Tx, bodies: list[str], days: int) -> list[str]:
    return [tx.keep_text(body, days) for body in bodies]


def holders(folder: Path, body: str) -> list[str]:
    """Return which files have the text in their bytes; a copy is looked into."""
    names = []
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as packed:
                contents = [packed.read(name) for name in packed.namelist()]
        else:
            contents = [path.read_bytes()] if path.is_file() else []
        names += [path.name for content in contents if body.encode() in content]
    return names


class Store:
    def __init__(self, folder: Path) -> None:
        self.folder, self.clock = folder, ManualClock(START)
        self.desk: Desk = open_desk(folder, self.clock, SeededEntropy(1))
        self.desk.do(set_up)

    def purge(self) -> None:
        self.desk.do(erasing.purge_texts)


@pytest.fixture
def store(tmp_path: Path, careless: None) -> Iterator[Store]:
    store = Store(tmp_path)
    yield store
    store.desk.stop()


SHORT, LONG = "Cán bộ quầy 3 nói trống không", "Xin cảm ơn rất nhiều. " * 400
FILLERS = [f"lời {number} của một người dân khác" for number in range(300)]


@pytest.mark.thorough
def test_a_purged_text_is_in_no_file_of_the_folder(store: Store) -> None:
    store.desk.do(remember, FILLERS[:150], 300)
    store.desk.do(remember, [SHORT, LONG], 10)
    store.desk.do(remember, FILLERS[150:], 300)
    assert "desk.db-wal" in holders(store.folder, SHORT)
    store.clock.advance(timedelta(days=11).total_seconds())
    store.purge()
    assert store.desk.fold()
    assert [holders(store.folder, text) for text in (SHORT, LONG[:60])] == [[], []]
    assert "desk.db" in holders(store.folder, FILLERS[7])
    make_copy(store.folder, store.folder / "backups" / "after.zip")
    restore(store.folder / "backups" / "after.zip", store.folder / "back", SeededEntropy(3))
    assert [holders(store.folder, text) for text in (SHORT, LONG[:60])] == [[], []]


def test_the_log_is_not_emptied_while_somebody_reads_and_nobody_waits_for_that(store: Store) -> None:
    store.desk.do(remember, [SHORT], 10)
    with store.desk.read() as db:
        db.execute("SELECT count(*) FROM texts").fetchone()
        store.clock.advance(timedelta(days=11).total_seconds())
        store.purge()
        assert not store.desk.fold()
        assert holders(store.folder, SHORT) != []
    assert store.desk.fold()
    assert holders(store.folder, SHORT) == []


@pytest.mark.thorough
@pytest.mark.usefixtures("careless")
def test_what_an_older_version_left_in_free_space_is_gone_after_one_start(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.desk.do(remember, [*FILLERS, SHORT, LONG], 10)
    store.desk.stop()
    old = sqlite3.connect(tmp_path / "desk.db")
    old.execute("PRAGMA secure_delete=OFF")
    old.execute("DELETE FROM texts")
    old.execute("PRAGMA user_version=0")
    old.commit()
    old.close()
    assert holders(tmp_path, SHORT) == ["desk.db"]
    make_copy(tmp_path, tmp_path / "old.zip")
    open_desk(tmp_path, ManualClock(START), SeededEntropy(2)).stop()
    assert holders(tmp_path, SHORT) == ["old.zip"]
    restore(tmp_path / "old.zip", tmp_path / "back", SeededEntropy(3))
    open_writer(tmp_path / "back" / "desk.db", [DESK, *ROOMS]).close()
    assert holders(tmp_path / "back", SHORT) == []


@pytest.mark.usefixtures("careless")
@pytest.mark.thorough
@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 3000), st.booleans()), min_size=1, max_size=60))
def test_however_long_texts_are_and_in_whatever_order_they_came_only_those_kept_are_left(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[int, bool]]
) -> None:
    store = Store(tmp_path_factory.mktemp("desk"))
    try:
        bodies = [
            (f"<{number:04d}>" + "x" * length + f"</{number:04d}>", is_kept)
            for number, (length, is_kept) in enumerate(rows)
        ]
        for body, is_kept in bodies:
            store.desk.do(remember, [body], 300 if is_kept else 10)
        store.clock.advance(timedelta(days=11).total_seconds())
        store.purge()
        store.desk.scrub()
        content = b"".join(path.read_bytes() for path in store.folder.iterdir())
        left = [
            number
            for number in range(len(rows))
            if f"<{number:04d}>".encode() in content or f"</{number:04d}>".encode() in content
        ]
        assert left == [number for number, (_length, is_kept) in enumerate(rows) if is_kept]
    finally:
        store.desk.stop()


def test_every_connection_overwrites_what_it_deletes_and_keeps_nothing_in_temporary_files(store: Store) -> None:
    with store.desk.read() as db:
        answers = [
            db.execute(f"PRAGMA {name}").fetchone()[0] for name in ("secure_delete", "temp_store", "trusted_schema")
        ]
    writer = open_writer(store.desk.path, [DESK, *ROOMS])
    answers += [
        writer.execute(f"PRAGMA {name}").fetchone()[0] for name in ("secure_delete", "temp_store", "trusted_schema")
    ]
    writer.close()
    assert answers == [1, 2, 0, 1, 2, 0]


def test_words_that_somebody_asks_to_erase_are_gone_and_the_chain_says_so(store: Store) -> None:
    store.desk.do(lambda tx: tx.emit(CounterPaused(1, None, "other", tx.keep_text(SHORT, 300))))
    store.desk.do(lambda tx: tx.emit(CounterClosed(1, None)))
    commands.run_command(store.desk, "text.erase", {"row": 1})
    store.desk.scrub()
    assert holders(store.folder, SHORT) == []
    for row, code in ((1, "text.gone"), (2, "text.none"), (99, "text.none")):
        with pytest.raises(Refused) as refused:
            commands.run_command(store.desk, "text.erase", {"row": row})
        assert refused.value.code == code
    with store.desk.read() as db:
        assert find_broken_link(read_strict_rows(db)) is None
        assert [row["action"] for row in read_strict_rows(db)] == ["counter.paused", "counter.closed", "text.erased"]
