"""The wall: the called number large for twenty seconds, the last calls beside it, and nothing stale that looks live."""

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Check, Hall, OpenContext, Shot, no_wider
from tests.browser.live import open_live

pytestmark = pytest.mark.browser


def wall_page(hall: Hall, context: BrowserContext, language: str = "vi") -> Page:
    """Open the wall."""
    hall.pair(context, "wall")
    page = context.new_page()
    open_live(page, f"{hall.url}/wall?lang={language}", "/wall")
    expect(page.locator(".wall-stage")).to_be_visible()
    return page


def test_an_empty_hall_shows_whose_it_is_and_that_nobody_waits(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    page = wall_page(hall, context(1920, 1080))
    expect(page.locator(".wall-unit")).to_have_text("Phường Mẫu")
    expect(page.locator(".wall-total")).to_have_text("0 đang chờ")
    assert axe(page) == []
    shot(page, "wall-empty-1920")


def test_a_call_stands_large_and_a_second_one_shares_the_light(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    for counter in (1, 2):
        hall.at(counter, "open")
    for _ in range(4):
        hall.issue()
    page = wall_page(hall, context(1920, 1080, locale="en-US"), "")
    expect(page.locator(".wall-waiting")).to_have_text("4 Chứng thực")
    hall.at(1, "call-next")
    expect(page.locator(".wall-number")).to_have_text("A001")
    expect(page.locator(".wall-counter")).to_contain_text("1")
    expect(page.locator(".wall-waiting")).to_have_text("3 Chứng thực")
    expect(page.locator("#live-polite")).to_have_text(
        "Xin mời công dân có số thứ tự A, không không một, đến quầy số một."
    )
    assert axe(page) == []
    shot(page, "wall-call-1920")
    hall.at(2, "call-next")
    expect(page.locator(".wall-number")).to_have_text(["A002", "A001"])
    hall.at(3, "open")
    hall.at(3, "call-next")
    expect(page.locator(".wall-number")).to_have_text(["A003", "A002", "A001"])
    shot(page, "wall-three-1920")
    page.set_viewport_size({"width": 1280, "height": 720})
    shot(page, "wall-three-1280")
    page.set_viewport_size({"width": 360, "height": 740})
    assert no_wider(page)
    shot(page, "wall-360", full=True)


def test_english_has_no_violations_either(hall: Hall, context: OpenContext, axe: Check, shot: Shot) -> None:
    hall.at(1, "open")
    hall.issue()
    page = wall_page(hall, context(1920, 1080, locale="en-GB"), "en")
    hall.at(1, "call-next")
    expect(page.locator(".wall-line")).to_have_text("Number A001, please go to counter 1")
    assert axe(page) == []
    shot(page, "wall-call-en-1920")


def test_a_wall_that_lost_its_server_says_so_and_comes_back_by_itself(
    hall: Hall, context: OpenContext, shot: Shot
) -> None:
    hall.at(1, "open")
    hall.issue()
    hall.issue()
    page = wall_page(hall, context(1920, 1080))
    hall.at(1, "call-next")
    expect(page.locator(".wall-number")).to_have_text("A001")
    hall.stop()
    expect(page.locator(".wall-lost")).to_contain_text("Mất kết nối")
    expect(page.locator(".wall-number")).to_have_count(0)
    shot(page, "wall-lost-1920")
    hall.start()
    expect(page.locator(".wall-lost")).to_have_count(0)
    hall.at(1, "finish")
    hall.at(1, "call-next")
    expect(page.locator(".wall-number").first).to_have_text("A002")
