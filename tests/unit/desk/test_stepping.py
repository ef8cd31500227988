"""A desk whose clock is set: seen before the next command, written down once, and never believed when it shows an
earlier day.
"""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from motcua.desk import ClockStepped, ManualClock, Room, SeededEntropy, Stamps, Tx
from motcua.desk.command import Command
from motcua.desk.journal import read_rows
from motcua.desk.ledger import Ledger
from motcua.desk.moment import stamp
from tests.unit.desk.notes import MONDAY, ROOM, Pad, write
from tests.unit.desk.timed_notes import HOUR, keep, moments, opened, times


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(MONDAY)


@pytest.fixture
def pad(folder: Path, clock: ManualClock) -> Iterator[Pad]:
    with opened(folder, clock) as pad:
        yield pad


@pytest.mark.parametrize("seconds", [-60, -30, 45, 60])
def test_less_than_a_minute_is_followed_without_a_word(pad: Pad, seconds: int) -> None:
    pad.desk.do(keep, "một")
    pad.clock.step(seconds)
    pad.clock.advance(120)
    pad.desk.do(keep, "hai")
    assert [action for action, _at in times(pad)] == ["note.written"] * 2
    assert pad.desk.clock.now() == pad.clock.now()


@pytest.mark.parametrize(
    ("seconds", "after"), [(-61, "01:08:59"), (61, "01:11:01"), (-HOUR, "00:10:00"), (7 * HOUR, "08:10:00")]
)
def test_a_step_comes_before_the_next_command_and_puts_every_time_right(pad: Pad, seconds: int, after: str) -> None:
    pad.desk.do(keep, "một")
    pad.clock.advance(600)
    pad.clock.step(seconds)
    assert pad.desk.clock.now() == pad.clock.now() - timedelta(
        seconds=seconds
    )  # nobody sees it before it is written down
    pad.desk.do(write, "hai")
    assert pad.desk.clock.now() == pad.clock.now()
    assert times(pad) == [("note.written", "01:00:00"), ("clock.stepped", after), ("note.written", after)]
    clock_time = stamp(MONDAY + timedelta(seconds=seconds))[11:19]
    until = stamp(MONDAY + timedelta(hours=20, seconds=seconds))[11:19]
    assert moments(pad) == [("một", clock_time, until)]
    with pad.desk.read() as db:
        row = list(read_rows(db))[1]
    assert row["data"] == {
        "before": "2026-11-23T01:10:00.000Z",
        "after": f"2026-11-23T{after}.000Z",
        "step_s": seconds,
        "first_row": 1,
    }
    assert (row["actor"], row["subject"]) == ("desk", "clock")


def test_everybody_is_told_of_the_step_before_what_came_after_it_though_that_was_refused(pad: Pad) -> None:
    pad.desk.do(write, "một")
    calls: list[object] = []
    pad.desk.on(ClockStepped, lambda entry: calls.append((entry.seq, entry.event.step_s)))
    pad.desk.on_commit(lambda batch: calls.append([entry.seq for entry in batch]))
    pad.clock.step(-HOUR)
    with pytest.raises(Exception, match="is not written"):
        pad.desk.do(write, "no")
    pad.desk.do(write, "hai")
    assert calls == [(2, -HOUR), [2], [3]]


def test_a_step_is_seen_though_nobody_does_anything(pad: Pad) -> None:
    pad.desk.do(write, "một")
    pad.desk.look_at_clock()
    pad.clock.step(-HOUR)
    pad.desk.look_at_clock()
    pad.desk.look_at_clock()
    assert [action for action, _at in times(pad)] == ["note.written", "clock.stepped"]


def test_a_computer_that_slept_was_not_set(pad: Pad) -> None:
    pad.desk.do(write, "một")
    pad.clock.advance(9 * HOUR)
    pad.desk.do(write, "hai")
    assert times(pad) == [("note.written", "01:00:00"), ("note.written", "10:00:00")]


def test_a_clock_that_is_slewed_for_long_never_steps(pad: Pad, folder: Path) -> None:
    pad.desk.do(write, "một")
    for _ in range(300):
        pad.clock.advance(HOUR / 10)
        pad.clock.step(0.9)
        pad.desk.look_at_clock()
    pad.desk.stop()
    with opened(folder, pad.clock) as again:  # the same run of the computer: the slewing was remembered
        again.desk.do(write, "hai")
        assert [action for action, _at in times(again)] == ["note.written"] * 2


def test_many_small_steps_back_that_add_up_are_one(pad: Pad) -> None:
    pad.desk.do(keep, "một")
    for _ in range(3):
        pad.clock.step(-40)
        pad.desk.look_at_clock()
    pad.desk.do(keep, "hai")
    assert [action for action, _at in times(pad)] == ["note.written", "clock.stepped", "note.written"]
    first, second = (str(row[1]) for row in moments(pad))
    assert first <= second


def test_a_clock_set_back_by_a_day_is_not_believed_and_time_goes_on(pad: Pad) -> None:
    def look(tx: Tx) -> tuple[str, str, bool]:
        return tx.at[11:19], tx.day, tx.clock_behind

    pad.desk.do(keep, "một")
    pad.clock.step(-24 * HOUR)
    pad.clock.advance(300)
    assert pad.desk.do(look) == ("01:05:00", "2026-11-23", True)
    pad.clock.step(24 * HOUR)
    pad.clock.advance(60)
    assert pad.desk.do(look) == ("01:06:00", "2026-11-23", False)
    assert times(pad) == [("note.written", "01:00:00")]


def test_a_clock_set_right_after_a_wrong_day_but_not_quite_steps_once(pad: Pad) -> None:
    pad.desk.do(keep, "một")
    pad.clock.step(-24 * HOUR)
    pad.clock.advance(300)
    pad.desk.do(keep, "hai")
    pad.clock.step(24 * HOUR - 600)
    pad.desk.do(keep, "ba")
    assert times(pad) == [
        ("note.written", "01:00:00"),
        ("note.written", "01:05:00"),
        ("clock.stepped", "00:55:00"),
        ("note.written", "00:55:00"),
    ]
    assert [row[1] for row in moments(pad)] == ["00:50:00", "00:55:00", "00:55:00"]


def test_a_later_day_is_believed_at_once_when_nobody_waits(pad: Pad) -> None:
    pad.desk.do(keep, "một")
    pad.clock.step(24 * HOUR)
    pad.desk.do(keep, "hai")
    assert pad.one("SELECT day, action FROM journal ORDER BY seq") == [
        ("2026-11-23", "note.written"),
        ("2026-11-24", "clock.stepped"),
        ("2026-11-24", "note.written"),
    ]


def test_a_later_day_waits_a_quarter_of_an_hour_while_people_do(folder: Path, clock: ManualClock) -> None:
    with opened(folder, clock, in_use=True) as pad:
        pad.desk.do(keep, "một")
        clock.step(24 * HOUR)
        clock.advance(899)
        pad.desk.do(keep, "hai")
        assert (pad.desk.head.day, len(times(pad))) == ("2026-11-23", 2)
        wall_time, until = pad.desk.clock.find_doubt() or (MONDAY, MONDAY)
        assert (wall_time, until) == (clock.now(), MONDAY + timedelta(seconds=899 + 900))
        clock.advance(900)
        pad.desk.do(keep, "ba")
        assert (pad.desk.head.day, pad.desk.clock.find_doubt()) == ("2026-11-24", None)


def test_a_jump_to_tomorrow_and_back_leaves_no_trace(folder: Path, clock: ManualClock) -> None:
    with opened(folder, clock, in_use=True) as pad:
        pad.desk.do(keep, "một")
        clock.step(24 * HOUR)
        clock.advance(300)
        pad.desk.do(keep, "hai")
        clock.step(-24 * HOUR)
        clock.advance(300)
        pad.desk.do(keep, "ba")
        assert times(pad) == [("note.written", "01:00:00"), ("note.written", "01:05:00"), ("note.written", "01:10:00")]
        assert pad.desk.clock.find_doubt() is None


def test_one_moment_that_cannot_be_read_does_not_keep_the_others_wrong(pad: Pad) -> None:
    def spoil(tx: Tx) -> None:
        tx.db.execute("INSERT INTO timed VALUES ('odd', 'some day', 'some other day')")

    pad.desk.do(keep, "một")
    pad.desk.do(spoil)
    pad.clock.step(-HOUR)
    pad.desk.do(write, "hai")
    assert pad.one("SELECT word, at FROM timed") == [("một", "2026-11-23T00:00:00.000Z"), ("odd", "some day")]


def test_times_that_cannot_be_put_right_do_not_stop_the_desk(
    folder: Path, clock: ManualClock, caplog: pytest.LogCaptureFixture
) -> None:
    ledger = Ledger(folder / "desk.db", [ROOM, Room("lost", [], [Stamps("lost", ["at"])])], clock, SeededEntropy(1))
    ledger.open()
    ledger.commit([Command("a", partial(write, word="một"))])
    clock.step(-HOUR)
    outcome = ledger.commit([Command("a", partial(write, word="hai"))])[0]
    ledger.close()
    assert (outcome.result, outcome.error, [entry.at[11:19] for entry in outcome.entries]) == (2, None, ["01:00:00"])
    assert "could not be put right" in caplog.text


def test_a_commit_that_fails_leaves_the_step_to_the_next(folder: Path, clock: ManualClock) -> None:
    def give_up(tx: Tx) -> None:
        tx.db.conn.execute("ROLLBACK")
        tx.db.execute("INSERT INTO nothing VALUES (1)")

    ledger = Ledger(folder / "desk.db", [ROOM], clock, SeededEntropy(1))
    ledger.open()
    ledger.commit([Command("a", partial(write, word="một"))])
    clock.step(-HOUR)
    assert ledger.commit([Command("a", give_up)])[0].error is not None
    entries: list[Any] = ledger.commit([Command("a", partial(write, word="hai"))])[0].entries
    ledger.close()
    assert [entry.event.kind for entry in entries] == ["clock.stepped", "note.written"]
