"""Times across steps of the clock: put right they are those of a clock that nobody set; the journal says where it
was set.
"""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.desk.journal import NOTHING_BEFORE, OUT_OF_TIME, ChainBreak, find_broken_link, hash_row
from motcua.desk.moment import from_ms, stamp
from motcua.desk.steps import ClockStepped, can_follow, put_rows_right

DAY = "2026-11-23"
MORNING_MS = 1_795_395_600_000  # 08:00 at the desk

Row = dict[str, Any]


def at(ms: int) -> str:
    return stamp(from_ms(MORNING_MS + ms))


def row(seq: int, ms: int, action: str = "note.written", **data: Any) -> Row:
    return {"seq": seq, "at": at(ms), "day": DAY, "actor": "desk", "action": action, "subject": "clock", "data": data}


def step(seq: int, before: int, after: int, first_row: int = 1) -> Row:
    data = ClockStepped(at(before), at(after), round((after - before) / 1000), first_row).to_data()
    return row(seq, after, "clock.stepped", **data)


def chained(rows: list[Row]) -> list[Row]:
    chained_rows, prev = [], NOTHING_BEFORE
    for one in rows:
        digest = hash_row(prev, one)
        chained_rows.append({**one, "prev": prev, "hash": digest})
        prev = digest
    return chained_rows


@pytest.mark.thorough
@given(st.lists(st.tuples(st.integers(0, 3_600_000), st.one_of(st.none(), st.integers(-25_200, 25_200))), max_size=30))
def test_times_put_right_are_those_of_a_clock_that_nobody_set(happened: list[tuple[int, int | None]]) -> None:
    rows: list[Row] = []
    really: list[int] = []
    passed = wrong = 0
    for seq, (ms, seconds) in enumerate(happened, start=1):
        passed += ms
        if seconds is not None and abs(seconds) > 60:
            rows.append(step(seq, passed + wrong, passed + wrong + seconds * 1000))
            wrong += seconds * 1000
        else:
            rows.append(row(seq, passed + wrong))
        really.append(passed)
    assert [one["at"] for one in put_rows_right(rows)] == [at(ms + wrong) for ms in really]
    assert find_broken_link(iter(chained(rows))) is None


def test_rows_of_an_earlier_run_of_the_computer_stay_as_they_are() -> None:
    rows = [row(1, 0), row(2, 25_800_000), step(3, 26_000_000, 800_000, first_row=2), row(4, 900_000)]
    assert [one["at"] for one in put_rows_right(rows)] == [at(0), at(600_000), at(800_000), at(900_000)]


def test_a_step_without_its_first_row_moves_its_day() -> None:
    stepped = step(3, 700_000, 100_000)
    del stepped["data"]["first_row"]
    rows = [{**row(1, 0), "day": "2026-11-22"}, row(2, 650_000), stepped]
    assert [one["at"] for one in put_rows_right(rows)] == [at(0), at(50_000), at(100_000)]


def test_without_a_step_a_row_that_is_earlier_is_found() -> None:
    assert find_broken_link(iter(chained([row(1, 5000), row(2, 5000), row(3, 4999)]))) == ChainBreak(3, OUT_OF_TIME)


@pytest.mark.parametrize(
    "wrong",
    [
        {"before": at(4_000)},
        {"after": at(-90_001)},
        {"step_s": -90},
        {"step_s": "-100"},
        {"step_s": True},
        {"first_row": 0},
        {"first_row": 3},
        {"first_row": None},
        {"before": None},
        {"before": "yesterday"},
    ],
)
def test_a_step_that_contradicts_itself_is_found(wrong: Row) -> None:
    good = step(2, 10_000, -90_000)
    assert can_follow(at(5_000), good)
    assert find_broken_link(iter(chained([row(1, 5_000), {**good, "data": {**good["data"], **wrong}}]))) == ChainBreak(
        2, OUT_OF_TIME
    )


def test_less_than_a_minute_is_no_step() -> None:
    assert not can_follow(at(0), step(2, 60_000, 0))
    assert can_follow(at(0), step(2, 60_001, 0))


@pytest.mark.parametrize("missing", ["data", "at"])
def test_a_row_without_what_it_needs_does_not_follow(missing: str) -> None:
    short = {name: value for name, value in step(2, 100_000, 0).items() if name != missing}
    assert not can_follow("", short)
