"""A kiosk of a ward that offers much, on a no-appointment day: all of it on one screen; and asking for a call there."""

import pytest
from playwright.sync_api import Page, expect

from motcua.copies import replace
from motcua.settings.model import LockerRules, SameDayRules
from motcua.setup.document import write
from tests.browser.arranged import kiosk_page, touch
from tests.browser.conftest import Check, Hall, OpenContext, Shot, settled
from tests.server.hall import ward

pytestmark = pytest.mark.browser
SCREENS = ((1080, 1920), (1280, 800), (1920, 1080))
DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def offer_much(hall: Hall) -> None:
    """Give the ward a locker, and make each day one without appointments."""
    document = ward()
    rules = SameDayRules(**dict.fromkeys(DAYS, True), procedures=("2.000815",))  # type: ignore[arg-type]
    settings = replace(document.settings, same_day=rules, lockers=LockerRules(doors=4))
    hall.command("config.import", text=write(replace(document, settings=settings)))


def find_overflow(page: Page) -> int:
    """Return by how many pixels what stands on the screen is higher than it."""
    return int(page.evaluate("(() => { const k = document.querySelector('.kiosk'); "
                             "return k.scrollHeight - k.clientHeight; })()"))  # fmt: skip


def look(page: Page, axe: Check, shot: Shot, name: str) -> None:
    """Look at a view on each screen of a kiosk: nothing has to be scrolled, and what stands there is at hand."""
    settled(page)  # its letters may still be on their way
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        shot(page, f"{name}-{width}")
        assert (name, width, find_overflow(page)) == (name, width, 0)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert axe(page) == []
    page.set_viewport_size({"width": 1080, "height": 1920})


@pytest.mark.parametrize("locale", ["vi", "en"])
def test_everything_is_on_one_screen_and_a_call_is_asked_for(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot, locale: str
) -> None:
    offer_much(hall)
    page = kiosk_page(hall, context(1080, 1920))
    if locale == "en":
        page.locator(".kiosk-language").click()
    expect(page.locator(".kiosk-today")).to_contain_text({"vi": "ngày không hẹn", "en": "No-appointment day"}[locale])
    expect(page.locator("#locker")).to_be_visible()
    look(page, axe, shot, f"kiosk-much-{locale}")
    page.locator(".way", has_text={"vi": "gọi lại tư vấn", "en": "calls you back"}[locale]).click()
    expect(page.locator(".tile")).to_have_count(9)
    look(page, axe, shot, f"kiosk-call-{locale}")
    touch(page, {"vi": "Hộ tịch", "en": "Civil status"}[locale], {"vi": "Khai sinh", "en": "Births"}[locale])
    agree = page.locator(".way-done")
    for digit in "091234567":
        page.get_by_role("button", name=digit, exact=True).click()
    expect(agree).to_be_disabled()
    look(page, axe, shot, f"kiosk-call-number-{locale}")
    page.get_by_role("button", name="9", exact=True).click()
    agree.click()
    expect(page.locator("h1")).to_have_text(
        {"vi": "Đã ghi vào danh sách gọi lại.", "en": "You are on the list."}[locale]
    )
    office = context()
    hall.sign_in(office)
    lists = office.new_page()
    lists.goto(f"{hall.url}/callbacks")
    expect(lists.locator("[data-callback]")).to_have_count(1)
    expect(lists.locator("[data-callback]")).to_contain_text("09*****679")
    expect(lists.locator("[data-callback]")).to_contain_text("Khai sinh")
