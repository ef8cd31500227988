"""What does not fit together in a procedure is named by its place."""

import pytest

from motcua.copies import replace
from motcua.procedures.model import (
    Checklist,
    ChecklistItem,
    Fee,
    FeeTier,
    LimitUnit,
    Procedure,
    SituationChoice,
    SituationQuestion,
    TimeLimit,
)
from motcua.procedures.rules.checking import list_faults
from motcua.procedures.rules.situations import SITUATIONS_MAX, list_situations
from motcua.procedures.store import load_procedures
from motcua.typed.situation import SITUATION_MAX, read_situation, write_situation

YES, NO = SituationChoice("yes", ("Có", "Yes")), SituationChoice("no", ("Không", "No"))
LATE = SituationQuestion("late", ("Quá hạn?", "Late?"), (YES, NO))
FORM = ChecklistItem("form", ("Tờ khai", "Form"))
PROCEDURE = Procedure("1.000001", "Thủ tục")


def make_listed(*items: ChecklistItem, questions: tuple[SituationQuestion, ...] = (LATE,)) -> Procedure:
    return replace(PROCEDURE, checklist=Checklist(items, questions))


@pytest.mark.parametrize(
    ("procedure", "faults"),
    [
        (PROCEDURE, []),
        (make_listed(FORM), []),
        (make_listed(), [("checklist.items", "checklist.empty"), ("checklist.items", "situation.empty")]),
        (make_listed(FORM, FORM), [("checklist.items[1].code", "code.twice")]),
        (make_listed(replace(FORM, when=(("late", "yes"),))), [("checklist.items", "situation.empty")]),
        (
            make_listed(FORM, replace(FORM, code="b", when=(("late", "maybe"),))),
            [("checklist.items[1].when", "condition.unknown")],
        ),
        (
            make_listed(FORM, questions=(replace(LATE, choices=(YES,)),)),
            [("checklist.questions[0].choices", "question.choices")],
        ),
        (
            make_listed(FORM, questions=(replace(LATE, when=(("late", "yes"),)),)),
            [("checklist.questions[0].when", "condition.unknown")],
        ),
        (replace(PROCEDURE, limits=(TimeLimit(LimitUnit.SAME_DAY, 2),)), [("limits[0].count", "limit.same_day")]),
        (replace(PROCEDURE, limits=(TimeLimit(LimitUnit.DAYS),)), [("limits[0].count", "limit.zero")]),
        (
            replace(PROCEDURE, limits=(TimeLimit(LimitUnit.DAYS, 2, is_added=True),)),
            [("limits[0].is_added", "limit.added")],
        ),
        (
            replace(PROCEDURE, fees=(Fee(2000, ("trang", ""), tiers=(FeeTier(3, 1000), FeeTier(3, 500))),)),
            [("fees[0].tiers", "fee.tiers")],
        ),
        (replace(PROCEDURE, fees=(Fee(2000, tiers=(FeeTier(3, 1000),)),)), [("fees[0].per", "fee.per")]),
    ],
)
def test_faults_have_their_place(procedure: Procedure, faults: list[tuple[str, str]]) -> None:
    assert [(fault.place, fault.code) for fault in list_faults(procedure)] == faults


@pytest.mark.thorough
def test_questions_with_too_many_situations_are_refused_soon() -> None:
    questions = tuple(replace(LATE, code=f"q{number}") for number in range(12))
    tangled = make_listed(replace(FORM, when=(("q0", "yes"),)), replace(FORM, code="b"), questions=questions)
    assert len(list(list_situations(Checklist((FORM,), questions)))) == 2**12
    assert list_faults(tangled) == []
    wide = tuple(
        replace(LATE, code=f"q{number}", choices=tuple(SituationChoice(f"c{n}", ("x", "")) for n in range(12)))
        for number in range(12)
    )
    many = make_listed(FORM, questions=wide)
    assert [fault.code for fault in list_faults(many)] == ["questions.many"]
    assert len(list(list_situations(Checklist((FORM,), wide)))) == SITUATIONS_MAX + 1


@pytest.mark.thorough
def test_no_situation_is_longer_than_an_address_carries() -> None:
    long = tuple(replace(LATE, code=f"{'q' * 38}{number:02}") for number in range(12))
    shown = replace(FORM, when=((long[0].code, "yes"),))
    listed = make_listed(shown, replace(FORM, code="b"), questions=long)
    assert list_faults(listed) == []
    answers = tuple(SituationChoice(f"{'c' * 39}{letter}", ("x", "")) for letter in "ab")
    longer = tuple(replace(one, choices=answers) for one in long)
    fault = next(iter(list_faults(make_listed(replace(FORM, code="b"), questions=longer))))
    assert (fault.place, fault.code, fault.params) == ("checklist.questions", "questions.long", {"most": SITUATION_MAX})
    products = [one.checklist for one in load_procedures().values() if one.checklist]
    texts = [write_situation(choices) for checklist in products for choices in list_situations(checklist)]
    assert max(map(len, texts)) <= SITUATION_MAX
    assert all(read_situation(text) == read_situation(f"{text}{',' * SITUATION_MAX}") for text in texts)


def test_situations_are_every_way_to_answer() -> None:
    two = Checklist((FORM,), (LATE, replace(LATE, code="other", when=(("late", "yes"),))))
    assert [tuple(choices.items()) for choices in list_situations(two)] == [
        *((("late", "yes"), ("other", code)) for code in ("yes", "no")),
        (("late", "no"),),
    ]
