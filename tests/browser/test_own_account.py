"""What signing in asks for: set by an administrator, said on everybody's own page."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Check, Hall, OpenContext, Shot, at_widths
from tests.passwords import NEXT_PASSWORD, PASSWORD

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


def test_somebody_new_chooses_a_password_and_later_ends_a_sign_in_elsewhere(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    person = {"name": "maitt", "full_name": "Trần Thị Mai", "role": "leader", "password": PASSWORD}
    hall.call("/accounts", person, role="admin")
    page = context(width=1280).new_page()
    page.goto(f"{hall.url}/leaders")
    page.fill("[name=name]", "maitt")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="do người khác đặt")).to_be_visible()
    assert axe(page) == []
    shot(page, "account-start", full=True)
    page.get_by_label("Mật khẩu hiện tại").fill(PASSWORD)
    page.get_by_label("Mật khẩu mới", exact=True).fill(NEXT_PASSWORD)
    page.get_by_label("Nhập lại mật khẩu mới").fill(NEXT_PASSWORD)
    page.get_by_role("button", name="Đổi mật khẩu").click()
    expect(page.locator(".figures")).to_be_visible()

    elsewhere = context(width=1280)
    hall.sign_in(elsewhere, "maitt", NEXT_PASSWORD)
    page.goto(f"{hall.url}/account")
    for width in at_widths(page, 390, 1280):
        assert axe(page) == []
        shot(page, f"account-sign-ins-{width}", full=True)
    page.get_by_role("checkbox").check()
    page.locator("#sign-ins-current").fill(NEXT_PASSWORD)
    page.get_by_role("button", name="Kết thúc các lần đăng nhập đã chọn").click()
    expect(page.get_by_role("status").filter(has_text="Đã kết thúc")).to_be_visible()
    expect(page.get_by_role("checkbox")).to_have_count(0)
    assert "/sign-in" in elsewhere.request.get(f"{hall.url}/leaders").url
