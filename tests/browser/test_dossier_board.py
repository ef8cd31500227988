"""An electronic result from the page of its dossier to the report, and from the figure there back to the dossier.

The journey to the result is in `test_dossier_journey.py`.
"""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Check, Hall, OpenContext, Shot
from tests.browser.test_dossiers import COPY

pytestmark = pytest.mark.browser
COUNTER = 3


def settle_one(hall: Hall) -> str:
    """Let one result be ready, and return its code."""
    hall.issue()
    for move in ("open", "call-next", "start"):
        hall.at(COUNTER, move)
    intake = {"procedure": COPY, "applicant": {"name": "Trần Thị Bình"}, "papers": [{"code": "original", "copies": 1}]}
    code = hall.at(COUNTER, "dossiers", **intake)["dossier"]["code"]
    hall.call(f"/dossiers/{code}/ready", {}, role="counter", counter=COUNTER)
    return str(code)


def read_report(hall: Hall, page: Page, axe: Check, shot: Shot) -> None:
    """Go from the board to the report, and open what stands behind the share of electronic results."""
    page.goto(f"{hall.url}/dossiers")
    page.locator(".subjects a[href='/leaders/day']").click()
    page.locator(".tabs a[href='/leaders/dossiers']").click()
    expect(page.locator("section.card").filter(has_text="Số hóa giấy tờ và kết quả").first).to_contain_text("100,0")
    assert axe(page) == []
    shot(page, "dossier-report")
    page.locator("#behind a[href*='figure=electronic']").click()


def test_an_electronic_result_is_in_the_report_at_once(
    hall: Hall, context: OpenContext, axe: Check, shot: Shot
) -> None:
    code = settle_one(hall)
    office = context()
    hall.sign_in(office)
    page = office.new_page()
    page.goto(f"{hall.url}/dossiers/{code}")
    page.locator("#move-return summary").click()
    page.locator("#is-electronic").check()
    page.locator("#move-return input[name=result_number]").fill("12/TL")
    page.locator("#move-return button[type=submit]").click()
    expect(page.locator("#state")).to_have_attribute("data-state", "returned")
    expect(page.locator("#history li")).to_have_count(3)
    read_report(hall, page, axe, shot)
    page.locator(f"a[href='/dossiers/{code}']").click()
    expect(page.locator("h1")).to_have_text(code)
