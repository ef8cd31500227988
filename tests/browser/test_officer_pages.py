"""Officers' figures in the browser: plots with their tables, the way from the counter, everybody can use them."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Check, OpenContext, Shot, at_widths
from tests.browser.rated_weeks import OFFICER, Rated, rated, visit

pytestmark = pytest.mark.browser
__all__ = ["rated"]


def test_the_weeks_are_drawn_and_stand_in_a_table_too(
    rated: Rated, context: OpenContext, axe: Check, shot: Shot
) -> None:
    page = visit(rated, context, f"/leaders/officers/{OFFICER}{rated.days}")
    expect(page.locator("#trend canvas")).to_be_visible()
    page.get_by_text("Số liệu dạng bảng").click()
    expect(page.get_by_role("cell", name="ngoài giới hạn", exact=True)).to_have_count(1)
    page.locator("#trend .plot-area").focus()
    page.keyboard.press("End")
    expect(page.locator("#trend output")).to_contain_text("90")
    require_kept_place(page)
    for width in at_widths(page, 1280):
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        shot(page, f"leaders_officer-{width}", full=True)


def require_kept_place(page: Page) -> None:
    """Draw the plot anew, as when its letters come: who reads the last value goes on from there."""
    last = page.locator("#trend output").inner_text()
    page.evaluate("document.querySelector('#trend canvas').id = 'before'")
    page.emulate_media(media="print")
    expect(page.locator("#before")).to_have_count(0)
    page.emulate_media(media="screen")
    expect(page.locator("#trend output")).to_have_text(last)
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#trend output")).not_to_have_text(last)


def test_the_funnel_names_who_stands_where(rated: Rated, context: OpenContext, axe: Check, shot: Shot) -> None:
    page = visit(rated, context, f"/leaders/comparison{rated.days}")
    area = page.locator("[data-funnel='A'] .plot-area")
    expect(area.locator("canvas")).to_be_visible()
    area.focus()
    readout = page.locator("[data-funnel='A'] output")
    page.keyboard.press("Home")
    expect(readout).to_contain_text("n =")
    for _step in range(80):
        if "Đỗ Mạnh Hùng" in readout.inner_text():
            break
        page.keyboard.press("ArrowRight")
    expect(readout).to_contain_text("Đỗ Mạnh Hùng, n = 240")
    expect(page.locator("[data-open='false']")).to_contain_text("Chưa đủ dữ liệu")
    names = page.locator("[data-open='true'] tbody th")
    expect(names).to_have_text(["Nguyễn Văn Hòa", "Đỗ Mạnh Hùng"])
    for width in at_widths(page, 1280):
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        shot(page, f"leaders_comparison-{width}", full=True)


def test_an_officer_reaches_the_own_figures_from_the_counter(
    rated: Rated, context: OpenContext, axe: Check, shot: Shot
) -> None:
    page = visit(rated, context, "/counter/1", "hungdm")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Số liệu của tôi").click()
    figures = opened.value
    expect(figures.locator("h1")).to_have_text("Số liệu của tôi")
    figures.goto(f"{rated.hall.url}/my/figures{rated.days}")
    expect(figures.locator("#trend canvas")).to_be_visible()
    expect(figures.locator("#satisfied")).to_contain_text("n = 260")
    for width in at_widths(figures, 1280):
        assert axe(figures) == []
        assert figures.evaluate("document.documentElement.scrollWidth") <= width
        shot(figures, f"my_figures-{width}", full=True)


def test_the_report_leads_to_each_officer_and_fits(rated: Rated, context: OpenContext, axe: Check, shot: Shot) -> None:
    page = visit(rated, context, f"/leaders/officers{rated.days}")
    for width in at_widths(page, 1280):
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        shot(page, f"leaders_officers-{width}", full=True)
    page.get_by_role("link", name="Đỗ Mạnh Hùng").first.click()
    expect(page.locator("h1")).to_have_text("Đỗ Mạnh Hùng")
