"""Flows of procedures: what one may be, which one a dossier gets and keeps, and its way back and forth through it."""

from collections.abc import Callable
from typing import Any

import pytest

from motcua.copies import replace
from motcua.desk import Refused
from motcua.dossiers import actions
from motcua.dossiers.actions import FlowRequest, HandedIn, SendBackRequest, SupplementRequest
from motcua.dossiers.model.dossier import DossierState, HandedPaper
from motcua.dossiers.model.flow import DEFAULT_FLOW, SHORT_FLOW, Flow, FlowScope, FlowTarget, describe_flow
from motcua.dossiers.rules.flows import choose_flow
from motcua.dossiers.store import flows
from motcua.procedures.model import LimitUnit, Procedure, TimeLimit
from tests.unit.dossiers.taken import DEATH, VAULT, Taken

TODAY, LATER = "2026-11-01", "2027-01-04"


def code_of(refused: Callable[[], object]) -> str:
    with pytest.raises(Refused) as error:
        refused()
    return error.value.code


def rows(*shares: int) -> list[dict[str, Any]]:
    return [
        {"name": (f"Bước {n}", f"Step {n}"), "share_percent": share, "role": "specialist", "account": None}
        for n, share in enumerate(shares, start=1)
    ]


def set_flow(taken: Taken, scope: str, key: str, steps: list[dict[str, Any]], since: str = TODAY, **more: Any) -> None:
    taken.desk.do(actions.set_flow, FlowRequest(scope, key, since, steps, **more))


def flow_of(taken: Taken, code: str) -> Flow:
    with taken.desk.read() as db:
        return flows.get_flow(db, code)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"rows": []}, "flow.count"),
        ({"rows": rows(*[7] * 13)}, "flow.count"),
        ({"rows": rows(50, 40)}, "flow.sum"),
        ({"rows": rows(50, 40, 20)}, "flow.sum"),
        ({"rows": rows(110, -10)}, "flow.share"),
        ({"rows": [{**rows(100)[0], "share_percent": "all"}]}, "flow.share"),
        ({"rows": [{**rows(100)[0], "share_percent": True}]}, "flow.share"),
        ({"rows": [{**rows(100)[0], "name": (" ", "Step")}]}, "flow.name"),
        ({"rows": [{**rows(100)[0], "name": ("a\nb", "")}]}, "flow.name"),
        ({"rows": [{**rows(100)[0], "name": ("x" * 81, "")}]}, "flow.name"),
        ({"rows": [{**rows(100)[0], "name": ("Ông 001090012345", "")}]}, "flow.person"),
        ({"rows": [{**rows(100)[0], "role": "king"}]}, "flow.role"),
        ({"rows": [{**rows(100)[0], "account": 999}]}, "flow.account"),
        ({"rows": [*rows(50, 0, 50)[:1], {**rows(0)[0], "code": "receive"}, rows(50)[0]]}, "flow.twice"),
        ({"rows": [*rows(50, 0, 50)[:1], {**rows(0)[0], "code": "Bước 2"}, rows(50)[0]]}, "flow.code"),
        ({"key": "9.999999"}, "flow.target"),
        ({"scope": "planet"}, "flow.target"),
        ({"scope": "field", "key": "Thiên văn"}, "flow.target"),
        ({"scope": "usual"}, "flow.target"),
        ({"since": "2026-13-01"}, "flow.day"),
        ({"since": ""}, "flow.day"),
        ({"basis": "0123456789abcdef"}, "flow.changed"),
    ],
)
def test_a_flow_that_is_none_is_refused_and_nothing_is_written(taken: Taken, change: dict[str, Any], code: str) -> None:
    good = FlowRequest("procedure", DEATH, TODAY, rows(100))
    taken.events.clear()
    assert code_of(lambda: taken.desk.do(actions.set_flow, replace(good, **change))) == code
    assert taken.events == []
    with taken.desk.read() as db:
        assert flows.list_flow_versions(db) == []


def test_a_dossier_keeps_the_flow_with_which_it_came(taken: Taken) -> None:
    taken.call()
    first = taken.lodge()
    set_flow(taken, "procedure", DEATH, rows(30, 60, 10))
    second = taken.lodge()
    set_flow(taken, "procedure", DEATH, rows(10, 10, 70, 10))
    third = taken.lodge()
    taken.desk.do(actions.withdraw_flow, FlowTarget(FlowScope.PROCEDURE, DEATH), TODAY, None)
    fourth = taken.lodge()
    kept = [[step.share_percent for step in flow_of(taken, taken.now(one).flow)] for one in (first, second, third)]
    assert kept == [[10, 20, 45, 15, 10], [30, 60, 10], [10, 10, 70, 10]]
    assert fourth.flow == ""
    assert taken.desk.do(actions.finish, second.code).step == 2
    assert [event.kind for event in taken.events if "flow" in event.kind] == [
        "flow.changed", "flow.changed", "flow.withdrawn",
    ]  # fmt: skip


def test_a_flow_holds_from_its_day_on_and_not_before(taken: Taken) -> None:
    set_flow(taken, "usual", "", rows(40, 60), LATER)
    with taken.desk.read() as db:
        assert flows.list_in_force(db, "2027-01-03") == {}
        assert [step.code for step in flows.list_in_force(db, LATER)["usual"]] == ["receive", "return"]
    assert code_of(lambda: set_flow(taken, "usual", "", rows(40, 60), LATER)) == "flow.same"
    gone = FlowTarget(FlowScope.USUAL)
    assert code_of(lambda: taken.desk.do(actions.withdraw_flow, gone, TODAY, None)) == "flow.unknown"


def test_the_narrowest_flow_is_chosen() -> None:
    own, lane, field, usual = (tuple(DEFAULT_FLOW[:n]) for n in (1, 2, 3, 4))
    in_force = {"procedure:1": own, "immediate": lane, "field:Hộ tịch": field, "usual": usual}
    quick = Procedure("1", "Một", field="Hộ tịch", is_immediate=True)
    chosen = []
    for key in (None, *in_force):
        in_force.pop(key or "", None)
        chosen.append(choose_flow(in_force, quick))
    assert chosen == [own, lane, field, usual, DEFAULT_FLOW]
    slow = replace(quick, is_immediate=False)
    assert choose_flow({"immediate": SHORT_FLOW, "usual": usual}, slow) == usual


def test_the_steps_of_a_flow_come_back_from_the_journal_as_they_were_set(taken: Taken) -> None:
    set_flow(taken, "field", "Hộ tịch", [{**rows(100)[0], "account": taken.officer, "role": "leader"}])
    with taken.desk.read() as db:
        (version,) = flows.list_flow_versions(db)
    assert version.flow is not None
    assert describe_flow(version.flow) == [
        {
            "code": "receive", "name": ["Bước 1", "Step 1"], "share_percent": 100, "role": "leader",
            "account": taken.officer,
        }
    ]  # fmt: skip


def test_a_dossier_of_one_step_is_handed_to_somebody_and_finished_there(taken: Taken) -> None:
    set_flow(taken, "procedure", DEATH, rows(100))
    taken.call()
    dossier = taken.lodge()
    assert code_of(lambda: taken.desk.do(actions.hand_over, dossier.code, 1, None)) == "dossier.step"
    assert taken.desk.do(actions.hand_over, dossier.code, 0, None).holder is None
    ready = taken.desk.do(actions.finish, dossier.code)
    assert (ready.state, ready.step) == (DossierState.READY, 0)


def test_a_dossier_goes_back_only_with_a_reason_which_the_journal_does_not_have(taken: Taken) -> None:
    taken.call()
    dossier = taken.lodge()
    door = taken.desk.by("officer:1")
    back = SendBackRequest(1, taken.officer, "Thiếu chữ ký của ông An")
    assert code_of(lambda: door.do(actions.send_back, VAULT, dossier.code, back)) == "dossier.first_step"
    door.do(actions.hand_over, dossier.code, 3, None)
    assert code_of(lambda: door.do(actions.hand_over, dossier.code, 1, None)) == "dossier.step_back"
    for wrong, code in (
        (replace(back, words=" "), "dossier.words"),
        (replace(back, step=3), "dossier.step"),
        (replace(back, step=-1), "dossier.step"),
        (replace(back, holder=999), "dossier.holder"),
    ):
        assert code_of(lambda wrong=wrong: door.do(actions.send_back, VAULT, dossier.code, wrong)) == code  # type: ignore[misc]
    sent = door.do(actions.send_back, VAULT, dossier.code, back)
    assert (sent.step, sent.holder, sent.state) == (1, taken.officer, DossierState.PROCESSING)
    assert "chữ ký" not in str(taken.events[-1].to_data())
    content = door.do(actions.open_dossier, VAULT, dossier.code)
    assert ("sent_back", "Thiếu chữ ký của ông An") in content.words


def test_steps_have_due_moments_until_the_promised_one_which_move_with_it(taken: Taken) -> None:
    taken.call()
    dossier = taken.lodge(limit=TimeLimit(LimitUnit.WORKING_DAYS, 3))
    assert len(dossier.dues) == 5
    assert dossier.dues[-1] == f"{dossier.due_on}T{dossier.due_at}"
    door, code = taken.desk, dossier.code
    door.do(actions.ask_supplement, VAULT, code, SupplementRequest(("death-notice",), "Bổ sung"))
    assert taken.now(dossier).dues == dossier.dues
    taken.clock.advance(7 * 24 * 3600)
    papers = HandedIn((HandedPaper("death-notice", originals=1),))
    resumed = door.do(actions.hand_in_supplement, VAULT, code, papers)
    assert resumed.dues[-1] == f"{resumed.due_on}T{resumed.due_at}"
    assert resumed.dues[0] > dossier.dues[-1]
    assert list(resumed.dues) == sorted(resumed.dues)
    door.do(actions.request_fee, code, 8000)
    taken.clock.advance(24 * 3600)
    paid = door.do(actions.settle_fee, code)
    assert paid.dues[-1] == f"{paid.due_on}T{paid.due_at}" > resumed.dues[-1]
    door.do(actions.hand_over, code, 2, None)
    more = door.do(actions.extend, VAULT, code, TimeLimit(LimitUnit.WORKING_DAYS, 5), "Chờ xác minh")
    assert more.dues[:2] == paid.dues[:2]
    assert more.dues[-1] == f"{more.due_on}T{more.due_at}"
