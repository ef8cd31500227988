"""Finding a procedure and its papers over real HTTP, without any credential; and the number that carries it."""

import json
import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from motcua.api.posters import USES_A_MINUTE
from tests.server.hall import Client, Served, served

pytestmark = pytest.mark.process
BIRTH = "1.001193"
ANSWERED = "child:usual,birth-notice:yes,filer:parent"


@pytest.fixture(scope="module")
def desk() -> Iterator[Served]:
    with served() as made:
        yield made


@pytest.fixture(scope="module")
def anybody(desk: Served) -> Client:
    return desk.client()


def test_everybody_finds_a_procedure_by_their_own_words(anybody: Client) -> None:
    items = anybody.get(f"procedures?q={quote('làm giấy khai sanh cho cháu')}&limit=3").json["items"]
    assert len(items) == 3
    assert items[0] == {
        "code": BIRTH,
        "name": "Đăng ký khai sinh",
        "field": "Hộ tịch",
        "english": "Register a birth",
        "level": "ward",
        "has_checklist": True,
        "service": "birth",
        "online": "",
    }


def test_without_words_the_ward_reads_its_own_list(anybody: Client) -> None:
    items = anybody.get("procedures?limit=100").json["items"]
    assert {item["level"] for item in items} == {"ward"}
    assert len(items) == 77
    assert len(anybody.get("procedures").json["items"]) == 10


def test_other_offices_are_found_too_unless_only_the_ward_is_asked_for(anybody: Client) -> None:
    assert anybody.get("procedures?q=ho+chieu").json["items"][0]["level"] == ""
    assert {item["level"] for item in anybody.get("procedures?q=ho+chieu&ward=true").json["items"]} <= {"ward"}


@pytest.mark.parametrize("words", ["%00", "%F0%9F%99%82", "%FF%FE", "x" * 5000, "%C3%A1" * 1000, "+", "<script>"])
def test_nonsense_is_answered_calmly(anybody: Client, words: str) -> None:
    answer = anybody.get(f"procedures?q={words}")
    assert answer.status == 200
    assert len(answer.json["items"]) <= 10


@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "ward=maybe"])
def test_a_wrong_limit_is_refused_by_its_place(anybody: Client, query: str) -> None:
    assert anybody.get(f"procedures?{query}").code == (422, "values.invalid")


def test_questions_come_one_at_a_time_and_then_the_papers(anybody: Client) -> None:
    first = anybody.get(f"procedures/{BIRTH}/checklist").json
    assert first["question"]["text"]["en"] == "What is the child's case?"
    assert first["papers"] is None
    last = anybody.get(f"procedures/{BIRTH}/checklist?s={ANSWERED}").json
    assert last["question"] is None
    assert [answer["choice"] for answer in last["answers"]] == ["usual", "yes", "parent"]
    assert [paper["code"] for paper in last["papers"]] == ["declaration", "birth-notice"]
    assert (last["source"], last["checked_on"]) == ("Danh mục thủ tục hành chính công khai của Đà Nẵng", "2026-11-23")


def test_answers_that_are_none_count_for_nothing(anybody: Client) -> None:
    for situation in ("child:twin", "x", ":,:,:", "child:usual," * 50, "%00"):
        answer = anybody.get(f"procedures/{BIRTH}/checklist?s={situation}")
        assert answer.status == 200
        assert answer.json["question"] is not None


def test_a_procedure_without_a_source_lists_no_papers(anybody: Client) -> None:
    answer = anybody.get("procedures/1.003677/checklist").json
    assert (answer["has_checklist"], answer["question"], answer["papers"]) == (False, None, None)


def test_an_unknown_procedure_is_named(anybody: Client) -> None:
    assert anybody.get("procedures/9.999999/checklist").code == (404, "procedure.unknown")
    assert anybody.get("/procedures/9.999999").status == 404


def test_a_number_carries_what_was_looked_up(desk: Served) -> None:
    matter = {
        "procedure": BIRTH,
        "choices": dict(pair.split(":") for pair in ANSWERED.split(",")),
        "papers": ["birth-notice"],
    }
    kiosk = desk.client("kiosk")
    assert kiosk.post("tickets", {"service": "birth", "matter": matter}).status == 201
    wrong = {**matter, "papers": ["passport"]}
    assert kiosk.post("tickets", {"service": "birth", "matter": wrong}).code == (422, "matter.changed")
    assert kiosk.post("tickets", {"service": "land", "matter": matter}).code == (422, "procedure.other_service")
    assert kiosk.post("tickets", {"service": "birth", "matter": {"procedure": BIRTH, "name": "x"}}).status == 422
    number = next(item["number"] for item in kiosk.get("counters").json["items"] if "birth" in item["services"])
    counter = desk.client("counter", number)
    counter.post(f"counters/{number}/open", {})
    counter.post(f"counters/{number}/call-next", {})
    state = counter.get(f"/state/counter/{number}").json
    assert state["matter"] == {
        "procedure": BIRTH,
        "name": {"vi": "Đăng ký khai sinh", "en": "Register a birth"},
        "situation": ANSWERED,
        "ticks": "01",
    }


def test_the_pages_are_whole_without_a_script(anybody: Client) -> None:
    page = anybody.get("/procedures?q=hon+thu")
    assert page.status == 200
    assert 'href="/procedures/1.000894"' in page.body.decode()
    papers = anybody.get(f"/procedures/{BIRTH}?s={ANSWERED}").body.decode()
    assert "Giấy chứng sinh" in papers
    assert "tra cứu ngày" in papers
    assert "Vui lòng hỏi tại quầy" in anybody.get("/procedures/1.003677").body.decode()
    hostile = anybody.get("/procedures?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E").body.decode()
    assert "<script>alert" not in hostile


def test_a_list_is_printed_by_the_desks_printer(desk: Served) -> None:
    kiosk = desk.client("kiosk")
    choices = dict(pair.split(":") for pair in ANSWERED.split(","))
    assert kiosk.post(f"procedures/{BIRTH}/print", {"choices": choices}).json == {"ok": True}
    assert kiosk.post(f"procedures/{BIRTH}/print", {"choices": {}}).code == (409, "checklist.open")
    assert kiosk.post("procedures/1.003677/print", {"choices": {}}).code == (409, "checklist.none")
    assert kiosk.post("procedures/9.999999/print", {"choices": {}}).code == (404, "procedure.unknown")
    assert desk.client().post(f"procedures/{BIRTH}/print", {"choices": choices}).status == 401
    sheet = kiosk.get(f"/print/list/{BIRTH}?s={ANSWERED}")
    assert sheet.status == 200
    assert "[ ] Giấy chứng sinh" in sheet.body.decode()


def test_leaders_print_a_poster_that_leads_to_the_lists(desk: Served) -> None:
    poster = desk.client("leader").get("/procedures/poster.pdf?size=a3")
    assert (poster.status, poster.headers["content-type"]) == (200, "application/pdf")
    assert poster.body.startswith(b"%PDF")
    assert desk.client("kiosk").get("/procedures/poster.pdf").status == 403


def save_neighbourhoods(desk: Served, *places: dict[str, str]) -> None:
    admin = desk.client("admin")
    version = admin.get("settings/posters").json["version"]
    saved = admin.send(
        "PUT",
        "settings/posters",
        json.dumps({"version": version, "data": {"posters": {"neighbourhoods": places}}}).encode(),
    )
    assert saved.status == 200, saved.body


def test_a_phone_that_came_by_a_poster_is_counted_and_leaders_read_it(desk: Served, anybody: Client) -> None:
    save_neighbourhoods(desk, {"code": "k1", "name": "Tổ dân phố 1"}, {"code": "k2", "name": "Tổ dân phố 2"})
    assert anybody.get("/procedures?p=k1").status == 200
    body = {"poster": "k1", "page": "papers"}
    assert anybody.post("poster-uses", body, "one").status == 204
    assert anybody.post("poster-uses", body, "one").status == 204
    assert anybody.post("poster-uses", {"poster": "nowhere", "page": "papers"}).status == 204
    assert anybody.post("poster-uses", {"poster": "k1", "page": "wall"}).status == 422
    assert anybody.post("poster-uses", {"poster": "", "page": "papers"}).status == 422
    leader = desk.client("leader")
    page = leader.get("/leaders/posters").body.decode()
    row = page[page.index('scope="row">Tổ dân phố 1') : page.index('scope="row">Tổ dân phố 2')]
    assert re.findall(r"cell-number\">(\d+)<", row) == ["1", "0", "1", "0"]
    assert "nowhere" not in page
    pdf = leader.get("/leaders/posters.pdf?code=k2")
    assert (pdf.status, pdf.headers["content-type"]) == (200, "application/pdf")
    assert len(leader.get("/leaders/posters.pdf").body) > len(pdf.body)
    assert leader.get("/leaders/posters.pdf?code=k3").code == (404, "poster.none")
    assert desk.client("officer").get("/leaders/posters").status == 403


def test_uses_of_posters_are_bounded(desk: Served) -> None:
    phone = desk.client()
    answers = {
        phone.post("poster-uses", {"poster": "k9", "page": "papers"}).status for _use in range(USES_A_MINUTE + 1)
    }
    assert answers == {204, 429}
