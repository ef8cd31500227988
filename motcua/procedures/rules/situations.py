"""Which questions are asked and which papers are needed in a citizen's situation. Pure."""

from collections.abc import Iterable, Iterator, Mapping

from motcua.procedures.model import Checklist, ChecklistItem, SituationQuestion

SITUATIONS_MAX = 5_000
"""So many situations of one checklist are looked at; one with more is too tangled for a kiosk."""
Choices = Mapping[str, str]
"""The choice that was made for each question, by their codes."""


def is_met(when: Iterable[tuple[str, str]], choices: Choices) -> bool:
    """Say whether conditions hold: of each question that they name, one of the choices that they name was made."""
    allowed: dict[str, set[str]] = {}
    for question, choice in when:
        allowed.setdefault(question, set()).add(choice)
    return all(choices.get(question) in codes for question, codes in allowed.items())


def list_questions(checklist: Checklist, choices: Choices) -> tuple[SituationQuestion, ...]:
    """Return the questions that are asked after `choices`, in order. Choices of other questions count for nothing."""
    asked: list[SituationQuestion] = []
    valid: dict[str, str] = {}
    for question in checklist.questions:
        if is_met(question.when, valid):
            asked.append(question)
            choice = choices.get(question.code)
            if choice is not None and choice in {item.code for item in question.choices}:
                valid[question.code] = choice
    return tuple(asked)


def find_open_question(checklist: Checklist, choices: Choices) -> SituationQuestion | None:
    """Return the first question that is asked and that `choices` do not answer; None once all are answered."""
    for question in list_questions(checklist, choices):
        if choices.get(question.code) not in {item.code for item in question.choices}:
            return question
    return None


def list_papers(checklist: Checklist, choices: Choices) -> tuple[ChecklistItem, ...]:
    """Return the papers that a situation needs, in order. Papers of a question without an answer are left out."""
    asked = {question.code for question in list_questions(checklist, choices)}
    valid = {question: choice for question, choice in choices.items() if question in asked}
    return tuple(item for item in checklist.items if is_met(item.when, valid))


def list_situations(checklist: Checklist) -> Iterator[dict[str, str]]:
    """Yield each way in which all questions that are asked can be answered, `SITUATIONS_MAX` + 1 at most."""
    pending: list[dict[str, str]] = [{}]
    count = 0
    while pending and count <= SITUATIONS_MAX:
        choices = pending.pop()
        question = find_open_question(checklist, choices)
        if question is None or not question.choices:
            count += 1
            yield choices
        else:
            pending += [{**choices, question.code: item.code} for item in reversed(question.choices)]
