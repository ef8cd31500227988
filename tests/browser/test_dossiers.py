"""Dossiers at a counter: a supplement, a refusal, and nothing of it without the switch.

The journey from the checklist to the result is in `test_dossier_journey.py`.
"""

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from motcua.copies import replace
from motcua.setup.document import write
from tests.browser.conftest import Hall, OpenContext
from tests.server.hall import ward

pytestmark = pytest.mark.browser
CARD = "001090012345|012345678|Nguyễn Văn An|04051990|Nam|Số 5 phố Huế, Hà Nội|01012022||||"
COPY = "2.000815"


def dossier_page(hall: Hall, context: BrowserContext, **ticket: object) -> Page:
    """Call the first number to counter 3, and open its page of dossiers."""
    if ticket:
        hall.call("/tickets", {"service": "certified-copy", **ticket})
    elif not hall.call("/queue", role="counter", counter=1)["items"]:
        hall.issue()
    for move in ("open", "call-next", "start"):
        hall.at(3, move)
    hall.pair(context, "counter", 3)
    page = context.new_page()
    page.goto(f"{hall.url}/counter/3")
    page.locator("#dossiers").click()
    expect(page.locator("h1")).to_contain_text(re.compile("Hồ sơ tại quầy 3|Dossiers at counter 3"))
    return page


def scan(page: Page, card: str) -> None:
    """Type what a scanner types, Enter included."""
    page.locator("#scan").fill(card)
    page.locator("#scan").press("Enter")


def test_a_supplement_and_a_refusal_in_english(hall: Hall, context: OpenContext) -> None:
    page = dossier_page(hall, context(locale="en-GB"))
    page.goto(f"{hall.url}/language/en?next=/counter/3/dossiers")
    page.locator(f"[data-procedure='{COPY}']").first.click()
    page.locator("#applicant-name").fill("Trần Thị Bình")
    page.locator("#supplement").click()
    dialog = page.locator("dialog")
    expect(dialog.get_by_text("The law allows this once.")).to_be_visible()
    expect(dialog.locator("input[name=missing]")).to_be_checked()
    dialog.get_by_role("button", name="Ask for it").click()
    expect(page.locator("#taken-in")).to_have_attribute("data-state", "supplement")
    expect(page.locator("[data-form=supplement]")).to_be_visible()
    page.locator("#find").fill(page.locator("#taken-in .dossier-code").inner_text().lower())
    page.locator("#find").press("Enter")
    expect(page.locator("#current")).to_contain_text("Missing: Bản chính giấy tờ cần chứng thực bản sao")
    page.locator(f"[data-procedure='{COPY}']").first.click()
    page.locator("#applicant-name").fill("Trần Thị Bình")
    page.locator("#refuse").click()
    dialog.locator("input[name=reason]").first.check()
    dialog.get_by_role("button", name="Refuse").click()
    expect(page.locator("#taken-in")).to_have_attribute("data-state", "refused")
    expect(page.locator("[data-form=refusal]")).to_be_visible()


def test_without_the_switch_the_counter_shows_no_link(hall: Hall, context: OpenContext) -> None:
    document = ward()
    rules = replace(document.settings.dossiers, is_on=False)
    hall.command("config.import", text=write(replace(document, settings=replace(document.settings, dossiers=rules))))
    counter = context()
    hall.pair(counter, "counter", 3)
    page = counter.new_page()
    page.goto(f"{hall.url}/counter/3")
    expect(page.locator(".counter-closed")).to_be_visible()
    expect(page.locator("#dossiers")).to_have_count(0)
    answer = page.goto(f"{hall.url}/counter/3/dossiers")
    assert answer is not None
    assert answer.status == 404
