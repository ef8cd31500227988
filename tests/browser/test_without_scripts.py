"""The pages behind the codes, as a phone without scripts shows them: no barrier, in both languages, at 320 px."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Check, Hall, OpenContext, no_wider
from tests.browser.test_question_form import offer_form
from tests.browser.test_rate import page_of, serve
from tests.browser.without_scripts import check_without_scripts

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("locale", "send"), [("vi-VN", "Gửi"), ("en-GB", "Send")])
def test_rating_and_writing_have_no_barrier_without_scripts(
    hall: Hall, context: OpenContext, axe: Check, locale: str, send: str
) -> None:
    offer_form(hall, "certified-copy", questions=2)
    ticket, waiting = serve(hall), hall.issue()
    page = context(320, 640, locale, java_script_enabled=False).new_page()
    reader = context(320, 640).new_page()

    def look(page: Page) -> None:
        assert no_wider(page), page.url
        assert check_without_scripts(page, reader, axe) == [], page.url

    for path in (f"{page_of(hall, waiting)}/rating", f"{page_of(hall, ticket)}/form", f"{hall.url}/y/answers"):
        page.goto(path)
        look(page)
    page.goto(f"{hall.url}/c/1")
    page.locator('label[for="level-2"]').click()
    page.locator("[name=number]").fill(ticket["number"])
    look(page)
    page.get_by_role("button", name=send).click()
    expect(page.locator("#rate-error")).to_be_visible()
    look(page)
    page.goto(f"{page_of(hall, ticket)}/rating?level=4")
    look(page)
    page.get_by_role("button", name=send).click()
    expect(page.locator(".rate-done")).to_be_visible()
    look(page)
    page.goto(f"{hall.url}/y")
    look(page)
    page.locator("[name=text]").fill("Cần thêm ghế ngồi chờ ở khu B.")
    page.get_by_role("button", name=send, exact=True).click()
    expect(page.locator(".suggest-big")).to_be_visible()
    look(page)


def test_a_barrier_is_seen_on_a_page_without_scripts(hall: Hall, context: OpenContext, axe: Check) -> None:
    page = context(320, 640, java_script_enabled=False).new_page()
    page.goto(f"{hall.url}/c/1")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    reader = context(320, 640).new_page()
    assert check_without_scripts(page, reader, axe) == ["html-has-lang: html"]
