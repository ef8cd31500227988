"""What became of a day's numbers, and which were called out of their order."""

from motcua.queue import actions, store
from motcua.reports import day as day_reports
from motcua.reports.model import GroupDay, OutOfOrder
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
    day.desk.do(actions.cancel, store.visit_id(TODAY, "H001"))
    with day.desk.read() as db:
        assert day_reports.groups(db, TODAY) == [GroupDay("A", 4, 1, 0, 1, 2), GroupDay("H", 2, 0, 1, 0, 1)]
        assert day_reports.groups(db, "2026-11-22") == []


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
        assert day_reports.out_of_order(db, TODAY) == [
            OutOfOrder("20261123-A003", "A003", "2026-11-23T01:02:00.000Z", 1, 11, "waiting-inside", 120),
            OutOfOrder("20261123-A002", "A002", "2026-11-23T01:03:00.000Z", 1, None, "other", 180),
        ]


def test_days_with_numbers_lead_to_each_other(day: Day) -> None:
    day.issue("copy")
    day.minutes(2 * 24 * 60)
    day.issue("copy")
    with day.desk.read() as db:
        assert day_reports.around(db, "2026-11-24") == ("2026-11-23", "2026-11-25")
        assert day_reports.around(db, "2026-11-23") == (None, "2026-11-25")
        assert day_reports.around(db, "2026-12-24") == ("2026-11-25", None)
