"""Past days again, as programs and people at a terminal ask for them; the desk may be serving meanwhile."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.hall import Client, Json, Served, fresh_folder, served
from tests.server.programs import Ended, command, said

pytestmark = pytest.mark.process


@pytest.fixture(scope="module")
def hall() -> Iterator[Served]:
    """Lend a desk that served three people at counter 1 today and has closed the day; a fourth gave up."""
    with served() as made:
        place = made.place()
        tickets = [place.issue() for _person in range(4)]
        assert made.client("admin").post(f"tickets/{tickets[2]['id']}/cancel").status == 200
        for _person in range(3):
            assert place.do("call-next").status == 200
            assert place.do("start").status == 200
        assert place.do("finish").status == 200
        assert made.client("leader").post("hall/close").status == 200
        yield made


@pytest.fixture
def leader(hall: Served) -> Client:
    return hall.client("leader")


def today(leader: Client) -> str:
    return str(leader.get("days").json["items"][0]["day"])


def export(hall: Served) -> str:
    return command("config", "export", "--data", hall.folder, "-").stdout


def test_the_days_that_can_be_replayed_are_listed(leader: Client) -> None:
    answer = leader.get("days")
    assert (answer.status, [item["tickets"] for item in answer.json["items"]]) == (200, [4])


def test_a_day_under_its_own_settings_is_what_happened(leader: Client) -> None:
    answer = leader.post("replays", {"from": today(leader)})
    assert answer.status == 200
    found = answer.json
    assert (found["day"], found["same_calls"], found["longer"], found["notes"]) == (today(leader), True, [], [])
    assert found["happened"] == found["replayed"]
    assert [found["happened"][name] for name in ("tickets", "called", "served", "unserved")] == [4, 3, 3, 1]


def test_settings_and_changes_can_be_tried_over_days(hall: Served, leader: Client) -> None:
    asked = {
        "from": "2020-01-01",
        "to": "2999-12-31",
        "settings": export(hall),
        "changes": {"guard_calls": 1, "returned_first": False},
    }
    found = leader.post("replays", asked).json
    assert (found["day"], found["same_calls"]) == (today(leader), True)
    assert {note["code"] for note in found["notes"]} == {"counter.closed"}
    assert found["notes"][0]["text"].startswith("Quầy 2")
    extra = [{"from": "00:00", "to": "23:59", "services": "all"}]
    assert leader.post("replays", {"from": today(leader), "changes": {"extra_counters": extra}}).status == 200


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"from": "2020-01-01"}, "day.unknown"),
        ({"from": "1/1/2020"}, "day.form"),
        ({"from": "2020-01-02", "to": "2020-01-01"}, "days.order"),
        ({"from": "2020-01-01", "to": "2020-01-31"}, "days.none"),
        ({"from": None}, "values.invalid"),
        ({"from": "2020-01-01", "changes": {"guard": 1}}, "values.invalid"),
        ({"from": "2020-01-01", "changes": {"extra_counters": [{"from": "7", "to": "10:00"}]}}, "values.invalid"),
        ({"from": "2020-01-01", "settings": "x ="}, "settings.unreadable"),
        ({"from": "2020-01-01", "settings": "version = 1"}, "settings.mistakes"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(leader: Client, body: Json, code: str) -> None:
    assert leader.post("replays", body).code == (422, code)


def test_what_does_not_fit_the_day_is_refused_by_its_place(hall: Served, leader: Client) -> None:
    day = today(leader)
    answer = leader.post("replays", {"from": day, "changes": {"counters": [{"number": 1, "services": []}]}})
    assert answer.code == (422, "change.unserved")
    assert leader.post("replays", {"from": day, "changes": {"without_counters": [99]}}).code == (422, "counter.unknown")
    service = hall.client("kiosk").get("services").json["items"][0]["code"]
    lacking = export(hall).replace(f'"{service}"', '"something-else"')
    answer = leader.post("replays", {"from": day, "settings": lacking}, Accept_Language="en")
    assert answer.code == (422, "replay.services")
    detail = f"The service {service} is missing; people with numbers for it came on {day}."
    assert answer.json["errors"] == [{"place": "services", "code": "service.missing", "detail": detail}]


# --- the command line -------------------------------------------------------------------------------------------------


def replay(hall: Served, *words: object, given: str = "") -> Ended:
    return command("replay", "--data", hall.folder, *words, given=given)


def test_the_command_prints_one_object_while_the_desk_is_serving(hall: Served, leader: Client) -> None:
    day = today(leader)
    code, out, err = said(replay(hall, "--day", day, "--json"))
    found = json.loads(out)
    assert (code, err, found["day"], found["same_calls"]) == (0, "", day, True)
    rows = [json.loads(line) for line in command("journal", "export", "--data", hall.folder).stdout.splitlines()]
    happened = [
        (row["data"]["ticket"], row["data"]["counter"], row["at"]) for row in rows if row["action"] == "ticket.called"
    ]
    for name in ("happened", "replayed"):
        assert [(call["ticket"], call["counter"], call["at"]) for call in found[name]["calls"]] == happened
    again = json.loads(
        replay(
            hall, "--from", "2020-01-01", "--to", "2999-01-01", "--settings", "-", "--json", given=export(hall)
        ).stdout
    )
    assert (again["happened"], again["same_calls"]) == (found["happened"], True)


def test_without_json_it_is_a_table_in_the_readers_language(hall: Served, leader: Client) -> None:
    code, out, err = said(replay(hall, "--day", today(leader)))
    lines = [line.split() for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert ["Numbers", "given", "4", "4"] in lines
    assert out.endswith("Every call is the same: same numbers, same counters, same times.\n")
    tried = replay(
        hall,
        "--day",
        today(leader),
        "--changes",
        '{"without_counters": [1], "extra_counters": [{"from": "00:00", "to": "00:01"}]}',
    )
    assert tried.returncode == 0
    assert "in the replay never called" in tried.stdout


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["--day", "2020-01-01"], 2, "There is nothing in the journal for 2020-01-01."),
        (["--day", "yesterday"], 2, "“yesterday” is not a valid date. Write it like 2026-11-23."),
        ([], 2, "Say which days: --day D, or --from D --to D."),
        (["--day", "2020-01-01", "--from", "2020-01-01"], 2, "Say which days: --day D, or --from D --to D."),
        (["--day", "2020-01-01", "--changes", "{"], 2, "The changes are not valid JSON."),
        (["--day", "2020-01-01", "--settings", "/nowhere.toml"], 1, "There is no /nowhere.toml."),
    ],
)
def test_wrong_use_is_named(hall: Served, words: list[str], code: int, message: str) -> None:
    assert said(replay(hall, *words)) == (code, "", f"{message}\n")


def test_a_broken_settings_file_is_named_by_its_places(hall: Served, leader: Client, tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text(
        export(hall).replace("guard_calls = 2", "guard_calls = -2").replace('timezone = "', 'timezone = "Moon/'),
        encoding="utf-8",
    )
    code, out, err = said(replay(hall, "--day", today(leader), "--settings", broken, "--json"))
    assert (code, out) == (1, "")
    assert [line.split(":")[0] for line in err.splitlines()] == ["day.timezone", "queue.guard_calls"]


def test_there_is_nothing_to_replay_where_no_desk_is(tmp_path: Path) -> None:
    assert command("replay", "--data", tmp_path, "--day", "2026-11-23").returncode == 1


def test_a_desk_before_its_first_day_has_none() -> None:
    with fresh_folder() as folder:
        assert command("replay", "--data", folder, "--from", "2020-01-01", "--to", "2020-01-05").returncode == 2
