"""The form of questions: its branches, what is no form, and the level that follows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.desk import Invalid
from motcua.feedback.model import Level, RatingRequest, Status
from motcua.feedback.rules import QUESTIONS, derive_level, find_next, get_answer, read_answers
from motcua.settings.model import RatingForm
from tests.conftest import Hall
from tests.unit.feedback.at_the_pad import BusyCounter
from tests.unit.feedback.test_channels import ANSWERS

WHOLE = RatingForm()


def walk(data: st.DataObject, limit: int) -> dict[str, str]:
    answers: dict[str, str] = {}
    while (question := find_next(answers, limit)) is not None:
        answers[question.code] = data.draw(st.sampled_from([item.code for item in question.answers]))
    return answers


@pytest.mark.thorough
@given(st.data(), st.integers(1, 8))
def test_any_way_through_the_form_is_a_complete_form_with_a_level(data: st.DataObject, limit: int) -> None:
    answers = walk(data, limit)
    assert 1 <= len(answers) <= limit
    assert read_answers(RatingForm(questions=limit), dict(reversed(answers.items()))) == answers
    assert derive_level(answers) in Level


def test_an_answer_leaves_out_the_questions_that_make_no_sense_after_it() -> None:
    assert len(read_answers(WHOLE, ANSWERS)) == 7
    not_yet = {**ANSWERS, "time": "not_yet"}
    del not_yet["result"]
    assert "result" not in read_answers(WHOLE, not_yet)
    assert find_next({"time": "on_time", "information": "partly"}, 8) == QUESTIONS[1]


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        (None, "form.incomplete"),
        ({}, "form.incomplete"),
        ({"time": "on_time"}, "form.incomplete"),
        ({**ANSWERS, "explanation": "clear"}, "form.answer"),
        ({**ANSWERS, "time": "sooner"}, "form.answer"),
        ({**ANSWERS, "colour": "red"}, "form.answer"),
    ],
)
def test_what_the_form_does_not_ask_is_refused(answers: dict[str, str] | None, code: str) -> None:
    with pytest.raises(Invalid) as caught:
        read_answers(WHOLE, answers)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        ({"attitude": "good"}, 5),
        ({"attitude": "fair"}, 3),
        ({"attitude": "poor"}, 1),
        ({"attitude": "good", "visits": "once"}, 4),
        ({"attitude": "fair", "visits": "more"}, 2),
        ({"time": "not_yet"}, 3),
        ({"time": "on_time", "attitude": "good", "visits": "never", "agencies": "desk"}, 5),
    ],
)
def test_the_level_follows_from_the_points_by_one_rule(answers: dict[str, str], level: int) -> None:
    assert derive_level(answers) == level


def test_every_criterion_of_the_decree_is_asked_once_and_skips_only_what_comes_later() -> None:
    assert sorted(item.point for item in QUESTIONS) == sorted("abcdđegh")
    order = [item.code for item in QUESTIONS]
    for place, question in enumerate(QUESTIONS):
        for answer in question.answers:
            assert answer.skips <= set(order[place + 1 :])
            assert get_answer(question.code, answer.code) is answer


def test_a_form_is_the_visits_rating_with_its_answers(hall: Hall) -> None:
    busy = BusyCounter(hall)
    visit = busy.serve()
    busy.press(visit, 1)
    rating = busy.rate(RatingRequest(1, "form", visit, None, answers=ANSWERS))
    with busy.desk.read() as db:
        stored = dict(db.execute("SELECT question, answer FROM rating_answers WHERE rating = ?", (rating.id,)))
    assert (rating.status, rating.level, stored) == (Status.COUNTED, Level.VERY_SATISFIED, ANSWERS)
    assert busy.statuses() == [(1, "replaced"), (5, "counted")]
