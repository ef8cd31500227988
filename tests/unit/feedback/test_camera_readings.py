"""What a camera says of a visit that ended: what is kept, what is refused, and when it is erased."""

import sqlite3
from typing import Any

import pytest

from motcua.copies import replace
from motcua.desk import Desk, Forbidden, Invalid, ManualClock, Refused, SeededEntropy
from motcua.feedback import store
from motcua.feedback.model import ConsentAnswer
from motcua.queue import actions as queue
from motcua.settings import store as settings_store
from motcua.settings.model import CameraRules
from motcua.setup.rooms import ROOMS
from motcua.wiring import cameras, erasing
from tests.cameras import MODEL, read_smile
from tests.conftest import START, Hall
from tests.unit.feedback.watched_counter import WatchedCounter, switch


@pytest.fixture
def counter(hall: Hall) -> WatchedCounter:
    return WatchedCounter(hall)


def test_who_agrees_is_scored_once_the_visit_has_ended(counter: WatchedCounter) -> None:
    visit = counter.start()
    assert counter.answer(visit, "yes") is ConsentAnswer.YES
    counter.desk.do(queue.finish, 1)
    record = counter.hear(visit)
    assert (record.visit, record.counter, record.officer, record.score, record.quality) == (visit, 1, 11, 71, 90)
    assert counter.steps() == [("begin", visit), ("finish", visit)]


def test_the_journal_says_that_a_score_was_kept_and_not_which(counter: WatchedCounter) -> None:
    visit = counter.start()
    counter.answer(visit, "yes")
    counter.desk.do(queue.finish, 1)
    counter.hear(visit)
    assert counter.journal("camera.consent") == [
        {"visit": visit, "counter": 1, "officer": 11, "answer": answer, "notice": 1} for answer in ("none", "yes")
    ]
    assert counter.journal("expression.noted") == [
        {"visit": visit, "counter": 1, "kept": True, "reason": None, "model": MODEL[:12]}
    ]


def test_after_an_undo_the_score_is_gone_and_the_citizen_is_asked_anew(counter: WatchedCounter) -> None:
    visit = counter.start()
    counter.answer(visit, "yes")
    counter.desk.do(queue.finish, 1)
    counter.hear(visit)
    counter.undo()
    assert counter.row(visit) is None
    shown = counter.on_pad()
    assert shown is not None
    assert shown["step"] == "ask"
    counter.desk.do(queue.finish, 1)
    assert counter.hear(visit).score is None


def test_calling_the_next_one_ends_the_visit_for_the_camera_too(counter: WatchedCounter) -> None:
    visit = counter.start()
    counter.answer(visit, "yes")
    counter.desk.do(queue.issue, "copy", None)
    counter.desk.do(queue.call_next, 1)
    assert counter.steps() == [("begin", visit), ("finish", visit)]
    assert counter.hear(visit).score == 71


def test_a_reading_is_kept_for_two_minutes_and_refused_afterwards(counter: WatchedCounter) -> None:
    visits = []
    for seconds in (120, 121):
        visits.append(visit := counter.start())
        counter.answer(visit, "yes")
        counter.desk.do(queue.finish, 1)
        counter.clock.advance(seconds)
        if seconds == 120:
            assert counter.hear(visit).score == 71
    head = counter.desk.head
    with pytest.raises(Refused, match="too late"):
        counter.hear(visits[-1])
    assert (counter.desk.head, counter.row(visits[-1])) == (head, None)


def test_a_visit_has_one_reading(counter: WatchedCounter) -> None:
    visit = counter.start()
    counter.answer(visit, "yes")
    counter.desk.do(queue.finish, 1)
    assert [counter.hear(visit, 71).score, counter.hear(visit, 12).score] == [71, 71]
    assert len(counter.journal("expression.noted")) == 1


def test_why_there_is_no_score_is_kept(counter: WatchedCounter) -> None:
    visit = counter.start()
    counter.answer(visit, "yes")
    counter.desk.do(queue.finish, 1)
    counter.hear(visit, None, "too_dark")
    assert counter.row(visit) == (None, "too_dark")
    assert counter.journal("expression.noted")[0]["reason"] == "too_dark"


@pytest.mark.parametrize(
    "change",
    [
        {"score": 101}, {"score": -1}, {"quality": 101}, {"quality": None}, {"score": None}, {"reason": "too_dark"},
        {"score": None, "quality": None, "reason": "sad"}, {"score": None, "quality": None}, {"valid_frames": -1},
        {"valid_frames": 46}, {"seen_frames": 1001}, {"model_hash": "ab"}, {"model_hash": MODEL.upper()},
    ],
)  # fmt: skip
def test_a_reading_with_odd_values_is_refused(counter: WatchedCounter, change: dict[str, Any]) -> None:
    visit = counter.start()
    counter.answer(visit, "yes")
    counter.desk.do(queue.finish, 1)
    reading = replace(read_smile(visit), **change)
    with pytest.raises(Invalid, match="score and a quality"):
        counter.desk.do(cameras.note_reading, counter.agent, "camera-1", reading, 1.0)
    assert counter.row(visit) is None


def test_only_the_camera_of_the_counter_speaks_of_its_visits(counter: WatchedCounter) -> None:
    visit = counter.start()
    counter.answer(visit, "yes")
    counter.desk.do(queue.finish, 1)
    for agent, device in ((counter.agent, "camera-2"), (counter.agent, "loa"), (counter.agent + 9, "camera-1")):
        with pytest.raises(Forbidden):
            counter.desk.do(cameras.note_reading, agent, device, read_smile(visit), 1.0)
    with pytest.raises(Invalid, match="no such visit"):
        counter.hear("20261123-A999")
    assert counter.row(visit) is None


def test_a_visit_that_is_not_over_has_no_reading(counter: WatchedCounter) -> None:
    visit = counter.start()
    counter.answer(visit, "yes")
    with pytest.raises(Refused, match="not ended"):
        counter.hear(visit)
    counter.desk.do(queue.hold, 1, None)
    with pytest.raises(Refused, match="not ended"):
        counter.hear(visit)


def test_scores_and_answers_are_erased_when_their_time_is_over(counter: WatchedCounter) -> None:
    counter.desk.do(switch, CameraRules(is_on=True, retention_days=10, consent_retention_days=20))
    visit = counter.start()
    counter.answer(visit, "yes")
    counter.desk.do(queue.finish, 1)
    counter.hear(visit)
    erased = []
    for days in (10, 1, 9, 1):
        counter.clock.advance(days * 86_400)
        for purge in (erasing.purge_expressions, erasing.purge_consents):
            counter.desk.do(purge)
        with counter.desk.read() as db:
            consents = db.execute("SELECT count(*) FROM camera_consents").fetchone()[0]
        erased.append((counter.row(visit) is None, consents))
    assert erased == [(False, 2), (True, 2), (True, 2), (True, 0)]
    assert counter.journal("camera.erased") == [
        {"what": "scores", "before": "2026-11-24", "count": 1},
        {"what": "answers", "before": "2026-11-24", "count": 2},
    ]


@pytest.mark.thorough
def test_a_desk_of_before_opens_and_has_the_tables(hall: Hall) -> None:
    path = hall.desk.path
    hall.desk.stop()
    db = sqlite3.connect(path)
    with db:
        db.execute("DROP TABLE camera_consents")
        db.execute("DROP TABLE expressions")
        db.execute("DELETE FROM _sqlite_migrations WHERE name = 'feedback:camera'")
    db.close()
    desk = Desk(path, ROOMS, ManualClock(START), SeededEntropy(9), settings_store.get_timezone)
    with desk.read() as reader:
        assert store.count_consents(reader, "2000-01-01", "2100-01-01") == {}
        assert store.find_expression(reader, "20261123-A001") is None
    desk.stop()
