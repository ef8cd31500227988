"""Hands that are quicker than a view: double taps, double clicks, held keys.

What came under the finger meanwhile takes none of it.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.arranged import kiosk_page
from tests.browser.at_counter import counter_page, idle, in_hand
from tests.browser.conftest import Hall, OpenContext, press
from tests.browser.test_pad import pad_page, visit
from tests.browser.test_settings import settings

pytestmark = pytest.mark.browser

SLOW_MS = 280
GUARD_MS = 400
"""As `AGAIN_MS` of parts/stray.js."""
STEPS_MS = 600
"""As `DOUBLE_MS` of counter/commands.js."""
PRESSES = "addEventListener('pointerdown', (event) => (window.presses ??= []).push(event.timeStamp), true);"


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


def tap_twice(page: Page, at: tuple[float, float], gap_ms: int) -> float:
    """Touch the same place twice; return how far apart the touches were, in ms: a busy computer may have made it
    more.
    """
    before = page.evaluate("(window.presses ??= []).length")
    page.touchscreen.tap(*at)
    rest(page, gap_ms)
    page.touchscreen.tap(*at)
    first, second = page.evaluate("from => window.presses.slice(from)", before)
    return float(second - first)


def quietly(hall: Hall, page: Page, begin: str, at: str, name: str, gap_ms: int) -> int:
    """Tap twice at a control that leads to another view, again from `begin` where the computer was too busy for the
    gap to be true.

    Return how many numbers there were before the taps that count.
    """
    for _ in range(10):
        page.locator(begin).first.wait_for()
        before = len(hall.call("/queue")["items"])
        if tap_twice(page, place(page, at, name), gap_ms) < GUARD_MS:
            return before
        page.reload()
    return pytest.fail("the computer was too busy for a double tap")


@pytest.mark.parametrize("gap_ms", [0, SLOW_MS])
def test_a_double_tap_on_a_group_takes_no_number_and_the_next_touch_does(
    hall: Hall, context: OpenContext, gap_ms: int
) -> None:
    made = context(1080, 1920, has_touch=True, is_hasty=True)
    made.add_init_script(PRESSES)
    page = kiosk_page(hall, made)
    before = quietly(hall, page, ".tile-facts", ".tile", "Hộ tịch", gap_ms)
    expect(page.locator("h1")).to_have_text("HHộ tịch")
    x, y = place(page, ".tile", "Khai tử")
    rest(page)
    assert len(hall.call("/queue")["items"]) == before
    page.touchscreen.tap(x, y)
    expect(page.locator("#app").first).to_contain_text(f"H{before + 1:03d}")
    assert [item["service"] for item in hall.call("/queue")["items"]][before:] == ["death"]


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
    made = context(has_touch=True, is_hasty=True)
    made.add_init_script(PRESSES)
    page = pad_page(hall, made)
    visit(hall)
    page.locator(".pad-face").first.wait_for()
    face = place(page, ".pad-face[data-level='2']")
    gap = tap_twice(page, face, gap_ms)
    expect(page.locator(".pad-reasons")).to_be_visible()
    if gap < GUARD_MS:  # a busy computer may have made it a touch of its own
        assert page.locator(".chip[aria-pressed=true]").count() == 0
    chip = page.locator(".chip").first
    for _ in range(10):
        rest(page)
        was_ticked = chip.get_attribute("aria-pressed") == "true"
        if tap_twice(page, place(page, ".chip"), gap_ms) < GUARD_MS:
            break
    else:
        pytest.fail("the computer was too busy for a double tap")
    expect(chip).to_have_attribute("aria-pressed", "false" if was_ticked else "true")


def test_a_double_click_calls_but_does_not_start_and_two_clicks_do_both(hall: Hall, context: OpenContext) -> None:
    for _ in range(3):
        hall.issue()
    hall.at(3, "open")
    made = context(is_hasty=True)
    made.add_init_script(PRESSES)
    page = counter_page(hall, made)
    idle(page)
    page.locator("[data-command=next]").dblclick(delay=60)
    first, second = page.evaluate("window.presses")
    if second - first < GUARD_MS:  # a busy computer may have made it two clicks
        in_hand(page, "A001", "called")
    rest(page, STEPS_MS)
    if page.locator("[data-command=start]").count():
        page.locator("[data-command=start]").click()
    in_hand(page, "A001", "serving")
    page.locator("[data-command=hold]").dblclick(delay=40)
    expect(page.get_by_role("dialog")).to_be_visible()
    option = place(page, "dialog .choice")
    page.mouse.dblclick(*option, delay=40)
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
    session = page.context.new_cdp_session(page)
    for key in "001092012345RSHTU":  # all in one go, as a wedge types
        session.send("Input.dispatchKeyEvent", {"type": "keyDown", "key": key, "text": key})
    expect(page.locator(".toast")).to_have_count(0)
    idle(page)


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
