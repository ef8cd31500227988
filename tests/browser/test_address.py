"""The address for phones: shown, chosen and tried on its page; where there is none, nothing carries one and the
kiosk says so.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONES, Check, Hall, OpenContext, Shot, at_widths

pytestmark = pytest.mark.browser
NAME = "https://motcua.example.vn"


def save(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^(Lưu|Save)$")).click()


def test_an_address_is_tried_changed_and_refused_with_the_reason(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    office = context(width=1280)
    hall.sign_in(office)
    page = office.new_page()
    page.goto(f"{hall.url}/settings/web")
    expect(page.locator("#phones-address")).to_have_text(PHONES)
    expect(page.locator(".offer-qr")).to_be_visible()
    assert page.locator(".offer-qr").evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
    for width in at_widths(page, 1280, 390):
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        shot(page, f"settings-web-{width}", full=True)
    field = page.get_by_label("Địa chỉ cho điện thoại")
    for wrong, word in {
        "http://localhost:8080": "về chính nó",
        "https://motcua.phuongnguyenuudam.vn": "27",
        f"{NAME}/t": "kết thúc",
    }.items():
        field.fill(wrong)
        expect(page.locator(".offer-qr")).to_have_count(0)
        save(page)
        expect(page.locator(".field-error")).to_contain_text(word)
    shot(page, "settings-web-wrong-390", full=True)
    field.fill(f"{NAME}/")
    save(page)
    expect(page.get_by_text("Mọi thứ đã được lưu.")).to_be_visible()
    expect(page.locator("#phones-address")).to_have_text(NAME)
    assert hall.issue()["follow_url"].startswith(f"{NAME}/t/")


def test_without_an_address_nothing_carries_one_and_that_is_said(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    office = context(locale="en-US")
    hall.sign_in(office)
    page = office.new_page()
    page.goto(f"{hall.url}/settings/web")
    page.get_by_label("Address for phones").fill("")
    save(page)
    expect(page.locator("#address-note")).to_contain_text("--host 0.0.0.0")
    page.reload()
    expect(page.locator("#address-note")).to_be_visible()
    expect(page.locator(".offer-qr")).to_have_count(0)
    assert axe(page) == []
    shot(page, "settings-web-none", full=True)
    page.goto(f"{hall.url}/")
    expect(page.locator("#address-note")).to_contain_text("Only this computer can reach the server")
    expect(page.locator(".address-qr")).to_have_count(0)
    page.goto(f"{hall.url}/settings/devices")
    page.get_by_role("button", name="Make a pairing link").click()
    expect(page.get_by_text("Only this computer can reach this address.")).to_be_visible()
    expect(page.locator(".offer-qr")).to_have_count(0)
    page.goto(f"{hall.url}/settings/appointments")
    expect(page.get_by_text("Phones cannot reach this desk yet.")).to_be_visible()

    machine = context(width=1080, height=1920)
    hall.pair(machine, "kiosk")
    kiosk = machine.new_page()
    kiosk.goto(f"{hall.url}/kiosk")
    expect(kiosk.locator("#staff")).to_contain_text("Phiếu không có mã QR")
    shot(kiosk, "kiosk-no-address")
    kiosk.locator(".tile").nth(1).click()
    if kiosk.locator(".kiosk-list .tile").count():
        kiosk.locator(".kiosk-list .tile").first.click()
    expect(kiosk.locator(".ticket-page .ticket-number")).to_be_visible()
    expect(kiosk.locator(".ticket-qr")).to_have_count(0)
    assert axe(kiosk) == []
    ticket = hall.issue()
    kiosk.goto(f"{hall.url}/print/{ticket['id']}")
    expect(kiosk.locator(".number")).to_be_visible()
    expect(kiosk.locator(".code")).to_have_count(0)
