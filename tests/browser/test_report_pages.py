"""Leaders' and officers' pages as a whole: on a phone in the dark, with the keyboard alone, and on paper."""

from io import BytesIO

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from tests.browser.conftest import Check, OpenContext, Shot, at_widths
from tests.browser.rated_weeks import OFFICER, Rated, rated, visit

pytestmark = pytest.mark.browser
__all__ = ["rated"]
COMPUTED_MS = 100_000
PAGES = (
    "/leaders",
    "/leaders/alerts",
    "/check",
    "/leaders/day",
    "/leaders/report",
    "/leaders/reports/monthly",
    "/leaders/reports/day",
    "/leaders/indices",
    "/leaders/indices/behind?figure=satisfaction_rate",
    "/leaders/waits",
    "/leaders/officers",
    f"/leaders/officers/{OFFICER}",
    "/leaders/comparison",
    "/leaders/work",
    f"/leaders/work/{OFFICER}",
    "/leaders/proposals",
    "/suggestions",
    "/leaders/ratings",
    "/leaders/camera",
    "/leaders/staffing",
    "/leaders/replay",
)
OWN_PAGES = ("/my/figures", "/my/work")
SIDEWAYS = """() => [document.documentElement, ...document.querySelectorAll('.table-wrap')]
    .filter((one) => one.scrollWidth > one.clientWidth + 1)
    .map((one) => one.getAttribute('aria-labelledby') ?? 'the page')"""
"""What can be scrolled sideways: the page itself, or a table in its frame."""


def look(page: Page, rated: Rated, path: str, axe: Check, shot: Shot) -> list[str]:
    """Open a page of the hall's weeks and return what is wrong with it at 360 and 1280 px."""
    query = f"?day={rated.days[-10:]}" if path.endswith("/day") else f"{'&' if '?' in path else '?'}{rated.days[1:]}"
    answer = page.goto(rated.hall.url + path + query)
    assert answer is not None
    expect(page.locator("main :is(.card, .notice, .empty, form):not([data-first])").first).to_be_visible(
        timeout=COMPUTED_MS
    )
    wrong = [] if answer.status == 200 else [f"status {answer.status}"]
    for width in at_widths(page, 360, 1280):
        sideways = page.evaluate(SIDEWAYS)
        if width == 360:
            wrong += axe(page)
            sideways = [place for place in sideways if place == "the page"]
            shot(page, f"dark{path.partition('?')[0].replace('/', '-')}", full=True)
        wrong += [f"{place} scrolls sideways at {width}" for place in sideways]
    return [f"{path}: {line}" for line in wrong]


@pytest.mark.parametrize(("name", "paths"), [("cuonglv", PAGES), ("hungdm", OWN_PAGES)])
def test_every_page_can_be_read_on_a_phone_in_the_dark_and_nothing_is_cut_on_a_laptop(
    rated: Rated, context: OpenContext, axe: Check, shot: Shot, name: str, paths: tuple[str, ...]
) -> None:
    page = visit(rated, context, paths[0], name, color_scheme="dark", height=740)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(13, 26, 43)"
    assert [line for path in paths for line in look(page, rated, path, axe, shot)] == []


def test_the_keyboard_walks_a_report_from_its_top_to_its_tables(rated: Rated, context: OpenContext) -> None:
    page = visit(rated, context, f"/leaders/report{rated.days}")
    chart = page.locator("[data-chart=numbers]")
    expect(chart.locator("canvas")).to_be_visible()
    places = (".skip-link", ".bar", ".subjects", ".tabs", ".choose", ".periods", ".plot-area", "summary", ".table-wrap")
    walked: list[str] = []
    while len(walked) < len(places):
        page.keyboard.press("Tab")
        place = page.evaluate(
            "places => places.find((place) => document.activeElement.closest(place)) ?? ''", list(places)
        )
        if place == ".plot-area" and place not in walked:
            page.keyboard.press("ArrowRight")
            expect(chart.locator("output")).to_contain_text("Đã cấp")
        if place == "summary":
            page.keyboard.press("Enter")
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none" or page.evaluate("document.activeElement.type") == "date", (
            place
        )  # has parts with theirs
        if place not in walked:
            walked.append(place)
    assert walked == list(places)
    expect(page.locator(".chart-table[open] .table-wrap")).to_be_focused()


def test_paper_has_the_units_name_and_numbered_pages_but_nothing_to_press(rated: Rated, context: OpenContext) -> None:
    page = visit(rated, context, f"/leaders/report{rated.days}", color_scheme="dark")
    expect(page.locator("[data-chart=numbers] canvas")).to_be_visible()
    unit = page.locator(".bar-name").inner_text()
    sheets = [squeeze(sheet.extract_text()) for sheet in PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages]
    assert [sheet[: len(f"1/{len(sheets)}")] for sheet in sheets] == [
        f"{n}/{len(sheets)}" for n in range(1, len(sheets) + 1)
    ]
    assert squeeze(unit) in sheets[0][:80]
    whole = "".join(sheets)
    assert squeeze("Người dân đến khi nào") in whole
    screen_only = ("Đăng xuất", "Báo cáo ngày", "XLSX", "Tuần trước", "Xem dạng bảng", "phím mũi tên")
    assert [words for words in screen_only if squeeze(words) in whole] == []


def squeeze(text: str) -> str:
    """Return `text` without its spaces: a PDF of Chromium has letters one by one."""
    return "".join(text.split())
