"""Rating without scripts: the page behind a counter's code and the one behind a ticket's, on small old phones."""

import json
import sqlite3
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Check, Hall, OpenContext, Shot

pytestmark = pytest.mark.browser
PHONE = (320, 640)
QUESTION = "Ông/bà có hài lòng với lần phục vụ này?"
THANKS = "Xin cảm ơn ông/bà"


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


def wrong_code(hall: Hall, ticket: dict[str, Any]) -> str:
    return f"{(int(short_code(hall, ticket)) + 1) % 10_000:04d}"


def serve(hall: Hall) -> dict[str, Any]:
    hall.at(1, "open")
    ticket = hall.issue()
    for move in ("call-next", "start", "finish"):
        hall.at(1, move)
    return ticket


def page_of(hall: Hall, ticket: dict[str, Any]) -> str:
    return f"{hall.url}/t/{ticket['follow_url'].rsplit('/', 1)[1]}"


class Look:
    """Looks at a page that has scripts: what axe says of it, whether it is wider than the phone, a picture."""

    def __init__(self, page: Page, axe: Check, shot: Shot) -> None:
        self.page, self.axe, self.shot = page, axe, shot

    def __call__(self, name: str) -> None:
        assert self.axe(self.page) == []
        assert self.page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
        self.shot(self.page, name, full=True)


def test_the_counters_code_rates_the_visit_by_number_and_digits(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    ticket = serve(hall)
    page = context(*PHONE).new_page()
    look = Look(page, axe, shot)
    page.goto(f"{hall.url}/c/1")
    expect(page.get_by_role("heading", level=1)).to_have_text(QUESTION)
    look("rate-counter-320")
    page.locator('label[for="level-2"]').click()
    page.get_by_label("Chờ lâu, trả kết quả chậm").check()
    page.get_by_label("Số thứ tự").fill("a 001")
    page.get_by_label("Bốn chữ số").fill(wrong_code(hall, ticket))
    page.get_by_role("button", name="Gửi").click()
    expect(page.locator("#rate-error")).to_have_text("Bốn chữ số chưa đúng. Ông/bà còn được thử 4 lần.")
    expect(page.locator("#level-2")).to_be_checked()
    expect(page.get_by_label("Chờ lâu, trả kết quả chậm")).to_be_checked()
    look("rate-counter-wrong-320")
    page.get_by_label("Bốn chữ số").fill(short_code(hall, ticket))
    page.get_by_role("button", name="Gửi").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(THANKS)
    expect(page.locator(".rate-done")).to_contain_text("Đã ghi nhận đánh giá cho lượt phục vụ của ông/bà.")
    look("rate-done-320")
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


def test_both_codes_rate_without_any_script(hall: Hall, context: OpenContext) -> None:
    ticket = serve(hall)
    page = context(*PHONE, java_script_enabled=False).new_page()
    page.goto(f"{hall.url}/c/1")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Are you satisfied with this service?")
    page.locator('label[for="level-1"]').click()
    page.get_by_text("Other reason").click()
    page.locator('label[for="level-5"]').click()
    page.get_by_label("Your own words").fill("Cảm ơn anh Bình 👍 \u202e abc")
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".rate-done")).to_contain_text("Your answer about counter 1 has been recorded.")
    page.goto(page_of(hall, ticket))
    page.get_by_role("link", name="Dissatisfied", exact=True).click()
    expect(page.locator("#level-2")).to_be_checked()
    page.get_by_role("button", name="Send").click()
    page.get_by_role("link", name="Back to your ticket").click()
    page.get_by_role("link", name="Very satisfied", exact=True).click()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    rows = [
        (item["channel"], item["level"], item["status"], item["reasons"], item["replaced"]) for item in ratings(hall)
    ]
    assert rows == [
        ("counter_qr", 5, "unprompted", [], None),
        ("qr", 2, "counted", [], None),
        ("qr", 5, "counted", [], 2),
    ]


def test_the_tickets_form_and_the_english_pages_fit_small_phones(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    ticket = serve(hall)
    page = context(*PHONE, locale="en-US").new_page()
    look = Look(page, axe, shot)
    page.goto(f"{hall.url}/c/1")
    expect(page.get_by_role("heading", level=1)).to_have_text("Are you satisfied with this service?")
    look("rate-counter-en-320")
    page.goto(f"{page_of(hall, ticket)}/rating?level=2")
    look("rate-ticket-en-320")
    waiting = hall.issue()
    page.goto(f"{page_of(hall, waiting)}/rating")
    expect(page.locator("main")).to_contain_text("You can rate when your visit at the counter has ended.")
    look("rate-early-en-320")
    answer = page.goto(f"{hall.url}/c/77")
    assert answer is not None
    assert answer.status == 404
