"""What a check finds wrong with a desk, each by itself."""

import sqlite3
from datetime import timedelta

import pytest

from motcua.checks.invariants import check_all, check_cameras
from motcua.copies import replace
from motcua.desk import digests
from motcua.desk.backup import make_copy
from motcua.desk.files import write_whole
from motcua.queue import actions
from motcua.queue import store as queue_store
from motcua.settings.model import CameraRules
from motcua.setup import actions as setup_actions
from tests.cameras import place_cameras
from tests.conftest import START, TODAY, Hall
from tests.told import tell_settings


@pytest.fixture(autouse=True)
def told(hall: Hall) -> None:
    hall.desk.do(tell_settings)


def states(hall: Hall) -> dict[str, str]:
    with hall.desk.read() as db:
        return {line.what: line.state for line in check_all(db, hall.desk.path.parent, hall.clock.now())}


FINE = {
    "journal": "ok", "clock": "ok", "disk": "ok", "backup": "ok", "digests": "ok", "voice": "degraded", "smile": "ok",
}  # fmt: skip


@pytest.mark.thorough
def test_a_new_desk_is_fine_but_for_a_voice_that_nobody_has_made(hall: Hall) -> None:
    assert states(hall) == FINE


@pytest.mark.thorough
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


@pytest.mark.thorough
def test_a_clock_that_went_back_is_down(hall: Hall) -> None:
    hall.desk.do(actions.open_hall)
    hall.clock.set(START - timedelta(days=1))
    assert states(hall)["clock"] == "down"


@pytest.mark.thorough
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


def test_cameras_that_are_on_are_counted_and_one_that_is_nowhere_is_said(hall: Hall) -> None:
    def look() -> tuple[str, str | None, dict[str, object]]:
        with hall.desk.read() as db:
            line = check_cameras(db)
        return line.state, line.detail, dict(line.params)

    assert look() == ("ok", "cameras are switched off in the settings", {})
    with hall.desk.read() as db:
        document = setup_actions.get_document(db)
    settings = replace(document.settings, camera=CameraRules(is_on=True))
    hall.desk.do(setup_actions.apply, replace(document, settings=settings))
    assert look()[:2] == ("degraded", "cameras are switched on, but none is assigned to a counter")
    hall.desk.do(place_cameras, (1, 3))
    assert look()[2] == {"count": 2, "counters": "1, 3"}
