"""What a check finds wrong with a desk, each by itself."""

import sqlite3
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from motcua.queue import actions
from motcua.wiring import digests
from motcua.wiring.invariants import look
from tests.conftest import START, TODAY, Hall


def states(hall: Hall) -> dict[str, str]:
    with hall.desk.read() as db:
        return {line.what: line.state for line in look(db, hall.desk.path.parent, hall.clock.now())}


FINE = {"journal": "ok", "clock": "ok", "disk": "ok", "backup": "ok", "digests": "ok", "voice": "degraded"}


def test_a_new_desk_is_fine_but_for_a_voice_that_nobody_has_made(hall: Hall) -> None:
    assert states(hall) == FINE


def test_a_day_that_was_closed_wants_its_signature_and_its_copy(hall: Hall) -> None:
    hall.desk.do(actions.close_day, TODAY)
    assert states(hall) == {**FINE, "backup": "down", "digests": "down"}
    digests.write_missing(hall.desk, hall.desk.path.parent)
    (hall.desk.path.parent / "backups").mkdir()
    (hall.desk.path.parent / "backups" / "2026-11-22.zip").write_bytes(b"")
    assert states(hall) == {**FINE, "backup": "degraded"}
    (hall.desk.path.parent / "backups" / f"{TODAY}.zip").write_bytes(b"")
    assert states(hall) == FINE


def test_a_clock_that_went_back_is_down(hall: Hall) -> None:
    hall.desk.do(actions.open_hall)
    hall.clock.set(START - timedelta(days=1))
    assert states(hall)["clock"] == "down"


def edit(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("UPDATE journal SET actor = 'officer:9' WHERE seq = 1")
    db.close()


def spoil(path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("UPDATE journal SET data = '{' WHERE seq = 1")
    db.close()


@pytest.mark.parametrize("harm", [edit, spoil])
def test_a_changed_row_is_down(hall: Hall, harm: Callable[[Path], None]) -> None:
    hall.desk.do(actions.open_hall)
    harm(hall.desk.path)
    assert states(hall)["journal"] == "down"
