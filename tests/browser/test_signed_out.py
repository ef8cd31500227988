"""Pages that ask the desk just as somebody signs out elsewhere: they say so and throw nothing."""

import pytest
from playwright.sync_api import Route, expect

from tests.browser.conftest import Hall, OpenContext
from tests.passwords import PASSWORD

pytestmark = pytest.mark.browser

PAGES = {
    "/settings/people": ("**/api/v1/accounts",),
    "/settings/devices": ("**/api/v1/tokens", "**/api/v1/devices"),
    "/leaders/replay": ("**/api/v1/days",),
    "/leaders/staffing": ("**/api/v1/forecast*",),
    "/check": ("**/api/v1/check",),
    "/pad": ("**/api/v1/counters",),
}


def test_a_page_that_asks_as_somebody_signs_out_says_so(hall: Hall, context: OpenContext) -> None:
    """One browser for all pages: what it keeps need not be sent again."""
    made = context()

    def sign_out(route: Route) -> None:
        hall.command("account.password", name="admin", password=PASSWORD)  # ends every sign-in
        route.continue_()

    for path, calls in PAGES.items():
        hall.sign_in(made)
        page = made.new_page()
        for call in calls:
            page.route(call, sign_out)
        page.goto(f"{hall.url}{path}")
        expect(page.get_by_text("Xin đăng nhập trước").first, path).to_be_visible()
        expect(page.locator("html[data-ready]"), path).to_be_attached()
        page.unroute_all(behavior="wait")  # one of its calls may still be under way
        page.close()
