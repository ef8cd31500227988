"""What the desk answers to one citizen changes nothing on the screen once the next one stands before it."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.arranged import kiosk_page
from tests.browser.conftest import Hall, OpenContext
from tests.browser.intercepted import intercept
from tests.browser.test_pad import desk, pad_page, visit
from tests.waiting import wait_until

pytestmark = pytest.mark.browser


class Held:
    """The requests of a page for some address: they come to the desk when the test says so."""

    def __init__(self, page: Page, address: str) -> None:
        self._page, self._address = page, address
        self._routes: list[Route] = []
        intercept(page, address, self._hold)

    def _hold(self, route: Route) -> None:
        self._routes.append(route)

    def wait(self) -> None:
        """Return when one is held."""
        wait_until(lambda: self._page.evaluate("1") and self._routes)

    def let_go(self) -> None:
        """Let the page hear the desk's answer."""
        with self._page.expect_response(self._address):
            self._routes.pop(0).continue_()
        self._page.unroute(self._address)
        self._page.evaluate("new Promise((done) => setTimeout(done))")  # what waits for the answer has had its turn


@pytest.mark.parametrize("level", [3, 5], ids=["who is asked why", "who is thanked"])
def test_a_pad_asks_the_next_citizen_while_the_last_ones_press_is_on_its_way(
    hall: Hall, context: OpenContext, level: int
) -> None:
    hall.at(3, "open")
    page = pad_page(hall, context())
    held = Held(page, "**/api/v1/ratings")
    visit(hall)
    page.locator(f".pad-face[data-level='{level}']").click()
    held.wait()
    visit(hall)
    expect(page.locator(".pad-where")).to_have_text("Quầy 3 · A002")
    held.let_go()
    expect(page.locator(".pad-where")).to_have_text("Quầy 3 · A002")
    assert page.locator(".pad-face").count() == 5
    page.locator(".pad-face[data-level='4']").click()
    expect(page.locator("h1")).to_have_text("Xin cảm ơn ông/bà")
    assert desk(hall) == {"served": 2, "asked": 2, "answered": 2, "skipped": 0, "unprompted": 0}


def test_a_pad_takes_the_next_citizens_press_before_the_last_one_has_arrived(hall: Hall, context: OpenContext) -> None:
    hall.at(3, "open")
    page = pad_page(hall, context())
    held = Held(page, "**/api/v1/ratings")
    visit(hall)
    page.locator(".pad-face[data-level='5']").click()
    held.wait()
    visit(hall)
    expect(page.locator(".pad-where")).to_have_text("Quầy 3 · A002")
    expect(page.locator(".pad-face[data-level='4']")).to_have_attribute("aria-disabled", "false")
    page.locator(".pad-face[data-level='4']").click()
    expect(page.locator(".pad-face[data-level='4']")).to_have_attribute("aria-disabled", "true")
    held.let_go()
    expect(page.locator("h1")).to_have_text("Xin cảm ơn ông/bà")
    wait_until(lambda: desk(hall)["answered"] == 2)


def test_a_kiosk_shows_nobody_the_number_of_whoever_has_left(hall: Hall, context: OpenContext) -> None:
    hall.at(1, "open")
    number = hall.issue()["number"]
    for move in ("call-next", "recall", "absent"):
        hall.at(1, move)
    page = kiosk_page(hall, context())
    held = Held(page, "**/return")
    page.get_by_role("button", name="Tôi đã lỡ lượt gọi").click()
    for key in number:
        page.keyboard.press(key)
    page.get_by_role("button", name="Tôi đã quay lại").click()
    held.wait()
    page.keyboard.press("Escape")
    expect(page.locator(".tile")).to_have_count(8)
    held.let_go()
    assert page.locator(".tile").count() == 8
    assert number not in page.get_by_role("main").inner_text()
    assert [item["number"] for item in hall.call("/queue", role="counter", counter=1)["items"]] == [number]
