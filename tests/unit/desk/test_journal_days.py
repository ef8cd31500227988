"""Where each day begins and ends in the journal is found without an index of days."""

from datetime import timedelta

import pytest

from motcua.desk import Json
from motcua.desk.journal_days import find_last_at, find_last_row, find_rows
from tests.unit.desk.notes import MONDAY, Pad, write

NIGHT = timedelta(days=1)
ABOUT = [f"2026-11-{day:02}" for day in range(21, 31)]


@pytest.mark.parametrize("counts", [[], [1], [3], [0, 2], [2, 0], [1, 1, 1], [2, 0, 3, 1], [0, 4, 0, 0, 5, 1]])
def test_a_day_has_the_rows_that_bear_its_name(pad: Pad, counts: list[int]) -> None:
    of_day: dict[str, list[int]] = {day: [] for day in ABOUT}
    for place, count in enumerate(counts):
        pad.clock.set(MONDAY + place * NIGHT)
        for _ in range(count):
            pad.desk.do(write, "một")
            of_day[pad.desk.head.day].append(pad.desk.head.seq)
    with pad.desk.read() as db:
        assert {day: list(find_rows(db, day)) for day in ABOUT} == of_day


def test_the_last_row_of_a_day_is_the_one_before_the_next_day(pad: Pad) -> None:
    for word in ("một", "hai"):
        pad.clock.advance(60)
        pad.desk.do(write, word)
    pad.clock.advance(NIGHT.total_seconds())
    pad.desk.do(write, "ba")
    with pad.desk.read() as db:
        last: dict[str, Json] | None = find_last_row(db, "2026-11-23")
        assert (last or {})["seq"] == 2
        assert find_last_at(db, "2026-11-23") == "2026-11-23T01:02:00.000Z"


@pytest.mark.parametrize("day", ["2026-11-22", "2026-11-24"])
def test_a_day_on_which_nothing_happened_has_no_last_row(pad: Pad, day: str) -> None:
    pad.desk.do(write, "một")
    with pad.desk.read() as db:
        assert (find_last_row(db, day), find_last_at(db, day)) == (None, None)
