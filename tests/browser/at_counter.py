"""An officer's page in a browser: it is opened, it sends commands, it shows who is served."""

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from playwright.sync_api import BrowserContext, Error, Page, expect

from tests.browser.conftest import Hall


def counter_page(hall: Hall, context: BrowserContext, number: int = 3) -> Page:
    """Open the page of a counter whose device this browser is."""
    hall.pair(context, "counter", number)
    page = context.new_page()
    page.clock.install()  # it goes on by itself; a test can turn it further
    page.goto(f"{hall.url}/counter/{number}")
    expect(page.locator("#connection")).to_contain_text(re.compile("Đang kết nối$|Connected"))
    return page


@contextmanager
def standing(page: Page) -> Iterator[None]:
    """Let no time pass on the page: what is pressed meanwhile comes as quickly as can be, however slow the computer."""
    with suppress(Error):  # the page's time has passed that moment; its clock stands all the same
        page.clock.pause_at(page.evaluate("Date.now() / 1000"))
    yield
    page.clock.resume()


def commands(page: Page) -> list[str]:
    """Return a list that each command of the page is added to as it is sent."""
    sent: list[str] = []
    page.on(
        "request",
        lambda one: (
            sent.append(one.url.rsplit("/", 1)[1]) if one.method == "POST" and "/counters/" in one.url else None
        ),
    )
    return sent


def in_hand(page: Page, number: str, state: str) -> None:
    """Wait until the card shows `number` in `state`."""
    card = page.locator(".counter-ticket")
    expect(card).to_have_attribute("data-state", state)
    expect(card.locator(".counter-number")).to_have_text(number)


def idle(page: Page) -> None:
    expect(page.locator(".counter-ticket.is-idle")).to_be_visible()
