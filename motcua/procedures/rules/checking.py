"""What does not fit together in a procedure, each fault with its place. Pure."""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

from msgspec import Struct, field

from motcua.desk.messages import mark
from motcua.procedures.model import Checklist, LimitUnit, Procedure
from motcua.procedures.model.plain import write_procedure
from motcua.procedures.rules.situations import SITUATIONS_MAX, list_papers, list_situations
from motcua.typed.situation import SITUATION_MAX, write_situation

_PERSON = re.compile(r"(?<![0-9A-Za-z.])0\d{11}(?!\d)")


class ProcedureFault(Struct, frozen=True):
    """Something wrong at `place`, like `checklist.items[2].when`; `params` fill the English `message`."""

    place: str
    code: str
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)


def list_faults(procedure: Procedure) -> list[ProcedureFault]:
    """Return everything that does not fit together in `procedure`."""
    faults = [*_list_person_faults(procedure), *_list_limit_faults(procedure), *_list_fee_faults(procedure)]
    if procedure.checklist is not None:
        faults += _list_checklist_faults(procedure.checklist)
    return faults


def _list_person_faults(procedure: Procedure) -> Iterator[ProcedureFault]:
    """The journal keeps a catalogue for ever, so it must not name people."""
    if match := _PERSON.search(write_procedure(procedure)):
        yield ProcedureFault(
            "",
            "procedure.person",
            mark("“%(number)s” looks like a person's ID number. The catalogue must not hold personal data."),
            {"number": f"{match[0][:3]}******{match[0][-3:]}"},
        )


def _list_limit_faults(procedure: Procedure) -> Iterator[ProcedureFault]:
    for number, limit in enumerate(procedure.limits):
        place = f"limits[{number}]"
        if limit.unit is LimitUnit.SAME_DAY and (limit.count or limit.is_added):
            yield ProcedureFault(
                f"{place}.count", "limit.same_day", mark("“On the same day” has no number of days. Leave it at 0.")
            )
        if limit.unit is not LimitUnit.SAME_DAY and not limit.count:
            yield ProcedureFault(f"{place}.count", "limit.zero", mark("Write how many days the limit has."))
        if limit.is_added and all(item.is_added for item in procedure.limits):
            yield ProcedureFault(
                f"{place}.is_added",
                "limit.added",
                mark("Days can only be added to a usual limit. Enter the usual limit first."),
            )


def _list_fee_faults(procedure: Procedure) -> Iterator[ProcedureFault]:
    for number, fee in enumerate(procedure.fees):
        if any(one.first >= two.first for one, two in pairwise(fee.tiers)):
            yield ProcedureFault(
                f"fees[{number}].tiers", "fee.tiers", mark("Each price must begin after the one before it.")
            )
        if fee.tiers and not fee.per[0]:
            yield ProcedureFault(
                f"fees[{number}].per", "fee.per", mark("Name what is counted, like “trang”, where the price changes.")
            )


def _list_checklist_faults(checklist: Checklist) -> Iterator[ProcedureFault]:
    if not checklist.items:
        yield ProcedureFault("checklist.items", "checklist.empty", mark("A checklist needs at least one paper."))
    yield from _list_twice("checklist.items", [item.code for item in checklist.items])
    yield from _list_twice("checklist.questions", [item.code for item in checklist.questions])
    choices: dict[str, list[str]] = {}
    for number, question in enumerate(checklist.questions):
        place = f"checklist.questions[{number}]"
        codes = [item.code for item in question.choices]
        if len(codes) < 2:  # noqa: PLR2004 -- a question with one answer is none
            yield ProcedureFault(
                f"{place}.choices", "question.choices", mark("A question needs at least two possible answers.")
            )
        yield from _list_twice(f"{place}.choices", codes)
        yield from _list_condition_faults(f"{place}.when", question.when, choices)
        choices[question.code] = codes
    for number, item in enumerate(checklist.items):
        yield from _list_condition_faults(f"checklist.items[{number}].when", item.when, choices)
    yield from _list_situation_faults(checklist)


def _list_twice(place: str, codes: Iterable[str]) -> Iterator[ProcedureFault]:
    earlier: set[str] = set()
    for number, code in enumerate(codes):
        if code in earlier:
            yield ProcedureFault(
                f"{place}[{number}].code", "code.twice", mark("The code “%(code)s” stands here twice."), {"code": code}
            )
        earlier.add(code)


def _list_condition_faults(
    place: str, when: Iterable[tuple[str, str]], choices: Mapping[str, list[str]]
) -> Iterator[ProcedureFault]:
    for question, choice in when:
        if choice not in choices.get(question, ()):
            yield ProcedureFault(
                place,
                "condition.unknown",
                mark("There is no answer “%(choice)s” to an earlier question “%(question)s”."),
                {"choice": choice, "question": question},
            )


def _list_situation_faults(checklist: Checklist) -> Iterator[ProcedureFault]:
    if any(not item.when for item in checklist.items) and not checklist.questions:
        return
    for count, choices in enumerate(list_situations(checklist), start=1):
        if count > SITUATIONS_MAX:
            yield ProcedureFault(
                "checklist.questions",
                "questions.many",
                mark("The questions have more than %(count)s situations together. Ask fewer questions."),
                {"count": SITUATIONS_MAX},
            )
            return
        if len(write_situation(choices)) > SITUATION_MAX:
            yield ProcedureFault(
                "checklist.questions",
                "questions.long",
                mark("The codes of a situation have more than %(most)s characters together. Use shorter ones."),
                {"most": SITUATION_MAX},
            )
            return
        if not list_papers(checklist, choices):
            yield ProcedureFault(
                "checklist.items",
                "situation.empty",
                mark("With these answers no paper is needed: %(answers)s. Each situation needs at least one."),
                {"answers": ", ".join(f"{question}: {choice}" for question, choice in choices.items())},
            )
            return
