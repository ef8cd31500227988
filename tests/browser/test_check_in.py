"""Who booked a time takes a number for it at the kiosk: by the typed code, by the scanner, and only once."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.arranged import arrange, booked_today, fits, kiosk_page, scan, screen
from tests.browser.conftest import Check, Hall, OpenContext, Shot

pytestmark = pytest.mark.browser


def test_a_booking_checks_in_by_its_typed_code(hall: Hall, context: OpenContext, axe: Check, shot: Shot) -> None:
    arrange(hall)
    code, time = (made := booked_today(hall))["code"], made["slot_at"][11:16]
    page = kiosk_page(hall, context(1080, 1920))
    page.get_by_role("button", name="Tôi có lịch hẹn").click()
    for key in "AAAAAAAA":
        page.locator(".pad-key", has_text=re.compile(f"^{key}$")).click()
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.locator(".pad-sorry")).to_contain_text("Không có lịch hẹn với mã này.")
    assert axe(page) == []
    shot(page, "kiosk-booking-1080")
    page.set_viewport_size({"width": 1920, "height": 1080})
    assert fits(page)
    shot(page, "kiosk-booking-1920")
    page.set_viewport_size({"width": 1080, "height": 1920})
    for _letter in "AAAAAAAA":
        page.locator(".pad-back").click()
    expect(page.locator(".pad-empty")).to_be_visible()
    for key in code:
        page.locator(".pad-key", has_text=re.compile(f"^{key}$")).click()
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.locator(".booked-time")).to_have_text(time)
    expect(page.locator(".booked-note")).to_contain_text("đến đúng hẹn")
    assert axe(page) == []
    shot(page, "kiosk-booked-1080")
    page.get_by_role("button", name="Tôi thuộc diện ưu tiên").click()
    page.get_by_role("button", name=re.compile("mang thai")).click()
    expect(page.locator(".kiosk-chosen")).to_contain_text("Phụ nữ mang thai")
    page.get_by_role("button", name="Lấy số").click()
    expect(page.locator(".ticket-number")).to_have_text("A001")
    expect(page.locator(".ticket-ahead")).to_have_text(f"Giờ hẹn {time}. Ông/bà được gọi từ giờ này.")
    shot(page, "kiosk-number-booked-1080")
    assert (hall.call(f"/bookings/{code}")["number"], hall.call("/queue")["items"][0]["rank"]) == ("A001", 1)
    counter = screen(hall, context(), "counter", "counter/1", 1)
    expect(counter.locator("#expected")).to_contain_text(
        f"A001 Chứng thực bản sao (sao y) {time}", use_inner_text=False
    )
    shot(counter, "counter-expected-1280")


def test_a_booking_checks_in_by_the_scanner_and_only_once(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    arrange(hall)
    made = booked_today(hall)
    page = kiosk_page(hall, context(1080, 1920))
    page.get_by_role("button", name="English").click()
    scan(page, f"{hall.url}/b/{made['code']}")
    expect(page.locator("h1")).to_have_text("Is this your booking?")
    assert axe(page) == []
    page.get_by_role("button", name="Take my number").click()
    expect(page.locator(".ticket-number")).to_have_text("A001")
    expect(page.locator(".ticket-ahead")).to_contain_text(f"Your time: {made['slot_at'][11:16]}.")
    page.get_by_role("button", name="Done").click()
    scan(page, made["code"])
    expect(page.locator("h1")).to_have_text("Ông/bà đã có số: A001")
    assert axe(page) == []
    shot(page, "kiosk-booking-used-1080")
    page.get_by_role("button", name="Về màn hình đầu").click()
    ticket = hall.issue()
    hall.at(1, "open")
    for move in ("call-next", "recall", "absent"):
        hall.at(1, move)
    scan(page, f"{hall.url}/t/{ticket['follow_url'].rsplit('/', 1)[1]}")
    expect(page.locator(".ticket-label")).to_have_text("Đã trở lại hàng chờ")
    expect(page.locator(".ticket-number")).to_have_text("A002")
