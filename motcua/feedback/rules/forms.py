"""The form of questions, as data: the eight criteria, their answers, and which question an answer leaves out. Pure.

Basis: LEGAL.md#what-citizens-rate.
"""

from collections.abc import Mapping

from msgspec import Struct, field

from motcua.desk.errors import Invalid
from motcua.desk.messages import mark
from motcua.feedback.model import Level
from motcua.settings.model import RatingForm

BEST_POINTS = 2


class FormAnswer(Struct, frozen=True):
    """One answer to choose. `points` are 2, 1 or 0, as for the indices; None says nothing about quality.

    `skips` are the questions that make no sense after it.
    """

    code: str
    label: str
    points: int | None
    skips: frozenset[str] = field(default=frozenset())


class FormQuestion(Struct, frozen=True):
    """One criterion; `point` is its letter in the decree."""

    code: str
    point: str
    text: str
    answers: tuple[FormAnswer, ...]


QUESTIONS = (
    FormQuestion(
        "time",
        "a",
        mark("How long did your result take, compared with the date on the receipt?"),
        (
            FormAnswer("earlier", mark("Earlier than the date"), 2),
            FormAnswer("on_time", mark("On the date"), 1),
            FormAnswer("later", mark("Later than the date"), 0),
            FormAnswer("not_yet", mark("I do not have the result yet"), None, frozenset({"result"})),
        ),
    ),
    FormQuestion(
        "attitude",
        "đ",
        mark("How did the officer treat you?"),
        (
            FormAnswer("good", mark("Polite and helpful"), 2),
            FormAnswer("fair", mark("Acceptable"), 1),
            FormAnswer("poor", mark("Impolite or not helpful"), 0),
        ),
    ),
    FormQuestion(
        "visits",
        "c",
        mark("How often did you have to come back to complete your papers?"),
        (
            FormAnswer("never", mark("Never"), 2),
            FormAnswer("once", mark("Once"), 1),
            FormAnswer("more", mark("More than once"), 0),
        ),
    ),
    FormQuestion(
        "agencies",
        "b",
        mark("How many offices did you have to contact for this matter?"),
        (
            FormAnswer("desk", mark("Only this one-stop desk"), 2),
            FormAnswer("one_more", mark("One other office"), 1),
            FormAnswer("several", mark("Several other offices"), 0),
        ),
    ),
    FormQuestion(
        "information",
        "d",
        mark("Was the public information correct, complete and up to date?"),
        (
            FormAnswer("full", mark("Yes"), 2, frozenset({"explanation"})),
            FormAnswer("partly", mark("Partly"), 1),
            FormAnswer("wrong", mark("No"), 0),
        ),
    ),
    FormQuestion(
        "explanation",
        "g",
        mark("If you asked for an explanation, was it quick and clear?"),
        (
            FormAnswer("clear", mark("Quick and clear"), 2),
            FormAnswer("slow", mark("Slow or not clear"), 1),
            FormAnswer("none", mark("I got no explanation"), 0),
            FormAnswer("not_needed", mark("I did not ask for one"), None),
        ),
    ),
    FormQuestion(
        "result",
        "e",
        mark("Were the result and what you paid as the rules say?"),
        (
            FormAnswer("right", mark("Yes, with no extra costs"), 2),
            FormAnswer("small", mark("A small mistake, which was put right"), 1),
            FormAnswer("wrong", mark("No, or there were extra costs"), 0),
        ),
    ),
    FormQuestion(
        "online",
        "h",
        mark("If you filed online, how was it?"),
        (
            FormAnswer("easy", mark("Easy and on time"), 2),
            FormAnswer("hard", mark("Hard or slow"), 1),
            FormAnswer("failed", mark("It did not work"), 0),
            FormAnswer("paper", mark("I did not file online"), None),
        ),
    ),
)
"""In the order in which they are asked: what everybody can answer comes first."""
_BY_CODE = {question.code: question for question in QUESTIONS}


def find_next(answers: Mapping[str, str], limit: int) -> FormQuestion | None:
    """Return the question that follows `answers`, None after the last one or after `limit` questions."""
    if len(answers) >= limit:
        return None
    skipped = {code for name, chosen in answers.items() for code in get_answer(name, chosen).skips}
    return next((item for item in QUESTIONS if item.code not in answers and item.code not in skipped), None)


def get_answer(question: str, answer: str) -> FormAnswer:
    """Return an answer of a question. Raises `Invalid("form.answer")` where there is no such question or answer."""
    criterion = _BY_CODE.get(question)
    chosen = next((item for item in criterion.answers if item.code == answer), None) if criterion else None
    if chosen is None:
        raise Invalid("form.answer", "The form has no such question or answer.")
    return chosen


def read_answers(rules: RatingForm, answers: Mapping[str, str] | None) -> dict[str, str]:
    """Return the answers of a complete form in the form's order.

    Raises `Invalid("form.answer")` for what the form does not ask, `Invalid("form.incomplete")` for a form that is
    not complete.
    """
    ordered: dict[str, str] = {}
    sent = dict(answers or {})
    while (question := find_next(ordered, rules.questions)) is not None and question.code in sent:
        ordered[question.code] = sent.pop(question.code)
        get_answer(question.code, ordered[question.code])
    if sent:
        raise Invalid("form.answer", "The form has no such question or answer.")
    if question is not None:
        raise Invalid("form.incomplete", "Please answer every question of the form.")
    return ordered


def derive_level(answers: Mapping[str, str]) -> Level:
    """Return the level of the visit: 1 + 4 x (points reached / points possible), half rounded up.

    Answers without points do not count; where none has points the level is neutral.
    """
    points = [chosen.points for name, item in answers.items() if (chosen := get_answer(name, item)).points is not None]
    most = BEST_POINTS * len(points)
    return Level(1 + (8 * sum(points) + most) // (2 * most)) if most else Level.NEUTRAL
