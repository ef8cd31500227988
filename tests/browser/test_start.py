"""The start page: every screen, who may open it, whether the hall is open, where the desk is found."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Check, Hall, OpenContext, Shot, at_widths

pytestmark = pytest.mark.browser
SCREENS = [
    "/kiosk", "/wall", "/counter", "/pad", "/leaders", "/settings", "/help-team", "/procedures", "/terminal", "/y",
    "/call-me", "/d",
]  # fmt: skip


@pytest.mark.parametrize("locale", ["vi-VN", "en-US"])
def test_all_screens_with_what_each_needs(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot, locale: str
) -> None:
    page = context(locale=locale).new_page()
    page.goto(f"{hall.url}/")
    assert [card.get_attribute("href") for card in page.locator(".screen-card").all()] == SCREENS
    words = {
        "vi-VN": ("Đang mở cửa.", "Cần ghép", "Cần đăng nhập"),
        "en-US": ("The hall is open.", "Pair first", "Sign in first"),
    }
    is_open, pair, sign_in = words[locale]
    expect(page.locator("#state")).to_contain_text(is_open)
    expect(page.locator(".screen-card", has_text=pair)).to_have_count(3)
    expect(page.locator(".screen-card", has_text=sign_in)).to_have_count(2)
    expect(page.locator(".address-list")).to_contain_text(hall.url)
    for width in at_widths(page, 360, 1280, 1920):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert axe(page) == []
        shot(page, f"start-{width}-{locale[:2]}", full=True)


def test_a_paired_screen_and_a_signed_in_person_see_what_is_theirs(hall: Hall, context: OpenContext) -> None:
    browser = context()
    hall.sign_in(browser)
    hall.pair(browser, "kiosk")
    page = browser.new_page()
    page.goto(f"{hall.url}/")
    expect(page.locator(".screen-card", has_text="Mở được")).to_have_count(18)
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page.locator(".screen-card[href='/kiosk']")).to_contain_text("Đã ghép")
    expect(page.locator(".screen-card", has_text="Mở được")).to_have_count(6)


def test_the_language_is_kept(hall: Hall, context: OpenContext) -> None:
    page = context().new_page()
    page.goto(f"{hall.url}/")
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", name="All screens")).to_be_visible()
    page.goto(f"{hall.url}/sign-in")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_the_hall_that_a_leader_closed_says_so(hall: Hall, context: OpenContext) -> None:
    page = context().new_page()
    page.goto(f"{hall.url}/")
    hall.call("/hall/close", {}, role="leader")
    page.reload()
    expect(page.locator("#state")).to_contain_text("Ngày làm việc đã kết thúc.")
    expect(page.locator("#state")).to_contain_text("Mở cửa lúc 00:00 ngày")
