"""Whatever happens in whatever order: a score is there only for a citizen whose last answer was yes, whose visit
ended, and whose reading came in time.
"""

import tempfile
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from motcua.copies import replace
from motcua.counters import actions as counters
from motcua.desk import Desk, ManualClock, Refused, SeededEntropy, get_local_day, parse
from motcua.desk.journal import find_broken_link, read_rows
from motcua.feedback import actions as feedback
from motcua.feedback import store as feedback_store
from motcua.feedback.model import ConsentAnswer
from motcua.feedback.rules.camera import READING_TIME_S
from motcua.queue import actions as queue
from motcua.queue import store as queue_store
from motcua.queue.model import TicketState
from motcua.settings import store as settings_store
from motcua.settings.model import CameraRules, OpeningHours, Session
from motcua.setup.rooms import ROOMS
from motcua.wiring import cameras
from tests.cameras import place_cameras, read_smile
from tests.conftest import SETTINGS, START, build
from tests.run_folder import MEMORY
from tests.told import untold

ALWAYS_OPEN = replace(
    SETTINGS,
    hours=OpeningHours(*((Session(0, 1440),),) * 7),
    days_off=(),
    working_days=(),
    camera=CameraRules(is_on=True),
)
COUNTER = st.sampled_from([1, 2])
VISIT = st.integers(0, 6)


@dataclass
class Watched:
    """What a careful onlooker would say of a visit: its last answer, and the reading that counted."""

    answer: str = ""
    score: int | None = None
    is_read: bool = False


@dataclass
class Onlooker:
    """A second, simpler account of the camera: visits by id."""

    visits: dict[str, Watched] = field(default_factory=dict)

    def of(self, visit: str) -> Watched:
        return self.visits.setdefault(visit, Watched())


class WatchedDay(RuleBasedStateMachine):
    """Officers serve, undo, hold and transfer; citizens answer; cameras speak too early, too late and twice."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory(dir=MEMORY)
        self.path = Path(self.folder.name)
        self.clock = ManualClock(START)
        self.desk = build(self.path, ALWAYS_OPEN).desk
        self.agent = self.desk.do(place_cameras)
        self.desk.stop()
        self.starts = 0
        self.onlooker = Onlooker()
        self.open_desk()

    def open_desk(self) -> None:
        self.starts += 1
        self.desk = Desk(
            self.path / "desk.db", ROOMS, self.clock, SeededEntropy(self.starts), settings_store.get_timezone
        )

    def attempt(self, action: object, *args: object) -> object:
        head = self.desk.head
        try:
            return self.desk.by("officer:1").do(action, *args)  # type: ignore[call-overload]
        except Refused:
            assert self.desk.head == head
            return None

    def find(self, number: int) -> str:
        with self.desk.read() as db:
            visits = [row[0] for row in db.execute("SELECT id FROM tickets ORDER BY place")]
        return visits[number % len(visits)] if visits else "20261123-A001"

    def last(self, counter: int, visit: int | None) -> str:
        """The visit of that number, or that which ended last at the counter."""
        if visit is not None:
            return self.find(visit)
        with self.desk.read() as db:
            served = queue_store.find_last_served(db, get_local_day(self.clock.now(), "Asia/Ho_Chi_Minh"), counter)
        return served.id if served is not None else "20261123-A999"

    def in_hand(self, counter: int) -> str:
        with self.desk.read() as db:
            row = db.execute("SELECT in_hand FROM counters WHERE number = ?", (counter,)).fetchone()
        return row[0] or "20261123-A999"

    def has_ended(self, visit: str) -> bool:
        with self.desk.read() as db:
            ticket = queue_store.find(db, visit)
        return ticket is not None and ticket.state is TicketState.SERVED and ticket.reason != "day_closed"

    def is_late(self, visit: str) -> bool:
        with self.desk.read() as db:
            ticket = queue_store.find(db, visit)
        finished_at = ticket.finished_at if ticket is not None else None
        return finished_at is None or self.clock.now() - parse(finished_at) > timedelta(seconds=READING_TIME_S)

    @initialize()
    def morning(self) -> None:
        self.attempt(counters.open_counter, 1, 11)
        self.attempt(counters.open_counter, 2, 12)
        for _ in range(3):
            self.attempt(queue.issue, "copy", None)

    @rule()
    def issue(self) -> None:
        self.attempt(queue.issue, "copy", None)

    @rule(counter=COUNTER)
    def serve(self, counter: int) -> None:
        called = self.attempt(queue.call_next, counter)
        self.forget_answer(getattr(getattr(called, "ticket", None), "id", None))
        self.attempt(queue.start, counter)

    @rule(counter=COUNTER)
    def finish(self, counter: int) -> None:
        self.attempt(queue.finish, counter)

    @rule(counter=COUNTER)
    def undo(self, counter: int) -> None:
        ticket = self.attempt(queue.undo, counter, feedback_store.is_rated, feedback.withdraw_end)
        self.forget_answer(getattr(ticket, "id", None))

    @rule(counter=COUNTER, to=COUNTER)
    def transfer(self, counter: int, to: int) -> None:
        self.attempt(queue.transfer, counter, None, to)

    @rule(counter=COUNTER)
    def hold_and_resume(self, counter: int) -> None:
        visit = self.in_hand(counter)
        self.attempt(queue.hold, counter, "documents")
        called = self.attempt(queue.resume, counter, visit)
        self.forget_answer(getattr(getattr(called, "ticket", None), "id", None))
        self.attempt(queue.start, counter)

    def forget_answer(self, visit: str | None) -> None:
        """A visit that is called anew, or not over after all, is asked anew: its score is gone."""
        if visit is not None:
            self.onlooker.visits[visit] = Watched()

    def note(self, visit: str, answer: object) -> None:
        if isinstance(answer, ConsentAnswer):
            watched = self.onlooker.of(visit)
            watched.answer = answer.value
            if answer in {ConsentAnswer.WITHDRAWN, ConsentAnswer.CHILD}:
                watched.score = None

    @rule(counter=COUNTER)
    def show_notice(self, counter: int) -> None:
        visit = self.in_hand(counter)
        self.note(visit, self.attempt(cameras.show_notice, counter, visit))

    @rule(counter=COUNTER, visit=st.none() | VISIT, answer=st.sampled_from(["yes", "yes", "no", "maybe"]))
    def answer(self, counter: int, visit: int | None, answer: str) -> None:
        name = self.in_hand(counter) if visit is None else self.find(visit)
        self.note(name, self.attempt(cameras.answer_consent, counter, name, answer))

    @rule(counter=COUNTER, visit=st.none() | VISIT)
    def withdraw(self, counter: int, visit: int | None) -> None:
        name = self.last(counter, visit)
        self.note(name, self.attempt(feedback.withdraw_consent, counter, name))

    @rule(counter=COUNTER)
    def switch_off(self, counter: int) -> None:
        self.note(self.in_hand(counter), self.attempt(feedback.switch_off_for_visit, counter))

    @rule(counter=COUNTER, answer=st.sampled_from(["yes", "yes", "no", None]))
    def serve_whole_visit(self, counter: int, answer: str | None) -> None:
        self.attempt(queue.issue, "copy", None)
        self.serve(counter)
        self.show_notice(counter)
        if answer is not None:
            self.answer(counter, None, answer)
        self.finish(counter)

    @rule(counter=COUNTER, visit=st.none() | VISIT, score=st.none() | st.integers(0, 100))
    def hear(self, counter: int, visit: int | None, score: int | None) -> None:
        name = self.last(counter, visit)
        reading = read_smile(name, score, "too_dark" if score is None else None)
        watched, was_ended, was_late = self.onlooker.of(name), self.has_ended(name), self.is_late(name)
        record = self.attempt(cameras.note_reading, self.agent, f"camera-{counter}", reading, 1.0)
        if record is not None and not watched.is_read:
            assert was_ended
            assert not was_late
            watched.is_read = True
            watched.score = score if watched.answer == "yes" else None

    @rule(counter=COUNTER, after=st.sampled_from(["", "undo", "withdraw"]))
    def smile(self, counter: int, after: str) -> None:
        self.serve_whole_visit(counter, "yes")
        self.hear(counter, None, 71)
        if after == "undo":
            self.undo(counter)
        elif after == "withdraw":
            self.withdraw(counter, None)

    @rule(counter=COUNTER, seconds=st.sampled_from([119, 121]))
    def smile_that_is_told_later(self, counter: int, seconds: int) -> None:
        self.serve_whole_visit(counter, "yes")
        self.clock.advance(seconds)
        self.hear(counter, None, 71)

    @rule(seconds=st.sampled_from([0.5, 3, 31, 119, 121, 86400]))
    def time_passes(self, seconds: float) -> None:
        today = get_local_day(self.clock.now(), "Asia/Ho_Chi_Minh")
        self.clock.advance(seconds)
        if seconds >= 86400:
            self.attempt(queue.close_day, today)

    @rule()
    def restart(self) -> None:
        self.desk.stop()
        self.open_desk()

    @invariant()
    def scores_are_those_that_the_onlooker_counts(self) -> None:
        with self.desk.read() as db:
            scores = dict(db.execute("SELECT visit, score FROM expressions WHERE score IS NOT NULL").fetchall())
            gone = db.execute(
                "SELECT visit FROM expressions WHERE reason = 'no_consent' AND (score IS NOT NULL OR quality IS NOT"
                " NULL OR valid_frames > 0 OR seen_frames > 0)"
            ).fetchall()
        assert scores == {visit: item.score for visit, item in self.onlooker.visits.items() if item.score is not None}
        assert gone == []

    @invariant()
    def a_score_belongs_to_a_visit_that_ended_with_a_yes(self) -> None:
        with self.desk.read() as db:
            for (visit,) in db.execute("SELECT visit FROM expressions WHERE score IS NOT NULL").fetchall():
                last = feedback_store.find_last_consent(db, visit)
                assert last is not None
                assert last.answer is ConsentAnswer.YES
                assert queue_store.get(db, visit).state is TicketState.SERVED

    def teardown(self) -> None:
        try:
            with self.desk.read() as db:
                assert find_broken_link(read_rows(db)) is None
                assert untold(db) == []
        finally:
            self.desk.stop()
            self.folder.cleanup()


TestWatchedDay = pytest.mark.thorough(WatchedDay.TestCase)
TestWatchedDay.settings = settings(max_examples=25, stateful_step_count=50, deadline=None, database=None)
