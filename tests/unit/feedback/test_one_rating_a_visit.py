"""Whatever happens in whatever order: at most one rating counts for a visit, and asked = answered + skipped + open."""

import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from motcua.copies import replace
from motcua.counters import actions as counters
from motcua.desk import Desk, ManualClock, Refused, SeededEntropy, get_local_day, stamp
from motcua.desk.journal import find_broken_link, read_rows
from motcua.feedback import actions as feedback
from motcua.feedback import store as feedback_store
from motcua.feedback.model import RatingRequest
from motcua.queue import actions as queue
from motcua.queue import store as queue_store
from motcua.settings import store as settings_store
from motcua.settings.model import OpeningHours, Session
from motcua.setup.rooms import ROOMS
from tests.conftest import SETTINGS, START, build
from tests.run_folder import MEMORY
from tests.told import untold
from tests.unit.feedback.test_channels import ANSWERS

ALWAYS_OPEN = replace(SETTINGS, hours=OpeningHours(*((Session(0, 1440),),) * 7), days_off=(), working_days=())
COUNTER = st.sampled_from([1, 2])
VISIT = st.integers(0, 8)
LEVEL = st.integers(1, 5)
SOURCE = st.sampled_from([None, "phone a", "phone b"])


class RatedDay(RuleBasedStateMachine):
    """Officers finish, undo and transfer; citizens and others rate by every channel; the desk restarts."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(dir=MEMORY)
        self.path = Path(self.folder.name)
        self.clock = ManualClock(START)
        self.desk = build(self.path, ALWAYS_OPEN).desk
        self.desk.stop()
        self.starts = 0
        self.open_desk()

    def open_desk(self) -> None:
        self.starts += 1
        entropy = SeededEntropy(self.starts)
        self.desk = Desk(self.path / "desk.db", ROOMS, self.clock, entropy, settings_store.get_timezone)

    def attempt(self, action: object, *args: object, actor: str = "officer:1") -> None:
        head = self.desk.head
        try:
            self.desk.by(actor).do(action, *args)  # type: ignore[call-overload]
        except Refused:
            assert self.desk.head == head

    def visit(self, number: int) -> str:
        with self.desk.read() as db:
            visits = [row[0] for row in db.execute("SELECT id FROM tickets ORDER BY place")]
        return visits[number % len(visits)] if visits else "20261123-A001"

    @initialize()
    def morning(self) -> None:
        self.attempt(counters.open_counter, 1, 11)
        self.attempt(counters.open_counter, 2, 12)
        for _ in range(4):
            self.attempt(queue.issue, "copy", None)

    @rule()
    def issue(self) -> None:
        self.attempt(queue.issue, "copy", None)

    @rule(counter=COUNTER)
    def call_next(self, counter: int) -> None:
        self.attempt(queue.call_next, counter)

    @rule(counter=COUNTER)
    def finish(self, counter: int) -> None:
        self.attempt(queue.finish, counter)

    @rule(counter=COUNTER)
    def undo(self, counter: int) -> None:
        self.attempt(queue.undo, counter, feedback_store.is_rated, feedback.withdraw_end)

    @rule(counter=COUNTER, to=COUNTER)
    def transfer(self, counter: int, to: int) -> None:
        self.attempt(queue.start, counter)
        self.attempt(queue.transfer, counter, None, to)

    @rule(counter=COUNTER, visit=VISIT)
    def ask(self, counter: int, visit: int) -> None:
        self.attempt(feedback.record_prompt, counter, self.visit(visit))

    @rule(visit=VISIT, how=st.sampled_from(["skipped", "timed_out"]))
    def skip(self, visit: int, how: str) -> None:
        self.attempt(feedback.record_skip, self.visit(visit), how, None)

    @rule(counter=COUNTER, level=LEVEL, visit=st.none() | VISIT)
    def press_pad(self, counter: int, level: int, visit: int | None) -> None:
        name = None if visit is None else self.visit(visit)
        self.attempt(feedback.rate, RatingRequest(level, "pad", name, counter))

    @rule(counter=COUNTER, level=LEVEL, age_s=st.sampled_from([0, 3, 25, 100]))
    def press_keypad_that_arrives_late(self, counter: int, level: int, age_s: int) -> None:
        pressed_at = stamp(self.clock.now() - timedelta(seconds=age_s))
        request = RatingRequest(level, "keypad", None, counter, pressed_at=pressed_at, must_be_asked=True)
        self.attempt(feedback.rate, request)

    @rule(visit=VISIT, level=LEVEL, source=SOURCE, by_staff=st.booleans())
    def rate_by_ticket(self, visit: int, level: int, source: str | None, *, by_staff: bool) -> None:
        request = RatingRequest(level, "qr", self.visit(visit), None, by_staff=by_staff, source=source)
        self.attempt(feedback.rate, request)

    @rule(visit=VISIT, level=LEVEL, is_right=st.booleans())
    def rate_by_counter_code(self, visit: int, level: int, *, is_right: bool) -> None:
        name = self.visit(visit)
        with self.desk.read() as db:
            ticket = queue_store.find(db, name)
        code = ticket.short_code or "" if ticket is not None and is_right else "no"
        self.attempt(feedback.rate_by_number, RatingRequest(level, "counter_qr", None, 1), name[9:], code)

    @rule(counter=COUNTER, level=LEVEL)
    def rate_a_counter(self, counter: int, level: int) -> None:
        self.attempt(feedback.rate, RatingRequest(level, "counter_qr", None, counter, source="phone c"))

    @rule(visit=VISIT, level=LEVEL, typist=st.sampled_from([11, 13]))
    def type_slip(self, visit: int, level: int, typist: int) -> None:
        self.attempt(feedback.rate, RatingRequest(level, "slip", self.visit(visit), None, typist=typist))

    @rule(visit=VISIT)
    def fill_form(self, visit: int) -> None:
        self.attempt(feedback.rate, RatingRequest(1, "form", self.visit(visit), None, answers=ANSWERS))

    @rule(which=st.integers(0, 5), decision=st.sampled_from([feedback.release, feedback.confirm]))
    def decide(self, which: int, decision: object) -> None:
        with self.desk.read() as db:
            waiting = feedback_store.list_quarantined(db, 100, decided=False)
        if waiting:
            self.attempt(decision, waiting[which % len(waiting)].rating.id, "đã xem", actor="account:7")

    @rule(counter=COUNTER)
    def close_and_open(self, counter: int) -> None:
        self.attempt(counters.close, counter)
        self.attempt(counters.open_counter, counter, 10 + counter)

    @rule(seconds=st.sampled_from([0.5, 3, 31, 600, 86400, 5 * 86400]))
    def time_passes(self, seconds: float) -> None:
        today = get_local_day(self.clock.now(), "Asia/Ho_Chi_Minh")
        self.clock.advance(seconds)
        if seconds >= 86400:
            self.attempt(queue.close_day, today, actor="desk")

    @rule()
    def restart(self) -> None:
        self.desk.stop()
        self.open_desk()

    @invariant()
    def at_most_one_rating_counts_for_a_visit(self) -> None:
        with self.desk.read() as db:
            counted = db.execute(
                "SELECT visit, count(*) FROM ratings WHERE status = 'counted' GROUP BY visit HAVING count(*) > 1"
            ).fetchall()
            of_none = db.execute("SELECT id FROM ratings WHERE status = 'counted' AND visit IS NULL").fetchall()
            not_served = db.execute(
                "SELECT r.id FROM ratings r JOIN tickets t ON t.id = r.visit WHERE r.status = 'counted'"
                " AND t.state <> 'served'"
            ).fetchall()
        assert (counted, of_none, not_served) == ([], [], [])

    @invariant()
    def asked_is_answered_and_skipped_and_open(self) -> None:
        with self.desk.read() as db:
            asked = {row[0]: row[1] for row in db.execute("SELECT visit, state FROM askings")}
            counted = {row[0] for row in db.execute("SELECT visit FROM ratings WHERE status = 'counted'")}
        assert set(asked.values()) <= {"asked", "answered", "skipped"}
        assert {visit for visit, state in asked.items() if state == "answered"} == counted & set(asked)

    def teardown(self) -> None:
        try:
            with self.desk.read() as db:
                assert find_broken_link(read_rows(db)) is None
                assert untold(db) == []
        finally:
            self.desk.stop()
            self.folder.cleanup()


TestRatedDay = pytest.mark.thorough(RatedDay.TestCase)
TestRatedDay.settings = settings(max_examples=25, stateful_step_count=50, deadline=None, database=None)
