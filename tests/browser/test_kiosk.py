"""The kiosk: a touch and a number, never two for one touch, and always a way out that a citizen understands."""

import json
import re

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import Check, Hall, OpenContext, Shot, no_wider, press
from tests.browser.intercepted import intercept
from tests.waiting import wait_until

pytestmark = pytest.mark.browser


def kiosk_page(hall: Hall, context: BrowserContext) -> Page:
    """Open the kiosk; its printer takes every paper without asking."""
    hall.pair(context, "kiosk")
    page = context.new_page()
    page.add_init_script(
        "window.print = () => { (window.top.printed ??= []).push(location.pathname + location.search); };"
    )
    page.goto(f"{hall.url}/kiosk")
    expect(page.locator(".tile")).to_have_count(8)
    return page


def tile(page: Page, name: str) -> None:
    """Touch the tile that begins with `name`."""
    page.locator(".tile", has_text=name).first.click()


def printed(page: Page, count: int) -> list[str]:
    """Wait until `count` papers were printed and return the pages they came from."""
    wait_until(lambda: len(page.evaluate("window.printed ?? []")) >= count)
    papers: list[str] = page.evaluate("window.printed")
    assert len(papers) == count
    return papers


def numbers(hall: Hall) -> list[str]:
    """Return all numbers that wait."""
    return [item["number"] for item in hall.call("/queue", role="counter", counter=1)["items"]]


def test_two_touches_give_a_number_on_paper_and_on_the_wall(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    devices = context(1080, 1920)
    page = kiosk_page(hall, devices)
    assert axe(page) == []
    shot(page, "kiosk-start-1080")
    hall.issue()
    wall_context = context(1920, 1080)
    hall.pair(wall_context, "wall")
    wall = wall_context.new_page()
    wall.goto(f"{hall.url}/wall")
    expect(wall.locator(".wall-waiting")).to_have_text("1 Chứng thực")
    tile(page, "Chứng thực")
    assert axe(page) == []
    shot(page, "kiosk-services-1080")
    tile(page, "Chứng thực bản sao")
    expect(page.locator(".ticket-number")).to_have_text("A002")
    expect(page.locator(".ticket-ahead")).to_contain_text("1")
    expect(wall.locator(".wall-waiting")).to_have_text("2 Chứng thực")
    assert [path.split("?")[0].rsplit("-", 1)[-1] for path in printed(page, 1)] == ["A002"]
    assert axe(page) == []
    shot(page, "kiosk-number-1080")
    for width, height in ((1920, 1080), (1280, 800), (360, 740)):
        page.set_viewport_size({"width": width, "height": height})
        assert no_wider(page), width
        shot(page, f"kiosk-number-{width}")


def test_a_group_with_one_service_gives_a_number_on_the_first_touch(hall: Hall, context: OpenContext) -> None:
    page = kiosk_page(hall, context(1080, 1920))
    tile(page, "Nhận kết quả")
    expect(page.locator(".ticket-number")).to_have_text("T001")


def test_who_has_priority_says_which_and_may_take_it_back(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    page = kiosk_page(hall, context(1080, 1920))
    page.get_by_role("button", name="Tôi thuộc diện ưu tiên").click()
    assert axe(page) == []
    shot(page, "kiosk-priority-1080")
    page.get_by_role("button", name=re.compile("mang thai")).click()
    expect(page.locator(".kiosk-chosen")).to_contain_text("Phụ nữ mang thai")
    page.locator(".kiosk-chosen button").click()
    expect(page.locator(".kiosk-chosen")).to_have_count(0)
    page.get_by_role("button", name="Tôi thuộc diện ưu tiên").click()
    page.get_by_role("button", name=re.compile("đủ 75 tuổi")).click()
    tile(page, "Nhận kết quả")
    expect(page.locator(".kiosk-ticket .badge")).to_have_text(re.compile("ưu tiên", re.IGNORECASE))
    seen = hall.call(
        "/tickets/" + hall.call("/queue", role="counter", counter=1)["items"][0]["id"], role="counter", counter=1
    )
    assert (seen["priority"], seen["rank"]) == ("elder75", 1)


def test_english_is_one_touch_away_and_goes_with_the_citizen(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    page = kiosk_page(hall, context(1080, 1920))
    page.get_by_role("button", name="English").click()
    expect(page.locator("h1")).to_have_text("What do you need today?")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert axe(page) == []
    shot(page, "kiosk-start-en-1080")
    tile(page, "Collect a result")
    expect(page.locator(".ticket-label")).to_have_text("Your number")
    page.get_by_role("button", name="Done").click()
    expect(page.locator("h1")).to_have_text("Ông/bà cần làm gì hôm nay?")


def test_a_lost_answer_never_takes_two_numbers(hall: Hall, context: OpenContext) -> None:
    page = kiosk_page(hall, context(1080, 1920))
    lost: list[str] = []

    def lose_once(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(str(route.fetch().json()["number"]))  # the desk has answered, the cable has not
        route.abort("connectionreset")

    intercept(page, "**/api/v1/tickets", lose_once)
    tile(page, "Nhận kết quả")
    expect(page.locator(".ticket-number")).to_have_text("T001")
    assert lost == ["T001"]
    assert numbers(hall) == ["T001"]


def test_the_screen_goes_back_by_itself_unless_more_time_is_asked_for(hall: Hall, context: OpenContext) -> None:
    page = kiosk_page(hall, context(1080, 1920))
    page.clock.install()
    tile(page, "Nhận kết quả")
    expect(page.locator(".ticket-number")).to_have_text("T001")
    page.get_by_role("button", name="Tôi cần thêm thời gian").click()
    page.clock.fast_forward(125_000)
    expect(page.locator(".ticket-number")).to_have_text("T001")
    for _ in range(3):
        page.clock.fast_forward(125_000)
    expect(page.locator(".tile")).to_have_count(8)


def test_a_second_paper_says_that_it_is_one(hall: Hall, context: OpenContext, shot: Shot) -> None:
    devices = context(1080, 1920)
    page = kiosk_page(hall, devices)
    tile(page, "Nhận kết quả")
    printed(page, 1)
    page.get_by_role("button", name="In lại").click()
    first, second = printed(page, 2)
    paper = devices.new_page()
    paper.goto(hall.url + first)
    expect(paper.locator(".number")).to_have_text("T001")
    expect(paper.locator(".again")).to_have_count(0)
    expect(paper.locator("svg")).to_be_visible()
    paper.goto(hall.url + second)
    expect(paper.locator(".again")).to_have_text("IN LẠI")
    paper.set_viewport_size({"width": 302, "height": 700})
    shot(paper, "print-again", full=True)


def test_who_missed_the_call_comes_back_with_the_number(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    hall.at(1, "open")
    hall.issue()
    for move in ("call-next", "recall", "absent"):
        hall.at(1, move)
    page = kiosk_page(hall, context(1080, 1920))
    page.get_by_role("button", name="Tôi đã lỡ lượt gọi").click()
    for key in "A009":
        page.locator(".pad-key", has_text=re.compile(f"^{key}$")).click()
    page.get_by_role("button", name="Tôi đã quay lại").click()
    expect(page.locator(".pad-sorry")).to_contain_text("A009")
    assert axe(page) == []
    shot(page, "kiosk-missed-1080")
    press(page, "Backspace")
    press(page, "1")
    page.get_by_role("button", name="Tôi đã quay lại").click()
    expect(page.locator(".ticket-number")).to_have_text("A001")
    assert numbers(hall) == ["A001"]


def test_a_kiosk_without_its_desk_says_so_and_comes_back_by_itself(
    hall: Hall, context: OpenContext, shot: Shot
) -> None:
    page = kiosk_page(hall, context(1080, 1920))
    hall.stop()
    expect(page.locator(".tile").first).to_be_disabled()
    shot(page, "kiosk-lost-1080")
    hall.start()
    expect(page.locator(".tile").first).to_be_enabled()
    tile(page, "Nhận kết quả")
    expect(page.locator(".ticket-number")).to_have_text("T001")


def test_outside_the_hours_it_says_when_numbers_are_given_out_again(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    page = kiosk_page(hall, context(1080, 1920))
    hall.call("/hall/close", {}, role="leader")
    expect(page.locator("h1")).to_have_text(re.compile("Hôm nay đã hết giờ"))
    assert axe(page) == []
    shot(page, "kiosk-closed-1080")
    assert json.dumps(hall.ask("/tickets", {"service": "certified-copy"})[1]).count("hall.closed") == 1
