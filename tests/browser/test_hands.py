"""Hands that are quicker than a view: double taps, double clicks, held keys.

What came under the finger meanwhile takes none of it.
"""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.arranged import kiosk_page, scan_letters
from tests.browser.at_counter import counter_page, idle, in_hand, standing
from tests.browser.conftest import Hall, OpenContext, press
from tests.browser.test_pad import pad_page, visit
from tests.browser.test_settings import settings

pytestmark = pytest.mark.browser

SLOW_MS = 280
GUARD_MS = 400
"""As `AGAIN_MS` of parts/stray.js."""
STEPS_MS = 600
"""As `DOUBLE_MS` of counter/commands.js."""
BEGIN_AFTER_A_PRESS = """console.log("waits");
for (const until = performance.now() + 60_000; performance.now() < until && !navigator.scheduling.isInputPending(););
"""
"""A computer so busy that a page's script begins once somebody has pressed."""


def place(page: Page, selector: str, name: str = "") -> tuple[float, float]:
    """Return the middle of a control."""
    box = page.locator(selector, has_text=name).first.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def rest(page: Page, ms: int = GUARD_MS) -> None:
    """Let time go by in the page, as a person does who reads first: the guard is a matter of time, and nothing tells
    of its end.
    """
    page.evaluate("ms => new Promise((resolve) => setTimeout(resolve, ms))", ms)


def tap_twice(page: Page, at: tuple[float, float], gap_ms: int) -> None:
    """Touch the same place twice, so far apart as the touches themselves say, however slow the computer is."""
    line = page.context.new_cdp_session(page)
    first_s = page.evaluate("performance.timeOrigin + performance.now()") / 1000
    for at_s in (first_s, first_s + gap_ms / 1000):
        for kind, points in (("touchStart", [{"x": at[0], "y": at[1]}]), ("touchEnd", [])):
            line.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points, "timestamp": at_s})
        rest(page, gap_ms)
    line.detach()


@pytest.mark.parametrize("gap_ms", [0, SLOW_MS])
def test_a_double_tap_on_a_group_takes_no_number_and_the_next_touch_does(
    hall: Hall, context: OpenContext, gap_ms: int
) -> None:
    page = kiosk_page(hall, context(1080, 1920, has_touch=True, is_hasty=True))
    page.locator(".tile-facts").first.wait_for()
    tap_twice(page, place(page, ".tile", "Hộ tịch"), gap_ms)
    expect(page.locator("h1")).to_have_text("HHộ tịch")
    x, y = place(page, ".tile", "Khai tử")
    rest(page)
    assert hall.call("/queue")["items"] == []
    page.touchscreen.tap(x, y)
    expect(page.locator("#app").first).to_contain_text("H001")
    assert [item["service"] for item in hall.call("/queue")["items"]] == ["death"]


def test_touches_at_different_places_need_not_wait(hall: Hall, context: OpenContext) -> None:
    page = kiosk_page(hall, context(1080, 1920, has_touch=True))
    page.get_by_role("button", name="Tôi đã lỡ lượt gọi").tap()
    page.locator(".pad-key").first.wait_for()
    for key in "A0012":
        page.locator(".pad-key", has_text=key).first.tap()
    expect(page.locator(".pad-entry")).to_have_text("A0012")
    zero = place(page, ".pad-back")
    for _ in range(5):
        page.touchscreen.tap(*zero)
    expect(page.locator(".pad-entry")).to_have_text("A000")
    expect(page.locator(".pad-empty")).to_be_visible()


@pytest.mark.parametrize("gap_ms", [0, SLOW_MS])
def test_a_double_tap_on_a_face_ticks_no_reason_and_one_on_a_reason_ticks_it(
    hall: Hall, context: OpenContext, gap_ms: int
) -> None:
    hall.at(3, "open")
    page = pad_page(hall, context(has_touch=True, is_hasty=True))
    visit(hall)
    page.locator(".pad-face").first.wait_for()
    tap_twice(page, place(page, ".pad-face[data-level='2']"), gap_ms)
    expect(page.locator(".pad-reasons")).to_be_visible()
    assert page.locator(".chip[aria-pressed=true]").count() == 0
    rest(page)
    tap_twice(page, place(page, ".chip"), gap_ms)
    expect(page.locator(".chip").first).to_have_attribute("aria-pressed", "true")


def test_a_double_click_calls_but_does_not_start_and_two_clicks_do_both(hall: Hall, context: OpenContext) -> None:
    for _ in range(3):
        hall.issue()
    hall.at(3, "open")
    page = counter_page(hall, context(is_hasty=True))
    idle(page)
    with standing(page):
        page.locator("[data-command=next]").dblclick()
    in_hand(page, "A001", "called")
    rest(page, STEPS_MS)
    page.locator("[data-command=start]").click()
    in_hand(page, "A001", "serving")
    with standing(page):
        page.locator("[data-command=hold]").dblclick()
    expect(page.get_by_role("dialog")).to_be_visible()
    option = place(page, "dialog .choice")
    rest(page)
    with standing(page):
        page.mouse.dblclick(*option)
    idle(page)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("#held li")).to_have_count(1)


def test_a_finger_on_its_way_presses_nothing_that_came_meanwhile(hall: Hall, context: OpenContext) -> None:
    hall.issue()
    hall.at(3, "open")
    page = counter_page(hall, context(is_hasty=True))
    idle(page)
    page.mouse.move(*place(page, "[data-command=next]"))
    page.mouse.down()
    hall.at(3, "call-next")
    in_hand(page, "A001", "called")
    page.mouse.up()
    hall.at(3, "recall")
    expect(page.locator(".counter-about")).to_contain_text("Gọi lại lúc")
    in_hand(page, "A001", "called")
    assert [item["state"] for item in hall.call("/queue")["items"]] == ["called"]


def test_a_key_that_is_held_answers_no_question_that_it_opened(hall: Hall, context: OpenContext) -> None:
    hall.at(3, "open")
    page = counter_page(hall, context(is_hasty=True))
    idle(page)
    page.locator("[data-command=close]").focus()
    page.keyboard.down("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    for _ in range(3):
        page.keyboard.down("Enter")  # as a held key repeats
    page.keyboard.up("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    rest(page)
    press(page, "Enter")
    expect(page.locator("[data-command=open]")).to_be_visible()


def test_a_scanner_at_a_counter_gives_no_commands(hall: Hall, context: OpenContext) -> None:
    hall.issue()
    hall.at(3, "open")
    page = counter_page(hall, context(is_hasty=True))
    idle(page)
    scan_letters(page, "001092012345RSHTU")
    expect(page.locator(".toast")).to_have_count(0)
    idle(page)


def test_a_press_that_comes_before_the_pages_scripts_is_taken_by_what_stands_there(
    hall: Hall, context: OpenContext
) -> None:
    page = context().new_page()
    page.goto(f"{hall.url}/sign-in")
    at = place(page, "#field-password")

    def begin_late(route: Route) -> None:
        route.fulfill(body=f"{BEGIN_AFTER_A_PRESS}{route.fetch().text()}", content_type="text/javascript")

    page.route("**/parts/hands.js*", begin_late)
    with page.expect_console_message(lambda line: line.text == "waits"):
        page.reload(wait_until="commit")
    page.mouse.click(*at)
    expect(page.locator("#field-password")).to_be_focused()


@pytest.mark.parametrize(("move", "comes"), [("wheel", 4), ("turn", 0)])
def test_what_has_moved_under_the_mouse_takes_the_next_press(
    hall: Hall, context: OpenContext, move: str, comes: int
) -> None:
    page = settings(hall, context, "hours", height=700)
    days = page.locator("main input[type=text]")
    at = (450, place(page, "main input >> nth=3")[1])
    page.mouse.click(*at)
    expect(days.nth(3)).to_be_focused()
    if move == "wheel":
        page.mouse.wheel(0, 56)
    else:
        page.set_viewport_size({"width": 500, "height": 700})
    page.wait_for_function("([day, x, y]) => document.elementFromPoint(x, y) === day",
                           arg=[days.nth(comes).element_handle(), *at])  # fmt: skip
    rest(page)
    page.mouse.click(*at)
    expect(days.nth(comes)).to_be_focused()
