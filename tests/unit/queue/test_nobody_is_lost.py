"""Any sequence of what people can do in a hall: nobody is lost, and the journal holds."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVarTuple

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from motcua.copies import replace
from motcua.counters import actions as counters
from motcua.counters import store as counter_store
from motcua.desk import Refused, Tx, get_local_day
from motcua.desk.journal import find_broken_link, read_rows
from motcua.feedback import actions as feedback
from motcua.feedback import store as feedback_store
from motcua.feedback.model import RatingRequest
from motcua.queue import actions as queue
from motcua.settings.model import OpeningHours, Session
from tests.conftest import GROUP_OF, RANKS, SERVED_AT, SETTINGS, build
from tests.run_folder import MEMORY
from tests.told import untold
from tests.unit.queue.replay import Replay

Ts = TypeVarTuple("Ts")
LEAVES_NOBODY = {"served", "cancelled", "absent"}
COUNTER = st.sampled_from(sorted(SERVED_AT))
SERVICE = st.sampled_from(sorted(GROUP_OF))
SOMEBODY = st.integers(0, 30)
ALWAYS_OPEN = replace(SETTINGS, hours=OpeningHours(*((Session(0, 1440),),) * 7), days_off=(), working_days=())


class HallDay(RuleBasedStateMachine):
    """Citizens and officers do anything at any time; refusals are part of the game and write nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(dir=MEMORY)
        self.hall = build(Path(self.folder.name), ALWAYS_OPEN)
        self.desk = self.hall.desk
        self.story = Replay()
        self.desk.on_commit(self.story.hear)
        self.closed: set[str] = set()
        self.count_told = 0
        self.desk.on_commit(self.count)

    def count(self, batch: object) -> None:
        assert isinstance(batch, list)
        self.count_told += len(batch)

    def look(self) -> dict[str, list[tuple[object, ...]]]:
        with self.desk.read() as db:
            tables = ("tickets", "counters", "legs", "moves", "days", "ratings", "texts")
            return {table: [tuple(row) for row in db.execute(f"SELECT * FROM {table}")] for table in tables}  # noqa: S608 -- our own names

    def attempt(self, action: Callable[[Tx, *Ts], object], *args: *Ts) -> bool:
        before, head = self.look(), self.desk.head
        try:
            self.desk.by("officer:1").do(action, *args)
        except Refused:
            assert (self.look(), self.desk.head) == (before, head)
            return False
        assert self.desk.head.seq - head.seq <= 1
        if self.desk.head == head:
            assert self.look() == before
        return True

    def anybody(self, number: int) -> str:
        ticket_ids = sorted(self.story.states)
        return ticket_ids[number % len(ticket_ids)] if ticket_ids else "20261123-A001"

    @initialize()
    def morning(self) -> None:
        self.attempt(counters.open_counter, 1, 11)
        self.attempt(counters.open_counter, 2, None)
        self.attempt(queue.issue, "copy", None)

    @rule(service=SERVICE, priority=st.sampled_from([*RANKS, None, None, None]))
    def issue(self, service: str, priority: str | None) -> None:
        today = get_local_day(self.hall.clock.now(), "Asia/Ho_Chi_Minh")
        assert self.attempt(queue.issue, service, priority) is (today not in self.closed)

    @rule(counter=COUNTER)
    def call_next(self, counter: int) -> None:
        self.attempt(queue.call_next, counter)

    @rule(counter=COUNTER, who=SOMEBODY)
    def call_number(self, counter: int, who: int) -> None:
        self.attempt(queue.call_number, counter, self.anybody(who), "waiting-inside")

    @rule(counter=COUNTER)
    def recall(self, counter: int) -> None:
        self.attempt(queue.recall, counter)

    @rule(counter=COUNTER)
    def start(self, counter: int) -> None:
        self.attempt(queue.start, counter)

    @rule(counter=COUNTER)
    def finish(self, counter: int) -> None:
        self.attempt(queue.finish, counter)

    @rule(counter=COUNTER)
    def absent(self, counter: int) -> None:
        self.attempt(queue.recall, counter)
        self.attempt(queue.mark_absent, counter)

    @rule(counter=COUNTER, reason=st.sampled_from([None, "documents", "his own words"]))
    def hold(self, counter: int, reason: str | None) -> None:
        self.attempt(queue.hold, counter, reason)

    @rule(counter=COUNTER, who=SOMEBODY)
    def resume(self, counter: int, who: int) -> None:
        self.attempt(queue.resume, counter, self.anybody(who))

    @rule(counter=COUNTER, service=SERVICE)
    def transfer_to_a_service(self, counter: int, service: str) -> None:
        self.attempt(queue.transfer, counter, service, None)

    @rule(counter=COUNTER, to=COUNTER)
    def transfer_to_a_counter(self, counter: int, to: int) -> None:
        self.attempt(queue.transfer, counter, None, to)

    @rule(counter=COUNTER)
    def undo(self, counter: int) -> None:
        self.attempt(queue.undo, counter, feedback_store.is_rated, feedback.withdraw_end)

    @rule(who=SOMEBODY)
    def cancel(self, who: int) -> None:
        self.attempt(queue.cancel, self.anybody(who))

    @rule(who=SOMEBODY)
    def come_back(self, who: int) -> None:
        self.attempt(queue.come_back, self.anybody(who))

    @rule(counter=COUNTER)
    def rate(self, counter: int) -> None:
        self.attempt(feedback.rate, RatingRequest(4, "pad", None, counter))

    @rule(counter=COUNTER)
    def pause(self, counter: int) -> None:
        self.attempt(counters.pause, counter, "break")

    @rule(counter=COUNTER)
    def close(self, counter: int) -> None:
        self.attempt(counters.close, counter)

    @rule(counter=COUNTER, officer=st.sampled_from([None, 11, 12]))
    def open_counter(self, counter: int, officer: int | None) -> None:
        self.attempt(counters.open_counter, counter, officer)

    @rule(seconds=st.sampled_from([0.001, 2, 6, 31, 700, 1300]))
    def time_passes(self, seconds: float) -> None:
        self.hall.clock.advance(seconds)

    @rule(nights=st.sampled_from([0, 0, 1]))
    def the_day_ends(self, nights: int) -> None:
        today = get_local_day(self.hall.clock.now(), "Asia/Ho_Chi_Minh")
        self.hall.clock.advance(nights * 86400)
        self.attempt(queue.close_day, today)
        self.closed.add(today)

    @invariant()
    def every_ticket_is_where_the_journal_says(self) -> None:
        with self.desk.read() as db:
            tickets = {row[0]: row[1] for row in db.execute("SELECT id, state FROM tickets")}
            counters = counter_store.list_all(db)
            in_hand = {
                row[0]: row[1]
                for row in db.execute("SELECT counter, id FROM tickets WHERE state IN ('called', 'serving')")
            }
            assert (
                in_hand
                == self.story.hand
                == {counter.number: counter.in_hand for counter in counters if counter.in_hand}
            )
            assert tickets == self.story.states
            assert {**dict.fromkeys(SERVED_AT, "closed"), **self.story.counters} == {
                counter.number: counter.state for counter in counters
            }
            open_legs = {row[0] for row in db.execute("SELECT ticket FROM legs WHERE how IS NULL")}
            assert open_legs == {ticket for ticket, state in tickets.items() if state == "serving"}

    @invariant()
    def numbers_have_no_gap(self) -> None:
        with self.desk.read() as db:
            ranges = db.execute(
                "SELECT min(serial), max(serial), count(*) FROM tickets GROUP BY day, letter"
            ).fetchall()
        assert all((row[0], row[1]) == (1, row[2]) for row in ranges)

    @invariant()
    def who_is_left_of_a_day_that_ended_has_an_end(self) -> None:
        days = {day.replace("-", "") for day in self.closed}
        assert all(state in LEAVES_NOBODY for ticket, state in self.story.states.items() if ticket[:8] in days)

    def teardown(self) -> None:
        try:
            with self.desk.read() as db:
                assert find_broken_link(read_rows(db)) is None
                assert untold(db) == []
            assert self.count_told == self.desk.head.seq
        finally:
            self.desk.stop()
            self.folder.cleanup()


TestHallDay = pytest.mark.thorough(HallDay.TestCase)
TestHallDay.settings = settings(max_examples=20, stateful_step_count=40, deadline=None, database=None)
