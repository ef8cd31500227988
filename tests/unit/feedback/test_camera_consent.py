"""The camera question: who is asked, which answer counts, and what the screens show."""

from collections.abc import Callable

import pytest

from motcua.copies import replace
from motcua.counters import actions as counter_actions
from motcua.desk import Invalid, Refused
from motcua.feedback import actions as feedback
from motcua.feedback import store
from motcua.feedback.model import ConsentAnswer, ScoreObstacle
from motcua.feedback.rules import camera as rules
from motcua.queue import actions as queue
from motcua.settings.model import CameraRules
from motcua.wiring import cameras
from tests.conftest import Hall
from tests.unit.feedback.watched_counter import WatchedCounter, switch


@pytest.fixture
def counter(hall: Hall) -> WatchedCounter:
    return WatchedCounter(hall)


@pytest.mark.parametrize("answer", ["no", None])
def test_no_and_no_answer_let_no_camera_look_and_keep_nothing(counter: WatchedCounter, answer: str | None) -> None:
    visit = counter.start()
    counter.desk.do(cameras.show_notice, 1, visit)
    if answer is not None:
        counter.answer(visit, answer)
    counter.desk.do(queue.finish, 1)
    record = counter.hear(visit)
    assert (record.score, record.quality, record.valid_frames, record.seen_frames) == (None, None, 0, 0)
    assert record.reason is ScoreObstacle.NO_CONSENT
    assert counter.steps() == []
    assert counter.journal("expression.noted")[0]["kept"] is False


def test_a_visit_that_nobody_asked_about_is_not_scored(counter: WatchedCounter) -> None:
    visit = counter.start()
    counter.desk.do(queue.finish, 1)
    assert counter.hear(visit).score is None
    assert counter.steps() == []


def test_who_withdraws_while_being_served_is_not_scored(counter: WatchedCounter) -> None:
    visit = counter.start()
    counter.answer(visit, "yes")
    assert counter.desk.do(cameras.answer_consent, 1, visit, "no") is ConsentAnswer.WITHDRAWN
    counter.desk.do(queue.finish, 1)
    assert counter.hear(visit).score is None
    assert counter.steps() == [("begin", visit), ("stop", visit)]


def test_who_withdraws_after_the_end_has_the_score_erased_from_the_disk_too(counter: WatchedCounter) -> None:
    visit = counter.start()
    counter.answer(visit, "yes")
    counter.desk.do(queue.finish, 1)
    counter.hear(visit)
    counter.desk.do(cameras.answer_consent, 1, visit, "no")
    assert counter.row(visit) == (None, "no_consent")
    with counter.desk.read() as db:
        assert db.execute("PRAGMA user_version").fetchone()[0] == 0  # the store has to be scrubbed
    assert counter.hear(visit).score is None


def test_a_yes_after_a_no_is_refused(counter: WatchedCounter) -> None:
    visit = counter.start()
    counter.answer(visit, "no")
    head = counter.desk.head
    with pytest.raises(Refused, match="answered already"):
        counter.desk.do(cameras.answer_consent, 1, visit, "yes")
    assert counter.desk.head == head


def test_the_same_answer_twice_is_written_once(counter: WatchedCounter) -> None:
    visit = counter.start()
    assert [counter.answer(visit, "yes"), counter.answer(visit, "yes")] == [ConsentAnswer.YES] * 2
    assert [row["answer"] for row in counter.journal("camera.consent")] == ["none", "yes"]


def test_only_yes_and_no_are_answers(counter: WatchedCounter) -> None:
    visit = counter.start()
    for answer in ("withdrawn", "child", "none", "", "YES"):
        with pytest.raises(Invalid, match="yes or no"):
            counter.answer(visit, answer)


def test_the_officer_switches_the_camera_off_for_a_child(counter: WatchedCounter) -> None:
    visit = counter.start()
    counter.answer(visit, "yes")
    assert counter.desk.do(feedback.switch_off_for_visit, 1) is ConsentAnswer.CHILD
    assert counter.desk.do(feedback.switch_off_for_visit, 1) is ConsentAnswer.CHILD
    with pytest.raises(Refused, match="answered already"):
        counter.answer(visit, "yes")
    counter.desk.do(queue.finish, 1)
    assert counter.hear(visit).score is None
    assert counter.steps() == [("begin", visit), ("stop", visit)]


def test_a_child_can_be_spared_the_question_before_serving_begins(counter: WatchedCounter) -> None:
    counter.desk.do(queue.issue, "copy", None)
    counter.desk.do(queue.call_next, 1)
    counter.desk.do(feedback.switch_off_for_visit, 1)
    counter.desk.do(queue.start, 1)
    assert counter.on_pad() is None
    assert counter.on_screen() == {"is_looking": False, "is_switched_off": True}


def hold(counter: WatchedCounter) -> None:
    counter.desk.do(queue.hold, 1, "documents")


def transfer(counter: WatchedCounter) -> None:
    counter.desk.do(queue.transfer, 1, "birth", None)


def finish_and_undo(counter: WatchedCounter) -> None:
    counter.desk.do(queue.finish, 1)
    counter.undo()


@pytest.mark.parametrize("leave", [hold, transfer, finish_and_undo])
def test_a_camera_forgets_a_visit_that_leaves_the_counter_or_comes_back(
    counter: WatchedCounter, leave: Callable[[WatchedCounter], None]
) -> None:
    visit = counter.start()
    counter.answer(visit, "yes")
    leave(counter)
    assert counter.steps()[-1] == ("stop", visit)


def test_the_end_of_the_day_stops_the_camera(counter: WatchedCounter) -> None:
    visit = counter.start()
    counter.answer(visit, "yes")
    counter.desk.do(queue.close_day, "2026-11-23")
    assert counter.steps()[-1] == ("stop", visit)
    with pytest.raises(Refused, match="not ended"):
        counter.hear(visit)
    assert counter.on_pad() is None


def test_a_pad_asks_only_of_the_visit_at_its_counter(counter: WatchedCounter) -> None:
    visit = counter.start()
    counter.desk.do(counter_actions.open_counter, 2, 12)
    with pytest.raises(Invalid, match="no such visit"):
        counter.desk.do(cameras.answer_consent, 2, visit, "yes")
    counter.desk.do(queue.finish, 1)
    with pytest.raises(Refused, match="under way"):
        counter.answer(visit, "yes")


def test_nobody_is_asked_where_the_camera_is_off_or_there_is_none(counter: WatchedCounter) -> None:
    visit = counter.start()
    counter.desk.do(switch, CameraRules())
    assert (counter.on_pad(), counter.on_screen()) == (None, None)
    with pytest.raises(Refused, match="switched off"):
        counter.answer(visit, "yes")
    counter.desk.do(switch, CameraRules(is_on=True))
    with pytest.raises(Refused, match="no camera"):
        counter.desk.do(feedback.answer_consent, 1, visit, "yes", False)


def test_the_pad_asks_then_says_that_the_camera_looks_until_it_has_seen(counter: WatchedCounter) -> None:
    visit = counter.start()
    asked = {
        "visit": visit, "number": "A001", "step": "ask", "contact": "Chị Hoa, 024 3825 0000", "retention_days": 180,
    }  # fmt: skip
    looks = {**asked, "step": "look"}
    assert counter.on_pad() == asked
    counter.desk.do(cameras.show_notice, 1, visit)
    assert counter.on_pad() == asked
    counter.answer(visit, "yes")
    assert (counter.on_pad(), counter.on_screen()) == (looks, {"is_looking": True, "is_switched_off": False})
    counter.desk.do(queue.finish, 1)
    counter.clock.advance(rules.LOOKS_AFTER_S)
    assert counter.on_pad() == looks
    counter.clock.advance(1)
    assert (counter.on_pad(), counter.on_screen()) == (None, {"is_looking": False, "is_switched_off": False})


def test_the_sign_goes_with_the_reading(counter: WatchedCounter) -> None:
    visit = counter.start()
    counter.answer(visit, "yes")
    counter.desk.do(queue.finish, 1)
    counter.hear(visit)
    assert counter.on_pad() is None


def test_the_officer_cannot_see_who_refused(counter: WatchedCounter) -> None:
    screens = []
    for answer in ("no", None):
        visit = counter.start()
        counter.desk.do(cameras.show_notice, 1, visit)
        if answer:
            counter.answer(visit, answer)
        screens.append(counter.on_screen())
        counter.desk.do(queue.finish, 1)
    assert screens == [{"is_looking": False, "is_switched_off": False}] * 2


def test_a_camera_that_is_down_is_not_asked_about(counter: WatchedCounter) -> None:
    counter.start()
    counter.conditions = replace(counter.conditions, is_working=lambda _device: False)
    assert (counter.on_pad(), counter.on_screen()) == (None, None)


def test_visits_are_counted_by_their_last_answer(counter: WatchedCounter) -> None:
    for answers in (("yes",), ("yes", "no"), ("no",), (), ()):
        visit = counter.start()
        counter.desk.do(cameras.show_notice, 1, visit)
        for answer in answers:
            counter.answer(visit, answer)
        counter.desk.do(queue.finish, 1)
    with counter.desk.read() as db:
        counts = store.count_consents(db, "2026-11-23", "2026-11-23")
    assert counts == {ConsentAnswer.YES: 1, ConsentAnswer.WITHDRAWN: 1, ConsentAnswer.NO: 1, ConsentAnswer.NONE: 2}
