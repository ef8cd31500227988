"""What a check finds wrong with a desk, each by itself."""

import sqlite3
from datetime import timedelta

import pytest

from motcua.checks.invariants import check_all
from motcua.desk import digests
from motcua.desk.backup import make_copy
from motcua.desk.files import write_whole
from motcua.queue import actions
from motcua.queue import store as queue_store
from tests.conftest import START, TODAY, Hall
from tests.told import tell_settings


@pytest.fixture(autouse=True)
def told(hall: Hall) -> None:
    hall.desk.do(tell_settings)


def states(hall: Hall) -> dict[str, str]:
    with hall.desk.read() as db:
        return {line.what: line.state for line in check_all(db, hall.desk.path.parent, hall.clock.now())}


FINE = {"journal": "ok", "clock": "ok", "disk": "ok", "backup": "ok", "digests": "ok", "voice": "degraded"}


def test_a_new_desk_is_fine_but_for_a_voice_that_nobody_has_made(hall: Hall) -> None:
    assert states(hall) == FINE


def test_a_day_that_was_closed_wants_its_signature_and_its_copy(hall: Hall) -> None:
    hall.desk.do(actions.close_day, TODAY)
    assert states(hall) == {**FINE, "backup": "down", "digests": "down"}
    folder = hall.desk.path.parent
    with hall.desk.read() as db:
        closings = queue_store.list_closings(db)
    for row in digests.list_unsigned(folder, closings):
        digests.write(hall.desk, folder, row)
    make_copy(folder, folder / "backups" / "2026-11-22.zip")
    assert states(hall) == {**FINE, "backup": "degraded"}
    write_whole(folder / "backups" / f"{TODAY}.zip", b"")
    assert states(hall) == {**FINE, "backup": "degraded"}
    make_copy(folder, folder / "backups" / f"{TODAY}.zip")
    assert states(hall) == FINE


def test_a_clock_that_went_back_is_down(hall: Hall) -> None:
    hall.desk.do(actions.open_hall)
    hall.clock.set(START - timedelta(days=1))
    assert states(hall)["clock"] == "down"


@pytest.mark.parametrize("harm", ["actor = 'officer:9'", "data = '{'"])
def test_a_changed_row_is_down(hall: Hall, harm: str) -> None:
    hall.desk.do(actions.open_hall)
    with sqlite3.connect(hall.desk.path) as db:
        for (name,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'"
        ).fetchall():
            db.execute(f"DROP TRIGGER {name}")
        db.execute(f"UPDATE journal SET {harm} WHERE seq = 1")  # noqa: S608 -- the cases above
    db.close()
    assert states(hall)["journal"] == "down"
