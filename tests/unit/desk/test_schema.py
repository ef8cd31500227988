"""A store has the schema that the program makes and nothing else: what is foreign is found, named, and never acts."""

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.checks.invariants import check_all
from motcua.cli.restore import find_store_break
from motcua.desk import Desk, ManualClock, SeededEntropy, schema
from motcua.desk.backup import make_copy, restore
from motcua.desk.database import list_steps, open_any
from motcua.desk.loss import StoreLostError
from motcua.desk.tables import DESK
from motcua.desk.unpacking import BadBackupError
from motcua.queue import actions
from motcua.setup.rooms import ROOMS, open_desk
from tests.conftest import START, set_up

EVERY = [DESK, *ROOMS]
PLANTED = {
    "trigger rich": "CREATE TRIGGER rich AFTER INSERT ON ratings BEGIN UPDATE ratings SET level = 5 WHERE id = "
    "NEW.id; END",
    "trigger journal_zero": "CREATE TRIGGER journal_zero AFTER UPDATE ON desk BEGIN DELETE FROM accounts; END",
    "view spy": "CREATE VIEW spy AS SELECT password FROM accounts",
    "index hinder": "CREATE UNIQUE INDEX hinder ON tickets (letter)",
    "index count": "CREATE INDEX count ON journal (upper(data))",
    "table extra": "CREATE TABLE extra (a, b)",
    "table seek": "CREATE VIRTUAL TABLE seek USING fts5(body)",
}
FORGED = [
    ("index", "rich", PLANTED["trigger rich"]),
    ("table", "x", "CREATE VIEW x AS SELECT 1"),
    ("nonsense", "rich", PLANTED["trigger rich"]),
    ("trigger", "journal_stays2", PLANTED["trigger rich"]),
]


def plain(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def plant(path: Path, *statements: str) -> None:
    with closing(plain(path)) as db:
        for sql in statements:
            db.execute(sql)


def differences(path: Path) -> list[str]:
    with closing(open_any(path)) as db:
        return schema.compare_schema(db, list_steps(EVERY)).names


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "desk"
    place.mkdir(mode=0o700)
    desk = opened(place)
    desk.do(set_up)
    desk.do(actions.open_hall)
    desk.stop()
    return place


def opened(folder: Path) -> Desk:
    return open_desk(folder, ManualClock(START), SeededEntropy(1))


def copy_with(folder: Path, target: Path, *statements: str) -> Path:
    """Return a copy of the desk, made by hand, whose store had these statements run on it."""
    make_copy(folder, folder / "whole.zip")
    with zipfile.ZipFile(folder / "whole.zip") as whole, zipfile.ZipFile(target, "w") as out:
        for name in whole.namelist():
            if name != "desk.db":
                out.writestr(name, whole.read(name))
        store = target.with_suffix(".db")
        store.write_bytes(whole.read("desk.db"))
        plant(store, *statements)
        out.write(store, "desk.db")
    return target


def test_the_programs_own_store_differs_in_nothing_whether_new_or_used(folder: Path) -> None:
    assert differences(folder / "desk.db") == []
    plant(folder / "desk.db", "ANALYZE")
    assert differences(folder / "desk.db") == []


@pytest.mark.thorough
@pytest.mark.parametrize("name", PLANTED)
def test_what_is_foreign_in_a_copy_is_taken_out_and_named(folder: Path, tmp_path: Path, name: str) -> None:
    copy = copy_with(folder, tmp_path / "copy.zip", PLANTED[name])
    restored = restore(copy, tmp_path / "back", SeededEntropy(2), find_store_break, rooms=EVERY)
    assert name in restored.cleaned
    assert differences(tmp_path / "back" / "desk.db") == []
    assert restored.rows == 1
    opened(tmp_path / "back").stop()


@pytest.mark.thorough
def test_what_a_copy_lacks_of_the_programs_own_guards_is_put_back(folder: Path, tmp_path: Path) -> None:
    weak = (
        "DROP TRIGGER journal_keeps",
        "DROP INDEX ratings_one_counts",
        "CREATE TRIGGER journal_keeps AFTER INSERT ON days BEGIN SELECT 1; END",
    )
    copy = copy_with(folder, tmp_path / "copy.zip", *weak)
    restored = restore(copy, tmp_path / "back", SeededEntropy(2), find_store_break, rooms=EVERY)
    assert sorted(restored.cleaned) == ["index ratings_one_counts", "trigger journal_keeps"]
    with closing(plain(tmp_path / "back" / "desk.db")) as db, pytest.raises(sqlite3.IntegrityError):
        db.execute("UPDATE journal SET actor = 'officer:9'")


@pytest.mark.thorough
@pytest.mark.parametrize(
    "statements",
    [
        ["DROP TABLE days", "CREATE VIEW days AS SELECT '2026-11-23' AS day, NULL AS opened_at, NULL AS closed_at"],
        ["ALTER TABLE accounts ADD COLUMN hidden TEXT DEFAULT 'x'"],
        ["DROP TABLE texts"],
        *[
            [
                "PRAGMA writable_schema=ON",
                f"INSERT INTO sqlite_master VALUES ('{kind}', '{name}', 'ratings', 0, '{sql}')",  # noqa: S608 -- ours
            ]
            for kind, name, sql in FORGED
        ],
    ],
)
def test_a_copy_with_other_tables_or_a_forged_schema_is_refused_with_nothing_changed(
    folder: Path, tmp_path: Path, statements: list[str]
) -> None:
    copy = copy_with(folder, tmp_path / "copy.zip", *statements)
    with pytest.raises(BadBackupError):
        restore(copy, tmp_path / "back", SeededEntropy(2), find_store_break, rooms=EVERY)
    assert not (tmp_path / "back" / "desk.db").exists()


@pytest.mark.thorough
def test_a_desk_that_starts_takes_out_what_could_act_and_says_so(folder: Path) -> None:
    plant(folder / "desk.db", *PLANTED.values(), "DROP TRIGGER journal_stays")
    desk = opened(folder)
    try:
        (fault,) = [fault for fault in desk.faults.list_all() if fault.code == "store.foreign"]
        names = str(fault.params["names"])
        assert [name in names for name in PLANTED if not name.startswith("table")] == [True] * 5
        assert "trigger journal_stays" in names
        assert sorted({name for name in differences(folder / "desk.db") if "seek" not in name}) == ["table extra"]
        with desk.read() as db:
            line = next(line for line in check_all(db, folder, START) if line.what == "store")
        assert (line.state, "table extra" in str(line.params["names"])) == ("down", True)
    finally:
        desk.stop()


def test_a_desk_whose_table_is_a_foreign_view_does_not_start(folder: Path) -> None:
    plant(folder / "desk.db", "ALTER TABLE accounts RENAME TO hidden", "CREATE VIEW accounts AS SELECT * FROM hidden")
    with pytest.raises((StoreLostError, sqlite3.DatabaseError)):
        opened(folder)


@pytest.mark.thorough
@settings(max_examples=60)
@given(st.sets(st.sampled_from(sorted(PLANTED))), st.integers(0, 10))
def test_every_mixture_of_foreign_things_is_cleaned_from_every_state_of_the_steps(
    tmp_path_factory: pytest.TempPathFactory, names: set[str], dropped: int
) -> None:
    """A store that has seen only some steps is compared with those steps."""
    steps = list_steps(EVERY)
    path = tmp_path_factory.mktemp("store") / "desk.db"
    db = open_any(path)
    with_all = steps if dropped == 0 else [step for step in steps if step[0].endswith(":first")]
    schema.make_migrations(with_all).apply(db)
    assert schema.compare_schema(db, steps).names == []
    for name in sorted(names):
        db.conn.execute(PLANTED[name])
    cleaned = schema.clean_schema(db, steps)
    assert names <= set(cleaned)
    assert schema.compare_schema(db, steps).names == []
    db.close()
