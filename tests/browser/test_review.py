"""Leaders see what was set aside, decide with a reason, and slips are typed in by the keyboard alone."""

import json
import sqlite3
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Check, Hall, OpenContext, Shot

pytestmark = pytest.mark.browser


def ratings(hall: Hall) -> list[dict[str, Any]]:
    with sqlite3.connect(f"file:{hall.folder / 'desk.db'}?mode=ro", uri=True) as db:
        rows = db.execute("SELECT data FROM journal WHERE action LIKE 'rating.%' ORDER BY seq").fetchall()
    db.close()
    return [json.loads(row[0]) for row in rows]


def serve(hall: Hall) -> dict[str, Any]:
    hall.at(1, "open")
    ticket = hall.issue()
    for move in ("call-next", "start", "finish"):
        hall.at(1, move)
    return ticket


def test_a_leader_releases_one_and_confirms_another(hall: Hall, context: OpenContext, axe: Check, shot: Shot) -> None:
    ticket = serve(hall)
    code = ticket["follow_url"].rsplit("/", 1)[1]
    hall.add_person("lan", "leader", "Trần Thị Lan")
    staff = context()
    hall.sign_in(staff, "lan")
    page = staff.new_page()
    for level in (5, 4):
        page.goto(f"{hall.url}/t/{code}/rating")
        page.locator(f'label[for="level-{level}"]').click()
        page.get_by_role("button", name="Gửi").click()
        expect(page.locator(".rate-done")).to_be_visible()
    page.goto(f"{hall.url}/leaders/ratings")
    expect(page.locator("#waiting-title")).to_have_text("Đang chờ xem xét (2)")
    expect(page.locator(".ratings-rule").first).to_contain_text("Gửi từ thiết bị của người làm việc tại đơn vị")
    assert axe(page) == []
    shot(page, "leaders-ratings", full=True)
    second = page.locator("article").filter(has=page.locator("#reason-2"))
    second.get_by_label("Lý do").fill("Cán bộ tự bấm")
    second.get_by_role("button", name="Để riêng").click()
    first = page.locator("article").filter(has=page.locator("#reason-1"))
    first.get_by_label("Lý do").fill("Công dân mượn máy của quầy")
    first.get_by_role("button", name="Cho tính lại").click()
    expect(page.locator("#waiting-title")).to_have_text("Đang chờ xem xét (0)")
    expect(page.locator("main")).to_contain_text("Trần Thị Lan")
    expect(page.locator("main")).to_contain_text("100,0 %")
    page.get_by_role("link", name="English").click()
    expect(page.locator("#decided-title")).to_have_text("Decided")
    expect(page.locator("main")).to_contain_text("100.0 %")
    assert axe(page) == []
    shot(page, "leaders-ratings-decided-en", full=True)
    decisions = [(item["rating"], item["decision"], item["status"]) for item in ratings(hall) if "decision" in item]
    assert decisions == [(2, "confirmed", "quarantined"), (1, "released", "counted")]


def test_slips_are_typed_in_by_the_keyboard_alone(hall: Hall, context: OpenContext, axe: Check, shot: Shot) -> None:
    ticket = serve(hall)
    hall.add_person("lan", "leader", "Trần Thị Lan")
    staff = context()
    hall.sign_in(staff, "lan")
    page = staff.new_page()
    page.goto(f"{hall.url}/slips")
    expect(page.get_by_label("Số thứ tự, dòng 1", exact=True)).to_be_focused()
    for key in ("a1", "\t", "\t", "2", "\t", "\t", "Chậm", "\t", "X999", "\t", "\t", "7", "\n"):
        if key in {"\t", "\n"}:
            page.keyboard.press("Tab" if key == "\t" else "Enter")
        else:
            page.keyboard.type(key)
    expect(page.get_by_role("status").first).to_contain_text("a1")
    expect(page.locator(".slips-wrong")).to_have_count(1)
    expect(page.get_by_label("Số thứ tự, dòng 1", exact=True)).to_have_value("X999")
    assert axe(page) == []
    shot(page, "slips", full=True)
    page.get_by_label("Số thứ tự, dòng 1", exact=True).fill("")
    page.get_by_label("Quầy, dòng 1", exact=True).fill("1")
    page.get_by_label("Mức 1–5, dòng 1", exact=True).fill("4")  # noqa: RUF001 -- as the page says it
    page.keyboard.press("Enter")
    expect(page.locator(".slips-wrong")).to_have_count(0)
    rows = [(item["visit"], item["level"], item["channel"], item["status"]) for item in ratings(hall)]
    assert rows == [(ticket["id"], 2, "slip", "counted"), (None, 4, "slip", "unprompted")]
