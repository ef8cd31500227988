"""Tasks, notes and working hours over real HTTP: leaders write, an officer reads and answers the own ones alone."""

import json
import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from tests.passwords import PASSWORD
from tests.server.client import Answer, Client
from tests.server.doors import pages
from tests.server.hall import Served, served
from tests.server.test_own_account import Page

pytestmark = pytest.mark.process
WORDS = "Bí mật của chị Hoa"


@pytest.fixture(scope="module")
def desk() -> Iterator[Served]:
    with served() as made:
        yield made


@pytest.fixture(scope="module")
def leader(desk: Served) -> Client:
    return desk.client("leader", Accept_Language="en")


def person(desk: Served, name: str, role: str = "officer") -> tuple[int, Page]:
    made = desk.local("account.add", name=name, role=role, full_name=name.title(), title="", password=PASSWORD)
    return made.json["account"], Page(desk, name)


@pytest.fixture(scope="module")
def hoa(desk: Served) -> tuple[int, Page]:
    return person(desk, "hoa")


@pytest.fixture(scope="module")
def minh(desk: Served) -> tuple[int, Page]:
    return person(desk, "minh")


def today(leader: Client) -> str:
    return str(leader.get("work/tasks").json["counts"]["to"])


def assign(leader: Client, officer: int, text: str = WORDS) -> int:
    for ahead in range(3, 20):
        day = (date.fromisoformat(today(leader)) + timedelta(days=ahead)).isoformat()
        answer = leader.post("work/tasks", {"officer": officer, "due_on": day, "text": text})
        if answer.status == 201:
            return int(answer.json["id"])
        assert answer.code == (422, "task.day_off")
    raise AssertionError


def own(page: Page) -> Answer:
    return page.open("/api/v1/me/work", "application/json")


def test_a_task_goes_its_way_over_the_api_and_the_page(desk: Served, leader: Client, hoa: tuple[int, Page]) -> None:
    number, page = hoa
    task = assign(leader, number)
    assert [item["text"] for item in own(page).json["tasks"] if item["id"] == task] == [WORDS]
    empty = page.send(f"/my/work/tasks/{task}/report", text=" ")
    assert (empty.status, "Ô này đang trống" in empty.body.decode()) == (422, True)
    assert page.send(f"/my/work/tasks/{task}/report", text="Đã xong").status == 303
    back = leader.post(f"work/tasks/{task}/return", {"text": "Còn thiếu"})
    assert back.json["state"] == "open"
    assert page.send(f"/my/work/tasks/{task}/report", text="Đã bổ sung").status == 303
    assert page.send(f"/my/work/tasks/{task}/report", text="Nữa").status == 409
    assert leader.post(f"work/tasks/{task}/accept", {}).json["state"] == "accepted"
    assert leader.post(f"work/tasks/{task}/withdraw", {"text": "x"}).code == (409, "task.closed")
    listing = leader.get(f"work/officers/{number}/tasks").json
    (item,) = (item for item in listing["items"] if item["id"] == task)
    assert [one["text"] for one in item["messages"]] == ["Đã xong", "Còn thiếu", "Đã bổ sung"]
    assert listing["counts"]["done_in_time"] == 1
    assert WORDS not in json.dumps(assign_answer(leader, number))


def assign_answer(leader: Client, officer: int) -> object:
    """Return an answer that is kept with its key: it has no words."""
    note = {"kind": "praise", "text": WORDS}
    return leader.send(
        "POST", f"work/officers/{officer}/notes", json.dumps(note).encode(), {"Idempotency-Key": "k1"}
    ).json


def test_an_officer_reaches_no_other_ones_task_note_or_hours(
    desk: Served, leader: Client, hoa: tuple[int, Page], minh: tuple[int, Page]
) -> None:
    number, _hers = hoa
    _other, his = minh
    task = assign(leader, number)
    note = leader.post(f"work/officers/{number}/notes", {"kind": "correction", "text": WORDS}).json["id"]
    hours = {
        "day": today(leader),
        "begin": "08:00",
        "end": "09:00",
        "counter": None,
        "reason": WORDS,
    }
    assert leader.post(f"work/officers/{number}/hours", {**hours, "reason": WORDS}).status == 201
    assert his.send(f"/my/work/tasks/{task}/report", text="Xong").status == 404
    assert his.send(f"/my/work/notes/{note}/answer", text="Không").status == 404
    for path in (
        "/leaders/work", f"/leaders/work/{number}", "/api/v1/work/tasks", f"/api/v1/work/officers/{number}/notes",
        f"/api/v1/work/officers/{number}/hours",
    ):  # fmt: skip
        assert his.open(path, "application/json").status == 403, path
    for path in ("/my/work", f"/my/work?officer={number}", f"/api/v1/me/work?officer={number}"):
        answer = his.open(path, "application/json" if "api" in path else "text/html")
        assert (answer.status, WORDS in answer.body.decode()) == (200, False), path
    for door in pages():
        if door.method == "GET" and door.path.count("998") == 0:
            assert WORDS not in his.open(door.path).body.decode(errors="replace"), door
    assert leader.get(f"work/officers/{number}/notes").json["items"][0]["is_answered"] is False


def test_a_note_is_read_and_answered_and_both_hours_are_shown(
    desk: Served, leader: Client, hoa: tuple[int, Page]
) -> None:
    number, page = hoa
    note = leader.post(f"work/officers/{number}/notes", {"kind": "training", "text": "Học thêm hộ tịch"}).json["id"]
    assert page.send(f"/my/work/notes/{note}/answer", text="Vâng").status == 303
    assert page.send(f"/my/work/notes/{note}/answer", text="Vâng").status == 409
    hours = {"day": today(leader), "begin": "00:00", "end": "00:30", "counter": 1, "reason": "Quên"}
    assert leader.post(f"work/officers/{number}/hours", hours).status == 201
    view = leader.get(f"work/officers/{number}/hours").json
    assert (view["recorded"], {"begin": "00:00", "end": "00:30", "counter": 1} in view["corrected"]) == ([], True)
    mine = own(page).json
    assert next(item for item in mine["notes"] if item["id"] == note)["answer"] == "Vâng"
    assert mine["hours"][0]["corrections"][-1]["reason"] == "Quên"
    assert mine["hours"][0]["corrections"][-1]["reason_code"] == "other"
    assert mine["hours"][0]["recorded_s"] == 0


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("work/tasks", {"officer": 1, "due_on": "2020-01-01", "text": "x"}, "work.officer"),
        ("work/officers/998/notes", {"kind": "praise", "text": "x"}, "officer.unknown"),
        ("work/officers/998/notes", {"kind": "praise", "text": 5}, "values.invalid"),
        ("work/officers/998/hours", {"day": "x"}, "values.invalid"),
    ],
)
def test_what_makes_no_sense_is_refused(leader: Client, path: str, body: dict[str, object], code: str) -> None:
    answer = leader.post(path, body)
    assert answer.code == (404 if code == "officer.unknown" else 422, code)


def test_a_program_has_no_work_of_its_own(desk: Served, hoa: tuple[int, Page]) -> None:
    assert desk.client("officer").get("me/work").json["tasks"] == []
    assert desk.client("officer").post("me/tasks/1/report", {"text": "x"}).code == (403, "account.none")
    assert desk.client("leader").get("me/work").code == (403, "auth.role")
    assert desk.client("leader").get("work/officers/998/notes").code == (404, "officer.unknown")
    assert desk.client("leader", Accept="text/html").get("/leaders/work/998").status == 404


def test_a_leader_writes_by_the_forms_and_a_mistake_keeps_the_words(
    desk: Served, leader: Client, hoa: tuple[int, Page]
) -> None:
    number, _page = hoa
    _leader, page = person(desk, "lan", "leader")
    assert page.send(f"/leaders/work/{number}/notes", kind="praise", text="Rất tốt").status == 303
    wrong = page.send(f"/leaders/work/{number}/notes", kind="", text="Chữ đã gõ")
    assert (wrong.status, "Chữ đã gõ" in wrong.body.decode()) == (422, True)
    wrong = page.send("/leaders/work/tasks", officer=str(number), due_on="2020-01-01", text="Việc đã gõ")
    assert (wrong.status, "Việc đã gõ" in wrong.body.decode()) == (422, True)
    hours = {"day": today(leader), "counter": "", "text": "Họp", "reason": "meeting"}
    late = page.send(f"/leaders/work/{number}/hours", begin="9:00", end="8:00", **hours)
    assert (late.status, "Giờ kết thúc phải sau giờ bắt đầu" in late.body.decode()) == (422, True)
    assert page.send(f"/leaders/work/{number}/hours", begin="8:00", end="9:00", **hours).status == 303
    body = page.open(f"/leaders/work/{number}").body.decode()
    assert ("Rất tốt" in body, "Lan" in body) == (True, True)
    assert page.open(f"/leaders/work/{number}?from=x&day=y").status == 422
    assert page.send("/leaders/work/tasks/1/explode").status == 404


def test_the_pages_of_figures_have_the_results_of_tasks(desk: Served, leader: Client) -> None:
    number, page = person(desk, "tam")
    done, _in_hand = assign(leader, number, "Việc thứ nhất"), assign(leader, number, "Việc thứ hai")
    assert page.send(f"/my/work/tasks/{done}/report", text="Xong").status == 303
    boss = person(desk, "thu", "leader")[1]
    for browser, path in ((page, "/my/figures"), (boss, f"/leaders/officers/{number}")):
        body = browser.open(path).body.decode()
        assert browser.open(path).status == 200, body[-600:]
        section = body.partition('aria-labelledby="results-title"')[2].partition("</section>")[0]
        assert re.findall(r"<dd>(\d+)</dd>", section) == ["2", "1", "0", "0", "1"], path
        assert "Việc thứ" not in body
