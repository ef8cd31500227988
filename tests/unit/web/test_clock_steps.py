"""The computer's clock is set: screens get the right time at once, health says so, and nobody is signed out or
locked out by it.
"""

from typing import Any

import pytest

from motcua.desk import Refused
from motcua.queue import actions as queue
from motcua.server import build
from motcua.staff import actions as staff
from motcua.staff.model import Account, Role
from motcua.web.limits import Attempts
from motcua.web.site import Site
from motcua.wiring.clockwatch import ClockWatch
from tests.conftest import Hall

HOUR = 3600
STOOD_AHEAD = 7 * HOUR


@pytest.fixture
def site(hall: Hall) -> Site:
    hall.clock.step(STOOD_AHEAD)
    made = build(hall.desk)
    hall.desk.do(queue.issue, "copy", None)
    return made


def listen(site: Site, *namespaces: str) -> list[tuple[str, str, dict[str, Any]]]:
    """Let somebody listen to these namespaces; return what they are sent: namespace, event, state."""
    heard: list[tuple[str, str, dict[str, Any]]] = []

    def broadcast(messages: Any, namespace: str, _room: str) -> None:
        heard.extend((namespace, event, state) for event, state in messages)

    site.stages.broadcast = broadcast
    for namespace in namespaces:
        stage = site.stages.get(namespace)
        assert stage is not None
        stage.record_join("")
        stage.look("")
    return heard


@pytest.mark.thorough
def test_every_screen_is_sent_the_right_time_at_once(site: Site, hall: Hall) -> None:
    heard = listen(site, "/wall", "/kiosk", "/leaders")
    before = {
        namespace: stage.get_stream().revision
        for namespace in ("/wall", "/kiosk", "/leaders")
        if (stage := site.stages.get(namespace))
    }
    hall.clock.step(-STOOD_AHEAD)
    hall.desk.look_at_clock()
    assert {(namespace, event, state["at"]) for namespace, event, state in heard} == {
        ("/wall", "snapshot", "2026-11-23T01:00:00.000Z"),
        ("/kiosk", "snapshot", "2026-11-23T01:00:00.000Z"),
        ("/leaders", "snapshot", "2026-11-23T01:00:00.000Z"),
    }
    assert {namespace: state["revision"] for namespace, _event, state in heard} == {
        name: old + 1 for name, old in before.items()
    }


def test_a_screen_that_asks_by_http_is_told_too(site: Site, hall: Hall) -> None:
    stage = site.stages.get("/wall")
    assert stage is not None
    before = stage.look("").etag
    hall.clock.step(-STOOD_AHEAD)
    hall.desk.look_at_clock()
    assert stage.look("").etag != before


@pytest.mark.thorough
def test_health_is_degraded_and_says_why(site: Site, hall: Hall) -> None:
    watch = ClockWatch(hall.desk)
    hall.clock.step(-STOOD_AHEAD)
    watch.tick()
    answer = site.app.test_client().get("/api/v1/health", headers={"Accept-Language": "en"})
    told: dict[str, Any] = answer.get_json()
    assert (answer.status_code, told["status"], told["checks"]["clock"]) == (200, "degraded", "stepped")
    problem = next(problem for problem in told["problems"] if problem["code"] == "clock.stepped")
    assert problem["detail"].startswith("The computer's clock was set back by 420 minutes today, from 15:00 to 08:00.")
    assert problem["since"] == "2026-11-23T08:00:00.000+07:00"


def test_health_fails_while_the_clock_shows_an_earlier_day(site: Site, hall: Hall) -> None:
    watch = ClockWatch(hall.desk)
    hall.clock.step(-24 * HOUR)
    watch.tick()
    answer = site.app.test_client().get("/api/v1/health")
    told: dict[str, Any] = answer.get_json()
    assert (answer.status_code, told["status"], told["checks"]["clock"]) == (503, "failing", "behind")
    assert [problem["code"] for problem in told["problems"] if problem["code"].startswith("clock.")] == ["clock.behind"]
    assert site.get_today() == ("2026-11-23", True)


@pytest.mark.parametrize("seconds", [-7 * HOUR, 6 * HOUR])
def test_nobody_is_signed_out_by_a_step_nor_stays_signed_in_for_longer(hall: Hall, seconds: int) -> None:
    made = build(hall.desk)
    hall.desk.do(staff.save_account, Account(0, "lan", "Lan", "", Role.LEADER, None, "hash", False))
    secret = hall.desk.do(staff.sign_in, 1).secret
    assert made.identity.find(secret) is not None
    hall.clock.step(seconds)
    hall.desk.look_at_clock()
    hall.clock.advance(16 * HOUR - 1)
    assert made.identity.find(secret) is not None
    hall.clock.advance(1)
    assert made.identity.find(secret) is None


@pytest.mark.parametrize("seconds", [-HOUR, HOUR])
def test_who_guessed_too_often_waits_a_minute_whatever_the_clock_shows(hall: Hall, seconds: int) -> None:
    attempts = Attempts(hall.desk.clock, 1)
    attempts.record_failure("lan")
    hall.clock.step(seconds)
    hall.clock.advance(59)
    with pytest.raises(Refused, match="Too many attempts"):
        attempts.check("lan")
    hall.clock.advance(2)
    attempts.check("lan")


def test_a_pairing_link_is_good_for_ten_minutes(hall: Hall) -> None:
    secret = hall.desk.do(staff.offer_pairing, "kiosk", None, "")
    hall.clock.step(6 * HOUR)
    hall.clock.advance(599)
    assert hall.desk.do(staff.pair, secret).credential.role is Role.KIOSK
    late = hall.desk.do(staff.offer_pairing, "kiosk", None, "")
    hall.clock.step(-6 * HOUR)
    hall.clock.advance(600)
    with pytest.raises(Refused, match="too old"):
        hall.desk.do(staff.pair, late)


def test_what_agents_told_keeps_its_age(site: Site, hall: Hall) -> None:
    site.fleet.update_devices(1, {"printer": {"state": "ok"}}, "2026-11-23T08:00:00.000Z")
    hall.clock.step(-STOOD_AHEAD)
    hall.desk.look_at_clock()
    condition = site.fleet.find_condition(1, "printer")
    assert condition is not None
    assert (condition.since, condition.heard_at) == ("2026-11-23T01:00:00.000Z", "2026-11-23T01:00:00.000Z")
