"""Booking on a phone: from the start page to the code, and back by its own page; what is refused says what to do."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONES, Check, Hall, OpenContext, Shot, no_wider, press
from tests.receivers import HOST, Mailbox
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.browser
SERVICE = "certified-copy"


def arrange(hall: Hall, notices: dict[str, Any] | None = None, **rules: Any) -> None:
    """Let times be booked for one service."""
    for name in ("services", "appointments"):
        section = hall.call(f"/settings/{name}", role="admin")
        data = section["data"]
        if name == "services":
            for item in data["services"]:
                item["bookable"] = item["code"] in {SERVICE, "birth"}
        else:
            data["appointments"].update(
                {"is_open": True, "slot_min": 60, "capacity": 1, "days_ahead": 2, "lead_min": 0, **rules}
            )
            data["notices"].update(notices or {})
        put(hall, name, section)


def put(hall: Hall, name: str, section: dict[str, Any]) -> None:
    import urllib.request

    body = json.dumps({"version": section["version"], "data": section["data"]}).encode()
    headers = {"Authorization": f"Bearer {hall.token('admin')}", "Content-Type": "application/json"}
    asked = urllib.request.Request(f"{hall.url}/api/v1/settings/{name}", body, headers, method="PUT")  # noqa: S310 -- our own desk
    with urllib.request.urlopen(asked, timeout=PATIENCE_S) as answer:  # noqa: S310 -- our own desk
        assert answer.status == 200


def book_by_program(hall: Hall, phone: str = "0912345678", slot: int = 0) -> dict[str, Any]:
    day = hall.call(f"/bookings/slots?service={SERVICE}")["days"][-1]["day"]
    at = hall.call(f"/bookings/slots?service={SERVICE}&day={day}")["slots"][slot]["at"]
    return hall.call("/bookings", {"service": SERVICE, "slot_at": at, "phone": phone})


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as made:
        yield made


def test_a_time_is_booked_on_a_phone_told_by_mail_and_cancelled(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot, mailbox: Mailbox
) -> None:
    arrange(
        hall,
        {
            "smtp_host": HOST,
            "smtp_port": mailbox.port,
            "smtp_security": "none",
            "sender": "motcua@phuong.vn",
            "allow_local": True,
        },
    )
    page = context(360, 740).new_page()
    page.goto(hall.url)
    page.get_by_role("link", name=re.compile("Đặt lịch hẹn")).click()
    title = page.locator("#step-title")

    def step(words: str, name: str) -> None:
        expect(title).to_have_text(words)
        assert (axe(page), no_wider(page)) == ([], True)
        shot(page, f"book-{name}-360", full=True)

    step("Ông/bà đến làm việc gì?", "service")
    page.locator(f"[data-service={SERVICE}]").click()
    expect(title).to_be_focused()
    step("Ngày nào?", "day")
    page.locator("[data-day]").last.click()
    step("Mấy giờ?", "time")
    page.locator("[data-slot]", has_text="09:00").click()
    expect(title).to_have_text("Liên hệ với ông/bà qua đâu?")
    page.go_back()
    expect(title).to_have_text("Mấy giờ?")
    page.locator("[data-slot]", has_text="10:00").click()
    page.locator("#send").click()
    expect(page.locator("#phone-error")).to_have_text("Số điện thoại chưa đúng. Xin viết như 0912 345 678.")
    expect(page.locator("#phone")).to_be_focused()
    page.locator("#phone").fill("+84 912 345 678")
    page.locator("#email").fill("an@example.vn")
    step("Liên hệ với ông/bà qua đâu?", "contact")
    page.locator("#send").click()
    expect(page.locator("#state")).to_have_text("Đã đặt lịch hẹn.")
    assert (axe(page), no_wider(page)) == ([], True)
    shot(page, "booking-360", full=True)
    code = page.locator("#code").inner_text().replace(" ", "")
    found = hall.call(f"/bookings/{code}")
    assert (found["service"], found["slot_at"][11:16], found["state"]) == (SERVICE, "10:00", "booked")
    assert mailbox.arrived.wait(PATIENCE_S)
    assert code in mailbox.mails[0].get_content()
    page.locator("#cancel").click()
    expect(page.get_by_role("dialog")).to_contain_text("Hủy lịch hẹn này?")
    assert axe(page) == []
    press(page, "Enter")  # the way back has the focus
    assert hall.call(f"/bookings/{code}")["state"] == "booked"
    page.locator("#cancel").click()
    page.get_by_role("dialog").get_by_role("button", name="Hủy lịch hẹn").click()
    expect(page.locator("#state")).to_have_text("Lịch hẹn này đã được hủy.")
    expect(page.locator("#state")).to_be_focused()
    expect(page.locator("#cancel")).to_have_count(0)
    assert axe(page) == []
    shot(page, "booking-cancelled-360", full=True)
    assert hall.call(f"/bookings/{code}")["state"] == "cancelled"


def test_what_somebody_else_took_meanwhile_leads_back_to_the_times(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    arrange(hall)
    page = context(360, 740, locale="en-GB").new_page()
    page.goto(f"{hall.url}/book")
    expect(page.locator("#email")).to_have_count(0)
    page.locator(f"[data-service={SERVICE}]").click()
    page.locator("[data-day]").last.click()
    page.locator("[data-slot]").nth(0).click()
    expect(page.locator("#email")).to_have_count(0)  # no mail server: no address is asked for
    page.locator("#phone").fill("0987654321")
    book_by_program(hall)
    press(page, "Enter")
    expect(page.locator("#failure")).to_contain_text("All places at this time are taken.")
    expect(page.locator("#step-title")).to_have_text("At what time?")
    expect(page.locator("[data-slot]").nth(0)).to_be_disabled()
    assert axe(page) == []
    shot(page, "book-full-en-360", full=True)
    page.locator("[data-slot]").nth(1).click()
    expect(page.locator("#phone")).to_have_value("0987654321")
    page.locator("#send").click()
    expect(page.locator("#state")).to_have_text("Your time is booked.")
    page.goto(f"{hall.url}/book")
    expect(page.locator("#find-code")).to_have_value(re.compile("^[A-Z0-9]{8}$"))
    page.locator("#find-code").fill("AAAA AAAA")
    page.get_by_role("button", name="Show").click()
    expect(page.locator("#find-error")).to_have_text("There is no booking with this code.")
    assert axe(page) == []


def test_a_number_taken_with_it_at_the_kiosk_appears_on_the_phone(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    arrange(hall, slot_min=5)
    today = hall.call("/bookings", role="officer")["day"]
    at = hall.call(f"/bookings/slots?service={SERVICE}&day={today}")["slots"][-1]["at"]
    made = hall.call("/bookings", {"service": SERVICE, "slot_at": at, "phone": "0912345678"})
    page = context(360, 740).new_page()
    page.goto(f"{hall.url}/b/{made['code'].lower()}")
    expect(page.locator("#code")).to_have_text(f"{made['code'][:4]} {made['code'][4:]}")
    ticket = hall.call("/tickets", {"service": SERVICE, "appointment": made["code"]})
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".follow-number")).to_have_text(ticket["number"])
    assert axe(page) == []
    shot(page, "booking-number-360", full=True)
    page.get_by_role("link", name="Theo dõi số này").click()
    expect(page.locator(".follow-number")).to_have_text(ticket["number"])
    expect(page.locator("#headline")).to_be_visible()


def test_where_nothing_can_be_booked_the_page_says_what_to_do(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    page = context(360, 740).new_page()
    page.goto(hall.url)
    expect(page.locator(".screen-card[href='/book']")).to_have_count(0)
    page.goto(f"{hall.url}/book")
    expect(page.locator("#closed")).to_contain_text("Hiện chưa nhận đặt lịch hẹn.")
    expect(page.locator("#closed")).to_contain_text("lấy số tại ki-ốt")
    assert axe(page) == []
    shot(page, "book-closed-360", full=True)
    answer = page.goto(f"{hall.url}/b/AAAAAAAA")
    assert answer is not None
    assert answer.status == 404
    expect(page.locator("main")).to_contain_text("Không có lịch hẹn nào với mã này.")


def test_the_settings_open_booking_and_try_the_mail_server(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot, mailbox: Mailbox
) -> None:
    browser = context()
    hall.sign_in(browser)
    page = browser.new_page()
    page.goto(f"{hall.url}/settings/appointments")
    expect(page.locator("#book-address")).to_have_text(f"{PHONES}/book")
    page.get_by_label("Nhận đặt lịch hẹn").check()
    page.get_by_label("Số chỗ mỗi khung giờ").fill("7")
    page.get_by_role("textbox", name="Máy chủ thư").fill(HOST)
    page.get_by_label("Nơi nhận hoặc máy chủ thư là chính máy của bộ phận").check()
    page.get_by_label("Cổng").fill(str(mailbox.port))
    page.get_by_label("Mã hóa").select_option("none")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_role("alert").filter(has_text="Chưa lưu")).to_contain_text("notices.sender")
    page.get_by_label("Địa chỉ người gửi").fill("motcua@phuong.vn")
    expect(page.locator("#try-email")).to_be_disabled()
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Mọi thứ đã được lưu.")).to_be_visible()
    kept = hall.call("/settings/appointments", role="admin")["data"]
    assert (kept["appointments"]["is_open"], kept["appointments"]["capacity"], kept["notices"]["smtp_port"]) == (
        True,
        7,
        mailbox.port,
    )
    page.locator("#try-email").click()
    expect(page.locator("#tried-email")).to_contain_text("Máy chủ thư đã nhận tin.")
    assert mailbox.mails[0]["To"] == "motcua@phuong.vn"
    page.get_by_label("Gửi tin thử đến").fill("nobody@phuong.vn")
    page.locator("#try-email").click()
    expect(page.locator("#tried-email")).to_contain_text("550 5.1.1 no such mailbox")
    page.locator("#try-webhook").click()
    expect(page.locator("#tried-webhook")).to_contain_text("Cách này chưa có trong cài đặt đã lưu.")
    shot(page, "settings-appointments-1280", full=True)
    page.reload()
    expect(page.locator("#try-email")).to_be_enabled()
    assert axe(page) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert no_wider(page)
    shot(page, "settings-appointments-390", full=True)
