"""What is read once a version: it is never older than the transaction that reads it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from motcua.catalogue import store as catalogue_store
from motcua.copies import replace
from motcua.counters import store as counter_store
from motcua.desk import Refused, Tx, read_once
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from tests.conftest import Hall


def name_of(settings: Settings) -> str:
    return settings.unit.name


def rename(tx: Tx, name: str) -> str:
    settings = settings_store.get_settings(tx.db)
    settings_store.save(tx.db, replace(settings, unit=replace(settings.unit, name=name)))
    return name_of(settings_store.get_settings(tx.db))


def rename_in_vain(tx: Tx, name: str) -> None:
    assert rename(tx, name) == name
    raise Refused("test.refused", "Not this one.")


def read_in_a_command(tx: Tx) -> str:
    return name_of(settings_store.get_settings(tx.db))


def read(hall: Hall) -> tuple[str, str]:
    """Return the name as a reader and as the writer read it."""
    with hall.desk.read() as db:
        name = name_of(settings_store.get_settings(db))
    return name, hall.desk.do(read_in_a_command)


def test_a_change_is_read_in_its_own_command_and_by_everybody_afterwards(hall: Hall) -> None:
    assert read(hall) == read(hall)
    assert hall.desk.do(rename, "Xuân Hòa") == "Xuân Hòa"
    assert read(hall) == ("Xuân Hòa", "Xuân Hòa")


def test_a_change_that_is_taken_back_leaves_nothing_behind(hall: Hall) -> None:
    before = read(hall)
    with pytest.raises(Refused):
        hall.desk.do(rename_in_vain, "Bỏ")
    assert read(hall) == before
    hall.desk.do(rename, "Giữ")  # the count of changes is now what it was in the change that was taken back
    assert read(hall) == ("Giữ", "Giữ")


def test_a_reader_that_began_before_a_change_goes_on_with_what_was(hall: Hall) -> None:
    before, _ = read(hall)
    with hall.desk.read() as db:
        hall.desk.do(rename, "Mới")
        assert name_of(settings_store.get_settings(db)) == before
    assert read(hall) == ("Mới", "Mới")


def test_what_another_process_changes_is_seen_at_once(hall: Hall) -> None:
    name = hall.desk.do(rename, "Trong")
    assert read(hall) == (name, name)
    with closing(sqlite3.connect(hall.folder / "desk.db", isolation_level=None)) as other:
        document = other.execute("SELECT document FROM settings").fetchone()[0]
        other.execute("UPDATE settings SET document = ?", (document.replace(name, "Ngoài"),))
        assert read(hall) == ("Ngoài", "Ngoài")
        other.execute("UPDATE settings SET document = ?", (document,))
    assert read(hall) == (name, name)


def test_nothing_is_read_twice_while_nothing_changes(hall: Hall) -> None:
    reads = []
    for _ in range(3):
        with hall.desk.read() as db:
            read_once(db, "test", lambda _db: reads.append(1))
    assert reads == [1]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE settings SET document = document",
        "UPDATE groups SET name_vi = name_vi",
        "DELETE FROM services WHERE code = 'copy'",
        "UPDATE counters SET services = services WHERE number = 1",
        "INSERT INTO equipment (agent, name, kind, counters) VALUES (1, 'in', 'printer', '[]')",
        "INSERT INTO equipment_bindings (agent, counters, kiosks, confirmed) VALUES (1, '[]', '[]', 1)",
        "INSERT INTO credentials (kind, role, name, secret, created_at) VALUES ('token', 'agent', '', 'x', '')",
    ],
)
def test_each_change_behind_what_is_remembered_is_counted(hall: Hall, change: str) -> None:
    path: Path = hall.folder / "desk.db"
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        before = db.execute("SELECT facts FROM desk").fetchone()[0]
        db.execute(change)
        assert db.execute("SELECT facts FROM desk").fetchone()[0] > before


def test_a_day_at_the_counters_changes_nothing_that_is_remembered(hall: Hall) -> None:
    with closing(sqlite3.connect(hall.folder / "desk.db", isolation_level=None)) as db:
        before = db.execute("SELECT facts FROM desk").fetchone()[0]
        db.execute("UPDATE counters SET state = 'open', in_hand = NULL, passes = 1")
        assert db.execute("SELECT facts FROM desk").fetchone()[0] == before


def test_lists_that_a_caller_changes_are_its_own(hall: Hall) -> None:
    with hall.desk.read() as db:
        for items in (catalogue_store.list_services(db), catalogue_store.list_groups(db)):
            items.clear()
        assert len(catalogue_store.list_services(db)) > 1
        assert len(catalogue_store.list_groups(db)) > 1
        assert [item.number for item in counter_store.list_lanes(db)] == [
            item.number for item in counter_store.list_all(db)
        ]
