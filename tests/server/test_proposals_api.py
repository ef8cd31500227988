"""Proposals over real HTTP: a leader drafts and signs with the password, the officer reads the own ones and answers."""

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader

from tests.passwords import PASSWORD
from tests.server.client import Answer, Client
from tests.server.doors import pages
from tests.server.rated_hall import BASIS, RatedHall, rated_hall
from tests.server.test_own_account import Page

pytestmark = pytest.mark.process
WORDS = "Lời riêng về chị Hoa"
JSON = "application/json"


@pytest.fixture(scope="module")
def hall() -> Iterator[RatedHall]:
    with rated_hall() as made:
        yield made


@pytest.fixture(scope="module")
def people(hall: RatedHall) -> dict[str, Page]:
    return {name: Page(hall.desk, name) for name in hall.ids}


@pytest.fixture(scope="module")
def program(hall: RatedHall) -> Client:
    """A leader's program: it drafts and asks, and signs nothing."""
    return hall.desk.client("leader", Accept_Language="en")


def draft(hall: RatedHall, program: Client, name: str = "hoa", kind: str = "review", grounds: str = WORDS) -> int:
    days = {"from": hall.first, "to": hall.last}
    answer = program.post(f"work/officers/{hall.ids[name]}/proposals", {"kind": kind, **days})
    assert answer.status == 201, answer
    number = int(answer.json["id"])
    if grounds:
        assert program.post(f"work/proposals/{number}/grounds", {"text": grounds}).json["state"] == "drafted"
    return number


def look(program: Client, number: int) -> dict[str, Any]:
    shown: dict[str, Any] = program.get(f"work/proposals/{number}").json
    return shown


def ask(program: Client, number: int) -> Answer:
    return program.post(f"work/proposals/{number}/ask", {"seen": look(program, number)["seen"]})


def sign(page: Page, program: Client, number: int, password: str = PASSWORD) -> Answer:
    seen = look(program, number)["seen"]
    return page.send(f"/leaders/proposals/{number}/signature", seen=seen, password=password)


def codes(points: list[dict[str, Any]]) -> list[str]:
    return [point["code"] for point in points]


def text_of(content: bytes) -> str:
    pages_of = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages_of).replace("\u200b", "").split())


def test_a_review_goes_all_its_way_and_the_paper_has_the_figures_of_the_answer(
    hall: RatedHall, program: Client, people: dict[str, Page]
) -> None:
    number = draft(hall, program, grounds="")
    shown = look(program, number)
    assert codes(shown["question_obstacles"]) == ["grounds"]
    assert codes(shown["signing_obstacles"]) == ["grounds", "not_asked", "no_leader"]
    program.post(f"work/proposals/{number}/grounds", {"text": WORDS})
    assert ask(program, number).json["state"] == "asked"

    hers = people["hoa"].open(f"/api/v1/me/proposals/{number}", JSON).json
    assert (hers["grounds"], hers["evidence"]) == (WORDS, look(program, number)["evidence"])
    assert (hers["signing_obstacles"], hers["seen"]) == ([], None)
    early = sign(people["lan"], program, number)
    assert (early.status, "Cán bộ còn thời gian trả lời" in early.body.decode()) == (409, True)
    assert people["hoa"].send(f"/my/work/proposals/{number}/decline").status == 303
    assert sign(people["lan"], program, number).status == 409
    empty = people["hoa"].send(f"/my/work/proposals/{number}/answer", text=" ")
    assert (empty.status, "Ô này đang trống" in empty.body.decode()) == (422, True)
    assert people["hoa"].send(f"/my/work/proposals/{number}/answer", text="Em sẽ sửa").status == 303

    wrong = sign(people["lan"], program, number, "sai mật khẩu")
    assert (wrong.status, "Mật khẩu hiện tại không đúng" in wrong.body.decode()) == (422, True)
    assert program.get(f"work/proposals/{number}/paper.pdf").code == (404, "proposal.not_signed")
    assert sign(people["lan"], program, number).status == 303

    signed = look(program, number)
    (group,) = signed["evidence"]["ratings"]["groups"]
    assert (signed["state"], signed["weighing"]["strength"], group["place"]) == ("signed", "clear", "far_below")
    assert [step["state"] for step in signed["history"]] == ["drafted", "asked", "answered", "signed"]
    paper = program.get(f"work/proposals/{number}/paper.pdf")
    assert paper.headers["content-type"] == "application/pdf"
    text = text_of(paper.body)
    figures = [group["raw"][0], group["raw"][1], group["raw"][2], group["mean"], *group["inner"], *group["outer"]]
    assert [tenths for tenths in figures if f"{tenths / 10:.1f}" not in text] == []
    assert f"n = {signed['evidence']['ratings']['n']}" in text
    for part in (BASIS, WORDS, "Em sẽ sửa", "Lê Thị Lan", "Phạm Hoa", "A clear signal"):
        assert part in text
    assert signed["digest"] in text.replace(" ", "")
    assert people["hoa"].open(f"/my/work/proposals/{number}/paper").body[:5] == b"%PDF-"

    assert program.post(f"work/proposals/{number}/withdraw", {"text": "Ký nhầm kỳ"}).json["state"] == "withdrawn"
    assert "WITHDRAWN" in text_of(program.get(f"work/proposals/{number}/paper.pdf").body)
    assert people["hoa"].open(f"/api/v1/me/proposals/{number}", JSON).json["reason"] == "Ký nhầm kỳ"


def test_a_review_without_a_signal_is_not_even_asked(hall: RatedHall, program: Client) -> None:
    number = draft(hall, program, "minh")
    assert codes(look(program, number)["question_obstacles"]) == ["signal"]
    assert ask(program, number).code == (409, "proposal.signal")


def test_a_reward_needs_no_answer_and_says_how_strong_it_is(
    hall: RatedHall, program: Client, people: dict[str, Page]
) -> None:
    number = draft(hall, program, "cuong", "reward")
    shown = look(program, number)
    assert (shown["weighing"]["strength"], codes(shown["weighing"]["points_against"])) == ("chance", ["within"])
    signature = {"seen": shown["seen"], "password": PASSWORD}
    assert people["cuong"].open(f"/api/v1/me/proposals/{number}", JSON).status == 404
    assert people["binh"].send(f"/leaders/proposals/{number}/signature", **signature).status == 303
    assert people["cuong"].open(f"/api/v1/me/proposals/{number}", JSON).json["is_signed"] is True
    assert people["binh"].send(f"/leaders/proposals/{number}/signature", **signature).status == 409


def test_nobody_reads_a_proposal_about_somebody_else_and_no_officer_reads_a_draft(
    hall: RatedHall, program: Client, people: dict[str, Page]
) -> None:
    number = draft(hall, program)
    for name in ("hoa", "minh"):
        for door in pages():
            if door.method == "GET":
                assert WORDS not in people[name].open(door.path.replace("998", str(number))).body.decode(
                    "utf-8", "replace"
                )
    ask(program, number)
    for path in (
        f"/api/v1/me/proposals/{number}",
        f"/my/work/proposals/{number}",
        f"/my/work/proposals/{number}/paper",
    ):
        assert people["minh"].open(path, JSON).status == 404, path
        assert people["hoa"].open(path, JSON).status == (404 if path.endswith("paper") else 200), path
    for path in (
        "/leaders/proposals", f"/leaders/proposals/{number}", f"/leaders/proposals/{number}/paper",
        "/api/v1/work/proposals", f"/api/v1/work/proposals/{number}", f"/api/v1/work/proposals/{number}/paper.pdf",
        f"/api/v1/work/officers/{hall.ids['hoa']}/proposals",
    ):  # fmt: skip
        assert people["hoa"].open(path, JSON).status == 403, path
    for step in ("answer", "decline"):
        assert people["minh"].send(f"/my/work/proposals/{number}/{step}", text="Không").status == 404
    for step in ("grounds", "question", "signature", "withdrawal"):
        assert people["hoa"].send(f"/leaders/proposals/{number}/{step}", text="x").status == 403
    listed = people["minh"].open("/api/v1/me/proposals", JSON).json["items"]
    assert [item for item in listed if item["officer"]["id"] != hall.ids["minh"]] == []
    assert WORDS not in people["minh"].open("/my/work").body.decode()


def test_a_program_and_an_administrator_sign_nothing(hall: RatedHall, program: Client) -> None:
    number = draft(hall, program, "minh", "reward")
    body = {"seen": look(program, number)["seen"], "password": PASSWORD}
    assert program.post(f"work/proposals/{number}/sign", body).code == (403, "account.none")
    assert hall.desk.client("admin").post(f"work/proposals/{number}/sign", body).code == (403, "auth.role")


def test_lists_are_by_name_and_never_by_a_figure(hall: RatedHall, program: Client) -> None:
    for name in ("minh", "hoa", "cuong"):
        draft(hall, program, name, "reward")
    names = [item["officer"]["name"] for item in program.get("work/proposals").json["items"]]
    assert list(dict.fromkeys(names)) == ["Đỗ Cường", "Phạm Hoa", "Vũ Minh"]
    assert "strength" not in json.dumps(program.get("work/proposals").json)


JANUARY = {"kind": "reward", "from": "2026-01-01", "to": "2026-01-31"}
DRAFTS = "work/officers/{hoa}/proposals"


@pytest.mark.parametrize(
    ("path", "body", "code"),
    [
        ("work/officers/998/proposals", JANUARY, (404, "officer.unknown")),
        (DRAFTS, {**JANUARY, "kind": "praise"}, (422, "proposal.kind")),
        (DRAFTS, {**JANUARY, "from": "x"}, (422, "day.form")),
        (DRAFTS, {**JANUARY, "from": "2026-02-01"}, (422, "days.order")),
        (DRAFTS, {**JANUARY, "from": "2099-01-01", "to": "2099-01-31"}, (422, "proposal.ahead")),
        (DRAFTS, {"kind": 5}, (422, "values.invalid")),
        ("work/proposals/998/grounds", {"text": "x"}, (404, "proposal.unknown")),
        ("work/proposals/998/ask", {"seen": "x"}, (404, "proposal.unknown")),
        ("work/proposals/998/withdraw", {"text": "x"}, (404, "proposal.unknown")),
    ],
)
def test_what_makes_no_sense_is_refused(
    hall: RatedHall, program: Client, path: str, body: dict[str, Any], code: tuple[int, str]
) -> None:
    assert program.post(path.format(**hall.ids), body).code == code


def test_a_leader_writes_by_the_forms_and_a_stale_page_is_refused(
    hall: RatedHall, program: Client, people: dict[str, Page]
) -> None:
    begun = {"kind": "reward", "from": hall.first, "to": hall.last}
    answer = people["lan"].send(f"/leaders/officers/{hall.ids['minh']}/proposals", **begun)
    path = answer.headers["location"]
    assert (answer.status, path.rpartition("/")[0]) == (303, "/leaders/proposals")
    number = int(path.rpartition("/")[2])
    empty = people["lan"].send(f"{path}/grounds", text=" ")
    assert (empty.status, "Ô này đang trống" in empty.body.decode()) == (422, True)
    assert people["lan"].send(f"{path}/grounds", text="Lý do một").status == 303
    seen = look(program, number)["seen"]
    assert people["lan"].send(f"{path}/grounds", text="Lý do hai").status == 303
    stale = people["lan"].send(f"{path}/signature", seen=seen, password=PASSWORD)
    assert (stale.status, "Có nội dung đã thay đổi" in stale.body.decode()) == (409, True)
    none = people["lan"].send(f"/leaders/officers/{hall.ids['minh']}/proposals", kind="", **{"from": "x", "to": "y"})
    assert (none.status, "Hãy chọn loại đề xuất" in none.body.decode()) == (422, True)
    assert people["lan"].open(f"{path}/paper").status == 404
    assert people["lan"].open("/leaders/proposals/998").status == 404
    body = people["lan"].open(f"/leaders/officers/{hall.ids['minh']}?from={hall.first}&to={hall.last}").body.decode()
    assert f'href="{path}"' in body
    assert f'href="{path}"' in people["lan"].open(f"/leaders/work/{hall.ids['minh']}").body.decode()
