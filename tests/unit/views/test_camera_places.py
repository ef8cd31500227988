"""Where a camera is on, as the start page says it, and what the settings page says of what it needs."""

from motcua.copies import replace
from motcua.desk import Tx
from motcua.equipment import actions as equipment_actions
from motcua.equipment.model import Binding
from motcua.settings import store as settings_store
from motcua.staff import actions as staff_actions
from motcua.views.camera_places import describe_camera_setup, list_camera_counters, list_watched_counters
from tests.cameras import place_cameras
from tests.conftest import Hall

NOW = "2026-11-22T06:30:00.000Z"


def switch(tx: Tx, *, is_on: bool) -> None:
    settings = settings_store.get_settings(tx.db)
    settings_store.save(tx.db, replace(settings, camera=replace(settings.camera, is_on=is_on)))


def watched(hall: Hall) -> tuple[list[int], list[int]]:
    with hall.desk.read() as db:
        return list_camera_counters(db), list_watched_counters(db)


def test_a_camera_is_on_where_it_is_bound_and_only_while_the_switch_is_on(hall: Hall) -> None:
    agent = hall.desk.do(place_cameras, (2, 1))
    assert watched(hall) == ([1, 2], [])
    hall.desk.do(lambda tx: switch(tx, is_on=True))
    assert watched(hall) == ([1, 2], [1, 2])
    hall.desk.do(equipment_actions.bind, Binding(agent, (2,)))
    assert watched(hall) == ([2], [2])
    hall.desk.do(lambda tx: switch(tx, is_on=False))
    assert watched(hall) == ([2], [])


def test_a_desk_without_a_camera_says_so(hall: Hall) -> None:
    hall.desk.do(lambda tx: switch(tx, is_on=True))
    assert watched(hall) == ([], [])


def test_paired_pads_are_listed_with_their_counters(hall: Hall) -> None:
    hall.desk.do(place_cameras, (1, 2))
    hall.desk.do(staff_actions.add_token, "pad", 2, "bàn 2", None)
    hall.desk.do(staff_actions.add_token, "counter", 1, "bàn 1", None)
    with hall.desk.read() as db:
        setup = describe_camera_setup(db, NOW)
    assert (setup["counters"], setup["pads"]) == ([1, 2], [2])
