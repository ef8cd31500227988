"""Figures for leaders over real HTTP: a day as the journal tells it, promised waits by week, and a forecast that says what it lacks."""

from collections.abc import Iterator

import pytest

from tests.server.hall import Client, Json, Served, served

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def hall() -> Iterator[Served]:
    """Lend a desk where two were served, one was called out of order, one gave up, one waits."""
    with served() as made:
        place = made.place()
        tickets = [place.issue() for _person in range(5)]
        assert place.do("call", {"ticket": tickets[4]["id"], "reason": "bác đang mệt"}).status == 200
        assert place.do("start").status == 200
        assert place.do("finish").status == 200
        assert place.do("call-next").status == 200
        assert place.do("start").status == 200
        assert place.do("finish").status == 200
        assert place.do("call-next").status == 200
        assert made.client("admin").post(f"tickets/{tickets[2]['id']}/cancel").status == 200
        yield made


@pytest.fixture
def leader(hall: Served) -> Client:
    return hall.client("leader")


def report(leader: Client) -> Json:
    answer = leader.get("reports/day")
    assert answer.status == 200
    return answer.json


def test_the_day_so_far_counts_every_number_once(leader: Client) -> None:
    found = report(leader)
    assert found["totals"] == {"issued": 5, "served": 2, "cancelled": 1, "absent": 0, "here": 2}
    assert [{key: group[key] for key in found["totals"]} for group in found["groups"]] == [found["totals"]]
    assert (found["ended"], found["before"], found["after"]) == (False, None, None)
    assert (found["counters"][0]["number"], found["counters"][0]["served"]) == (1, 2)


def test_a_call_out_of_order_is_named_without_the_officers_own_words(leader: Client) -> None:
    calls = report(leader)["out_of_order"]
    assert (calls["count"], len(calls["items"])) == (1, 1)
    assert (calls["items"][0]["reason"], calls["items"][0]["reason_label"]["vi"]) == ("other", "Lý do khác")
    assert "mệt" not in str(calls)


def test_the_days_waits_are_those_of_its_replay(hall: Served, leader: Client) -> None:
    found = report(leader)
    again = leader.post("replays", {"from": found["day"]}).json["happened"]
    waits = found["figures"].pop("waits")
    assert {key: waits[key] for key in again["waits"]} == again.pop("waits")
    assert {key: value["n"] for key, value in waits.items()} == {"all": 3, "1": 0, "2": 0, "3": 0, "4": 3}
    timed = ("utilisation", "mean_utilisation")  # the third is still at the counter: time goes on between the two questions
    assert [found["figures"].pop(key) is not None for key in timed] == [again.pop(key) is not None for key in timed]
    assert found["figures"] == again


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2020-01-01", "day.none"),
        ("2999-12-31", "day.none"),
        ("1/1/2020", "day.form"),
        ("2026-02-30", "day.form"),
        ("20261123", "day.form"),
        ("x" * 41, "values.invalid"),
    ],
)
def test_a_day_that_is_none_is_refused_by_name(leader: Client, day: str, code: str) -> None:
    assert leader.get(f"reports/day?day={day}").code == (422, code)
    assert leader.get(f"/leaders/day?day={day}", Accept="text/html").status == 422


def test_the_last_eight_weeks_are_there_and_nothing_was_promised(leader: Client) -> None:
    weeks = leader.get("reports/waits").json["items"]
    assert (len(weeks), {str(week["rate"]) for week in weeks}) == (8, {"None"})
    assert weeks == sorted(weeks, key=lambda week: str(week["from"]))


def test_without_past_days_a_forecast_says_so(leader: Client) -> None:
    found = leader.get("forecast?target_min=7").json
    assert (found["enough"], found["target_min"], found["weekdays"], found["n_days"]) == (False, 7, [], 0)
    assert leader.get("forecast").json["target_min"] == 15


@pytest.mark.parametrize("target", ["0", "121", "x", "-5", ""])
def test_a_target_that_is_none_is_refused(leader: Client, target: str) -> None:
    assert leader.get(f"forecast?target_min={target}").code == (422, "values.invalid")


@pytest.mark.parametrize("path", ["/leaders/day", "/leaders/waits", "/leaders/replay", "/leaders/staffing"])
def test_only_leaders_and_admins_open_the_pages(hall: Served, path: str) -> None:
    for role, status in {"leader": 200, "admin": 200, "officer": 403, "kiosk": 403}.items():
        assert hall.client(role).get(path, Accept="text/html").status == status, role
