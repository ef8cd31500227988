"""Linked procedures: groups as data, and several dossiers of one visit that are taken in together or not at all."""

from collections.abc import Callable
from typing import Any

import pytest

from motcua.copies import replace
from motcua.desk import Refused
from motcua.dossiers import actions
from motcua.dossiers.actions import GroupRequest
from motcua.dossiers.model.applicant import Applicant, IntakeRequest
from motcua.dossiers.model.dossier import Dossier, DossierState, HandedPaper
from motcua.dossiers.model.linked import LinkedRequest
from motcua.dossiers.store import dossiers, linked
from motcua.procedures.model import LimitUnit, TimeLimit
from motcua.procedures.store import load_procedures
from motcua.views.linked import list_linked_groups, list_together
from tests.unit.dossiers.taken import AN, DEATH, VAULT, Taken

RESIDENCE, FUNERAL, BIRTH, INSURANCE = "1.003197", "1.001731", "1.001193", "1.010402"
DAY = "2026-11-01"
PAPERS = tuple(HandedPaper(code, originals=1) for code in ("declaration", "death-notice", "evidence", "authorisation"))


def code_of(refused: Callable[[], object]) -> str:
    with pytest.raises(Refused) as error:
        refused()
    return error.value.code


def part(procedure: str, papers: tuple[HandedPaper, ...] = (), **more: Any) -> IntakeRequest:
    return IntakeRequest(procedure, Applicant(""), papers=papers, **more)


DEATHS = LinkedRequest("death", AN, (part(DEATH, PAPERS), part(RESIDENCE), part(FUNERAL)))


def lodge(taken: Taken, request: LinkedRequest = DEATHS) -> list[Dossier]:
    return taken.desk.by("officer:1").do(actions.lodge_linked, VAULT, 1, request)


def test_the_programs_groups_name_procedures_that_a_ward_receives() -> None:
    procedures = load_procedures()
    for group in linked.load_groups().values():
        assert [procedures[code].level for code in group.procedures] == ["ward"] * 3
        assert all(group.name)


def test_one_visit_has_three_dossiers_of_one_applicant_whose_times_follow_each_other(taken: Taken) -> None:
    visit = taken.call()
    death, residence, funeral = lodge(taken)
    assert [one.visit for one in (death, residence, funeral)] == [visit] * 3
    assert [one.linked for one in (death, residence, funeral)] == [death.code] * 3
    assert [len(one.limits) for one in (death, residence, funeral)] == [1, 2, 3]
    assert [one.due_on for one in (death, residence, funeral)] == ["2026-11-23", "2026-11-30", "2026-12-03"]
    assert [event.kind for event in taken.events].count("dossier.lodged") == 3
    with taken.desk.read() as db:
        assert [one["code"] for one in list_together(db, residence)] == [death.code, funeral.code]
    for one in (death, residence, funeral):
        assert taken.desk.do(actions.open_dossier, VAULT, one.code).applicant == AN


def test_a_part_of_the_group_can_be_left_out(taken: Taken) -> None:
    taken.call()
    death, funeral = lodge(taken, replace(DEATHS, dossiers=(DEATHS.dossiers[0], DEATHS.dossiers[2])))
    assert (funeral.due_on, funeral.linked) == ("2026-11-27", death.code)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"group": "marriage"}, "linked.unknown"),
        ({"dossiers": DEATHS.dossiers[:1]}, "linked.procedures"),
        ({"dossiers": DEATHS.dossiers[::-1]}, "linked.procedures"),
        ({"dossiers": (*DEATHS.dossiers[:2], part(BIRTH))}, "linked.procedures"),
        ({"dossiers": (DEATHS.dossiers[0], DEATHS.dossiers[0])}, "linked.procedures"),
        (
            {"dossiers": (DEATHS.dossiers[0], part(RESIDENCE, decision=DossierState.SUPPLEMENT, words="x"))},
            "linked.decision",
        ),
        ({"dossiers": (DEATHS.dossiers[0], part(RESIDENCE, sets=0), part(FUNERAL))}, "dossier.sets"),
        ({"applicant": Applicant("")}, "applicant.name"),
    ],
)
def test_all_are_taken_in_or_none(taken: Taken, change: dict[str, Any], code: str) -> None:
    taken.call()
    assert code_of(lambda: lodge(taken, replace(DEATHS, **change))) == code
    with taken.desk.read() as db:
        assert dossiers.count_by_state(db) == {}


def test_a_visit_that_has_no_room_for_all_takes_none(taken: Taken) -> None:
    taken.call()
    for _turn in range(3):
        taken.lodge()
    assert code_of(lambda: lodge(taken)) == "dossier.visit_full"
    assert code_of(lambda: lodge(taken, replace(DEATHS, group="x"))) == "linked.unknown"


def test_papers_that_several_need_are_told_once(taken: Taken) -> None:
    with taken.desk.read() as db:
        groups = {group["code"]: group for group in list_linked_groups(db, DAY)}
    assert groups["birth"]["common"] == [[[BIRTH, "birth-notice"], [INSURANCE, "birth-notice"]]]


def test_a_ward_adds_changes_and_withdraws_groups_from_a_day_on(taken: Taken) -> None:
    wish = GroupRequest("", ("Cưới và tách hộ", "Wedding"), ("1.000894", "1.010038"), False, DAY)
    assert taken.desk.do(actions.set_group, wish).code == "group-1"
    assert taken.desk.do(actions.set_group, wish).code == "group-2"
    assert code_of(lambda: taken.desk.do(actions.set_group, replace(wish, code="group-1"))) == "linked.same"
    later = replace(wish, code="death", procedures=(DEATH, FUNERAL), since="2027-01-01")
    taken.desk.do(actions.set_group, later)
    taken.desk.do(actions.withdraw_group, "birth", "2026-12-01", None)
    with taken.desk.read() as db:
        assert [*linked.list_groups(db, DAY)] == ["birth", "death", "group-1", "group-2"]
        assert [*linked.list_groups(db, "2026-12-01")] == ["death", "group-1", "group-2"]
        assert linked.list_groups(db, "2026-12-31")["death"].procedures == (DEATH, RESIDENCE, FUNERAL)
        assert linked.list_groups(db, "2027-01-01")["death"].procedures == (DEATH, FUNERAL)
    assert code_of(lambda: taken.desk.do(actions.withdraw_group, "birth", "2026-12-02", None)) == "linked.unknown"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"names": (" ", "")}, "linked.name"),
        ({"names": ("a\nb", "")}, "linked.name"),
        ({"names": ("Của 001090012345", "")}, "linked.person"),
        ({"procedures": (DEATH,)}, "linked.count"),
        ({"procedures": (DEATH, DEATH)}, "linked.count"),
        ({"procedures": (DEATH, FUNERAL, RESIDENCE, BIRTH, INSURANCE, "1.000894")}, "linked.count"),
        ({"procedures": (DEATH, "9.999999")}, "procedure.unknown"),
        ({"since": "soon"}, "flow.day"),
        ({"code": "group-9"}, "linked.unknown"),
    ],
)
def test_a_group_that_is_none_is_refused(taken: Taken, change: dict[str, Any], code: str) -> None:
    wish = GroupRequest("", ("Khai tử", "Death"), (DEATH, FUNERAL), False, DAY)
    assert code_of(lambda: taken.desk.do(actions.set_group, replace(wish, **change))) == code
    with taken.desk.read() as db:
        assert linked.list_group_versions(db) == []


def test_limits_in_turn_need_every_limit(taken: Taken) -> None:
    taken.call()
    limited = replace(DEATHS.dossiers[1], limit=TimeLimit(LimitUnit.WORKING_DAYS, 1))
    _death, residence, funeral = lodge(taken, replace(DEATHS, dossiers=(DEATHS.dossiers[0], limited, part(FUNERAL))))
    assert (residence.due_on, funeral.due_on) == ("2026-11-25", "2026-11-28")
