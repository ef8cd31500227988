"""The report on the desk over time, from real days of the small hall, counted by hand."""

from typing import Any

import pytest

from motcua.copies import replace
from motcua.counters import actions as counter_actions
from motcua.feedback import actions as feedback_actions
from motcua.feedback.model import RatingRequest
from motcua.queue import actions, store
from motcua.reports.kinds import DESK
from motcua.reports.over_time.model import DayFacts
from motcua.reports.over_time.store import DayMemory, list_days
from motcua.reports.values import Period, Phrase, ReportSheet
from motcua.screens.over_time import describe_charts
from motcua.setup import actions as setup_actions
from motcua.staff import actions as staff_actions
from motcua.staff.model import Account, Role
from motcua.suggestions import actions as suggestion_actions
from motcua.suggestions.model import SuggestionRequest, SuggestionSource, Viewer
from tests.conftest import TODAY
from tests.unit.queue.at_the_desk import Day

LEADER = Account(0, "lan", "Lê Thị Lan", "Giám đốc", Role.ADMIN, None, "x", False)


@pytest.fixture
def desk_day(day: Day) -> Day:
    """Lend a hall whose journal has its settings, with a quota of two for one service."""
    with day.desk.read() as db:
        document = setup_actions.get_document(db)
    services = [
        replace(service, quota=(2, None)) if service.code == "business" else service for service in document.services
    ]
    day.desk.do(setup_actions.apply, replace(document, services=services))
    day.opened(1, 2)
    return day


def visit(day: Day, wait_min: float, serve_min: float, service: str = "copy", level: int | None = None) -> str:
    """Let somebody come, wait, be called, take a minute to the counter, and be served."""
    number = day.issue(service)
    day.minutes(wait_min)
    day.next(1)
    day.minutes(1)
    day.desk.do(actions.start, 1)
    day.minutes(serve_min)
    day.desk.do(actions.finish, 1)
    if level is not None:
        visit_id = store.make_visit_id(TODAY, number)
        day.desk.do(feedback_actions.record_prompt, 1, visit_id)
        day.desk.do(feedback_actions.rate, RatingRequest(level, "pad", visit_id, None))
    return number


def build(day: Day, first: str = TODAY, last: str = TODAY) -> ReportSheet:
    with day.desk.read() as db:
        return DESK.build(db, Period(first, last))


def rows(sheet: ReportSheet, table_id: str) -> list[dict[str, Any]]:
    return next(table["rows"] for table in sheet.as_json()["tables"] if table["id"] == table_id)


def test_waits_times_and_absences_are_those_of_the_day(desk_day: Day) -> None:
    visit(desk_day, 5, 10, level=5)
    visit(desk_day, 20, 4, level=2)
    desk_day.issue()
    desk_day.next(1)
    desk_day.absent(1)
    sheet = build(desk_day)
    waits = {"n": 3, "mean_s": 500.0, "p50_s": 300.0, "p90_s": 1200.0}
    under = {"under_tenths": 667, "low_tenths": 208, "high_tenths": 939}
    volumes = {"issued": 3, "served": 2, "cancelled": 0, "absent": 1}
    assert rows(sheet, "timeline") == [{"first": TODAY, "last": TODAY, **volumes, **waits, **under}] * 2
    assert [row["letter"] for row in rows(sheet, "groups")] == ["A", ""]
    assert [row["rank"] for row in rows(sheet, "classes")] == ["4", ""]
    [service] = rows(sheet, "services")
    del service["service"]
    assert service == {
        "issued": 3, "n": 2, "mean_s": 420.0, "p50_s": 240.0, "p90_s": 600.0, "absent": 1, "absent_tenths": 333,
        "low_tenths": 61, "high_tenths": 792,
    }  # fmt: skip
    assert rows(sheet, "delays") == [{"n": 2, "mean_s": 60.0, "p50_s": 60.0, "p90_s": 60.0}]
    shares = {row["figure"]: (row["percent_tenths"], row["n"]) for row in rows(sheet, "shares")}
    assert shares == {
        "Waits within the target": (667, 3),
        "Promised waits held": (None, 0),
        "Called and absent": (333, 3),
        "Asked visits that were rated": (1000, 2),
        "Satisfied (4\u20135)": (500, 2),
        "Satisfied, with the ratings that were set aside": (500, 2),
        "Suggestions taken in time": (None, 0),
        "Suggestions answered in time": (None, 0),
    }
    assert sheet.caution is None


def test_a_counters_time_is_serving_calling_waited_for_idle_and_paused(desk_day: Day) -> None:
    visit(desk_day, 5, 10)
    desk_day.minutes(3)
    desk_day.desk.do(counter_actions.pause, 1, "lunch")
    desk_day.minutes(30)
    desk_day.opened(1)
    visit(desk_day, 0, 2)
    first = next(row for row in rows(build(desk_day), "counters") if row["number"] == 1)
    del first["label"]
    assert first == {
        "number": 1, "open_s": 22 * 60, "serving_s": 12 * 60, "calling_s": 120, "waited_s": 300, "idle_s": 180,
        "paused_s": 1800, "serving_tenths": 545,
    }  # fmt: skip


def test_a_quota_that_is_used_up_is_counted_and_who_gave_up_gives_it_back(desk_day: Day) -> None:
    for _ in range(2):
        desk_day.issue("business")
    desk_day.desk.do(actions.cancel, store.make_visit_id(TODAY, "K002"))
    quota = {"half": "Morning", "quota": 2, "days": 1}
    [row] = rows(build(desk_day), "quotas")
    assert {**row, "service": ""} == {"service": "", **quota, "taken": 1, "used_up": 0}
    desk_day.issue("business")
    [row] = rows(build(desk_day), "quotas")
    assert {**row, "service": ""} == {"service": "", **quota, "taken": 2, "used_up": 1}


def test_suggestions_count_once_they_are_taken_or_late(desk_day: Day) -> None:
    for text in ("Cần thêm ghế ngồi chờ.", "Cần thêm quạt ở chỗ chờ."):
        desk_day.desk.by("citizen").do(suggestion_actions.receive, SuggestionRequest(text, SuggestionSource.WEB))
    leader = desk_day.desk.do(staff_actions.save_account, LEADER)
    desk_day.desk.do(suggestion_actions.take, Viewer(leader.id, "admin"), 1)
    names = {"Suggestions taken in time", "Suggestions answered in time"}

    def measure(last: str) -> list[tuple[int | None, int]]:
        shares = rows(build(desk_day, TODAY, last), "shares")
        return [(row["percent_tenths"], row["n"]) for row in shares if row["figure"] in names]

    assert measure(TODAY) == [(1000, 1), (None, 0)]
    assert measure("2027-02-28") == [(500, 2), (0, 2)]


def test_a_period_without_anybody_says_so_in_each_table(desk_day: Day) -> None:
    sheet = build(desk_day, "2026-10-01", "2026-10-31")
    empty = {table.id: table.empty for table in sheet.tables if not table.rows}
    nothing = "No numbers were given out in this period."
    assert empty == {
        "timeline": nothing, "groups": nothing, "classes": nothing, "services": nothing,
        "counters": "No counter was open.", "arrivals": nothing, "heat_waits": nothing, "delays": nothing,
        "weeks": "Nobody rated in this period.", "devices": "No device was reported down.",
    }  # fmt: skip
    assert {row["percent_tenths"] for row in rows(sheet, "shares")} == {None}


def test_one_rating_has_an_interval_and_no_signal(desk_day: Day) -> None:
    visit(desk_day, 1, 1, level=1)
    [week] = rows(build(desk_day), "weeks")
    assert (week["n"], week["percent_tenths"], week["low_tenths"], week["high_tenths"]) == (1, 0, 0, 793)
    assert week["signal"] is None


def test_days_off_have_no_row_and_a_week_without_ratings_keeps_its_place(desk_day: Day) -> None:
    visit(desk_day, 1, 1, level=5)
    desk_day.minutes(15 * 24 * 60)
    desk_day.opened(1)
    visit_later = desk_day.issue()
    assert visit_later == "A001"
    sheet = build(desk_day, TODAY, "2026-12-08")
    assert [row["first"] for row in rows(sheet, "timeline")] == [TODAY, "2026-12-08", TODAY]
    assert [(row["first"], row["n"]) for row in rows(sheet, "weeks")] == [
        (TODAY, 1),
        ("2026-11-30", 0),
        ("2026-12-07", 0),
    ]
    drawn = describe_charts(sheet)
    assert [row["issued"] for row in drawn["timeline"]["rows"]] == [1, 1]
    assert drawn["weeks"]["signals"] == [False, False, False]
    assert drawn["head"]["total"] == rows(sheet, "timeline")[-1]
    assert drawn["head"]["satisfaction"] == {
        name: cell for name, cell in rows(sheet, "shares")[3].items() if name != "figure"
    }


@pytest.mark.parametrize("wrong_s", [-7200, 7200])
def test_a_clock_that_is_set_during_the_day_changes_no_time(desk_day: Day, wrong_s: int) -> None:
    desk_day.issue()
    desk_day.desk.do(counter_actions.pause, 2, "lunch")
    desk_day.minutes(10)
    desk_day.hall.clock.step(wrong_s)
    desk_day.next(1)
    desk_day.minutes(1)
    desk_day.desk.do(actions.start, 1)
    desk_day.minutes(5)
    desk_day.desk.do(actions.finish, 1)
    desk_day.opened(2)
    sheet = build(desk_day)
    assert (rows(sheet, "timeline")[0]["mean_s"], rows(sheet, "services")[0]["mean_s"]) == (600.0, 300.0)
    assert [row["paused_s"] for row in rows(sheet, "counters")] == [0, 16 * 60]


def test_a_day_whose_settings_the_journal_lacks_is_named(day: Day) -> None:
    day.issue()
    sheet = build(day)
    assert sheet.caution == Phrase(
        "The journal does not tell enough about %(n)s days: %(days)s. Their waits and times are left out.",
        {"n": 1, "days": "23/11/2026"},
    )
    assert (rows(sheet, "timeline")[0]["issued"], rows(sheet, "timeline")[0]["n"]) == (1, 0)


def test_a_closed_day_is_remembered_and_one_that_goes_on_is_not(desk_day: Day) -> None:
    visit(desk_day, 1, 1)
    memory = DayMemory()
    with desk_day.desk.read() as db:
        [before] = list_days(db, TODAY, TODAY, memory)
    visit(desk_day, 1, 1)
    with desk_day.desk.read() as db:
        [after] = list_days(db, TODAY, TODAY, memory)
    assert before.record is not None
    assert after.record is not None
    assert (len(before.record.start_delays), len(after.record.start_delays)) == (1, 2)
    desk_day.desk.do(actions.close_day, TODAY)
    with desk_day.desk.read() as db:
        [closed] = list_days(db, TODAY, TODAY, memory)
        [again] = list_days(db, TODAY, TODAY, memory)
        [fresh] = list_days(db, TODAY, TODAY, DayMemory())
    assert again is closed
    assert fresh == closed
    assert closed.record is not None
    assert closed.record.counters[1].open_ms == after.record.counters[1].open_ms


def test_only_so_many_days_are_remembered() -> None:
    memory = DayMemory(most=2)
    for key in "abc":
        memory.put(key, DayFacts(key, (), (0, 0), None))
    assert [memory.has(key) for key in "abc"] == [False, True, True]
