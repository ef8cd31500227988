"""A call for help: two counters and a leader hear it at once, one answers, and everybody sees who comes."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.at_counter import counter_page
from tests.browser.conftest import PASSWORD, Check, Hall, OpenContext, Shot, at_widths, press

pytestmark = pytest.mark.browser


def leader_page(hall: Hall, opened: OpenContext, path: str = "/leaders", **more: object) -> Page:
    """Open a page as a leader."""
    hall.add_person("cuonglv", "leader", "Lê Văn Cường")
    made = opened(**more)
    hall.sign_in(made, "cuonglv", PASSWORD)
    page = made.new_page()
    page.goto(f"{hall.url}{path}")
    expect(page.locator("#connection")).to_contain_text("Connected" if more.get("locale") == "en-US" else "kết nối")
    return page


def test_two_counters_and_a_leader_hear_a_call_and_see_who_comes(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    officer = hall.add_person("hungdm", full_name="Đỗ Mạnh Hùng")
    hall.at(3, "open", officer=officer)
    calling, other = counter_page(hall, context(), 3), counter_page(hall, context(), 2)
    leader = leader_page(hall, context)
    press(calling, "F9")
    own = calling.locator(".help-call")
    expect(own).to_contain_text("Quầy này đã gọi hỗ trợ.")
    expect(own).to_contain_text("Chưa có ai nhận.")
    expect(calling.locator("#call-help")).to_have_attribute("aria-disabled", "true")
    for page in (other, leader):
        expect(page.locator(".help-call")).to_contain_text("Quầy 3 gọi hỗ trợ (Đỗ Mạnh Hùng).")
        expect(page.locator("#live-urgent")).to_contain_text("Quầy 3 gọi hỗ trợ")
    assert [axe(page) for page in (calling, other, leader)] == [[], [], []]
    for page, name in ((calling, "help-calling"), (other, "help-other"), (leader, "help-leader")):
        shot(page, name)
    leader.locator(".help-call button").click()
    for page in (calling, other, leader):
        expect(page.locator(".help-call")).to_contain_text("Lê Văn Cường đang đến.")
    expect(calling.locator("#live-urgent")).to_contain_text("Lê Văn Cường đang đến.")
    calling.locator(".help-call button").click()
    for page in (calling, other, leader):
        expect(page.locator(".help-call")).to_have_count(0)
    assert [row["answered_by"] for row in hall.call("/alerts", role="leader")["help"]] == ["Lê Văn Cường"]


def test_the_key_works_at_a_closed_counter_and_a_second_answer_is_told_who_was_first(
    hall: Hall, context: OpenContext
) -> None:
    calling, other = counter_page(hall, context(), 1), counter_page(hall, context(), 2)
    calling.locator("#call-help").click()
    expect(other.locator(".help-call")).to_contain_text("Quầy 1 gọi hỗ trợ.")
    number = hall.call("/alerts", role="leader")["help"][0]["id"]
    hall.call(f"/help/{number}/answer", {}, role="counter", counter=4)
    expect(other.locator(".help-call")).to_contain_text("Người ở quầy 4 đang đến.")
    assert hall.ask(f"/help/{number}/answer", {}, role="counter", counter=2)[1]["code"] == "help.answered"
    assert hall.ask(f"/help/{number}/end", {}, role="counter", counter=2)[1]["code"] == "help.not_yours"
    other.reload()
    expect(other.locator(".help-call")).to_be_visible()


def test_the_banner_fits_a_phone_in_both_languages(hall: Hall, context: OpenContext, axe: Check, shot: Shot) -> None:
    hall.call("/help", {}, role="counter", counter=1)
    page = leader_page(hall, context, locale="en-US")
    expect(page.locator(".help-call")).to_contain_text("Counter 1 calls for help.")
    for width in at_widths(page, 320, 1280):
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
        assert axe(page) == [], width
        shot(page, f"help-leader-en-{width}")
