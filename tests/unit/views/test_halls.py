"""What kiosk, wall and ticket's page are told: waits, quotas, who is served, breaks, seats; and the sentence of a
call.
"""

from collections.abc import Callable
from typing import Any

import pytest

from motcua.catalogue import store as catalogue
from motcua.copies import replace
from motcua.counters import actions as counters
from motcua.desk import Tx
from motcua.estimates.waits import WaitEstimates
from motcua.queue import actions as queue
from motcua.queue.model import TicketRequest, WaitRange
from motcua.settings import store as settings
from motcua.settings.model import Seats
from motcua.views.camera import CameraConditions
from motcua.views.counter import show_counter
from motcua.views.follow import follow_screen
from motcua.views.hall import find_widest_wait
from motcua.views.kiosk import show_kiosk as kiosk_view
from motcua.views.wall import show_wall as wall_view
from tests.conftest import GROUPS, SERVICES, SETTINGS, TODAY, Hall

NO_ESTIMATES = WaitEstimates()
SEATS = ("Ghế 1", "Ghế 2")
WORKING = CameraConditions(lambda _device: True)


@pytest.fixture
def changed(hall: Hall) -> Callable[..., Hall]:
    """Return what changes services of the small hall, e.g. `changed(copy={"at_seat": True})`; seats have two labels."""

    def change(**services: dict[str, Any]) -> Hall:
        def write(tx: Tx) -> None:
            settings.save(tx.db, replace(SETTINGS, seats=Seats(SEATS)))
            catalogue.replace_all(tx.db, GROUPS, [replace(item, **services.get(item.code, {})) for item in SERVICES])

        hall.desk.do(write)
        return hall

    return change


def wait(p50_s: int, p80_s: int) -> dict[str, Any]:
    minutes = f"{p50_s // 60}\N{EN DASH}{p80_s // 60}"
    return {"p50_s": p50_s, "p80_s": p80_s, "text": {"vi": f"khoảng {minutes} phút", "en": f"about {minutes} min"}}


def kiosk(hall: Hall, waits: WaitEstimates = NO_ESTIMATES) -> dict[str, Any]:
    with hall.desk.read() as db:
        return kiosk_view(db, hall.clock.now(), TODAY, waits, clock_behind=False)


def service(hall: Hall, code: str, waits: WaitEstimates = NO_ESTIMATES) -> dict[str, Any]:
    return next(item for group in kiosk(hall, waits)["groups"] for item in group["services"] if item["code"] == code)


def test_a_tile_says_how_long_an_ordinary_citizen_waits_and_what_is_left(changed: Callable[..., Hall]) -> None:
    hall = changed(copy={"quota": (2, 5), "at_seat": True, "bookable": True})
    waits = WaitEstimates({("copy", 4): WaitRange(300, 900), ("copy", 1): WaitRange(0, 60)})
    hall.desk.do(queue.issue, "copy", None)
    assert service(hall, "copy", waits) == {
        "code": "copy",
        "name": {"vi": "copy", "en": "copy"},
        "waiting": 1,
        "wait": wait(300, 900),
        "quota_left": 1,
        "again_today": True,
        "served": True,
        "at_seat": True,
        "bookable": True,
    }
    found = kiosk(hall)
    assert (found["half"], found["on_break"], found["booking"], found["seats"]) == (0, False, False, list(SEATS))
    assert service(hall, "birth")["quota_left"] is None


@pytest.mark.parametrize(("quota", "afternoon"), [((1, None), True), ((1, 3), True), ((1, 0), False)])
def test_a_quota_that_is_gone_says_whether_the_afternoon_has_more(
    changed: Callable[..., Hall], quota: tuple[int | None, int | None], afternoon: bool
) -> None:
    hall = changed(copy={"quota": quota})
    hall.desk.do(queue.issue, "copy", None)
    found = service(hall, "copy")
    assert (found["quota_left"], found["again_today"]) == (0, afternoon)


def test_a_quota_of_the_afternoon_is_counted_by_itself(changed: Callable[..., Hall]) -> None:
    hall = changed(copy={"quota": (1, 1)})
    hall.desk.do(queue.issue, "copy", None)
    hall.clock.advance(5.5 * 3600)
    assert (kiosk(hall)["half"], service(hall, "copy")["quota_left"], service(hall, "copy")["again_today"]) == (
        1,
        1,
        False,
    )


def test_between_two_sessions_there_is_a_break_and_before_or_after_them_none(hall: Hall) -> None:
    hall.clock.advance(4 * 3600)
    found = kiosk(hall)
    assert (found["open"], found["on_break"], found["next_opening"]) == (False, True, "2026-11-23T13:00+07:00")
    hall.clock.advance(6 * 3600)
    assert kiosk(hall)["on_break"] is False


def test_a_service_whose_last_counter_left_says_so_and_is_served_again_later(hall: Hall) -> None:
    assert service(hall, "business")["served"] is True
    hall.desk.do(counters.open_counter, 3, None)
    hall.desk.do(counters.close, 3)
    assert service(hall, "business")["served"] is False
    hall.desk.do(counters.open_counter, 3, None)
    assert service(hall, "business")["served"] is True


def test_the_wait_of_a_group_covers_those_services_that_somebody_waits_for(hall: Hall) -> None:
    waits = WaitEstimates(
        {("copy", 4): WaitRange(600, 1200), ("signature", 4): WaitRange(60, 300), ("signature", 1): WaitRange(0, 1)}
    )
    group = SERVICES[:2]
    assert find_widest_wait(group, {}, 4, waits) == WaitRange(60, 1200)
    assert find_widest_wait(group, {"copy": 1}, 4, waits) == WaitRange(600, 1200)
    assert find_widest_wait(group, {"copy": 1}, 1, waits) is None
    assert find_widest_wait(SERVICES[2:], {}, 4, waits) is None
    with hall.desk.read() as db:
        found = wall_view(db, hall.clock.now(), TODAY, waits, clock_behind=False)["groups"]
    assert {item["letter"]: item["wait"] for item in found} == {"A": wait(60, 1200), "H": None, "K": None}


def test_whoever_sits_is_shown_at_the_seat_until_sent_on_to_a_counter(changed: Callable[..., Hall]) -> None:
    hall = changed(copy={"at_seat": True})
    made = hall.desk.do(queue.take_number, TicketRequest("copy", seat="Ghế 2"), NO_ESTIMATES.estimate_new).ticket
    waits = WaitEstimates(tickets={made.id: WaitRange(60, 120)}, looked_at=made.issued_at)
    with hall.desk.read() as db:
        page = follow_screen(db, made, TODAY, {item.code: item for item in catalogue.list_services(db)}, waits)
        screen = show_counter(db, 1, hall.clock.now(), TODAY, WORKING)
    assert (page["seat"], page["seats"]) == ("Ghế 2", list(SEATS))
    assert page["ticket"]["wait"] == wait(60, 120)
    assert [row["seat"] for row in screen["waiting"]] == ["Ghế 2"]
    hall.desk.do(counters.open_counter, 1, None)
    hall.desk.do(queue.call_next, 1)
    hall.desk.do(queue.start, 1)
    with hall.desk.read() as db:
        shown = wall_view(db, hall.clock.now(), TODAY, waits, clock_behind=False)
        screen = show_counter(db, 1, hall.clock.now(), TODAY, WORKING)
    assert (shown["now"][0]["seat"], shown["recent"][0]["seat"], screen["seat"]) == ("Ghế 2", "Ghế 2", "Ghế 2")
    hall.desk.do(queue.transfer, 1, "signature", None)
    with hall.desk.read() as db:
        assert [row["seat"] for row in show_counter(db, 1, hall.clock.now(), TODAY, WORKING)["waiting"]] == [None]
