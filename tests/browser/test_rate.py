"""Rating without scripts: the page behind a counter's code and the one behind a ticket's, on small old phones."""

import json
import sqlite3
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Check, Hall, OpenContext, Shot

pytestmark = pytest.mark.browser
PHONE = (320, 640)


def ratings(hall: Hall) -> list[dict[str, Any]]:
    """Return what the journal says about ratings given."""
    with sqlite3.connect(f"file:{hall.folder / 'desk.db'}?mode=ro", uri=True) as db:
        rows = db.execute("SELECT data FROM journal WHERE action = 'rating.given' ORDER BY seq").fetchall()
    db.close()
    return [json.loads(row[0]) for row in rows]


def short_code(hall: Hall, ticket: dict[str, Any]) -> str:
    """Return the four digits that stand on the paper."""
    with sqlite3.connect(f"file:{hall.folder / 'desk.db'}?mode=ro", uri=True) as db:
        row = db.execute("SELECT short_code FROM tickets WHERE id = ?", (ticket["id"],)).fetchone()
    db.close()
    return str(row[0])


def serve(hall: Hall) -> dict[str, Any]:
    hall.at(1, "open")
    ticket = hall.issue()
    for move in ("call-next", "start", "finish"):
        hall.at(1, move)
    return ticket


def require_narrow(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


@pytest.mark.parametrize("has_scripts", [False, True], ids=["without scripts", "with scripts"])
def test_the_counters_code_rates_the_visit_by_number_and_digits(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot, *, has_scripts: bool
) -> None:
    ticket = serve(hall)
    page = context(*PHONE, java_script_enabled=has_scripts).new_page()
    page.goto(f"{hall.url}/c/1")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ông/bà có hài lòng với lần phục vụ này?")
    assert axe(page) == []
    require_narrow(page)
    shot(page, "rate-counter-320", full=True)
    page.locator('label[for="level-2"]').click()
    page.get_by_label("Chờ lâu, trả kết quả chậm").check()
    page.get_by_label("Số thứ tự").fill("a 001")
    page.get_by_label("Bốn chữ số").fill("12")
    page.get_by_role("button", name="Gửi").click()
    expect(page.locator("#rate-error")).to_have_text("Bốn chữ số chưa đúng. Ông/bà còn được thử 4 lần.")
    expect(page.locator("#level-2")).to_be_checked()
    expect(page.get_by_label("Chờ lâu, trả kết quả chậm")).to_be_checked()
    assert axe(page) == []
    shot(page, "rate-counter-wrong-320", full=True)
    page.get_by_label("Bốn chữ số").fill(short_code(hall, ticket))
    page.get_by_role("button", name="Gửi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xin cảm ơn ông/bà")
    expect(page.locator(".rate-done")).to_contain_text("Đã ghi nhận đánh giá cho lượt phục vụ của ông/bà.")
    assert axe(page) == []
    require_narrow(page)
    shot(page, "rate-done-320", full=True)
    (rating,) = ratings(hall)
    chosen = {name: rating[name] for name in ("visit", "level", "channel", "status", "reasons", "counter")}
    assert chosen == {
        "visit": ticket["id"],
        "level": 2,
        "channel": "counter_qr",
        "status": "counted",
        "reasons": ["time"],
        "counter": 1,
    }


def test_without_a_ticket_the_counters_code_rates_the_counter_alone_in_english_too(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    serve(hall)
    page = context(*PHONE, java_script_enabled=False).new_page()
    page.goto(f"{hall.url}/c/1")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Are you satisfied with this service?")
    assert axe(page) == []
    require_narrow(page)
    shot(page, "rate-counter-en-320", full=True)
    page.get_by_label("What could be better?").get_by_text("Other reason").click()
    page.get_by_label("Very satisfied").focus()
    page.keyboard.press("Space")
    page.get_by_label("Your own words").fill("Cảm ơn anh Bình 👍 \u202e abc")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".rate-done")).to_contain_text("Your answer about counter 1 has been recorded.")
    assert axe(page) == []
    (rating,) = ratings(hall)
    assert (rating["visit"], rating["level"], rating["status"], rating["reasons"]) == (None, 5, "unprompted", [])


def test_the_tickets_code_rates_without_scripts_and_the_last_answer_counts(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    ticket = serve(hall)
    page = context(*PHONE, java_script_enabled=False).new_page()
    page.goto(f"{hall.url}/t/{ticket['follow_url'].rsplit('/', 1)[1]}")
    assert axe(page) == []
    require_narrow(page)
    shot(page, "follow-no-script-320", full=True)
    page.get_by_role("link", name="Không hài lòng", exact=True).click()
    expect(page.locator("#level-2")).to_be_checked()
    assert axe(page) == []
    require_narrow(page)
    shot(page, "rate-ticket-320", full=True)
    page.get_by_role("button", name="Gửi").click()
    page.get_by_role("link", name="Về phiếu của ông/bà").click()
    page.get_by_role("link", name="Rất hài lòng", exact=True).click()
    page.get_by_role("button", name="Gửi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Xin cảm ơn ông/bà")
    assert [(item["level"], item["status"], item["replaced"]) for item in ratings(hall)] == [
        (2, "counted", None),
        (5, "counted", 1),
    ]


def test_a_visit_that_has_not_ended_cannot_be_rated_yet(hall: Hall, context: OpenContext, axe: Check) -> None:
    ticket = hall.issue()
    page = context(*PHONE, java_script_enabled=False).new_page()
    page.goto(f"{hall.url}/t/{ticket['follow_url'].rsplit('/', 1)[1]}/rating")
    expect(page.locator("main")).to_contain_text("Ông/bà có thể đánh giá khi lượt phục vụ tại quầy kết thúc.")
    assert axe(page) == []
    answer = page.goto(f"{hall.url}/c/77")
    assert answer is not None
    assert answer.status == 404
