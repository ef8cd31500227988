"""Whatever a program changes in the tables behind the journal's back is named, row by row and column by column."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from motcua.audit import compare
from motcua.audit.table import ADDED, CHANGED, REMOVED, Table, TableDifference
from motcua.cli.journal_verify import describe_difference as sentence
from motcua.desk.database import open_reader
from tests.run_folder import once
from tests.told import require_told
from tests.unit.audit.full_desk import live


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "desk"
    place.mkdir()
    (place / "desk.db").write_bytes((once("audited", live) / "desk.db").read_bytes())
    return place


def differences(folder: Path) -> list[TableDifference]:
    with closing(open_reader(folder / "desk.db")) as db:
        return list(compare.list_differences(db))


def change(folder: Path, sql: str, *values: object) -> None:
    with closing(sqlite3.connect(folder / "desk.db", isolation_level=None)) as db:
        db.execute(sql, values)


def test_an_untouched_desk_differs_in_nothing(folder: Path) -> None:
    assert differences(folder) == []


TABLES: list[Table] = [table for book in compare.make_books(has_steps=False) for table in book.tables]
COLUMNS = [
    pytest.param(table, column, id=f"{table.name}-{column}", marks=pytest.mark.thorough if place else ())
    for table in TABLES
    for place, column in enumerate(name for name in table.columns if not name.startswith("is_"))
]
"""Of each table the first at once, the others in the thorough part: they are two hundred."""


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_every_told_column_of_every_table_is_named_when_it_was_changed(folder: Path, table: Table, column: str) -> None:
    with closing(sqlite3.connect(folder / "desk.db", isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys=OFF")
        kind = next(row[2] for row in db.execute(f"PRAGMA table_info({table.name})") if row[1] == column)
        others = ("17", "18") if kind == "INTEGER" else ("'[17]'", "'[18]'")
        where = "state = 'done'" if table.name == "jobs" else "1"
        key = table.key[0] if table.key[0] not in {"n", "ticket"} else "id"
        row = f"{key} = (SELECT min({key}) FROM {table.name} WHERE {where})"  # noqa: S608 -- our own tables
        if column == "state":
            others = ("'done'", "'failed'") if table.name == "jobs" else ("'held'", "'cancelled'")
        if table.name == "ratings" and column == "status":
            others = ("'unprompted'", "'quarantined'")
        value = f"CASE WHEN {column} IS {others[0]} THEN {others[1]} ELSE {others[0]} END"
        done = db.execute(f"UPDATE {table.name} SET {column} = {value} WHERE {row}")  # noqa: S608 -- our own tables
        assert done.rowcount > 0
    items = differences(folder)
    assert {(item.table, item.column) for item in items} >= {(table.name, column)}, items
    assert all(sentence(item) for item in items)


LASTING = [table for table in TABLES if table.name not in {"jobs", "equipment_agents"}]


@pytest.mark.parametrize("table", LASTING, ids=lambda table: table.name)
def test_a_row_that_was_removed_is_named(folder: Path, table: Table) -> None:
    with closing(sqlite3.connect(folder / "desk.db", isolation_level=None)) as db:
        where = "kind <> 'session'" if table.name == "credentials" else "1"
        key = table.key[0] if table.key[0] not in {"n", "ticket"} else "id"
        db.execute(f"DELETE FROM {table.name} WHERE {key} = (SELECT max({key}) FROM {table.name} WHERE {where})")  # noqa: S608
    assert REMOVED in {item.problem for item in differences(folder) if item.table == table.name}


ROWS = {
    "an administrator": ("accounts", "INSERT INTO accounts VALUES (9, 'x', 'x', '', 'admin', NULL, '', 0, '')"),
    "a token": (
        "credentials",
        "INSERT INTO credentials VALUES (99, 'token', 'admin', NULL, NULL, 'x', 'aa', '2026', NULL, NULL, NULL)",
    ),
    "a pairing offer": ("pairings", "INSERT INTO pairings VALUES ('aa', 'admin', NULL, 'x', '2027', 'null')"),
    "a rating": (
        "ratings",
        "INSERT INTO ratings (visit, day, counter, officer, level, channel, status, at, reasons)"
        " VALUES (NULL, '2026-11-23', 1, 2, 5, 'pad', 'unprompted', '2026', '[]')",
    ),
    "a ticket": (
        "tickets",
        "INSERT INTO tickets (id, day, number, letter, serial, service, rank, state, issued_at, code, recalls, "
        "returned)"
        " SELECT 'x', day, 'A999', letter, 999, service, 1, 'waiting', issued_at, 'x', 0, 0 FROM tickets LIMIT 1",
    ),
    "a counter": (
        "counters",
        "INSERT INTO counters (number, label, services, state, passes, left_at, state_at) VALUES (99, '', "
        "'[]', 'open', 0, '', '')",
    ),
    "an applicant": (
        "dossier_secrets",
        "INSERT INTO dossier_secrets VALUES (99, 'MC-261123-0001', 'applicant', 'aa', x'00', x'00', NULL, '2027')",
    ),
    "a scan": (
        "dropoff_secrets",
        "INSERT INTO dropoff_secrets VALUES (99, 'K7MQ2RXT', 'page', 'x', 'aa', x'00', x'00')",
    ),
    "words": ("texts", "INSERT INTO texts VALUES ('aa', 'aa', 'tốt', '2027-01-01')"),
}


@pytest.mark.parametrize("what", ROWS)
def test_a_row_that_was_added_is_named(folder: Path, what: str) -> None:
    table, sql = ROWS[what]
    change(folder, sql)
    assert ADDED in {item.problem for item in differences(folder) if item.table == table}


SEALED = {
    "a name": ("accounts", "UPDATE accounts SET name = 'root' WHERE id = 1"),
    "a password": ("accounts", "UPDATE accounts SET password = 'mine' WHERE id = 1"),
    "a PIN": ("accounts", "UPDATE accounts SET pin = 'mine' WHERE id = 1"),
    "no password": ("accounts", "UPDATE accounts SET password = '' WHERE id = 2"),
    "somebody's counter": ("accounts", "UPDATE accounts SET counter = 2 WHERE id = 2"),
    "another salt": ("accounts", "UPDATE seals SET salt = 'aa' WHERE subject = 'account:1'"),
    "no salt": ("accounts", "DELETE FROM seals WHERE subject = 'account:1'"),
    "a token's secret": ("credentials", "UPDATE credentials SET secret = 'aa' WHERE kind = 'token' AND role = 'kiosk'"),
    "a token's person": ("credentials", "UPDATE credentials SET account = 1 WHERE kind = 'token' AND role = 'officer'"),
    "a revoked token": ("credentials", "UPDATE credentials SET revoked_at = NULL WHERE revoked_at IS NOT NULL"),
    "an offer's role": ("pairings", "UPDATE pairings SET role = 'admin'"),
    "the hall's name": ("settings", "UPDATE settings SET document = replace(document, 'Phường', 'Xã')"),
    "a rule": ("settings", "UPDATE settings SET document = json_set(document, '$.queue.undo_s', 600)"),
    "a settings file that cannot be read": ("settings", "UPDATE settings SET document = '{'"),
    "a service's name": ("settings", "UPDATE services SET name_vi = 'x' WHERE position = 0"),
    "a quota": ("settings", "UPDATE services SET quota_morning = 1 WHERE position = 0"),
    "a counter's label": ("settings", "UPDATE counters SET label = 'x' WHERE number = 1"),
    "an officer's photo": ("account_photos", "UPDATE account_photos SET image = x'00'"),
    "a photo of somebody else": ("account_photos", "UPDATE account_photos SET account = 3"),
    "an applicant": ("dossier_secrets", "UPDATE dossier_secrets SET body = x'00'"),
    "an applicant of somebody else": ("dossier_secrets", "UPDATE dossier_secrets SET dossier = 'MC-261123-0009'"),
    "data kept for the next visit": ("applicants", "UPDATE applicants SET body = x'00'"),
    "a scan": ("dropoff_secrets", "UPDATE dropoff_secrets SET body = x'00'"),
    "a scan of somebody else": ("dropoff_secrets", "UPDATE dropoff_secrets SET dropoff = 'K7MQ2RXT'"),
    "a locker's code": ("locker_doors", "UPDATE locker_doors SET body = x'00'"),
    "a photo": ("suggestion_photos", "UPDATE suggestion_photos SET image = x'00'"),
    "a citizen's words": ("texts", "UPDATE texts SET body = 'Rất tốt'"),
}


@pytest.mark.parametrize("what", SEALED)
def test_what_the_journal_may_not_say_in_words_is_sealed(folder: Path, what: str) -> None:
    table, sql = SEALED[what]
    change(folder, sql)
    items = [item for item in differences(folder) if item.table == table]
    assert {item.problem for item in items} & {CHANGED, ADDED}
    assert all("hashed" not in sentence(item) for item in items)


def test_every_table_and_column_is_told_or_has_a_reason(folder: Path) -> None:
    """What a later version adds is compared too, or somebody says why not."""
    columns_by_table = {table.name: {*table.key, *table.columns, *table.untold} for table in TABLES}
    missing = []
    with closing(sqlite3.connect(folder / "desk.db")) as db:
        names = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for name in names:
            if name.startswith(("sqlite_", "_sqlite")) or name in compare.UNTOLD:
                continue
            columns = {row[1] for row in db.execute(f"PRAGMA table_info({name})")}
            plain = {column.removeprefix("is_") for column in columns_by_table.get(name, set())}
            missing += [
                f"{name}.{column}"
                for column in sorted(columns - columns_by_table.get(name, set()))
                if column.removesuffix("_at") not in plain
            ]
    assert missing == []


@pytest.mark.thorough
def test_a_journal_row_in_other_bytes_is_named_though_its_hash_is_right(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from motcua.cli.commands import run

    with closing(sqlite3.connect(folder / "desk.db")) as db:
        row = db.execute("SELECT data FROM journal WHERE seq = 20").fetchone()[0]
    for other in (row.replace(":", ": ", 1), '{"ticket":"x",' + row[1:], row.replace("t", "\\u0074", 1), f"{row} "):
        with closing(sqlite3.connect(folder / "desk.db", isolation_level=None)) as db:
            db.execute("DROP TRIGGER IF EXISTS journal_keeps")
            db.execute("UPDATE journal SET data = ? WHERE seq = 20", (other,))
        assert run(["journal", "verify", "--data", str(folder), "--json"]) == 1
        assert json.loads(capsys.readouterr().out)["problem"].startswith(("Row 20", "Dòng 20"))


@pytest.mark.thorough
def test_verify_says_what_it_found_for_people_and_for_programs(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from motcua.cli.commands import run

    assert run(["journal", "verify", "--data", str(folder)]) == 0
    capsys.readouterr()
    change(folder, "UPDATE ratings SET level = 5 WHERE level = 4")
    assert run(["journal", "verify", "--data", str(folder), "--json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    (item,) = answer["differences"]
    assert (answer["ok"], answer["problem"], answer["compared"]) == (False, None, True)
    assert {name: item[name] for name in ("table", "row", "problem", "column", "journal", "stored")} == {
        "table": "ratings",
        "row": "2",
        "problem": CHANGED,
        "column": "level",
        "journal": 4,
        "stored": 5,
    }
    assert run(["journal", "verify", "--data", str(folder)]) == 1
    assert "ratings 2" in capsys.readouterr().out.splitlines()[-1]
    change(folder, "UPDATE ratings SET level = 4 WHERE level = 5")
    require_told(folder)
