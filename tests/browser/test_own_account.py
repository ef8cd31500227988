"""What signing in asks for: set by an administrator, said on everybody's own page."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Check, Hall, OpenContext, Shot

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("width", "locale"), [(1280, "vi-VN"), (390, "en-GB")])
def test_what_signing_in_asks_for_is_set_and_said_before_a_password_is_typed(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot, width: int, locale: str
) -> None:
    browser = context(width=width, locale=locale)
    hall.sign_in(browser)
    page = browser.new_page()
    page.goto(f"{hall.url}/settings/staff")
    length = page.locator("[data-place='staff.password_length']")
    expect(length).to_have_value("14")
    assert axe(page) == []
    shot(page, f"settings-staff-{width}")
    length.fill("20")
    page.get_by_role("button", name=re.compile("^(Lưu|Save)$")).click()
    expect(page.get_by_text(re.compile("Mọi thứ đã được lưu|Everything is saved"))).to_be_visible()  # the button rests while it saves too
    page.goto(f"{hall.url}/account")
    expect(page.locator("#password-new-hint")).to_contain_text("20")
    assert axe(page) == []
    shot(page, f"account-{width}", full=True)
