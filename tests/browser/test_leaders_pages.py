"""The leaders' pages beside the live one: the figures on them are those of the API, mistakes read well, everybody
can use them.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tests.browser.conftest import PASSWORD, Check, Hall, Json, OpenContext, Shot, at_widths, no_wider
from tests.browser.figures import minutes, percent, share, waits
from tests.browser.past_weeks import PEOPLE, WEEKS, build

pytestmark = pytest.mark.browser
PATHS = ("/leaders/day", "/leaders/waits", "/leaders/replay", "/leaders/staffing")
COMPUTED_MS = 100_000  # as long as the page itself waits


class Past(NamedTuple):
    """A served hall and its past days."""

    hall: Hall
    days: list[str]


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Past]:
    """Lend one hall with four past days to all tests; none changes it."""
    folder = tmp_path_factory.mktemp("past") / "hall"
    days = build(folder)
    hall = Hall(folder)
    hall.start()
    hall.add_person("cuonglv", "leader", "Lê Văn Cường")
    yield Past(hall, days)
    hall.stop()


def visit(past: Past, opened: OpenContext, path: str, **more: object) -> Page:
    """Open a page as a leader."""
    made = opened(**more)
    past.hall.sign_in(made, "cuonglv", PASSWORD)
    page = made.new_page()
    page.goto(past.hall.url + path)
    expect(page.locator("h1")).to_be_visible()
    return page


def asked(past: Past, path: str) -> Json:
    return past.hall.call(path, role="leader")


def cells(page: Page) -> dict[str, str]:
    """Return what the cells with figures say."""
    found = page.locator("[data-cell]").evaluate_all(
        "all => all.map(cell => [cell.dataset.cell, cell.innerText.trim()])"
    )
    return {str(name): str(said) for name, said in found}


def value(page: Page, card: str) -> Locator:
    return page.locator(f"#{card} .figure-value")


def test_the_day_reports_numbers_are_those_of_the_api(past: Past, context: OpenContext) -> None:
    page = visit(past, context, f"/leaders/day?day={past.days[-1]}")
    report = asked(past, f"/reports/day?day={past.days[-1]}")
    year, month, day = past.days[-1].split("-")
    expect(page.locator("h1")).to_contain_text(f"{day}/{month}/{year}")
    expect(value(page, "issued")).to_have_text(str(report["totals"]["issued"]))
    expect(value(page, "p90")).to_have_text(f"{minutes(report['figures']['p90_wait_s'])}\u2032")
    expect(value(page, "coverage")).to_have_text(percent(report["coverage"]["rate"]["percent_tenths"]))
    keys = ("issued", "served", "cancelled", "absent")
    numbers = {f"{group['letter']}.{key}": str(group[key]) for group in report["groups"] for key in keys}
    assert cells(page) == {
        **numbers,
        **{f"all.{key}": str(report["totals"][key]) for key in keys},
        **waits(report["figures"]),
    }
    assert (report["totals"]["issued"], report["out_of_order"]["count"]) == (PEOPLE, 1)
    call = page.locator(f"[data-call='{report['out_of_order']['items'][0]['ticket']}']")
    assert call.inner_text().split("\t")[:1] == ["A007"]
    expect(call).to_contain_text("Đỗ Mạnh Hùng")
    expect(call).to_contain_text("Lý do khác")
    page.get_by_role("link", name="Ngày có số liền trước").click()
    expect(page).to_have_url(f"{past.hall.url}/leaders/day?day={past.days[-2]}")


def test_the_day_report_is_fetched_as_pdf_and_csv_in_the_language_of_the_page(
    past: Past, context: OpenContext, tmp_path: Path
) -> None:
    for locale, line, column in (("vi-VN", "Lập lúc", "Đã cấp"), ("en-US", "Made at", "Given")):
        page = visit(past, context, f"/leaders/day?day={past.days[0]}", locale=locale)
        files = {}
        for kind in ("PDF", "CSV"):
            with page.expect_download(timeout=COMPUTED_MS) as download:
                page.get_by_role("link", name=kind).click()
            assert download.value.suggested_filename == f"day-{past.days[0]}.{kind.lower()}"
            download.value.save_as(tmp_path / kind)
            files[kind] = (tmp_path / kind).read_bytes()
        text = PdfReader(BytesIO(files["PDF"])).pages[0].extract_text()
        assert line in text
        assert "/".join(reversed(past.days[0].split("-"))) in text
        assert f";{column};" in files["CSV"].decode("utf-8-sig")


@pytest.mark.parametrize(("width", "locale"), [(390, "vi-VN"), (1280, "en-US")])
def test_any_report_can_be_read_as_tables_without_a_script(
    past: Past, context: OpenContext, axe: Check, shot: Shot, width: int, locale: str
) -> None:
    page = visit(past, context, f"/leaders/reports/day?day={past.days[-1]}", width=width, locale=locale)
    report = asked(past, f"/reports/day?day={past.days[-1]}")
    total = page.locator("tr.is-total").first
    assert total.inner_text().split()[1:] == [str(count) for count in report["totals"].values()]
    assert page.locator("section").count() == len(page.locator("table").all()) + 1
    assert no_wider(page)
    assert axe(page) == []
    shot(page, f"leaders-report-{width}", full=True)
    page.locator("#day").fill(past.days[0])
    page.get_by_role("button").filter(has_text={"vi-VN": "Xem", "en-US": "Show"}[locale]).click()
    expect(page).to_have_url(f"{past.hall.url}/leaders/reports/day?day={past.days[0]}")
    with page.expect_download(timeout=COMPUTED_MS) as download:
        page.get_by_role("link", name="PDF").click()
    assert download.value.suggested_filename == f"day-{past.days[0]}.pdf"


def test_a_day_without_numbers_and_a_date_that_is_none_are_said_so(
    past: Past, context: OpenContext, axe: Check
) -> None:
    page = visit(past, context, "/leaders/day?day=2020-01-01")
    expect(page.get_by_role("alert").filter(has_text="2020-01-01")).to_contain_text("không cấp số nào")
    assert axe(page) == []
    page.goto(f"{past.hall.url}/leaders/day?day=23.11.2026")
    expect(page.get_by_role("alert").filter(has_text="23.11.2026")).to_contain_text("không phải là ngày")
    page.locator("#day").fill(past.days[0])
    page.get_by_role("button", name="Xem").click()
    expect(value(page, "issued")).to_have_text(str(PEOPLE))


def test_the_weeks_of_promised_waits_are_those_of_the_api(past: Past, context: OpenContext) -> None:
    page = visit(past, context, "/leaders/waits")
    weeks = asked(past, "/reports/waits")["items"]
    for week in weeks:
        row, rate = page.locator(f"[data-week='{week['week']}']"), week["rate"]
        if rate is None:
            expect(row).to_contain_text("chưa có dữ liệu")
        else:
            low, high = (percent(rate[key]).removesuffix(" %") for key in ("low_tenths", "high_tenths"))
            expect(row).to_contain_text(percent(rate["percent_tenths"]))
            expect(row).to_contain_text(f"({low}\u2013{high}), n = {rate['n']}")
            expect(row).to_have_class("is-thin")
    assert sum(week["rate"] is not None for week in weeks) == WEEKS
    assert page.locator(".chart-share").count() == WEEKS
    expect(page.locator("#coverage")).to_contain_text("75\u201385 %")


def replayed(page: Page) -> Json:
    """Press the button and return what the API answered."""
    with page.expect_response("**/api/v1/replays", timeout=COMPUTED_MS) as answer:
        page.get_by_role("button", name="Thử lại").click()
    found = dict(answer.value.json())
    expect(page.locator("#results")).to_be_focused()
    return found


def test_a_day_under_its_own_settings_shows_the_same_calls(past: Past, context: OpenContext) -> None:
    page = visit(past, context, "/leaders/replay")
    expect(page.locator("#from")).to_have_value(past.days[-1])
    found = replayed(page)
    assert found["same_calls"]
    expect(page.locator("#sentence")).to_have_text("Dưới chính các cài đặt của ngày đó: đúng y các lượt gọi.")
    expect(page.locator("#longer-count")).to_have_text("0")


def test_with_one_counter_more_the_pages_numbers_are_those_of_the_json(
    past: Past, context: OpenContext, axe: Check, shot: Shot
) -> None:
    page = visit(past, context, "/leaders/replay")
    page.locator("#from").select_option(past.days[0])
    page.get_by_role("button", name="Thêm quầy").click()
    page.get_by_label("Đến (giờ:phút)").fill("09:30")
    found = replayed(page)
    happened, again = found["happened"], found["replayed"]
    assert found["days"] == past.days
    assert again["waits"]["all"]["mean_s"] < happened["waits"]["all"]["mean_s"]
    busy = {
        f"busy.{n}.{which}": share(found[which]["utilisation"].get(n)) for n in busy_counters(found) for which in WHICH
    }
    assert cells(page) == {**waits(happened, ".happened"), **waits(again, ".replayed"), **busy}
    expect(value(page, "p90_wait_s")).to_have_text(f"{minutes(again['p90_wait_s'])}\u2032")
    expect(page.locator("#p90_wait_s")).to_contain_text(f"{minutes(happened['p90_wait_s'])}\u2032")
    expect(page.locator("#longer-count")).to_have_text(str(found["longer_count"]))
    drawn = page.locator(".chart-line")
    for place, which in enumerate(WHICH):
        known = [half for half in found[which]["half_hours"] if half["mean_s"] is not None]
        assert drawn.nth(place).locator("circle").count() == len(known)
    assert axe(page) == []
    shot(page, "leaders-replay", full=True)


WHICH = ("happened", "replayed")


def busy_counters(found: Json) -> list[str]:
    return sorted({number for which in WHICH for number in found[which]["utilisation"]})


def test_a_map_that_leaves_people_without_a_counter_is_refused_in_place(
    past: Past, context: OpenContext, axe: Check
) -> None:
    page = visit(past, context, "/leaders/replay")
    page.get_by_text("Quầy nào làm thủ tục nào").click()
    for box in page.locator("[data-without]").all()[1:]:
        box.check()
    first = page.locator("[data-map^='1 ']:checked").first
    service = first.get_attribute("data-map")
    first.uncheck()
    page.get_by_role("button", name="Thử lại").click()
    expect(page.locator("#refusal")).to_be_focused(timeout=COMPUTED_MS)
    expect(page.locator("#refusal")).to_contain_text(str(service).removeprefix("1 "))
    assert axe(page) == []


def test_a_settings_file_with_mistakes_names_their_places(past: Past, context: OpenContext) -> None:
    page = visit(past, context, "/leaders/replay")
    page.get_by_text("Cả một tệp cài đặt").click()
    page.get_by_label("hoặc dán vào đây").fill("version = 1\nseats = 3\n")
    page.get_by_role("button", name="Thử lại").click()
    expect(page.locator("#refusal code").first).to_be_visible(timeout=COMPUTED_MS)
    assert "seats" in page.locator("#refusal code").all_inner_texts()


def test_the_forecast_is_that_of_the_api_and_its_target_can_be_changed(
    past: Past, context: OpenContext, axe: Check, shot: Shot
) -> None:
    page = visit(past, context, "/leaders/staffing")
    expect(page.locator(".heat")).to_be_visible(timeout=COMPUTED_MS)
    page.locator("#target").fill("5")
    page.get_by_role("button", name="Tính").click()
    expect(page.locator("#plan-title")).to_contain_text("không quá 5 phút", timeout=COMPUTED_MS)
    found = asked(past, "/forecast?target_min=5")
    assert (found["enough"], found["n_days"], len(found["weekdays"])) == (True, WEEKS, 1)
    day = found["weekdays"][0]
    shown = {half.get_attribute("data-half"): half.inner_text().split() for half in page.locator("[data-half]").all()}
    said = {}
    for half in day["halves"]:
        interval = f"({half['low']}\u2013{half['high']})"
        said[f"{day['weekday']} {half['at']}"] = [
            f"{half['mean']:.1f}".replace(".", ","),
            interval,
            str(half["counters"]),
            "quầy",
        ]
    assert shown == said
    expect(page.locator(f"[data-day='{day['weekday']}']")).to_contain_text(f"{day['counters']} quầy")
    assert page.locator("#left-out li").count() == len(found["days_left_out"])
    assert axe(page) == []
    shot(page, "leaders-staffing", full=True)


def test_a_new_hall_says_that_it_knows_too_little(hall: Hall, context: OpenContext) -> None:
    hall.add_person("cuonglv", "leader", "Lê Văn Cường")
    new = Past(hall, [])
    expect(visit(new, context, "/leaders/staffing").locator("#thin")).to_contain_text("Chưa đủ dữ liệu")
    expect(visit(new, context, "/leaders/replay").locator("#no-days")).to_contain_text("Chưa có ngày nào kết thúc")
    expect(visit(new, context, "/leaders/waits").locator("#coverage")).to_contain_text("chưa có dữ liệu")
    expect(value(visit(new, context, "/leaders/day"), "issued")).to_have_text("0")


@pytest.mark.parametrize("locale", ["vi-VN", "en-US"])
def test_they_can_be_read_by_everybody(past: Past, context: OpenContext, axe: Check, shot: Shot, locale: str) -> None:
    page = visit(past, context, PATHS[0], locale=locale)
    for path in PATHS:
        page.goto(past.hall.url + (f"{path}?day={past.days[-1]}" if path == "/leaders/day" else path))
        expect(page.locator("main .card").first).to_be_visible(timeout=COMPUTED_MS)
        expect(page.get_by_role("navigation").locator("[aria-current]")).to_have_attribute("href", path)
        for width in at_widths(page, 390, 1280):
            assert (path, page.evaluate("document.documentElement.scrollWidth") <= width) == (path, True)
            if locale == "vi-VN":  # both languages fill the same places
                assert (path, axe(page)) == (path, [])
            shot(page, f"{path.strip('/').replace('/', '-')}-{width}", full=True)
