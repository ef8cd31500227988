"""The list of reports: what holds for each, without a word about any of them; and of which days one may be."""

from datetime import date, datetime
from typing import Any

import pytest

from motcua.copies import replace
from motcua.desk import Invalid, Unknown, get_zone
from motcua.queue import actions
from motcua.reports import pdf
from motcua.reports.kinds import REPORTS, get_report, list_readers
from motcua.reports.periods import LENGTH_MAX_DAYS, choose_period
from motcua.reports.printing import LAYOUT, print_values
from motcua.reports.sheet import write_csv
from motcua.reports.values import FIGURES, Cell, CellType, Period, Phrase, ReportColumn, ReportKind, ReportSheet
from motcua.reports.wording import Wording
from motcua.settings.model import Unit
from motcua.staff.model import PEOPLE, Role
from motcua.web.access import CALLS
from motcua.web.language import LANGUAGES, translate_into_each
from tests.conftest import TODAY
from tests.unit.dossiers.taken import RULES, arrange
from tests.unit.queue.at_the_desk import Day

VI = Wording("vi", lambda message: translate_into_each(message)["vi"])
EN = Wording("en", lambda message: message)
UNIT = Unit("Phường Bến Nghé", "Trung tâm Phục vụ hành chính công")


@pytest.fixture(params=[0, 1], ids=["a day without tickets", "a day with tickets"])
def busy(day: Day, request: pytest.FixtureRequest) -> Day:
    """Lend a hall on a day without anybody, and on one with a call out of order, a ticket cancelled and one that
    waits.
    """
    day.desk.do(arrange, RULES)
    if request.param:
        day.opened(1, 2)
        for _ in range(4):
            day.issue("copy")
        day.issue("birth", "elder75")
        day.serve(1)
        day.minutes(3)
        day.desk.by("officer:11").do(actions.call_number, 1, "A003", "waiting-inside")
    return day


def build(day: Day, report: ReportKind) -> ReportSheet:
    with day.desk.read() as db:
        report.require(db, Period(TODAY, TODAY), TODAY)
        return report.build(db, Period(TODAY, TODAY))


@pytest.mark.thorough
@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.id)
def test_a_report_fits_everywhere_that_shows_it(busy: Day, report: ReportKind) -> None:
    sheet = build(busy, report)
    assert report.id.isidentifier()
    assert report.roles <= PEOPLE
    assert len({table.id for table in sheet.tables}) == len(sheet.tables) > 0
    assert sheet.notes
    for table in sheet.tables:
        assert len({column.name for column in table.columns}) == len(table.columns)
        assert [row for row in table.rows if len(row) != len(table.columns)] == []
        assert [place for place in table.total_rows if place >= len(table.rows)] == []
        for row in table.rows:
            assert [
                (column.name, cell) for column, cell in zip(table.columns, row, strict=True) if not fits(column, cell)
            ] == []
    for language in (VI, EN):
        values = print_values(sheet, language, UNIT, busy.hall.clock.now())
        assert write_csv(sheet, language)
        assert pdf.make_pdf(LAYOUT, values, values["at"]).startswith(b"%PDF-")
    assert {"day", "from"} & sheet.as_json().keys()


def fits(column: ReportColumn, cell: Cell) -> bool:
    """Return whether a cell is what its column says."""
    if cell is None:
        return True
    if column.type in FIGURES:
        whole = column.type is not CellType.DURATION
        return isinstance(cell, int if whole else (int, float)) and not isinstance(cell, bool)
    return isinstance(cell, (str, Phrase)) or set(cell) == set(LANGUAGES)  # type: ignore[arg-type]


def test_each_report_has_its_calls_for_its_readers_alone() -> None:
    assert len({report.id for report in REPORTS}) == len(REPORTS)
    for report in REPORTS:
        assert {CALLS[f"api.{report.id}_report{kind}"] for kind in ("", "_csv", "_pdf", "_xlsx")} == {report.roles}
        assert get_report(report.id) is report
    assert list_readers() >= {Role.ADMIN, Role.LEADER}
    with pytest.raises(Unknown):
        get_report("moon")


def test_a_report_without_json_of_its_own_has_that_of_its_tables(busy: Day) -> None:
    sheet = replace(build(busy, get_report("day")), facts=None)
    plain = sheet.as_json()
    assert (plain["from"], plain["to"]) == (TODAY, TODAY)
    assert plain["caution"] == "The day is not over. These are the figures so far."
    assert [table["id"] for table in plain["tables"]] == [table.id for table in sheet.tables]
    shares = next(table for table in plain["tables"] if table["id"] == "shares")
    assert shares["columns"][1] == {"name": "percent_tenths", "type": "share", "unit": "%"}
    assert [row["figure"] for row in shares["rows"]] == ["Promised waits held", "Satisfied (4\u20135)"]


def test_a_page_says_whose_it_is_of_which_day_when_it_was_made_and_how_it_is_computed(busy: Day) -> None:
    at = datetime(2026, 11, 24, 7, 5, tzinfo=get_zone("Asia/Ho_Chi_Minh"))
    values = print_values(build(busy, get_report("day")), VI, UNIT, at)
    assert (values["unit"], values["made"]) == ("Phường Bến Nghé", "Lập lúc 07:05 ngày 24/11/2026")
    assert "23/11/2026" in values["heading"]
    assert values["caution"].startswith("Ngày làm việc chưa kết thúc")
    assert any("Wilson" in note for note in values["notes"])
    assert not any("%(" in note for note in values["notes"])


def test_figures_are_written_as_people_of_a_language_write_them() -> None:
    wait, share = ReportColumn("w", CellType.DURATION, "Wait", "min"), ReportColumn("s", CellType.SHARE, "Share", "%")
    assert [VI.write_cell(wait, seconds) for seconds in (0, 2.9, 3, 59, 60, 74_100)] == [
        "0,0",
        "0,0",
        "0,1",
        "1,0",
        "1,0",
        "1.235,0",
    ]
    assert [EN.write_cell(share, tenths) for tenths in (0, 5, 999, 1000, 12_345)] == [
        "0.0",
        "0.5",
        "99.9",
        "100.0",
        "1,234.5",
    ]
    assert VI.write_phrase(Phrase("%(day)s", {"day": date(2026, 11, 3)})) == "03/11/2026"


@pytest.mark.parametrize(
    ("kind", "day", "first", "last", "period"),
    [
        ("day", None, None, None, (TODAY, TODAY)),
        ("day", "", "", "", (TODAY, TODAY)),
        ("day", "2026-11-20", None, None, ("2026-11-20", "2026-11-20")),
        ("day", None, "2026-11-20", "2026-11-20", ("2026-11-20", "2026-11-20")),
        ("day", None, "2026-11-20", None, ("2026-11-20", "2026-11-20")),
        ("days", None, None, None, ("2026-11-01", TODAY)),
        ("days", "2026-11-20", None, None, ("2026-11-20", "2026-11-20")),
        ("days", None, "2026-11-20", "2026-11-22", ("2026-11-20", "2026-11-22")),
    ],
)
def test_a_period_is_a_day_or_from_one_to_another(
    kind: Any, day: Any, first: Any, last: Any, period: tuple[str, str]
) -> None:
    assert choose_period(kind, TODAY, day, first, last) == Period(*period)


@pytest.mark.parametrize(
    ("kind", "day", "first", "last", "code"),
    [
        ("day", "2026-11-20", "2026-11-20", None, "report.period"),
        ("days", None, None, "2026-11-20", "report.period"),
        ("days", None, "2026-11-21", "2026-11-20", "days.order"),
        ("day", None, "2026-11-20", "2026-11-21", "report.one_day"),
        ("days", None, "2025-11-20", "2026-11-21", "report.long"),
        ("day", "20261120", None, None, "day.form"),
        ("days", None, "2026-02-30", None, "day.form"),
        ("days", None, "2026-02-01", "x", "day.form"),
    ],
)
def test_a_period_that_is_none_is_refused_by_name(kind: Any, day: Any, first: Any, last: Any, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        choose_period(kind, TODAY, day, first, last)
    assert refusal.value.code == code


def test_a_leap_year_is_not_too_long() -> None:
    assert choose_period("days", TODAY, None, "2024-01-01", "2024-12-31").count_days() == LENGTH_MAX_DAYS


def test_a_coefficient_has_two_decimals_and_a_day_is_written_out() -> None:
    rho, day = ReportColumn("rho", CellType.COEFFICIENT, "Rho"), ReportColumn("day", CellType.DAY, "Day")
    assert [VI.write_cell(rho, value) for value in (45, 5, 0, 100, -7)] == [
        "0,45",
        "0,05",
        "0,00",
        "1,00",
        "\u22120,07",
    ]
    assert EN.write_cell(rho, -107, is_grouped=False) == "-1.07"
    assert VI.write_cell(day, "2026-11-03") == "03/11/2026"
