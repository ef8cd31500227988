"""Summaries of closed days: kept one after the other, read instead of the journal, and never where they are untrue."""

from datetime import timedelta
from typing import Any

import pytest

from motcua.desk import Tx
from motcua.queue import actions as queue
from motcua.reports.kinds import get_report
from motcua.reports.over_time import store as hall_store
from motcua.reports.over_time.model import DayFacts
from motcua.reports.over_time.store import DayMemory
from motcua.reports.summing import build_summary
from motcua.reports.values import Period
from motcua.summaries import store as summary_store
from motcua.wiring.summaries import SummaryKeeper
from tests.conftest import TODAY
from tests.unit.queue.at_the_desk import Day

DAYS_H = 48
NEXT = "2026-11-25"
PERIOD = Period(TODAY, NEXT)


@pytest.fixture
def closed(day: Day) -> Day:
    """Return a hall on the working day after one on which two officers served, paused, and somebody was cancelled."""
    day.opened(1, 2)
    for _ in range(4):
        day.issue("copy")
    day.minutes(7)
    day.serve(1)
    day.minutes(3)
    day.serve(2)
    day.next(1)
    day.minutes(20)
    day.desk.do(queue.close_day, TODAY)
    day.hall.clock.advance(timedelta(hours=DAYS_H).total_seconds())
    day.opened(1)
    day.issue("copy")
    day.serve(1)
    return day


def keep_all(day: Day) -> int:
    keeper, count = SummaryKeeper(day.desk), 0
    while keeper.keep_next():
        count += 1
    return count


def read(day: Day) -> list[dict[str, Any]]:
    hall_store.MEMORY.clear()
    with day.desk.read() as db:
        return [get_report(name).build(db, PERIOD).as_json() for name in ("desk", "officers")]


def test_reports_say_the_same_with_summaries_and_without(closed: Day) -> None:
    before = read(closed)
    assert keep_all(closed) == 1
    assert read(closed) == before


def test_only_days_that_are_over_have_a_summary_and_each_has_it_once(closed: Day) -> None:
    keep_all(closed)
    assert keep_all(closed) == 0
    closed.desk.do(queue.close_day, NEXT)
    assert keep_all(closed) == 0
    closed.hall.clock.advance(timedelta(hours=DAYS_H).total_seconds())
    assert keep_all(closed) == 1
    with closed.desk.read() as db:
        assert list(summary_store.map_hashes(db, TODAY, NEXT, 1)) == [TODAY, NEXT]


def test_a_keeper_that_knows_of_no_day_looks_again_when_one_was_closed(closed: Day) -> None:
    keeper = SummaryKeeper(closed.desk)
    assert [keeper.keep_next(), keeper.keep_next()] == [True, False]
    closed.desk.do(queue.close_day, NEXT)
    closed.hall.clock.advance(timedelta(hours=DAYS_H).total_seconds())
    assert [keeper.keep_next(), keeper.keep_next()] == [True, False]


def test_a_summary_of_another_journal_or_another_form_is_not_read(closed: Day) -> None:
    keep_all(closed)
    before = read(closed)
    for column, value in (("hash", "0" * 64), ("form", 0)):
        closed.desk.do(spoil, column, value)
        assert read(closed) == before
        assert keep_all(closed) == 1
    closed.desk.do(spoil, "officers", "[]")
    assert read(closed) != before


def test_a_day_that_nobody_closed_has_no_summary(day: Day) -> None:
    day.opened(1)
    day.issue()
    with day.desk.read() as db:
        assert build_summary(db, TODAY) is None


def test_the_memory_of_a_process_forgets_the_oldest_day() -> None:
    memory = DayMemory(most=1)
    facts = [DayFacts(day, (), (0, 0), None) for day in (TODAY, NEXT)]
    for one in facts:
        memory.put(one.day, one)
    assert (memory.has(TODAY), memory.get(NEXT)) == (False, facts[1])


def spoil(tx: Tx, column: str, value: object) -> None:
    """Change what a summary says."""
    queries = {
        "hash": "UPDATE day_summaries SET hash = ?",
        "form": "UPDATE day_summaries SET form = ?",
        "officers": "UPDATE day_summaries SET officers = ?",
    }
    tx.db.execute(queries[column], (value,))
