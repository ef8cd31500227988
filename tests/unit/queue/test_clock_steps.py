"""A hall whose computer's clock is set while people wait: everything goes as in a hall whose clock nobody touched."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.desk import Refused, parse, stamp
from motcua.desk.journal import find_broken_link, read_rows
from motcua.feedback import actions as feedback
from motcua.feedback import store as feedback_store
from motcua.feedback.model import RatingRequest
from motcua.queue import actions as queue
from motcua.queue.model import TicketState
from motcua.setup.rooms import open_desk
from tests.conftest import START, Hall, reopen
from tests.run_folder import MEMORY
from tests.unit.planning.past_days import replayed
from tests.unit.planning.random_day import RandomDay
from tests.unit.queue.at_the_desk import Day

WRONG_S = 7 * 3600
"""A battery clock in local time that is taken for UTC: so far ahead is the computer in Vietnam."""


def ahead(hall: Hall) -> Day:
    """Return the hall at 08:00 with a clock that shows 15:00."""
    hall.clock.step(WRONG_S)
    return Day(hall).opened(1)


def set_right(day: Day) -> None:
    day.hall.clock.step(-WRONG_S)


def minutes_waited(day: Day, number: str) -> float:
    called = day.ticket(number).called_at
    assert called is not None
    return (parse(called) - parse(day.ticket(number).issued_at)).total_seconds() / 60


def test_a_wait_across_the_step_is_what_really_passed(hall: Hall) -> None:
    day = ahead(hall)
    number = day.issue()
    day.minutes(10)
    set_right(day)
    day.minutes(5)
    assert day.next(1) == number
    assert minutes_waited(day, number) == 15
    assert day.ticket(number).issued_at == stamp(START)


def test_who_came_first_stays_first(hall: Hall) -> None:
    day = ahead(hall)
    first = day.issue()
    day.minutes(1)
    set_right(day)
    second = day.issue()
    assert [day.serve(1), day.serve(1)] == [first, second]


def test_the_grace_of_an_absent_ticket_ends_after_a_quarter_of_an_hour(hall: Hall) -> None:
    day = ahead(hall)
    numbers = [day.issue(), day.issue()]
    for _ in numbers:
        day.next(1)
        day.absent(1)
    set_right(day)
    day.minutes(14)
    day.desk.do(queue.come_back, f"20261123-{numbers[0]}")
    day.minutes(2)
    with pytest.raises(Refused, match="absent for too long"):
        day.desk.do(queue.come_back, f"20261123-{numbers[1]}")


def test_undo_lasts_five_seconds(hall: Hall) -> None:
    day = ahead(hall)
    day.issue()
    day.next(1)
    day.desk.do(queue.finish, 1)
    set_right(day)
    hall.clock.advance(4)
    assert day.undo(1).state is TicketState.CALLED
    day.desk.do(queue.finish, 1)
    day.hall.clock.step(WRONG_S)
    hall.clock.advance(6)
    with pytest.raises(Refused, match="nothing left to undo"):
        day.undo(1)


def test_the_guard_fires_for_who_waited_long(hall: Hall) -> None:
    day = ahead(hall)
    ordinary = day.issue()
    day.minutes(15)
    set_right(day)
    for _ in range(3):
        day.issue("copy", "disabled")
    day.minutes(6)
    assert [day.serve(1) for _ in range(3)] == ["A002", "A003", ordinary]


def test_a_question_runs_out_after_its_window(hall: Hall) -> None:
    day = ahead(hall)
    number = f"20261123-{day.issue()}"
    day.next(1)
    day.desk.do(queue.finish, 1)
    day.desk.do(feedback.record_prompt, 1, number)
    set_right(day)
    hall.clock.advance(29)
    with day.desk.read() as db:
        assert feedback_store.list_overdue(db, stamp(hall.clock.now())) == []
    assert day.desk.do(feedback.rate, RatingRequest(5, "pad", number, 1)).status.value == "counted"
    hall.clock.advance(2)
    assert day.desk.do(feedback.rate, RatingRequest(4, "pad", number, 1)).status.value == "unprompted"


class SteppedDay(RandomDay):
    """The random day of the same chance, on a computer whose clock is set again and again."""

    def __init__(self, hall: Hall, chance: Random, steps: Random | None) -> None:
        super().__init__(hall.desk, hall.clock, chance)
        self._steps = steps
        self.wrong_s = 0.0

    def things(self) -> dict[str, Any]:
        """Leave out what goes by the time of day: bookings. Set the clock before some of the rest."""
        things = super().things()
        return {name: (self._after_a_step(do), weight) for name, (do, weight) in things.items() if name != "book"}

    def _after_a_step(self, do: Any) -> Any:
        def both() -> None:
            if self._steps is not None and self._steps.random() < 0.2:
                self._step(self._steps)
            do()

        return both

    def _step(self, chance: Random) -> None:
        """Set the clock by anything between a minute and half a day that leaves the day what it is."""
        seconds = chance.choice([-1, 1]) * chance.choice([61, 90.5, 600, 3600, 7 * 3600, 12 * 3600])
        moment = self.clock.now() + timedelta(seconds=seconds)
        if datetime(2026, 11, 22, 17, 1, tzinfo=UTC) < moment < datetime(2026, 11, 23, 10, 0, tzinfo=UTC):
            self.clock.step(seconds)
            self.wrong_s += seconds


@contextmanager
def lent(template: Path) -> Iterator[Hall]:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        shutil.copy(template, Path(folder) / "desk.db")
        hall = reopen(Path(folder))
        try:
            yield hall
        finally:
            hall.desk.stop()


TABLES = {
    "tickets": "issued_at called_at recalled_at started_at finished_at absent_at bound_at first_called_at arrived_at",
    "moves": "at",
    "legs": "called_at started_at ended_at",
    "counters": "left_at state_at",
}


def tables(hall: Hall, wrong_s: float) -> dict[str, list[dict[str, object]]]:
    """Return what is stored, every moment as it were by the clock that nobody set."""
    by = timedelta(seconds=-wrong_s)
    rows_by_table: dict[str, list[dict[str, object]]] = {}
    with hall.desk.read() as db:
        for table, columns in TABLES.items():
            rows_by_table[table] = [dict(row) for row in db.execute(f"SELECT * FROM {table}")]  # noqa: S608 -- the names above
            for row in rows_by_table[table]:
                row.pop("last", None)
                row.update({name: stamp(parse(str(row[name])) + by) for name in columns.split() if row[name]})
    return rows_by_table


@pytest.mark.thorough
@given(st.integers(0, 10**9))
@settings(max_examples=8, deadline=None, database=None)
def test_any_day_on_a_clock_that_is_set_again_and_again_goes_as_without(template: Path, seed: int) -> None:
    with lent(template) as calm, lent(template) as stepped:
        steady = SteppedDay(calm, Random(seed), None)
        steady.run(120)
        wild = SteppedDay(stepped, Random(seed), Random(seed))
        journal_rows = wild.run(120)
        assert tables(stepped, wild.wrong_s) == tables(calm, 0)
        _never_back_but_at_a_step(journal_rows)
        again, expected = replayed(stepped.desk), replayed(calm.desk)
        assert again["replayed"] == again["happened"]
        assert again["happened"]["waits"] == expected["happened"]["waits"]


def _never_back_but_at_a_step(journal: list[dict[str, Any]]) -> None:
    assert find_broken_link(iter(journal)) is None
    assert [
        row["seq"] for before, row in pairwise(journal) if row["at"] < before["at"] and row["action"] != "clock.stepped"
    ] == []


def test_a_restart_between_the_step_and_the_next_call_changes_nothing(template: Path) -> None:
    with lent(template) as hall:
        day = ahead(hall)
        number = day.issue()
        day.minutes(10)
        hall.desk.stop()
        set_right(day)
        again = Hall(open_desk(hall.folder, hall.clock), hall.clock, hall.folder)
        day = Day(again)
        day.minutes(5)
        assert day.next(1) == number
        assert minutes_waited(day, number) == 15
        with again.desk.read() as db:
            assert [row["action"] for row in read_rows(db) if row["action"] == "clock.stepped"] == ["clock.stepped"]
        again.desk.stop()
