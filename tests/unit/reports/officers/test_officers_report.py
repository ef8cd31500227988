"""The report by officer: who did what, ratings with and without those set aside, and rates only above the gate."""

from typing import Any

import pytest

from motcua.copies import replace
from motcua.counters import actions as counters
from motcua.desk import Tx
from motcua.feedback import actions as feedback
from motcua.feedback.model import RatingRequest
from motcua.queue import actions as queue
from motcua.queue import store as queue_store
from motcua.reports.kinds import get_report
from motcua.reports.values import Period, Phrase
from motcua.staff import actions as staff
from motcua.staff import store as staff_store
from motcua.staff.model import Account, Role
from tests.conftest import TODAY
from tests.unit.queue.at_the_desk import Day
from tests.unit.reports.officers.plenty import Plenty, plant

DAY = Period(TODAY, TODAY)


def rows_of(day: Day, table: str, period: Period = DAY) -> list[dict[str, Any]]:
    with day.desk.read() as db:
        sheet = get_report("officers").build(db, period)
    (rows,) = [one["rows"] for one in sheet.as_json()["tables"] if one["id"] == table]
    return list(rows)


def test_work_is_counted_for_who_did_it_and_adds_up_to_the_time_at_the_counter(day: Day) -> None:
    day.opened(1, 2)
    for _ in range(2):
        day.issue("copy")
    day.minutes(10)
    day.next(1)
    day.minutes(1)
    day.desk.do(queue.start, 1)
    day.minutes(4)
    day.desk.do(queue.transfer, 1, None, 2)
    day.next(2)
    day.desk.do(queue.start, 2)
    day.minutes(6)
    day.desk.do(queue.finish, 2)
    day.minutes(39)
    day.desk.do(counters.pause, 1, "break")
    day.minutes(15)
    day.desk.do(counters.close, 1)
    first, second = (
        {**work, **presence} for work, presence in zip(rows_of(day, "work"), rows_of(day, "presence"), strict=True)
    )
    spans = ("present_s", "calling_s", "service_s", "idle_s", "paused_s")
    assert (first["officer"], first["served"], [first[span] for span in spans]) == (
        "#11",
        0,
        [3600, 60, 240, 3300, 900],
    )
    assert (second["officer"], second["served"], second["service_s"], second["median_service_s"]) == (
        "#12",
        1,
        360,
        360,
    )
    assert (first["served_per_hour"], second["served_per_hour"]) == (0, 80)
    assert [(row["officer"], row["reason"], row["paused_s"]) for row in rows_of(day, "pauses")] == [
        ("#11", {"vi": "Nghỉ giải lao", "en": "Break"}, 900)
    ]


def test_a_visit_that_the_night_ended_counts_without_a_service_time(day: Day) -> None:
    day.opened(1)
    day.issue()
    day.next()
    day.desk.do(queue.start, 1)
    day.minutes(600)
    day.desk.do(queue.close_day, TODAY)
    (row,), (presence,) = rows_of(day, "work"), rows_of(day, "presence")
    assert (row["served"], presence["service_s"], row["median_service_s"]) == (1, 0, None)


def test_prompts_channels_and_ratings_that_do_not_count_stand_apart(day: Day) -> None:
    day.opened(1)
    visits = []
    for place in range(3):
        day.issue()
        visits.append(queue_store.make_visit_id(TODAY, day.serve() or ""))
        if place < 2:
            day.desk.do(feedback.record_prompt, 1, visits[-1])
    day.desk.do(feedback.rate, RatingRequest(5, "pad", visits[0], None))
    day.desk.do(feedback.record_skip, visits[1], "button", 1)
    day.desk.do(feedback.rate, RatingRequest(1, "qr", visits[2], None, by_staff=True))
    (row,) = rows_of(day, "prompts")
    assert {name: row[name] for name in ("asked", "answered", "skipped", "quarantined", "counted")} == {
        "asked": 2,
        "answered": 1,
        "skipped": 1,
        "quarantined": 1,
        "counted": 1,
    }
    assert [(row["channel"], row["counted"]) for row in rows_of(day, "channels")] == [("rating pad", 1)]
    (row,) = rows_of(day, "satisfaction")
    assert (row["n"], row["raw_tenths"], rows_of(day, "shrunk")[0]["shrunk_tenths"]) == (1, None, None)
    assert "fewer than two officers" in row["state"]


def test_what_a_leader_confirmed_waits_for_nobody_any_more(day: Day) -> None:
    day.opened(1)
    for _ in range(2):
        day.issue()
        visit = queue_store.make_visit_id(TODAY, day.serve() or "")
        day.desk.do(feedback.rate, RatingRequest(1, "qr", visit, None, by_staff=True))
    day.desk.do(lambda tx: tx.db.execute("UPDATE quarantines SET decision = 'confirmed' WHERE rating = 1"))
    (row,) = rows_of(day, "prompts")
    assert (row["quarantined"], row["confirmed"], row["counted"]) == (1, 1, 0)


@pytest.mark.thorough
def test_officers_stand_by_given_name_and_rates_only_above_the_gate(day: Day) -> None:
    numbers = day.desk.do(add_people, ["Trần Thị Ánh", "Nguyễn Văn Bình", "Lê Chi", "Phạm Văn An"])
    tinh = [Plenty(numbers[0], "A", 560, 600), Plenty(numbers[1], "A", 430, 600), Plenty(numbers[3], "A", 5, 5)]
    day.desk.do(plant, [*tinh, Plenty(numbers[2], "H", 1, 1)])
    both = rows_of(day, "satisfaction"), rows_of(day, "shrunk")
    rows = [{**raw, **drawn} for raw, drawn in zip(*both, strict=True)]
    assert [(row["letter"], row["officer"]) for row in rows] == [
        ("A", "Phạm Văn An"),
        ("A", "Trần Thị Ánh"),
        ("A", "Nguyễn Văn Bình"),
        ("H", "Lê Chi"),
    ]
    few, best, least, alone = rows
    assert (best["raw_tenths"], least["raw_tenths"], few["raw_tenths"], alone["raw_tenths"]) == (933, 717, None, None)
    assert best["shrunk_low_tenths"] < best["shrunk_tenths"] < best["raw_tenths"] < best["raw_high_tenths"]
    assert best["state"] == "enough data"
    assert "answers are missing" in few["state"]


def test_officers_who_left_and_counters_without_anybody_are_named_as_such(day: Day) -> None:
    (number,) = day.desk.do(add_people, ["Lê Chi"])
    day.desk.do(plant, [Plenty(number, "A", 1, 1), Plenty(None, "A", 1, 1)])
    day.desk.do(disable, number)
    assert [row["officer"] for row in rows_of(day, "prompts")] == ["Lê Chi (account closed)", "nobody signed in"]
    assert [row["account"] for row in rows_of(day, "prompts")] == [str(number), ""]
    assert [row["officer"] for row in rows_of(day, "satisfaction")] == ["Lê Chi (account closed)"]


def test_days_on_which_nobody_worked_are_a_report_without_rows(day: Day) -> None:
    assert [rows_of(day, name, Period("2026-10-01", "2026-10-31")) for name in ("work", "prompts", "mixed")] == [[]] * 3
    with day.desk.read() as db:
        sheet = get_report("officers").build(db, DAY)
    assert isinstance(sheet.caution, Phrase)
    assert "no ranking" in sheet.caution.message


def add_people(tx: Tx, names: list[str]) -> list[int]:
    """Make officers of these names; return their accounts."""
    accounts = [
        Account(0, f"can-bo-{place}", name, "", Role.OFFICER, None, "x", False) for place, name in enumerate(names)
    ]
    return [staff.save_account(tx, account).id for account in accounts]


def disable(tx: Tx, number: int) -> None:
    """Close an account."""
    staff.save_account(tx, replace(staff_store.get_account(tx.db, number), disabled=True))
