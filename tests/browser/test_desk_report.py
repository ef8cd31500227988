"""The desk over time: its page shows the figures of the API, as tables and as charts that everybody can read."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import PASSWORD, Check, Hall, OpenContext, Shot, at_widths
from tests.browser.past_weeks import build

pytestmark = pytest.mark.browser
COMPUTED_MS = 100_000


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Hall, list[str]]]:
    """Lend a hall with past days, and these days."""
    folder = tmp_path_factory.mktemp("past") / "hall"
    days = build(folder)
    served = Hall(folder)
    served.start()
    served.add_person("cuonglv", "leader", "Lê Văn Cường")
    yield served, days
    served.stop()


def visit(hall: Hall, opened: OpenContext, query: str, **more: object) -> Page:
    made = opened(**more)
    hall.sign_in(made, "cuonglv", PASSWORD)
    page = made.new_page()
    page.goto(f"{hall.url}/leaders/report?{query}")
    expect(page.locator(".plot canvas").first).to_be_visible(timeout=COMPUTED_MS)
    return page


def test_the_charts_are_read_with_the_arrow_keys_and_say_what_the_api_says(
    hall: tuple[Hall, list[str]], context: OpenContext, axe: Check, shot: Shot
) -> None:
    served, days = hall
    query = f"from={days[0]}&to={days[-1]}"
    rows = served.call(f"/reports/desk?{query}", role="leader")["tables"][0]["rows"]
    page = visit(served, context, query, locale="vi-VN")
    plot = page.locator("[data-chart=numbers]")
    plot.locator(".plot-area").focus()
    for row in rows[:2]:
        page.keyboard.press("ArrowRight")
        expect(plot.locator("output")).to_contain_text(f"Đã cấp {row['issued']}; Đã phục vụ {row['served']}")
    for width in at_widths(page, 390, 1280):
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert axe(page) == []
        shot(page, f"leaders-desk-{width}", full=True)
    page.locator("summary").first.click()
    total = page.locator(".chart-table tr.is-total").first
    assert total.locator("td").nth(2).inner_text() == str(rows[-1]["issued"])


def test_periods_lead_to_their_days_and_the_workbook_has_the_pages_figures(
    hall: tuple[Hall, list[str]], context: OpenContext, tmp_path: Path
) -> None:
    served, days = hall
    query = f"from={days[0]}&to={days[-1]}"
    groups = served.call(f"/reports/desk?{query}", role="leader")["tables"][2]["rows"]
    page = visit(served, context, query, locale="en-US")
    with page.expect_download(timeout=COMPUTED_MS) as download:
        page.get_by_role("link", name="XLSX").click()
    download.value.save_as(tmp_path / "desk.xlsx")
    book = load_workbook(BytesIO((tmp_path / "desk.xlsx").read_bytes()))
    issued = [row[2].value for row in book["By group"].iter_rows(min_row=2)]
    assert issued == [row["issued"] for row in groups]
    page.get_by_role("link", name="Last year").click()
    expect(page.get_by_role("link", name="Last year")).to_have_attribute("aria-current", "page")
    page.goto(f"{served.url}/leaders/report?from=2020-01-01&to=2020-12-31")
    expect(page.locator("main")).to_contain_text("No numbers were given out in this period.")
