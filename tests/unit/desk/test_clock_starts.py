"""A desk that starts on a computer whose clock was set while it was off, or is wrong from its start."""

from pathlib import Path

import pytest

from motcua.desk import ManualClock
from tests.unit.desk.notes import MONDAY
from tests.unit.desk.timed_notes import HOUR, keep, moments, opened, times


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(MONDAY)


def restarted(folder: Path, clock: ManualClock, off_s: float, step_s: float, *, boot: bool) -> list[tuple[str, str]]:
    """Return the rows of a desk that was off for a while, in which its clock was set (and its computer started
    anew).
    """
    with opened(folder, clock) as pad:
        pad.desk.do(keep, "một")
        clock.advance(600)
        pad.desk.do(keep, "hai")
    clock.advance(off_s)
    clock.step(step_s)
    if boot:
        clock.restart()
    with opened(folder, clock) as pad:
        pad.desk.look_at_clock()
        pad.desk.do(keep, "ba")
        return times(pad)


NOTES = [("note.written", "01:00:00"), ("note.written", "01:10:00")]


@pytest.mark.parametrize("boot", [True, False])
def test_a_start_later_on_the_day_is_time_gone_by(folder: Path, clock: ManualClock, boot: bool) -> None:
    assert restarted(folder, clock, HOUR, 0, boot=boot) == [*NOTES, ("note.written", "02:10:00")]


def test_a_clock_set_while_the_desk_was_off_is_seen_at_its_start(folder: Path, clock: ManualClock) -> None:
    assert restarted(folder, clock, 300, 7 * HOUR, boot=False) == [
        *NOTES,
        ("clock.stepped", "08:15:00"),
        ("note.written", "08:15:00"),
    ]


def test_a_start_before_the_last_row_is_a_step_from_that_row(folder: Path, clock: ManualClock) -> None:
    rows = restarted(folder, clock, 300, -HOUR, boot=True)
    assert rows == [*NOTES, ("clock.stepped", "00:15:00"), ("note.written", "00:15:00")]
    with opened(folder, clock) as pad:
        assert [row[1] for row in moments(pad)] == ["00:05:00", "00:15:00", "00:15:00"]


def test_what_was_written_before_a_wrong_start_stays_right(folder: Path, clock: ManualClock) -> None:
    with opened(folder, clock) as pad:
        pad.desk.do(keep, "một")
    clock.advance(600)
    clock.step(7 * HOUR)
    clock.restart()  # a power cut, and a battery clock that is taken for UTC
    with opened(folder, clock) as pad:
        pad.desk.do(keep, "hai")
        clock.advance(300)
        clock.step(-7 * HOUR)
        pad.desk.do(keep, "ba")
        assert [row[1] for row in moments(pad)] == ["01:00:00", "01:10:00", "01:15:00"]
        assert times(pad)[-2:] == [("clock.stepped", "01:15:00"), ("note.written", "01:15:00")]


def test_what_an_earlier_start_wrote_by_the_same_wrong_clock_is_put_right_too(folder: Path, clock: ManualClock) -> None:
    clock.step(7 * HOUR)
    with opened(folder, clock) as pad:
        pad.desk.do(keep, "một")
    clock.advance(600)
    clock.restart()
    with opened(folder, clock) as pad:
        pad.desk.do(keep, "hai")
        clock.step(-7 * HOUR)
        pad.desk.do(keep, "ba")
        assert [row[1] for row in moments(pad)] == ["01:00:00", "01:10:00", "01:10:00"]


def test_a_start_on_an_earlier_day_that_is_set_right_is_time_gone_by(folder: Path, clock: ManualClock) -> None:
    with opened(folder, clock) as pad:
        pad.desk.do(keep, "một")
    clock.advance(HOUR)
    clock.step(-365 * 24 * HOUR)
    clock.restart()  # a battery clock that forgot the year
    with opened(folder, clock) as pad:
        assert pad.desk.clock.is_behind(pad.desk.head.day, "Asia/Ho_Chi_Minh")
        clock.advance(120)
        clock.step(365 * 24 * HOUR)
        pad.desk.do(keep, "hai")
        assert times(pad) == [("note.written", "01:00:00"), ("note.written", "02:02:00")]


def test_what_was_done_on_a_wrong_day_is_put_right_and_nothing_else(folder: Path, clock: ManualClock) -> None:
    with opened(folder, clock) as pad:
        pad.desk.do(keep, "một")
    clock.advance(HOUR)
    clock.step(-365 * 24 * HOUR)
    clock.restart()
    with opened(folder, clock) as pad:
        clock.advance(120)
        pad.desk.do(keep, "hai")
        clock.advance(60)
        clock.step(365 * 24 * HOUR)
        pad.desk.do(keep, "ba")
        assert [row[1] for row in moments(pad)] == ["01:00:00", "02:02:00", "02:03:00"]
