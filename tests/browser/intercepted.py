"""Requests of a page that a test answers, holds or loses."""

from collections.abc import Callable

from playwright.sync_api import Page, Route

from tests.waiting import wait_until

PROBE = "/intercepted"
ASK = f"fetch('{PROBE}', {{ method: 'HEAD', cache: 'no-store' }}).then(() => undefined)"


def intercept(page: Page, pattern: str, handler: Callable[[Route], object]) -> None:
    """Give every request of `page` for `pattern` to `handler`, from now on.

    `page.route` alone is right before a page is opened. In an open page it returns too early: what the page asks for
    in the next milliseconds goes to the desk all the same, and Playwright never speaks of it.
    """
    probes: list[Route] = []

    def answer(route: Route) -> None:
        probes.append(route)
        route.fulfill(status=204)

    page.route(f"**{PROBE}", answer)
    page.route(pattern, handler)
    wait_until(lambda: page.evaluate(ASK) or probes)
    page.unroute(f"**{PROBE}", answer)
