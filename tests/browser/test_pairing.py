"""Pairing: an administrator offers a link, one device takes it, nobody takes it twice, and it can be taken away
again.
"""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import PHONES, Check, Hall, OpenContext, Shot

pytestmark = pytest.mark.browser


def test_a_link_makes_one_device_once_and_can_be_revoked(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    office = context()
    hall.sign_in(office)
    admin = office.new_page()
    admin.goto(f"{hall.url}/settings/devices")
    admin.get_by_text("Màn hình đánh giá").first.click()
    admin.get_by_role("combobox", name="Quầy").select_option("3")
    admin.get_by_label("Đặt ở đâu").fill("Bàn số 3")
    admin.get_by_role("button", name="Tạo liên kết ghép").click()
    link = admin.get_by_label("Liên kết ghép").input_value()
    assert link.startswith(f"{PHONES}/pair/")
    link = link.replace(PHONES, hall.url)
    expect(admin.get_by_alt_text("Mã QR của liên kết ghép")).to_be_visible()
    assert axe(admin) == []
    shot(admin, "pairing-offer")

    tablet = context(width=360, height=740)
    page = tablet.new_page()
    page.goto(link)
    expect(page.get_by_role("main")).to_contain_text("Màn hình đánh giá · Quầy 3")
    assert axe(page) == []
    shot(page, "pairing-device-360")
    page.get_by_role("button", name="Dùng thiết bị này làm Màn hình đánh giá").click()
    expect(page).to_have_url(f"{hall.url}/pad")
    cookie = next(one for one in tablet.cookies() if one["name"].startswith("motcua_device_"))
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Lax")
    assert cookie["expires"] > page.evaluate("Date.now() / 1000") + 360 * 24 * 3600

    late = context().new_page()
    late.goto(link)
    expect(late.get_by_role("heading", name="Liên kết này không còn dùng được")).to_be_visible()
    assert axe(late) == []
    row = admin.get_by_role("row", name="Bàn số 3")
    expect(row).to_contain_text("thiết bị đã ghép")
    row.get_by_role("button", name="Thu hồi").click()
    admin.get_by_role("dialog").get_by_role("button", name="Thu hồi", exact=True).click()
    expect(row).to_have_count(0)
    page.goto(f"{hall.url}/pad")
    expect(page).to_have_url(f"{hall.url}/sign-in?next=/pad")


def test_pairing_the_administrators_own_browser_signs_it_out(hall: Hall, context: OpenContext) -> None:
    browser = context()
    hall.sign_in(browser)
    page = browser.new_page()
    page.goto(f"{hall.url}/settings/devices")
    page.get_by_role("button", name="Tạo liên kết ghép").click()
    page.get_by_role("link", name="Ghép chính máy này").click()
    expect(page.get_by_label("Đăng xuất trên thiết bị này")).to_be_checked()
    page.get_by_role("button", name="Dùng thiết bị này làm Ki-ốt").click()
    expect(page).to_have_url(f"{hall.url}/kiosk")
    page.goto(f"{hall.url}/settings")
    expect(page).to_have_url(f"{hall.url}/sign-in?next=/settings")


def test_two_devices_with_one_link_only_the_first_is_paired(hall: Hall, context: OpenContext) -> None:
    offered = hall.call("/pairings", {"role": "wall"}, role="admin")
    first, second = context().new_page(), context().new_page()
    first.goto(f"{hall.url}{offered['path']}")
    second.goto(f"{hall.url}{offered['path']}")
    first.get_by_role("button", name="Dùng thiết bị này").click()
    expect(first).to_have_url(f"{hall.url}/wall")
    second.get_by_role("button", name="Dùng thiết bị này").click()
    expect(second.get_by_role("heading", name="Liên kết này không còn dùng được")).to_be_visible()
