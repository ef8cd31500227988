"""`motcua journal verify` on a desk whose clock was set: a row that says so is fine, a time that goes back without
one is not.
"""

import sqlite3
from argparse import Namespace
from contextlib import closing
from pathlib import Path

import pytest

from motcua.cli import journal
from motcua.desk.journal import hash_row as hash_of
from motcua.desk.journal import read_rows
from motcua.queue import actions
from tests.conftest import Hall
from tests.told import tell_settings


def verify(folder: Path) -> int:
    return journal.main(Namespace(verb="verify", data=folder, digest=None, json=False))


@pytest.fixture
def stepped(hall: Hall) -> Hall:
    hall.desk.do(tell_settings)
    hall.desk.do(actions.issue, "copy", None)
    hall.clock.step(-600)
    hall.desk.do(actions.issue, "copy", None)
    return hall


def test_a_clock_that_was_set_breaks_nothing(stepped: Hall, capsys: pytest.CaptureFixture[str]) -> None:
    assert verify(stepped.folder) == 0
    assert "4" in capsys.readouterr().out


def test_a_row_that_goes_back_without_a_step_is_named_though_its_hash_is_right(
    stepped: Hall, capsys: pytest.CaptureFixture[str]
) -> None:
    with stepped.desk.read() as db:
        _settings, first, _step, last = list(read_rows(db))
    last["seq"] = 3
    digest = hash_of(
        str(first["hash"]), {name: last[name] for name in ("seq", "at", "day", "actor", "action", "subject", "data")}
    )
    with closing(sqlite3.connect(stepped.desk.path, isolation_level=None)) as db:
        for (name,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'"
        ).fetchall():
            db.execute(f"DROP TRIGGER {name}")
        db.execute("DELETE FROM journal WHERE seq = 3")
        db.execute("UPDATE journal SET seq = 3, prev = ?, hash = ? WHERE seq = 4", (first["hash"], digest))
    assert verify(stepped.folder) == 1
    said = capsys.readouterr().out
    assert "3" in said
    assert len(said.splitlines()) == 1
