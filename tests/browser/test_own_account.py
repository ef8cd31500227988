"""What signing in asks for: set by an administrator, said on everybody's own page."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Check, Hall, OpenContext, Shot, at_widths

pytestmark = pytest.mark.browser


def test_what_signing_in_asks_for_is_set_and_said_before_a_password_is_typed(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    browser = context(width=1280)
    hall.sign_in(browser)
    page = browser.new_page()
    page.goto(f"{hall.url}/settings/staff")
    length = page.locator("[data-place='staff.password_length']")
    expect(length).to_have_value("14")
    for width in at_widths(page, 390, 1280):
        assert axe(page) == []
        shot(page, f"settings-staff-{width}")
    length.fill("20")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.get_by_text("Mọi thứ đã được lưu")).to_be_visible()  # the button rests while it saves too
    page.goto(f"{hall.url}/account")
    expect(page.locator("#password-new-hint")).to_contain_text("20")
    for width in at_widths(page, 1280, 390):
        assert axe(page) == []
        shot(page, f"account-{width}", full=True)
