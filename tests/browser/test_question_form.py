"""The form of questions: without scripts on a phone, and on the pad after a rating."""

import json
import sqlite3
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from motcua.copies import replace
from motcua.settings.model import RatingForm
from motcua.setup.document import write
from tests.browser.arranged import ward
from tests.browser.conftest import Check, Hall, OpenContext, Shot

pytestmark = pytest.mark.browser


def forms(hall: Hall) -> list[dict[str, Any]]:
    with sqlite3.connect(f"file:{hall.folder / 'desk.db'}?mode=ro", uri=True) as db:
        rows = db.execute("SELECT data FROM journal WHERE action = 'rating.given' ORDER BY seq").fetchall()
    db.close()
    return [rating for row in rows if (rating := json.loads(row[0]))["channel"] == "form"]


def offer_form(hall: Hall, *services: str, questions: int = 8) -> None:
    document = ward()
    settings = replace(document.settings, rating_form=RatingForm(services, questions))
    assert hall.command("config.import", text=write(replace(document, settings=settings)))["changed"]


def serve(hall: Hall) -> dict[str, Any]:
    hall.at(1, "open")
    ticket = hall.issue()
    for move in ("call-next", "start", "finish"):
        hall.at(1, move)
    return ticket


def choose(page: Page, answer: str, button: str = "Câu tiếp theo") -> None:
    page.get_by_label(answer, exact=True).check()
    page.get_by_role("button", name=button).click()


def test_the_form_on_a_small_phone_without_scripts_leaves_out_what_makes_no_sense(
    hall: Hall, context: OpenContext
) -> None:
    offer_form(hall, "certified-copy")
    ticket = serve(hall)
    page = context(320, 640, java_script_enabled=False).new_page()
    page.goto(f"{hall.url}/t/{ticket['follow_url'].rsplit('/', 1)[1]}/form")
    answers = ["Tôi chưa nhận kết quả", "Lịch sự, tận tình", "Không lần nào", "Chỉ Bộ phận Một cửa này", "Có"]
    for answer in (*answers, "Tôi không nộp trực tuyến"):
        choose(page, answer)
    expect(page.get_by_role("heading", level=1)).to_have_text("Câu trả lời của ông/bà")
    page.get_by_role("button", name="Gửi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xin cảm ơn ông/bà")
    (form,) = forms(hall)
    assert (form["visit"], form["status"], form["level"]) == (ticket["id"], "counted", 5)
    assert form["answers"] == {
        "time": "not_yet",
        "attitude": "good",
        "visits": "never",
        "agencies": "desk",
        "information": "full",
        "online": "paper",
    }


def test_the_pad_leads_from_its_thanks_to_the_form_and_back(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    offer_form(hall, "certified-copy", questions=2)
    hall.at(1, "open")
    pad = context()
    hall.pair(pad, "pad", 1)
    page = pad.new_page()
    page.goto(f"{hall.url}/pad")
    expect(page.locator(".pad-rest")).to_be_visible()
    serve(hall)
    page.locator('[data-level="4"]').click()
    shot(page, "pad-thanks-form")
    page.locator("#pad-form").click()
    assert axe(page) == []
    shot(page, "pad-form")
    choose(page, "Đúng ngày hẹn")
    page.get_by_role("link", name="English").click()
    choose(page, "Acceptable", "Next question")
    assert axe(page) == []
    shot(page, "pad-form-answers-en")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    (form,) = forms(hall)
    assert (form["status"], form["level"], form["answers"]) == ("counted", 3, {"time": "on_time", "attitude": "fair"})
    page.wait_for_url("**/pad")


def test_a_service_without_the_form_has_none(hall: Hall, context: OpenContext) -> None:
    ticket = serve(hall)
    page = context(320, 640).new_page()
    answer = page.goto(f"{hall.url}/t/{ticket['follow_url'].rsplit('/', 1)[1]}/form")
    assert answer is not None
    assert answer.status == 404
    offer_form(hall, "certified-copy")
    answer = page.goto(f"{hall.url}/t/{ticket['follow_url'].rsplit('/', 1)[1]}/form?time=sooner")
    assert answer is not None
    assert answer.status == 422
