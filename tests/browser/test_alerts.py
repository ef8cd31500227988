"""The alerts' page and its settings: what is open, what there was, thresholds, receivers, the log."""

import re

import pytest
from playwright.sync_api import expect

from motcua.copies import replace
from motcua.setup.document import write
from tests.browser.arranged import ward
from tests.browser.conftest import Check, Hall, OpenContext, Shot, at_widths
from tests.browser.test_help import leader_page
from tests.waiting import wait_until

pytestmark = pytest.mark.browser


def change(hall: Hall, section: str, **values: object) -> None:
    """Change values of a section of the settings."""
    document = ward()
    part = replace(getattr(document.settings, section), **values)
    changed = replace(document, settings=replace(document.settings, **{section: part}))
    assert hall.command("config.import", text=write(changed))["changed"]


def raise_alert(hall: Hall, most: int = 1) -> None:
    """Let more people wait than the settings allow."""
    change(hall, "alerts", queue_max=most)
    for _ in range(most + 1):
        hall.issue()


def test_an_alert_appears_by_itself_and_is_noted(hall: Hall, context: OpenContext, axe: Check, shot: Shot) -> None:
    page = leader_page(hall, context)
    raise_alert(hall)
    alert = page.locator(".alert-notice [data-alert]")
    expect(alert).to_contain_text("Nhóm A: 2 người đang chờ.")
    expect(page.locator("#live-urgent")).to_contain_text("Nhóm A: 2 người đang chờ.")
    assert axe(page) == []
    shot(page, "alert-live")
    alert.locator("button").click()
    expect(alert).to_contain_text("Lê Văn Cường đã ghi nhận")
    page.locator(".alert-notice a").click()
    expect(page.locator("h1")).to_have_text("Cảnh báo")
    expect(page.locator("[data-past]")).to_contain_text("vẫn còn")
    hall.at(1, "open")
    for move in ("call-next", "start", "call-next"):
        hall.at(1, move)
    expect(page.locator("[data-alert]")).to_have_count(0)
    expect(page.locator("[data-past]")).not_to_contain_text("vẫn còn")
    expect(page.locator("#push-title")).to_be_visible()
    for width in at_widths(page, 320, 1280):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        assert axe(page) == [], width
        shot(page, f"alerts-{width}")


def test_the_page_is_whole_in_english_and_a_wrong_period_is_explained(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    page = leader_page(hall, context, "/leaders/alerts", locale="en-US")
    expect(page.locator("h1")).to_have_text("Alerts")
    expect(page.get_by_text("No alert is open.")).to_be_visible()
    page.locator("#last").fill("2020-01-01")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("alert").filter(has_text="The last day comes before the first one.")).to_be_visible()
    assert axe(page) == []
    shot(page, "alerts-en")


def test_thresholds_and_receivers_are_set_and_a_mistake_is_named(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    made = context()
    hall.sign_in(made)
    page = made.new_page()
    page.clock.install()
    page.goto(f"{hall.url}/settings/alerts")
    page.get_by_label("Số phút một người được phép chờ").fill("45")
    page.get_by_role("button", name="Thêm người nhận").click()
    row = page.locator(".items > li").last
    row.get_by_label("Tên").fill("Lãnh đạo")
    row.get_by_label("Cách gửi").select_option("email")
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator("#complaint")).to_contain_text("Hãy ghi địa chỉ thư điện tử.")
    row.get_by_label("Địa chỉ thư điện tử").fill("lanhdao@example.vn")
    row.get_by_text("Gọi hỗ trợ").click()
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator(".toast")).to_contain_text("Đã lưu")
    saved = hall.call("/settings/alerts", role="admin")["data"]
    assert (saved["alerts"]["wait_min"], saved["receivers"][1]) == (
        45, {"name": "Lãnh đạo", "way": "email", "address": "lanhdao@example.vn", "kinds": ["help"]},
    )  # fmt: skip
    page.locator("#apprise-urls").fill("nonsense://x")
    page.locator("#save-apprise").click()
    expect(page.locator(".toast")).to_contain_text("Không dùng được địa chỉ ở dòng 1.")
    page.locator("#apprise-urls").fill("json://127.0.0.1/secret-word")
    page.locator("#save-apprise").click()
    expect(page.locator("#apprise-saved")).to_have_text("Địa chỉ đã lưu: json.")
    assert "secret-word" not in page.content()
    page.clock.fast_forward(60_000)  # no toast stays so long
    expect(page.locator(".toast")).to_have_count(0)
    for width in at_widths(page, 320, 1280):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        assert axe(page) == [], width
        shot(page, f"settings-alerts-{width}")


def test_the_log_shows_what_was_sent_and_sends_it_again(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    change(hall, "notices", webhook_url="http://127.0.0.1:9/hook", webhook_alerts=True)
    made = context()
    hall.sign_in(made)
    page = made.new_page()
    page.goto(f"{hall.url}/settings/appointments")
    page.locator("#renew-secret").click()
    page.get_by_role("dialog").get_by_role("button", name="Tạo khóa bí mật mới").click()
    expect(page.locator("#webhook-secret")).to_have_value(re.compile(r"^whsec_"))
    hall.call("/help", {}, role="counter", counter=1)
    page.locator("#load-log").click()
    expect(page.locator("[data-notice]")).to_have_count(1)
    expect(page.locator("[data-notice]")).to_contain_text("help.called")

    def is_ended() -> bool:
        page.locator("#load-log").click()
        return page.locator("[data-notice] button").count() == 1

    wait_until(is_ended)
    expect(page.locator("[data-notice]")).to_contain_text("đã thôi gửi")
    expect(page.locator("[data-notice]")).to_contain_text("Địa chỉ web này dẫn về chính máy này")
    assert axe(page) == []
    shot(page, "deliveries")
    page.locator("[data-notice] button").click()
    expect(page.locator("[data-notice]")).to_have_count(2)
