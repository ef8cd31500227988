"""`motcua journal verify` on a desk whose clock was set: a row that says so is fine, a time that goes back without one is not."""

import sqlite3
from argparse import Namespace
from contextlib import closing
from pathlib import Path

import pytest

from motcua.cli import journal
from motcua.desk.journal import NOTHING_BEFORE, rows
from motcua.desk.journal import chain as hash_of
from motcua.queue import actions
from tests.conftest import Hall


def verify(folder: Path) -> int:
    return journal.main(Namespace(verb="verify", data=folder, digest=None))


@pytest.fixture
def stepped(hall: Hall) -> Hall:
    hall.desk.do(actions.issue, "copy", None)
    hall.clock.step(-600)
    hall.desk.do(actions.issue, "copy", None)
    return hall


def test_a_clock_that_was_set_breaks_nothing(stepped: Hall, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(stepped.folder) == 0
    assert "3" in capsys.readouterr().out


def test_a_row_that_goes_back_without_a_step_is_named_though_its_hash_is_right(stepped: Hall, capsys: pytest.CaptureFixture[str]) -> None:
    with stepped.desk.read() as db:
        first, _step, last = list(rows(db))
    last["seq"] = 2
    digest = hash_of(str(first["hash"]), {name: last[name] for name in ("seq", "at", "day", "actor", "action", "subject", "data")})
    assert first["prev"] == NOTHING_BEFORE
    with closing(sqlite3.connect(stepped.desk.path, isolation_level=None)) as db:
        for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'").fetchall():
            db.execute(f"DROP TRIGGER {name}")
        db.execute("DELETE FROM journal WHERE seq = 2")
        db.execute("UPDATE journal SET seq = 2, prev = ?, hash = ? WHERE seq = 3", (first["hash"], digest))
    assert verify(stepped.folder) == 1
    said = capsys.readouterr().out
    assert "2" in said
    assert len(said.splitlines()) == 1
