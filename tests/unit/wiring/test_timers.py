"""What happens without a press: days end, are signed and copied; questions run out; old things are forgotten."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from motcua.counters import actions as counter_actions
from motcua.counters import store as counter_store
from motcua.counters.model import CounterState
from motcua.desk import Desk, ManualClock, SeededEntropy, digests, scrubbing
from motcua.feedback import actions as feedback_actions
from motcua.feedback import store as feedback_store
from motcua.queue import actions, store
from motcua.queue.model import TicketState
from motcua.setup import actions as setup_actions
from motcua.setup import template
from motcua.setup.rooms import open_desk
from motcua.wiring.timers import Timers
from tests.told import require_told

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)  # Monday, 08:00 at the desk


class Day:
    """A desk of the ward template on a Monday morning, its timers, and the days whose backup was asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.clock = ManualClock(MORNING)
        self.desk: Desk = open_desk(folder, self.clock, SeededEntropy(1))
        self.desk.do(setup_actions.apply, template.load("ward"))
        self.copied: list[str] = []
        self.timers = Timers(self.desk, folder, self.copied.append)

    def at(self, hour: int, minute: int = 0, days: int = 0) -> None:
        """Let it be that time at the desk, and let the timers look."""
        self.clock.set(MORNING.replace(hour=0) + timedelta(days=days, hours=hour - 7, minutes=minute))
        self.timers.tick()

    def is_closed(self, day: str = "2026-11-23") -> bool:
        """Say whether the day ended."""
        with self.desk.read() as db:
            return store.is_day_closed(db, day)


@pytest.fixture
def day(tmp_path: Path) -> Iterator[Day]:
    made = Day(tmp_path)
    yield made
    made.desk.stop()
    require_told(made.folder)


@pytest.mark.thorough
def test_the_day_ends_an_hour_after_closing_is_signed_and_copied(day: Day) -> None:
    day.desk.do(actions.issue, "certified-copy", None)
    day.at(17, 59)
    assert not day.is_closed()
    day.at(18, 0)
    assert day.is_closed()
    assert day.copied == ["2026-11-23"]
    digest = json.loads((day.folder / "digests" / "2026-11-23.json").read_text())
    assert sorted(digest) == ["at", "day", "hash", "public_key", "seq", "signature"]
    assert digests.is_genuine(digest)
    assert not digests.is_genuine({**digest, "seq": digest["seq"] + 1})
    with day.desk.read() as db:
        row = db.execute("SELECT hash, action FROM journal WHERE seq = ?", (digest["seq"],)).fetchone()
    assert tuple(row) == (digest["hash"], "day.closed")


@pytest.mark.thorough
def test_a_day_with_a_ticket_in_hand_goes_on_until_five_to_midnight(day: Day) -> None:
    day.desk.do(actions.issue, "certified-copy", None)
    day.desk.do(counter_actions.open_counter, 1, None)
    day.desk.do(actions.call_next, 1)
    day.at(23, 54)
    assert not day.is_closed()
    day.at(23, 55)
    assert day.is_closed()
    with day.desk.read() as db:
        assert store.get(db, "20261123-A001").state is TicketState.CANCELLED
        assert counter_store.get(db, 1).state is CounterState.CLOSED


@pytest.mark.thorough
def test_a_day_the_computer_slept_over_ends_when_it_wakes(day: Day) -> None:
    day.desk.do(actions.issue, "certified-copy", None)
    day.at(8, days=2)
    assert day.is_closed()
    with day.desk.read() as db:
        assert store.get(db, "20261123-A001").state is TicketState.CANCELLED
    assert day.desk.do(actions.issue, "certified-copy", None).ticket.id == "20261125-A001"


@pytest.mark.thorough
def test_a_day_that_a_leader_ends_is_signed_at_the_next_look(day: Day) -> None:
    day.desk.do(actions.issue, "certified-copy", None)
    day.desk.do(actions.close_day, "2026-11-23")
    day.at(9)
    assert (day.folder / "digests" / "2026-11-23.json").exists()
    assert day.copied == ["2026-11-23"]


def test_a_day_on_which_nothing_happened_needs_no_end(day: Day) -> None:
    day.at(23, 56)
    assert not day.is_closed()
    assert day.copied == []


@pytest.mark.thorough
def test_a_question_without_an_answer_runs_out(day: Day) -> None:
    day.desk.do(actions.issue, "certified-copy", None)
    day.desk.do(counter_actions.open_counter, 1, None)
    day.desk.do(actions.call_next, 1)
    day.desk.do(actions.finish, 1)
    day.desk.do(feedback_actions.record_prompt, 1, "20261123-A001")
    day.clock.advance(30)
    day.timers.tick()
    with day.desk.read() as db:
        assert [asked.state for asked in [feedback_store.find_prompt(db, "20261123-A001")] if asked] == ["asked"]
    day.clock.advance(0.001)
    day.timers.tick()
    with day.desk.read() as db:
        assert [asked.state for asked in [feedback_store.find_prompt(db, "20261123-A001")] if asked] == ["skipped"]


@pytest.mark.thorough
def test_a_priority_class_is_forgotten_after_its_time_and_the_rank_stays(day: Day) -> None:
    day.desk.do(actions.issue, "certified-copy", "disabled")
    day.at(8, days=30)
    with day.desk.read() as db:
        assert store.get(db, "20261123-A001").priority == "disabled"
    day.at(8, days=31)
    with day.desk.read() as db:
        kept = store.get(db, "20261123-A001")
    assert (kept.priority, kept.rank) == (None, 1)


@pytest.mark.thorough
def test_what_was_erased_leaves_the_disk_only_when_nobody_is_in_the_hall(day: Day) -> None:
    def is_scrubbed() -> bool:
        with day.desk.read() as db:
            return scrubbing.is_scrubbed(db)

    day.desk.do(lambda tx: tx.keep_text("Cán bộ quầy 3 nói trống không", 1))
    day.at(8, days=3)
    for minute in range(0, 150, 10):
        day.at(8, minute, days=3)
    day.desk.do(actions.issue, "certified-copy", None)
    day.at(11, 45, days=3)
    assert not is_scrubbed()
    day.at(18, days=3)
    day.at(18, 1, days=3)
    assert is_scrubbed()
    content = b"".join(path.read_bytes() for path in day.folder.glob("desk.db*"))
    assert "nói trống không".encode() not in content
