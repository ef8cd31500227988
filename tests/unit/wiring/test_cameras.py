"""What cameras are told to do."""

import json
from dataclasses import replace

import pytest

from motcua.audit.compare import list_differences
from motcua.queue import actions as queue
from motcua.settings.model import CameraRules
from motcua.setup import actions as setup_actions
from motcua.setup.camera_removal import CameraRemoval, remove_camera
from tests.conftest import Hall
from tests.unit.feedback.watched_counter import WatchedCounter, switch


@pytest.fixture
def counter(hall: Hall) -> WatchedCounter:
    return WatchedCounter(hall)


def test_switching_cameras_off_stops_them_and_keeps_nothing(counter: WatchedCounter) -> None:
    desk = counter.desk
    with desk.read() as db:
        document = setup_actions.get_document(db)
    desk.do(setup_actions.apply, document)
    visit = counter.start()
    counter.answer(visit, "yes")
    off = replace(document, settings=replace(document.settings, camera=CameraRules()))
    desk.do(setup_actions.apply, off)
    assert counter.steps() == [("begin", visit), ("stop", visit)]
    desk.do(setup_actions.apply, document)
    assert counter.steps()[-1] == ("begin", visit)
    desk.do(setup_actions.apply, off)
    desk.do(queue.finish, 1)
    assert counter.hear(visit).score is None


def test_removing_everything_stops_a_camera_that_looks_and_nothing_comes_of_the_visit(counter: WatchedCounter) -> None:
    desk = counter.desk
    with desk.read() as db:
        document = setup_actions.get_document(db)
    visit = counter.start()
    counter.answer(visit, "yes")
    assert desk.do(remove_camera) == CameraRemoval(scores=0, answers=2)
    assert counter.steps() == [("begin", visit), ("stop", visit)]
    desk.do(setup_actions.apply, document)
    counter.answer(visit, "no")
    desk.do(queue.finish, 1)
    assert counter.hear(visit).score is None
    with desk.read() as db:
        tables = {"camera_consents", "expressions"}
        assert [item for item in list_differences(db) if item.table in tables] == []


def test_a_camera_is_told_by_which_constants_and_limits_it_scores(counter: WatchedCounter) -> None:
    visit = counter.start()
    counter.desk.do(switch, CameraRules(is_on=True, slope=301, offset=-25, width_px=60))
    counter.answer(visit, "yes")
    with counter.desk.read() as db:
        payload, expires = db.execute("SELECT payload, expires_at FROM jobs WHERE kind = 'look'").fetchone()
    assert json.loads(payload)["constants"] == {
        "slope": 3.01, "offset": -0.25, "width_px": 60, "sharpness": 12, "darkest": 25, "brightest": 225, "yaw": 20,
        "pitch": 25,
    }  # fmt: skip
    assert expires == "2026-11-23T01:00:15.000Z"
