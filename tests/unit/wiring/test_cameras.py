"""What cameras are told to do."""

import json

import pytest

from motcua.audit.compare import list_differences
from motcua.copies import replace
from motcua.feedback.model import ScoreObstacle
from motcua.queue import actions as queue
from motcua.settings.model import CameraRules
from motcua.setup import actions as setup_actions
from motcua.setup.camera_removal import CameraRemoval, remove_camera
from motcua.wiring.pad_watch import PAD_GRACE_S, PadWatch
from tests.conftest import Hall
from tests.unit.feedback.watched_counter import WatchedCounter, switch


@pytest.fixture
def counter(hall: Hall) -> WatchedCounter:
    return WatchedCounter(hall)


def test_a_yes_lapses_where_no_pad_is_left_to_take_it_back(counter: WatchedCounter) -> None:
    pads = [1]
    watch = PadWatch(counter.desk, lambda: pads)
    visit = counter.start()
    counter.answer(visit, "yes")
    watch.tick()
    pads.clear()
    watch.tick()
    counter.clock.advance(PAD_GRACE_S - 1)
    watch.tick()
    assert counter.steps() == [("begin", visit)]
    counter.clock.advance(1)
    watch.tick()
    watch.tick()
    assert counter.steps() == [("begin", visit), ("stop", visit)]
    assert [row["answer"] for row in counter.journal("camera.consent")] == ["none", "yes", "none"]
    view = counter.on_pad()
    assert view is not None
    assert view["step"] == "ask"
    counter.desk.do(queue.finish, 1)
    assert counter.hear(visit).reason is ScoreObstacle.NO_CONSENT
    with counter.desk.read() as db:
        assert [item for item in list_differences(db) if item.table == "camera_consents"] == []


def test_a_pad_that_is_back_soon_changes_nothing_and_one_that_was_away_asks_again(counter: WatchedCounter) -> None:
    pads: list[int] = []
    watch = PadWatch(counter.desk, lambda: pads)
    visit = counter.start()
    counter.answer(visit, "yes")
    for present in ([], [1], []):
        pads[:] = present
        watch.tick()
        counter.clock.advance(PAD_GRACE_S - 1)
        watch.tick()
    assert counter.steps() == [("begin", visit)]
    counter.clock.advance(1)
    watch.tick()
    counter.answer(visit, "yes")
    assert counter.steps() == [("begin", visit), ("stop", visit), ("begin", visit)]


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
