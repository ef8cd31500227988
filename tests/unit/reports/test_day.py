"""What became of a day's numbers, and which were called out of their order."""

from motcua.queue import actions, store
from motcua.reports import day as day_reports
from motcua.reports import day_tables
from motcua.reports.kinds import DAY
from motcua.reports.model import GroupDay, OutOfOrder
from motcua.reports.values import Period, Phrase
from tests.conftest import TODAY
from tests.unit.queue.at_the_desk import Day


def test_every_number_is_counted_once(day: Day) -> None:
    day.opened(1, 2)
    for _ in range(4):
        day.issue("copy")
    for _ in range(2):
        day.issue("birth")
    day.serve(1)
    day.next(1)
    day.absent(1)
    day.next(1)
    day.desk.do(actions.cancel, store.make_visit_id(TODAY, "H001"))
    with day.desk.read() as db:
        assert day_reports.list_group_days(db, TODAY) == [GroupDay("A", 4, 1, 0, 1, 2), GroupDay("H", 2, 0, 1, 0, 1)]
        assert day_reports.list_group_days(db, "2026-11-22") == []


def test_calls_by_number_are_told_with_officer_reason_and_wait(day: Day) -> None:
    day.opened(1, 2)
    for _ in range(3):
        day.issue("copy")
    day.minutes(2)
    day.desk.by("officer:11").do(actions.call_number, 1, "A003", "waiting-inside")
    day.desk.do(actions.start, 1)
    day.desk.do(actions.finish, 1)
    day.minutes(1)
    day.desk.by("counter:1").do(actions.call_number, 1, "A002", "người nhà đang đợi")
    day.desk.do(actions.start, 1)
    day.desk.do(actions.transfer, 1, None, 2)
    with day.desk.read() as db:
        assert day_reports.list_out_of_order(db, TODAY) == [
            OutOfOrder("20261123-A003", "A003", "2026-11-23T01:02:00.000Z", 1, 11, "waiting-inside", 120),
            OutOfOrder("20261123-A002", "A002", "2026-11-23T01:03:00.000Z", 1, None, "other", 180),
        ]


def test_days_with_numbers_lead_to_each_other(day: Day) -> None:
    day.issue("copy")
    day.minutes(2 * 24 * 60)
    day.issue("copy")
    with day.desk.read() as db:
        assert day_reports.find_neighbours(db, "2026-11-24") == ("2026-11-23", "2026-11-25")
        assert day_reports.find_neighbours(db, "2026-11-23") == (None, "2026-11-25")
        assert day_reports.find_neighbours(db, "2026-12-24") == ("2026-11-25", None)


def test_the_tables_say_what_the_json_says(day: Day) -> None:
    day.opened(1, 2)
    for _ in range(3):
        day.issue("copy")
    day.issue("birth", "elder75")
    day.minutes(2)
    day.serve(1)
    day.desk.by("officer:11").do(actions.call_number, 1, "A003", "an officer's own words")
    day.desk.do(actions.cancel, store.make_visit_id(TODAY, "A002"))
    with day.desk.read() as db:
        sheet = DAY.build(db, Period(TODAY, TODAY))
    facts, tables = sheet.as_json(), {table.id: table for table in sheet.tables}
    assert facts["totals"] == {"issued": 4, "served": 1, "cancelled": 1, "absent": 0, "here": 2}
    assert [row[2:] for row in tables["groups"].rows] == [
        (3, 1, 1, 0, 1),
        (1, 0, 0, 0, 1),
        tuple(facts["totals"].values()),
    ]
    assert tables["groups"].total_rows == (2,)
    assert (tables["waits"].rows, tables["waits"].empty) == ((), "The journal does not tell enough about this day.")
    assert [row[1:] for row in tables["shares"].rows] == [(None, None, None, 0)] * 2
    assert [row[0] for row in tables["counters"].rows] == [1, 2, 3]
    assert tables["out_of_order"].rows == (
        (
            "A003",
            "2026-11-23T08:02:00.000+07:00",
            1,
            Phrase("not signed in"),
            {"vi": "Lý do khác", "en": "Another reason"},
            120,
        ),
    )
    assert "own words" not in str(sheet.tables)


def test_a_day_without_tickets_says_so_in_each_table(day: Day) -> None:
    with day.desk.read() as db:
        sheet = DAY.build(db, Period(TODAY, TODAY))
    empty = {table.id: table.empty for table in sheet.tables if not table.rows}
    assert empty == {
        "groups": "No numbers yet.",
        "waits": "No numbers yet.",
        "half_hours": "No numbers yet.",
        "out_of_order": "Every number was called in its order.",
    }


def test_waits_stand_by_class_and_half_hour_with_everybody_last(day: Day) -> None:
    day.issue("copy")
    with day.desk.read() as db:
        facts = DAY.build(db, Period(TODAY, TODAY)).as_json()
    waits = {"n": 2, "mean_s": 90.5, "p50_s": 60.0, "p90_s": 121.0, "longest_s": 121.0}
    nothing = {"n": 0, "mean_s": None, "p50_s": None, "p90_s": None, "longest_s": None}
    figures = {
        "waits": {"all": waits, "10": nothing, "4": waits},
        "half_hours": [{"at": "07:30", **waits}],
        "utilisation": {"1": 0.4567},
    }
    tables = {table.id: table for table in day_tables.build_tables({**facts, "figures": figures})}
    assert tables["waits"].rows == (
        ("4", {"vi": "ordinary", "en": "ordinary"}, *waits.values()),
        ("10", "", *nothing.values()),
        ("", Phrase("Everybody"), *waits.values()),
    )
    assert tables["waits"].total_rows == (2,)
    assert tables["half_hours"].rows == (("07:30", *waits.values()),)
    assert [row[-1] for row in tables["counters"].rows] == [457, None, None]
