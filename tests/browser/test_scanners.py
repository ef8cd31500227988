"""Scanners that type: slow ones, strange ends, other keyboards. Each scan is answered on the kiosk's screen."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from motcua.devices.scanner.serial import get_system_date
from tests.browser.arranged import arrange, booked_today, kiosk_page, scan, touch
from tests.browser.conftest import Check, Hall, OpenContext

pytestmark = pytest.mark.browser

DIGITS = dict(zip("1234567890", "ăâêô\u0300\u0309\u0303\u0301\u0323đ", strict=True))
OF_YEAR = "000051000051||C TH MU|{}|N|Phng Khng C|01012022"


def typed(page: Page, *presses: dict[str, Any]) -> None:
    """Press keys as they come under a layout or input method that this computer has not."""
    page.evaluate(
        """(presses) => presses.forEach((press) => document.activeElement.dispatchEvent(
          new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...press })))""",
        list(presses),
    )


def press(letter: str, key: str | None = None) -> dict[str, Any]:
    """Return the press that a scanner means by `letter`, and that is written as `key`."""
    codes = {":": "Semicolon", "/": "Slash", ".": "Period", "|": "Backslash", " ": "Space"}
    code = f"Digit{letter}" if letter.isdigit() else codes.get(letter, f"Key{letter.upper()}")
    return {"key": key or letter, "code": code, "shiftKey": letter.isupper() or letter in ":|"}


def test_what_is_not_ours_is_said_and_nothing_is_opened(hall: Hall, context: OpenContext, axe: Check) -> None:
    arrange(hall)
    page = kiosk_page(hall, context(1080, 1920))
    for text in ("8934567890123", "https://evil.example/x?to=1", "X" * 40):
        scan(page, text)
        expect(page.locator("h1")).to_have_text("Mã này không phải mã của quầy")
        assert page.url == f"{hall.url}/kiosk"
        page.locator(".way-done").click()
        expect(page.locator(".tile")).to_have_count(8)
    scan(page, f"{hall.url}/seat/3")
    expect(page.locator("h1")).to_have_text("Đây là mã của chỗ ngồi")
    assert axe(page) == []


def test_a_number_that_stands_on_the_screen_comes_back_after_a_code_that_is_not_ours(
    hall: Hall, context: OpenContext
) -> None:
    arrange(hall)
    page = kiosk_page(hall, context(1080, 1920))
    touch(page, "Hộ tịch")
    page.locator(".tile").first.click()
    number = page.locator(".ticket-number")
    expect(number).to_be_visible()
    text = number.text_content()
    scan(page, "8934567890123")
    expect(page.locator("h1")).to_have_text("Mã này không phải mã của quầy")
    page.locator(".way-done").click()
    expect(number).to_have_text(str(text))


def test_a_slow_scanner_that_ends_with_a_tab_and_one_with_a_strange_keyboard_are_understood(
    hall: Hall, context: OpenContext
) -> None:
    arrange(hall)
    code = booked_today(hall)["code"]
    page = kiosk_page(hall, context(1080, 1920))
    found = page.locator(".booked-time")

    def home() -> None:
        page.locator(".kiosk-foot .way").first.click()
        expect(page.locator(".tile")).to_have_count(8)

    scan(page, f"/b/{code}", "Tab", 150)
    expect(found).to_be_visible()
    home()
    scan(page, f"]Q1\\000026HTTP://X.EXAMPLE/B/{code.lower()}?utm_source=zalo#a")
    expect(found).to_be_visible()
    home()
    typed(
        page, *(press(letter, DIGITS.get(letter)) for letter in f"http://10.0.0.5:8080/b/{code}")
    )  # nothing in the end
    expect(found).to_be_visible()
    home()
    typed(
        page,
        *(press(letter, "Process") for letter in f"http://10.0.0.5/b/{code}"),
        {"key": "j", "code": "KeyJ", "ctrlKey": True},
    )
    expect(found).to_be_visible()


def test_a_card_with_the_year_alone_is_asked_about(hall: Hall, context: OpenContext, axe: Check) -> None:
    arrange(hall)
    today = get_system_date()
    if (today.month, today.day) == (12, 31):
        pytest.skip("on the last day of a year every birthday of it has passed")
    page = kiosk_page(hall, context(1080, 1920))
    scan(page, OF_YEAR.format(f"0000{today.year - 75}"))
    expect(page.locator("h1")).to_have_text("Thẻ không ghi đủ ngày tháng năm sinh. Có phải ông/bà đã đủ 75 tuổi?")
    assert axe(page) == []
    page.locator(".kiosk-answers .tile:not(.tile-yes)").click()
    expect(page.locator(".kiosk-chosen")).to_contain_text("60")
    scan(page, OF_YEAR.format(f"--/--/{today.year - 75}"))
    page.locator(".tile-yes").click()
    expect(page.locator(".kiosk-chosen")).to_contain_text("Người từ đủ 75 tuổi")
    scan(page, OF_YEAR.format(today.year - 77))
    expect(page.locator("h1")).to_contain_text("Người từ đủ 75 tuổi")


def test_a_number_under_the_scanner_shows_the_way_back(hall: Hall, context: OpenContext) -> None:
    arrange(hall)
    page = kiosk_page(hall, context(1080, 1920))
    scan(page, "a 001")
    expect(page.locator(".pad-entry")).to_have_text("A001")
    expect(page.locator(".pad-sorry")).to_have_count(0)
    scan(page, "A009")
    expect(page.locator(".pad-sorry")).to_be_visible()
