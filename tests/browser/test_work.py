"""A task goes from the leader to the officer and back, a note is answered, and hours are corrected."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Check, Hall, OpenContext, Shot, at_widths, no_wider

pytestmark = pytest.mark.browser


def give(hall: Hall, page: Page, axe: Check, shot: Shot) -> None:
    """Give a task as the leader, on a phone, once without words that a browser lets through."""
    page.goto(f"{hall.url}/leaders")
    page.get_by_role("link", name="Cán bộ", exact=True).click()
    page.get_by_role("link", name="Nhiệm vụ, nhận xét").click()
    page.locator("#field-officer").select_option(label="Phạm Hoa")
    page.get_by_label("Nội dung nhiệm vụ").fill("Rà soát hồ sơ trễ hạn của tháng 11")
    page.get_by_role("button", name="Giao nhiệm vụ này").click()
    expect(page.locator(".work-task")).to_contain_text(re.compile("Còn [56] ngày làm việc"))
    assert axe(page) == []
    shot(page, "leaders-work", full=True)


def report(hall: Hall, page: Page, axe: Check, shot: Shot) -> None:
    """Find the task from the counter's menu as the officer, and report it."""
    page.goto(f"{hall.url}/counter/1")
    page.locator("#own-work").click()
    expect(page.get_by_role("heading", name="Việc của tôi", exact=True)).to_be_visible()
    for _width in at_widths(page, 320, 390, 1280):
        assert no_wider(page)
    page.get_by_label("Kết quả đã thực hiện").fill("Đã rà soát 12 hồ sơ")
    assert axe(page) == []
    shot(page, "own-work", full=True)
    page.get_by_role("button", name="Báo cáo đã hoàn thành").click()
    expect(page.locator(".work-task")).to_contain_text("Đã báo cáo, chờ kiểm tra")
    expect(page.get_by_label("Kết quả đã thực hiện")).to_have_count(0)


def test_a_task_a_note_and_a_correction_go_both_ways(hall: Hall, context: OpenContext, axe: Check, shot: Shot) -> None:
    for name, role, full_name in (("lan", "leader", "Lê Thị Lan"), ("hoa", "officer", "Phạm Hoa")):
        hall.add_person(name, role, full_name)
    boss, officer = context(390, 800), context(1280, 800)
    hall.sign_in(boss, "lan")
    hall.sign_in(officer, "hoa")
    leader, hers = boss.new_page(), officer.new_page()
    give(hall, leader, axe, shot)
    report(hall, hers, axe, shot)

    leader.reload()
    assert no_wider(leader)
    leader.get_by_role("button", name="Nghiệm thu kết quả").click()
    expect(leader.locator(".work-task")).to_have_count(0)
    leader.get_by_role("link", name="Phạm Hoa").first.click()
    expect(leader.locator("dl dd")).to_have_text(["1", "1", "0", "0", "0"])
    leader.get_by_text("Viết nhận xét").click()
    leader.get_by_label("Loại nhận xét").select_option(label="Biểu dương")
    leader.locator("#note-text").fill("Hướng dẫn công dân rất tận tình")
    leader.get_by_role("button", name="Lưu nhận xét").click()
    expect(leader.locator(".work-note")).to_contain_text("Chưa có trả lời.")
    leader.get_by_text("Điều chỉnh ngày này").click()
    leader.get_by_label("Từ", exact=True).last.fill("00:00")
    leader.get_by_label("Đến", exact=True).last.fill("00:30")
    leader.get_by_label("Quầy", exact=True).select_option("1")
    leader.get_by_label("Vì sao").select_option(label="Quên đăng nhập hoặc đăng xuất")
    leader.locator("#hours-text").fill("Quên đăng nhập tại quầy")
    leader.get_by_role("button", name="Lưu điều chỉnh").click()
    expect(leader.locator("#hours")).to_contain_text(re.compile("Sau khi điều chỉnh.*00:00.00:30 · Quầy 1", re.DOTALL))
    assert no_wider(leader)
    assert axe(leader) == []
    shot(leader, "officer-work", full=True)

    hers.reload()
    hers.get_by_label("Trả lời của bạn").fill("Em cảm ơn chị")
    hers.get_by_role("button", name="Gửi trả lời").click()
    expect(hers.locator(".work-note")).to_contain_text("Em cảm ơn chị")
    expect(hers.locator(".work-hours")).to_have_count(1)
    assert axe(hers) == []
    hers.goto(f"{hall.url}/leaders/work")
    expect(hers.locator("main")).not_to_contain_text("Rà soát")
