"""A ticket's page on a phone: follows the queue live, rings, explains, and takes the rating."""

import json
import re
import sqlite3
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Check, Hall, OpenContext, Shot

pytestmark = pytest.mark.browser

WATCH_PHONE = """
window.buzzed = 0;
Object.defineProperty(Navigator.prototype, "vibrate", { value: () => { window.buzzed += 1; return true; } });
const start = OscillatorNode.prototype.start;
window.tones = 0;
OscillatorNode.prototype.start = function (at) { window.tones += 1; return start.call(this, at); };
"""


def phone(hall: Hall, context: OpenContext, ticket: dict[str, Any], **more: Any) -> Page:
    """Open the page of `ticket` on a phone that counts its tones and vibrations."""
    made = context(360, 740, **more)
    page = made.new_page()
    page.add_init_script(WATCH_PHONE)
    page.goto(f"{hall.url}/t/{ticket['follow_url'].rsplit('/', 1)[1]}")
    expect(page.locator(".follow-number")).to_have_text(ticket["number"])
    return page


def ratings(hall: Hall) -> list[dict[str, Any]]:
    """Return what the journal says about ratings given."""
    with sqlite3.connect(f"file:{hall.folder / 'desk.db'}?mode=ro", uri=True) as db:
        rows = db.execute("SELECT data FROM journal WHERE action = 'rating.given' ORDER BY seq").fetchall()
    db.close()
    return [json.loads(row[0]) for row in rows]


def test_it_follows_the_queue_rings_and_explains(hall: Hall, context: OpenContext, axe: Check, shot: Shot) -> None:
    hall.at(3, "open")
    hall.at(4, "open")
    first, second = hall.issue("birth"), hall.issue("birth")
    page = phone(hall, context, second)
    headline = page.locator("#headline")
    expect(headline).to_have_text("1 người trước ông/bà")
    assert axe(page) == []
    shot(page, "follow-waiting-360", full=True)
    page.locator("#bell").click()
    expect(page.locator("#bell")).to_have_text("Đã bật chuông")
    tones, buzzed = page.evaluate("[tones, buzzed]")
    assert (tones > 0, buzzed) == (True, 1)
    hall.at(3, "call-next")
    expect(headline).to_have_text("Ông/bà là người tiếp theo.")
    assert page.evaluate("buzzed") == 1
    hall.at(4, "call", ticket=second["number"], reason="need")
    expect(headline).to_have_text(re.compile("Mời ông/bà đến quầy 4"))
    expect(page).to_have_title("H002 · Mời ông/bà đến quầy 4")
    expect(page.locator("#live-urgent")).to_have_text("Mời ông/bà đến quầy 4")
    page.wait_for_function(f"tones > {tones} && buzzed > {buzzed}")
    expect(page.locator(".follow-history")).to_contain_text("Người cần được hỗ trợ ngay")
    expect(page.locator("#why")).to_contain_text("H002 được cán bộ gọi đích danh.")
    assert axe(page) == []
    shot(page, "follow-called-360", full=True)
    hall.at(4, "recall")
    expect(page.locator(".follow-history")).to_contain_text("Được gọi lại")
    hall.at(4, "absent")
    expect(headline).to_contain_text("Đã gọi nhưng chưa gặp ông/bà.")
    hall.call(f"/tickets/{second['id']}/return", {})
    expect(headline).to_have_text("Ông/bà là người tiếp theo.")
    page.get_by_role("button", name="English").click()
    expect(headline).to_have_text("You are next.")
    assert axe(page) == []
    assert first["number"] == "H001"


def test_it_takes_the_rating_with_reasons_and_own_words(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    hall.at(3, "open")
    ticket = hall.issue()
    hall.at(3, "call-next")
    hall.at(3, "start")
    page = phone(hall, context, ticket)
    expect(page.locator("#headline")).to_have_text("Ông/bà đang được phục vụ tại quầy 3.")
    hall.at(3, "finish")
    page.get_by_role("button", name="Rất không hài lòng").click()
    expect(page.locator("#rated")).to_have_text("Xin cảm ơn. Đã ghi nhận đánh giá.")
    page.get_by_role("button", name="Không hài lòng", exact=True).click()
    expect(page.get_by_role("button", name="Không hài lòng", exact=True)).to_have_attribute("aria-pressed", "true")
    page.get_by_role("button", name="Chờ lâu, trả kết quả chậm").click()
    page.locator("#comment").fill("Chờ hơi lâu.")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    shot(page, "follow-rating-360", full=True)
    page.locator("#send-more").click()
    expect(page.locator("#sent")).to_have_text("Đã gửi. Xin cảm ơn ông/bà.")
    given = ratings(hall)
    assert [(item["level"], item["channel"], item["status"], item["reasons"]) for item in given] == [
        (1, "qr", "counted", []), (2, "qr", "counted", []), (2, "qr", "counted", ["time"]),
    ]  # fmt: skip
    assert "Chờ hơi lâu" not in json.dumps(given, ensure_ascii=False)
    page.reload()
    expect(page.get_by_role("button", name="Không hài lòng", exact=True)).to_have_attribute("aria-pressed", "true")


def test_it_lives_without_sockets_and_through_a_restart(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    hall.at(3, "open")
    ticket = hall.issue()
    page = context(360, 740, locale="en-GB")
    alone = page.new_page()
    alone.route_web_socket("**/*", lambda socket: socket.close())
    alone.goto(f"{hall.url}/t/{ticket['follow_url'].rsplit('/', 1)[1]}")
    expect(alone.locator("#headline")).to_have_text("You are next.")
    hall.at(3, "call-next")
    expect(alone.locator("#headline")).to_have_text(re.compile("Please come to counter 3"))
    assert axe(alone) == []
    hall.stop()
    expect(alone.locator(".connection")).to_contain_text("Connection lost")
    expect(alone.locator(".follow-ticket")).to_have_class(re.compile("is-stale"))
    hall.start()
    hall.at(3, "finish")
    expect(alone.locator("#headline")).to_have_text("Your matter at the counter is done.")
    alone.get_by_role("button", name="Very satisfied", exact=True).click()
    expect(alone.locator("#rated")).to_be_visible()
    assert [item["level"] for item in ratings(hall)] == [5]
    alone.set_viewport_size({"width": 1280, "height": 800})
    shot(alone, "follow-done-en-1280", full=True)


def test_a_wrong_code_opens_nothing(hall: Hall, context: OpenContext) -> None:
    page = context(360, 740).new_page()
    answer = page.goto(f"{hall.url}/t/AAAAAAAAAAAA")
    assert answer is not None
    assert answer.status == 404
