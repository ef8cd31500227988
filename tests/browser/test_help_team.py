"""The help team's tablet: entering, the network that goes away and comes back, a wrong number, a mistake."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Check, Hall, OpenContext, Shot, no_wider

pytestmark = pytest.mark.browser


def test_a_helper_enters_people_also_while_the_network_is_away(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    tablet = context(1280, 800)
    hall.pair(tablet, "helper")
    page = tablet.new_page()
    page.goto(hall.url)
    page.get_by_role("link", name=re.compile("Tổ hỗ trợ")).click()
    expect(page.get_by_text("Hôm nay chưa ghi lượt nào.")).to_be_visible()
    assert (axe(page), no_wider(page)) == ([], True)
    page.get_by_role("button", name="Nộp trực tuyến").click()
    page.get_by_label("Thủ tục", exact=True).fill("giay khai sanh")
    page.get_by_role("button", name="Đăng ký khai sinh", exact=True).click()
    page.get_by_role("button", name="15", exact=True).click()
    shot(page, "help-team-1280", full=True)
    page.get_by_role("button", name="Ghi lượt này").click()
    expect(page.locator(".help-team-count")).to_have_text("1")
    expect(page.get_by_role("listitem").filter(has_text="Đăng ký khai sinh")).to_be_visible()

    tablet.set_offline(True)
    page.get_by_role("button", name="Đã cài đặt điện thoại").click()
    page.get_by_label("Số thứ tự").fill("A999")
    page.get_by_role("button", name="Ghi lượt này").click()
    page.get_by_role("button", name="Đã lập tài khoản").click()
    page.get_by_role("button", name="Ghi lượt này").click()
    expect(page.get_by_role("status").filter(has_text="2 lượt đang chờ gửi.")).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 740})
    assert no_wider(page)
    shot(page, "help-team-offline-360", full=True)

    tablet.set_offline(False)
    expect(page.locator(".help-team-count")).to_have_text("2")
    expect(page.locator("main .notice-danger")).to_contain_text("A999")
    shot(page, "help-team-refused-360", full=True)
    page.get_by_role("button", name="Sửa lại").click()
    page.get_by_label("Số thứ tự").fill("")
    page.get_by_role("button", name="Ghi lượt này").click()
    expect(page.locator(".help-team-count")).to_have_text("3")
    page.get_by_role("listitem").filter(has_text="Đã lập tài khoản").get_by_role("button").click()
    page.get_by_role("dialog").get_by_role("button", name="Hủy lượt này").click()
    expect(page.locator(".help-team-count")).to_have_text("2")
    assert hall.call("/assistances", role="leader")["count"] == 2
