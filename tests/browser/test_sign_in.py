"""Signing in: by a plain form, silent about what was wrong, slow for whoever guesses."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, Check, Hall, OpenContext, Shot

pytestmark = pytest.mark.browser


def fill(page: Page, name: str, password: str) -> None:
    page.get_by_label("Tên đăng nhập").fill(name)
    page.get_by_label("Mật khẩu").fill(password)
    page.get_by_role("main").get_by_role("button", name="Đăng nhập").click()


def test_a_page_for_people_asks_for_a_sign_in_and_goes_on_to_itself(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    browser = context()
    page = browser.new_page()
    page.goto(f"{hall.url}/settings/people")
    expect(page).to_have_url(f"{hall.url}/sign-in?next=/settings/people")
    assert axe(page) == []
    shot(page, "sign-in")
    fill(page, "admin", PASSWORD)
    expect(page).to_have_url(f"{hall.url}/settings/people")
    (cookie,) = (cookie for cookie in browser.cookies() if cookie["name"].startswith("motcua_session_"))
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
    expect(page.locator("main")).to_contain_text("admin")
    page.get_by_role("button", name="Đăng xuất").click()
    expect(page).to_have_url(f"{hall.url}/")
    page.goto(f"{hall.url}/settings/people")
    expect(page).to_have_url(f"{hall.url}/sign-in?next=/settings/people")


def test_without_scripts_and_after_five_tries_it_takes_a_rest(hall: Hall, context: OpenContext, axe: Check) -> None:
    page = context(java_script_enabled=False).new_page()
    page.goto(f"{hall.url}/sign-in")
    for name in ("admin", "nobody", "admin", "admin", "admin", "admin"):
        fill(page, name, "khong-phai-the")
        expect(page.get_by_role("alert").first).to_have_text("Tên đăng nhập hoặc mật khẩu không đúng.")
        expect(page.get_by_label("Tên đăng nhập")).to_have_value(name)
    with page.expect_response(f"{hall.url}/sign-in") as answered:
        fill(page, "admin", PASSWORD)
    assert answered.value.status == 429
    expect(page.get_by_role("alert").first).to_contain_text("Thử quá nhiều lần.")


def test_officers_and_leaders_land_where_they_work(hall: Hall, context: OpenContext) -> None:
    hall.add_person("annv", "officer", "Nguyễn Văn An")
    hall.add_person("cuonglv", "leader", "Lê Văn Cường")
    for name, home in {"annv": "/counter", "cuonglv": "/leaders"}.items():
        page = context().new_page()
        page.goto(f"{hall.url}/sign-in")
        fill(page, name, PASSWORD)
        expect(page).to_have_url(f"{hall.url}{home}")
