"""The journal alone gives every figure of every report; whatever was changed behind its back shows as a difference."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from motcua.audit.rebuilding import LEFT_OUT, UntoldRowError, rebuild_store
from motcua.checks.rebuilt_reports import ReportComparison, compare_reports
from motcua.cli import journal_rebuild
from motcua.copies import replace
from motcua.desk import Invalid, journal
from motcua.desk.database import open_reader
from motcua.reports.kinds import DAY, REPORTS
from motcua.setup.rooms import ROOMS
from tests.run_folder import once
from tests.unit.audit.full_desk import live


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "desk"
    place.mkdir()
    (place / "desk.db").write_bytes((once("audited", live) / "desk.db").read_bytes())
    return place


def compare(folder: Path) -> ReportComparison:
    with closing(open_reader(folder / "desk.db")) as db:
        return compare_reports(db, journal.read_rows(db), ROOMS)


def change(folder: Path, sql: str) -> None:
    with closing(sqlite3.connect(folder / "desk.db", isolation_level=None)) as db:
        db.execute("PRAGMA foreign_keys=OFF")
        assert db.execute(sql).rowcount > 0


@pytest.mark.thorough
def test_every_report_is_what_the_journal_says(folder: Path) -> None:
    comparison = compare(folder)
    assert (comparison.differences, comparison.count) == ([], len(REPORTS) - 1)
    left_out = {(report, what) for report, what in comparison.left_out}
    assert left_out == {(report.id, what) for report in REPORTS for what in report.beside_journal}
    assert ("camera", "*") in left_out
    assert all(comparison.left_out.values())


@pytest.mark.thorough
@pytest.mark.parametrize(
    ("sql", "report"),
    [
        ("UPDATE tickets SET state = 'served' WHERE state = 'cancelled'", "day"),
        ("UPDATE ratings SET level = 5 WHERE status = 'counted'", "day"),
        ("UPDATE ratings SET status = 'unprompted' WHERE status = 'counted'", "officers"),
        ("UPDATE askings SET state = 'skipped'", "officers"),
        ("UPDATE legs SET officer = 3", "officers"),
        ("UPDATE legs SET how = NULL", "officers"),
        ("DELETE FROM legs", "officers"),
        ("UPDATE ratings SET level = 5 WHERE status = 'counted'", "indices"),
    ],
)
def test_a_figure_that_was_changed_in_a_table_is_named(folder: Path, sql: str, report: str) -> None:
    change(folder, sql)
    comparison = compare(folder)
    assert report in {item.report for item in comparison.differences}
    assert all(item.place and item.stored != item.journal for item in comparison.differences)


@pytest.mark.thorough
def test_a_day_that_only_one_of_them_has_is_named(folder: Path) -> None:
    change(folder, "UPDATE tickets SET day = '2026-10-01'")
    days = {item.period.first for item in compare(folder).differences}
    assert days == {"2026-10-01", "2026-11-01", "2026-11-23"}, "both days, and both months by their first"


@pytest.mark.thorough
def test_what_a_report_names_as_beside_the_journal_is_not_compared(folder: Path) -> None:
    change(folder, "UPDATE ratings SET level = 5 WHERE status = 'counted'")
    with closing(open_reader(folder / "desk.db")) as db:
        excluded = [replace(DAY, beside_journal={"*": "Why"})]
        comparison = compare_reports(db, journal.read_rows(db), ROOMS, excluded)
    assert (comparison.count, comparison.differences, comparison.left_out) == (0, [], {("day", "*"): "Why"})


def test_a_rebuilt_store_holds_no_scores_no_passwords_and_no_words_of_citizens(folder: Path, tmp_path: Path) -> None:
    with closing(open_reader(folder / "desk.db")) as db:
        rebuild_store(journal.read_rows(db), db, tmp_path / "rebuilt.db", ROOMS)
        tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    with closing(open_reader(tmp_path / "rebuilt.db")) as db:
        assert set(LEFT_OUT) <= tables
        empty = (*LEFT_OUT, "texts", "seals", "account_photos", "suggestion_photos")
        assert {name: db.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in empty} == dict.fromkeys(  # noqa: S608
            empty, 0
        )
        assert "hashed" not in {row[0] for row in db.execute("SELECT password FROM accounts")}


def test_a_row_without_what_the_tables_need_is_named(folder: Path, tmp_path: Path) -> None:
    with closing(open_reader(folder / "desk.db")) as db:
        rows = list(journal.read_rows(db))
        called = next(row for row in rows if row["action"] == "ticket.called")
        called["data"] = {}
        with pytest.raises(UntoldRowError) as error:
            rebuild_store(rows, db, tmp_path / "rebuilt.db", ROOMS)
    assert error.value.seq == called["seq"]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"\xff\xfe\x00", 1),
        (b"{}\n", 1),
        (b"no json\n", 1),
        (b"[1]\n", 1),
        (b'{"seq":1,"at":"","day":"","actor":"","action":"","subject":"","data":[],"prev":"","hash":""}\n', 1),
    ],
)
def test_a_file_that_is_no_exported_journal_is_refused_by_its_line(tmp_path: Path, content: bytes, line: int) -> None:
    path = tmp_path / "journal.jsonl"
    path.write_bytes(content)
    with pytest.raises(Invalid) as refusal:
        journal_rebuild.read_exported(path)
    assert (refusal.value.code, refusal.value.params["line"]) == ("journal.unreadable", line)


def test_an_exported_journal_is_read_as_it_was_written(folder: Path, tmp_path: Path) -> None:
    with closing(open_reader(folder / "desk.db")) as db:
        rows = list(journal.read_rows(db))
    path = tmp_path / "journal.jsonl"
    path.write_text("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows), encoding="utf-8")
    assert journal_rebuild.read_exported(path) == rows
