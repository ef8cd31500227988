"""What may happen to a dossier: asked once and for everything, extended once, and its time stands still meanwhile."""

from collections.abc import Callable
from functools import partial

import pytest

from motcua.desk import Refused
from motcua.dossiers import actions
from motcua.dossiers.actions import EndRequest, HandedIn, SupplementRequest
from motcua.dossiers.model.dossier import Dossier, DossierState, HandedPaper
from motcua.dossiers.rules.moves import list_possible
from motcua.dossiers.store import dossiers
from motcua.procedures.model import LimitUnit, TimeLimit
from tests.unit.dossiers.taken import ALLOWANCE, FORM, THREE_DAYS, VAULT, Taken

DAY_S = 86400


@pytest.fixture
def dossier(taken: Taken) -> Dossier:
    taken.call()
    return taken.lodge()


def code_of(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as caught:
        act()
    return caught.value.code


def test_a_dossier_goes_its_way(taken: Taken, dossier: Dossier) -> None:
    door = taken.desk.by("officer:1")
    for step in (1, 2, 3):
        assert door.do(actions.hand_over, dossier.code, step, taken.officer).state is DossierState.PROCESSING
    assert code_of(lambda: door.do(actions.hand_over, dossier.code, 4, None)) == "dossier.step"
    assert code_of(lambda: door.do(actions.hand_over, dossier.code, 3, taken.officer)) == "dossier.same_step"
    assert code_of(lambda: door.do(actions.hand_over, dossier.code, 2, 999)) == "dossier.holder"
    assert code_of(lambda: door.do(actions.hand_out, dossier.code)) == "dossier.not_ready"
    assert door.do(actions.finish, dossier.code).state is DossierState.READY
    assert code_of(lambda: door.do(actions.hand_over, dossier.code, 2, None)) == "dossier.ready"
    assert door.do(actions.hand_out, dossier.code).state is DossierState.RETURNED
    assert code_of(lambda: door.do(actions.finish, dossier.code)) == "dossier.over"
    with taken.desk.read() as db:
        moves = [(move.move, move.step) for move in dossiers.list_dossier_moves(db, dossier.code)]
    assert moves == [
        ("lodged", 0),
        *(("handed_over", step) for step in (1, 2, 3)),
        ("ready", 4),
        ("returned", 4),
    ]


def test_more_is_asked_for_once_and_again_only_by_the_exception_that_is_written_down(
    taken: Taken, dossier: Dossier
) -> None:
    ask = taken.desk.do
    asked = ask(actions.ask_supplement, VAULT, dossier.code, SupplementRequest(("birth-paper",)))
    assert (asked.state, asked.missing, asked.paused_on) == ("supplement", ("birth-paper",), "2026-11-23")
    brought = HandedIn((HandedPaper("other", originals=1),))
    assert code_of(lambda: ask(actions.hand_in_supplement, VAULT, dossier.code, brought)) == "dossier.incomplete"
    brought = HandedIn((HandedPaper("birth-paper", originals=1),))
    complete = ask(actions.hand_in_supplement, VAULT, dossier.code, brought)
    assert (complete.state, complete.missing, complete.due_on) == ("received", (), dossier.due_on)
    assert [paper.code for paper in complete.papers] == ["form", "birth-paper"]
    again = SupplementRequest(("deed",))
    assert code_of(lambda: ask(actions.ask_supplement, VAULT, dossier.code, again)) == "dossier.supplement_once"
    again = SupplementRequest(("deed",), is_exception=True)
    assert code_of(lambda: ask(actions.ask_supplement, VAULT, dossier.code, again)) == "dossier.words"
    again = SupplementRequest(("deed",), "Tòa án có quyết định mới", is_exception=True)
    assert ask(actions.ask_supplement, VAULT, dossier.code, again).supplements == 2


def test_only_what_can_follow_is_offered(taken: Taken, dossier: Dossier) -> None:
    always = ["provincial-code"]
    running = ["ready", "hand-over", "supplement-request", "fee", "extend", "end", *always]
    assert list_possible(dossier) == running
    asked = taken.desk.do(actions.ask_supplement, VAULT, dossier.code, SupplementRequest(("deed",)))
    assert list_possible(asked) == ["supplement", "end", *always]
    brought = HandedIn((HandedPaper("deed", copies=1),))
    taken.desk.do(actions.hand_in_supplement, VAULT, dossier.code, brought)
    due = taken.desk.do(actions.request_fee, dossier.code, 1000)
    assert list_possible(due) == ["fee-paid", "end", *always]
    taken.desk.do(actions.settle_fee, dossier.code)
    extended = taken.desk.do(actions.extend, VAULT, dossier.code, THREE_DAYS, "Chờ xác minh")
    assert list_possible(extended) == [step for step in running if step != "extend"]
    assert list_possible(taken.desk.do(actions.finish, dossier.code)) == ["return", *always]
    assert list_possible(taken.desk.do(actions.hand_out, dossier.code)) == always


def test_while_the_applicant_is_waited_for_the_time_stands_still(taken: Taken, dossier: Dossier) -> None:
    taken.desk.do(actions.ask_supplement, VAULT, dossier.code, SupplementRequest(("deed",)))
    taken.clock.advance(7 * DAY_S)
    brought = HandedIn((HandedPaper("deed", copies=1),))
    complete = taken.desk.do(actions.hand_in_supplement, VAULT, dossier.code, brought)
    assert (dossier.due_on, complete.due_on, complete.first_due_on) == ("2026-11-27", "2026-12-03", "2026-11-27")
    demanded = taken.desk.do(actions.request_fee, dossier.code, 15_000)
    assert (demanded.state, demanded.fee) == (DossierState.FEE_DUE, 15_000)
    assert code_of(lambda: taken.desk.do(actions.finish, dossier.code)) == "dossier.waits"
    taken.clock.advance(DAY_S)
    paid = taken.desk.do(actions.settle_fee, dossier.code)
    assert (paid.state, paid.due_on) == (DossierState.RECEIVED, "2026-12-04")
    assert code_of(lambda: taken.desk.do(actions.settle_fee, dossier.code)) == "dossier.no_fee"


@pytest.mark.parametrize("amount", [0, -1, 10**12])
def test_a_fee_is_an_amount(taken: Taken, dossier: Dossier, amount: int) -> None:
    assert code_of(lambda: taken.desk.do(actions.request_fee, dossier.code, amount)) == "dossier.fee"


def test_what_was_never_complete_is_counted_from_the_day_on_which_it_is(taken: Taken) -> None:
    taken.call()
    lacking = taken.lodge(
        procedure=ALLOWANCE, decision=DossierState.SUPPLEMENT, papers=(), missing=("form",), limit=None
    )
    assert (lacking.state, lacking.due_on, lacking.counted_from) == (DossierState.SUPPLEMENT, None, None)
    taken.clock.advance(2 * DAY_S)
    brought = HandedIn((FORM,))
    hand_in = actions.hand_in_supplement
    assert code_of(lambda: taken.desk.do(hand_in, VAULT, lacking.code, brought)) == "dossier.limit"
    complete = taken.desk.do(hand_in, VAULT, lacking.code, HandedIn((FORM,), limit=THREE_DAYS))
    assert (complete.counted_from, complete.due_on, complete.first_due_on) == ("2026-11-25", "2026-11-28", "2026-11-28")


def test_a_refused_dossier_is_over(taken: Taken) -> None:
    taken.call()
    refused = taken.lodge(decision=DossierState.REFUSED, reason="not-competent", words="Nộp tại Sở Tư pháp")
    assert (refused.state, refused.reason, refused.due_on) == (DossierState.REFUSED, "not-competent", None)
    assert code_of(lambda: taken.desk.do(actions.finish, refused.code)) == "dossier.over"


@pytest.mark.parametrize("state", [DossierState.REFUSED, DossierState.STOPPED, DossierState.WITHDRAWN])
def test_a_dossier_ends_without_a_result(taken: Taken, dossier: Dossier, state: DossierState) -> None:
    end = EndRequest(state, "not-eligible", "Đất đang tranh chấp")
    ended = taken.desk.do(actions.end, VAULT, dossier.code, end)
    assert (ended.state, ended.reason) == (state, "not-eligible" if state is DossierState.REFUSED else None)
    assert code_of(lambda: taken.desk.do(actions.end, VAULT, dossier.code, end)) == "dossier.over"


def test_stopping_needs_its_reason_and_nothing_ends_in_another_state(taken: Taken, dossier: Dossier) -> None:
    end = actions.end
    assert code_of(lambda: taken.desk.do(end, VAULT, dossier.code, EndRequest(DossierState.STOPPED))) == "dossier.words"
    ready = EndRequest(DossierState.READY, None, "x")
    assert code_of(lambda: taken.desk.do(end, VAULT, dossier.code, ready)) == "dossier.decision"


def test_a_new_day_is_promised_once_with_an_apology(taken: Taken, dossier: Dossier) -> None:
    extend, two = actions.extend, TimeLimit(LimitUnit.WORKING_DAYS, 2)
    assert code_of(lambda: taken.desk.do(extend, VAULT, dossier.code, two, "")) == "dossier.words"
    longer = taken.desk.do(extend, VAULT, dossier.code, two, "Chờ xác minh")
    assert (longer.due_on, longer.first_due_on, longer.extensions) == ("2026-11-30", "2026-11-27", 1)
    assert code_of(lambda: taken.desk.do(extend, VAULT, dossier.code, two, "Chờ nữa")) == "dossier.extended"


def test_a_new_day_is_no_day_that_is_over(taken: Taken, dossier: Dossier) -> None:
    taken.clock.advance(20 * DAY_S)
    one = TimeLimit(LimitUnit.WORKING_DAYS, 1)
    extended = actions.extend
    assert code_of(lambda: taken.desk.do(extended, VAULT, dossier.code, one, "Chậm")) == "dossier.extension"


def test_the_provinces_code_leads_to_the_same_dossier(taken: Taken, dossier: Dossier) -> None:
    taken.desk.do(actions.number, dossier.code, "h29.17-261123-0007")
    with taken.desk.read() as db:
        assert dossiers.get_dossier(db, "H29.17-261123-0007").code == dossier.code
    other = taken.lodge()
    enter = actions.number
    assert code_of(lambda: taken.desk.do(enter, other.code, "H29.17-261123-0007")) == "dossier.code_taken"
    assert code_of(lambda: taken.desk.do(enter, dossier.code, "H29.17-261123-0007")) == "dossier.numbered"
    for wrong in ("", "001090012345", "Nguyễn Văn An", dossier.code, "H29.17-261123-" + "1" * 50):
        assert code_of(partial(taken.desk.do, enter, other.code, wrong)) == "dossier.provincial_code"
