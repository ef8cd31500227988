"""Which papers do I need? From a few letters without accents to the officer who sees what is there; on a phone too."""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Check, Hall, OpenContext, Shot, no_wider
from tests.waiting import wait_until

pytestmark = pytest.mark.browser


def open_kiosk(hall: Hall, context: BrowserContext) -> Page:
    hall.pair(context, "kiosk")
    page = context.new_page()
    page.add_init_script("window.print = () => { window.top.printed = (window.top.printed ?? 0) + 1; };")
    page.goto(f"{hall.url}/kiosk")
    expect(page.locator(".kiosk-tiles .tile")).to_have_count(8)
    return page


def touch_letters(page: Page, words: str) -> None:
    for letter in words:
        name = "Dấu cách" if letter == " " else letter
        page.locator(".find-keys").get_by_role("button", name=name, exact=True).click()


def touch(page: Page, words: str) -> None:
    page.get_by_role("button", name=words, exact=words in {"Back", "Quay lại", "Có", "Không"}).click()


def fits(page: Page) -> bool:
    """Whether nothing stands out at the right, and no text is smaller than 24 px."""
    smallest = """Math.min(...[...document.querySelectorAll('#app *')]
        .filter(e => e.offsetParent && [...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()))
        .map(e => parseFloat(getComputedStyle(e).fontSize)))"""
    return no_wider(page) and float(page.evaluate(smallest)) >= 24


def test_who_looks_up_the_papers_takes_the_number_with_them_and_the_officer_sees_it(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    page = open_kiosk(hall, context(1080, 1920))
    touch(page, "Tôi cần giấy tờ gì?")
    touch_letters(page, "lam giay khai sanh")
    first = page.locator(".find-results .tile").first
    expect(first).to_contain_text("Đăng ký khai sinh")
    assert axe(page) == []
    assert fits(page)
    shot(page, "kiosk-find-1080")
    first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trường hợp của trẻ?")
    assert axe(page) == []
    shot(page, "kiosk-question-1080")
    touch(page, "Trẻ sinh thông thường")
    expect(page.get_by_role("heading", level=1)).to_be_focused()
    touch(page, "Không")
    touch(page, "Quay lại")
    touch(page, "Có")
    touch(page, "Cha hoặc mẹ")
    papers = page.locator(".find-paper")
    expect(papers).to_have_count(2)
    papers.filter(has_text="Giấy chứng sinh").click()
    expect(papers.filter(has_text="Giấy chứng sinh")).to_have_attribute("aria-pressed", "true")
    assert axe(page) == []
    assert fits(page)
    shot(page, "kiosk-papers-1080")
    touch(page, "In danh mục này")
    expect(page.get_by_role("button", name="Đang in danh mục giấy tờ.")).to_be_disabled()
    wait_until(lambda: page.evaluate("window.printed") == 1)
    page.set_viewport_size({"width": 1280, "height": 800})
    assert fits(page)
    shot(page, "kiosk-papers-1280")
    touch(page, "Lấy số cho việc này")
    expect(page.locator(".ticket-number")).to_have_text("H001")

    counters = hall.call("/counters", role="leader")["items"]
    number = next(item["number"] for item in counters if "birth" in item["services"])
    hall.at(number, "open")
    hall.at(number, "call-next")
    desk = context(1366, 768)
    hall.pair(desk, "counter", number)
    counter = desk.new_page()
    counter.goto(f"{hall.url}/counter/{number}")
    matter = counter.locator(".counter-matter")
    expect(matter).to_contain_text("Đăng ký khai sinh")
    expect(matter.locator("li[data-ready='true']")).to_have_text(["Đã có: Giấy chứng sinh"])
    expect(matter.locator("li[data-ready='false']")).to_have_text(["Chưa đánh dấu: Tờ khai theo mẫu"])
    expect(matter).to_contain_text("Còn 1 giấy tờ chưa đánh dấu")
    assert axe(counter) == []
    shot(counter, "counter-matter-1366")


def test_a_procedure_without_a_checklist_says_so_and_still_gives_a_number(hall: Hall, context: OpenContext) -> None:
    page = open_kiosk(hall, context(1080, 1920))
    touch(page, "Tôi cần giấy tờ gì?")
    page.keyboard.type("tam vang", delay=150)
    page.locator(".find-results .tile", has_text="Khai báo tạm vắng").click()
    expect(page.get_by_text("Thủ tục này chưa có danh mục giấy tờ có nguồn")).to_be_visible()
    touch(page, "Lấy số cho việc này")
    expect(page.locator(".ticket-number")).to_have_text("C001")


def test_the_search_speaks_english_and_forgets_the_citizen_who_leaves(hall: Hall, context: OpenContext) -> None:
    page = open_kiosk(hall, context(1080, 1920))
    touch(page, "English")
    touch(page, "Which papers do I need?")
    page.keyboard.type("marriage", delay=150)
    expect(page.locator(".find-results .tile").first).to_have_text("Register a marriage")
    touch(page, "Back")
    touch(page, "Tôi cần giấy tờ gì?")
    expect(page.locator(".find-entry")).to_have_class("pad-entry find-entry pad-empty")


def test_a_phone_finds_the_papers_with_or_without_a_script(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    page = context(360, 740).new_page()
    page.goto(f"{hall.url}/procedures")
    page.get_by_label("Gõ theo cách nói hằng ngày").type("so do bi mat")
    line = page.locator(".procedure-list li").first
    expect(line).to_contain_text("Cấp lại giấy chứng nhận quyền sử dụng đất do bị mất")
    assert axe(page) == []
    shot(page, "phone-procedures-360")
    page.goto(f"{hall.url}/procedures/1.001193")
    for answer in ("Trẻ sinh thông thường", "Có", "Cha hoặc mẹ"):
        page.get_by_role("link", name=answer, exact=True).click()
    expect(page.locator(".procedure-papers li")).to_have_count(2)
    expect(page.get_by_role("button", name="In")).to_be_visible()
    assert axe(page) == []
    assert no_wider(page)
    shot(page, "phone-procedure-360")
    page.get_by_role("link", name=re.compile("^Sửa.*Có giấy chứng sinh")).click()
    expect(page.get_by_role("heading", name="Có giấy chứng sinh không?")).to_be_visible()

    plain = context(360, 740, java_script_enabled=False).new_page()
    plain.goto(f"{hall.url}/procedures")
    plain.get_by_label("Gõ theo cách nói hằng ngày").fill("hôn thú")
    plain.get_by_role("button", name="Tìm").click()
    plain.locator(".procedure-list a").first.click()
    expect(plain.get_by_role("heading", level=1)).to_have_text("Đăng ký kết hôn")
