"""A fee: what the catalogue says, what is asked for, how it is paid, given back, and told by the journal."""

from typing import Any

import pytest

from motcua.desk import Refused, Tx, Unknown
from motcua.dossiers import actions
from motcua.dossiers.actions import common
from motcua.dossiers.events.fees import DossierFeeDemanded
from motcua.dossiers.model.dossier import Dossier, DossierState, FilingChannel, HandedPaper
from motcua.dossiers.model.fees import (
    ChargeState,
    FeeLine,
    FeeRequest,
    Payment,
    PaymentMeans,
    PaymentRequest,
    PaymentState,
    Relief,
    ReturnRequest,
)
from motcua.dossiers.rules import fees as rules
from motcua.dossiers.rules import moves
from motcua.dossiers.rules.vietqr import PURPOSE_MAX
from motcua.dossiers.store import fees
from motcua.procedures.store import find_procedure
from tests.unit.dossiers.taken import VAULT, Taken

COPY, SIGNATURE, ONLINE, UNCLEAR = "2.000815", "2.000884", "1.004194", "1.013225"
"""Two prices a page and at most 200,000 a copy; 10,000 a case; cheaper online; two fees and no case."""
DAY_S = 24 * 3600


def demand(taken: Taken, dossier: Dossier, **request: Any) -> Dossier:
    return taken.desk.do(actions.ask_fee, VAULT, dossier.code, FeeRequest(**request))


def pay(taken: Taken, dossier: Dossier, **request: Any) -> Dossier:
    return taken.desk.do(actions.take_fee, dossier.code, PaymentRequest(**request))


def lodge_signature(taken: Taken) -> Dossier:
    with taken.desk.read() as db:
        procedure = find_procedure(db, SIGNATURE, "2026-11-23")
    assert procedure is not None
    assert procedure.checklist is not None
    papers = tuple(HandedPaper(item.code, originals=1) for item in procedure.checklist.items)
    return taken.lodge(procedure=SIGNATURE, papers=papers)


def charge_of(taken: Taken, dossier: Dossier) -> tuple[int, int | None, ChargeState]:
    with taken.desk.read() as db:
        charge = fees.find_last_charge(db, dossier.code)
    assert charge is not None
    return charge.amount, charge.proposed, charge.state


def payments(taken: Taken, dossier: Dossier) -> list[Payment]:
    with taken.desk.read() as db:
        return fees.list_payments(db, dossier.code)


def refusal(work: Any) -> str:
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.code


@pytest.mark.parametrize(
    ("code", "channel", "units", "sets", "relief", "amount"),
    [
        (COPY, FilingChannel.IN_PERSON, 5, 2, Relief.NONE, 2 * (2 * 2000 + 3 * 1000)),
        (COPY, FilingChannel.IN_PERSON, 999, 1, Relief.NONE, 200_000),
        (SIGNATURE, FilingChannel.IN_PERSON, 3, 1, Relief.HALVED, 15_000),
        (SIGNATURE, FilingChannel.IN_PERSON, 3, 1, Relief.EXEMPT, 0),
        (ONLINE, FilingChannel.IN_PERSON, 1, 1, Relief.NONE, 15_000),
        (ONLINE, FilingChannel.ONLINE, 1, 1, Relief.NONE, 7_000),
        (ONLINE, FilingChannel.ONLINE, 1, 1, Relief.HALVED, 3_500),
    ],
)
def test_the_catalogue_proposes_what_a_case_costs(
    taken: Taken, code: str, channel: FilingChannel, units: int, sets: int, relief: Relief, amount: int
) -> None:
    with taken.desk.read() as db:
        procedure = find_procedure(db, code, "2026-11-23")
    (line,) = rules.choose_lines(rules.list_proposals(procedure, channel))
    assert rules.compute_proposed(procedure, [FeeLine(line.place, units)], sets, relief) == amount


def test_where_the_catalogue_names_no_one_fee_nothing_is_proposed(taken: Taken) -> None:
    with taken.desk.read() as db:
        procedure = find_procedure(db, UNCLEAR, "2026-11-23")
    proposals = rules.list_proposals(procedure, FilingChannel.IN_PERSON)
    assert [item.fee.amount for item in proposals] == [50_000, 100_000]
    assert rules.choose_lines(proposals) == ()
    assert rules.choose_lines(rules.list_proposals(None, FilingChannel.IN_PERSON)) == ()


def test_another_amount_needs_a_reason_which_no_journal_row_holds(taken: Taken) -> None:
    taken.call()
    dossier = lodge_signature(taken)
    line = (FeeLine(0),)
    for request in ({"amount": 5_000}, {"relief": Relief.EXEMPT}, {"relief": Relief.HALVED, "reason": "  "}):
        assert refusal(lambda request=request: demand(taken, dossier, lines=line, **request)) == "fee.reason"
    assert refusal(lambda: demand(taken, dossier)) == "fee.unknown"
    assert refusal(lambda: demand(taken, dossier, lines=(FeeLine(7),))) == "fee.line"
    assert refusal(lambda: demand(taken, dossier, lines=(FeeLine(0, 0),))) == "fee.line"
    assert refusal(lambda: demand(taken, dossier, amount=-1)) == "dossier.fee"
    taken.events.clear()
    demanded = demand(taken, dossier, lines=line, relief=Relief.HALVED, reason="Hộ nghèo Lê Thị Kín")
    assert (demanded.state, demanded.fee) == (DossierState.FEE_DUE, 5_000)
    assert charge_of(taken, dossier) == (5_000, 10_000, ChargeState.DUE)
    assert "Kín" not in str(taken.events)
    content = taken.desk.do(actions.open_dossier, VAULT, dossier.code)
    assert content.words == (("fee_demanded", "Hộ nghèo Lê Thị Kín"),)


def test_who_is_exempt_is_not_waited_for(taken: Taken) -> None:
    taken.call()
    dossier = lodge_signature(taken)
    free = demand(taken, dossier, lines=(FeeLine(0),), relief=Relief.EXEMPT, reason="Người có công")
    assert (free.state, free.due_on) == (dossier.state, dossier.due_on)
    assert charge_of(taken, dossier) == (0, 10_000, ChargeState.WAIVED)
    assert refusal(lambda: pay(taken, dossier)) == "dossier.no_fee"


def test_a_fee_that_nobody_waits_for_must_be_settled_before_the_result_is_handed_out(taken: Taken) -> None:
    taken.call()
    dossier = taken.lodge()
    running = demand(taken, dossier, amount=8_000, holds=False)
    assert (running.state, running.paused_on, running.due_on) == (dossier.state, None, dossier.due_on)
    assert refusal(lambda: demand(taken, dossier, amount=1)) == "fee.due"
    taken.desk.do(actions.finish, dossier.code)
    assert refusal(lambda: taken.desk.do(actions.hand_out, dossier.code)) == "fee.unpaid"
    paid = pay(taken, dossier, means=PaymentMeans.CARD, reference="004512 / 4242", receipt="AB/26E 0001234")
    assert paid.state is DossierState.READY
    assert taken.desk.do(actions.hand_out, dossier.code).state is DossierState.RETURNED


def test_the_number_of_a_card_is_never_stored(taken: Taken) -> None:
    taken.call()
    dossier = taken.lodge()
    demand(taken, dossier, amount=8_000)
    for means, reference, code in (
        (PaymentMeans.CARD, "9704 1234 5678 9012 345", "fee.card"),
        (PaymentMeans.CARD, "9704123456789", "fee.card"),
        (PaymentMeans.CARD, "", "fee.reference"),
        (PaymentMeans.CARD, "số 5", "fee.reference"),
        (PaymentMeans.TRANSFER, "x" * 31, "fee.reference"),
        (PaymentMeans.CASH, "4242", "fee.reference"),
    ):
        assert refusal(lambda m=means, r=reference: pay(taken, dossier, means=m, reference=r)) == code
    assert refusal(lambda: pay(taken, dossier, receipt="a" * 41)) == "fee.receipt"
    assert payments(taken, dossier) == []
    assert pay(taken, dossier).state is dossier.state


def test_confirmations_are_numbered_by_year_without_gaps_whatever_becomes_of_them(taken: Taken) -> None:
    numbers = []
    for turn in range(6):
        dossier = taken.lodge(channel=FilingChannel.POST)
        demand(taken, dossier, amount=8_000)
        pay(taken, dossier)
        payment = payments(taken, dossier)[-1]
        numbers.append(rules.write_number(payment))
        if turn == 1:
            taken.desk.do(actions.return_payment, VAULT, dossier.code, ReturnRequest(payment.id, True, "Nhầm hồ sơ"))
        if turn == 3:
            taken.clock.advance(60 * DAY_S)
    assert numbers == [f"00000{n}/2026" for n in range(1, 5)] + ["000001/2027", "000002/2027"]


def test_a_mistake_makes_the_fee_due_again_and_money_given_back_ends_it(taken: Taken) -> None:
    taken.call()
    dossier = taken.lodge()
    demand(taken, dossier, amount=8_000)
    pay(taken, dossier, officer=taken.officer)
    first = payments(taken, dossier)[0]
    assert (
        refusal(lambda: taken.desk.do(actions.return_payment, VAULT, dossier.code, ReturnRequest(first.id, True, " ")))
        == "dossier.words"
    )
    wrong = ReturnRequest(first.id + 9, True, "x")
    assert refusal(lambda: taken.desk.do(actions.return_payment, VAULT, dossier.code, wrong)) == "fee.payment"
    again = taken.desk.do(actions.return_payment, VAULT, dossier.code, ReturnRequest(first.id, True, "Bấm nhầm"))
    assert (again.state, charge_of(taken, dossier)[2]) == (DossierState.FEE_DUE, ChargeState.DUE)
    pay(taken, dossier, means=PaymentMeans.TRANSFER, reference="FT26327001")
    second = payments(taken, dossier)[1]
    taken.clock.advance(DAY_S)
    late = ReturnRequest(second.id, True, "Nhầm")
    assert refusal(lambda: taken.desk.do(actions.return_payment, VAULT, dossier.code, late)) == "fee.mistake_day"
    back = ReturnRequest(second.id, False, "Rút hồ sơ", taken.officer)
    assert taken.desk.do(actions.return_payment, VAULT, dossier.code, back).state is dossier.state
    assert refusal(lambda: taken.desk.do(actions.return_payment, VAULT, dossier.code, back)) == "fee.returned"
    assert [item.state for item in payments(taken, dossier)] == [PaymentState.MISTAKEN, PaymentState.REFUNDED]
    assert charge_of(taken, dossier)[2] is ChargeState.REFUNDED


def test_a_fee_that_is_cancelled_lets_the_time_go_on(taken: Taken) -> None:
    taken.call()
    dossier = taken.lodge()
    assert dossier.due_on is not None
    demand(taken, dossier, amount=8_000)
    taken.clock.advance(2 * DAY_S)
    assert refusal(lambda: taken.desk.do(actions.cancel_fee, VAULT, dossier.code, "")) == "dossier.words"
    after = taken.desk.do(actions.cancel_fee, VAULT, dossier.code, "Thu nhầm thủ tục")
    assert (after.state, after.paused_on) == (dossier.state, None)
    assert after.due_on is not None
    assert after.due_on > dossier.due_on
    assert refusal(lambda: pay(taken, dossier)) == "dossier.no_fee"


def test_the_official_receipt_is_entered_once(taken: Taken) -> None:
    taken.call()
    dossier = taken.lodge()
    demand(taken, dossier, amount=8_000)
    pay(taken, dossier)
    number = payments(taken, dossier)[0].id
    assert refusal(lambda: taken.desk.do(actions.enter_receipt, dossier.code, number, " ")) == "fee.receipt_none"
    taken.desk.do(actions.enter_receipt, dossier.code, number, " 01AA-26  0000012 ")
    assert payments(taken, dossier)[0].receipt == "01AA-26 0000012"
    assert refusal(lambda: taken.desk.do(actions.enter_receipt, dossier.code, number, "X1")) == "fee.receipted"
    with pytest.raises(Unknown):
        taken.desk.do(actions.enter_receipt, dossier.code, number + 1, "X1")


@pytest.mark.parametrize(
    ("code", "purpose"),
    [
        ("MC-261129-0001", "MC-261129-0001"),
        ("MC.000.25.01.H17-261129-0001", "MC 261129-0001"),
        ("ABCDEFGH.000.25.01.H17-261129-012345", "ABCDEFGH 261129-012345"),
    ],
)
def test_a_transfer_says_enough_of_the_code_to_find_the_dossier(code: str, purpose: str) -> None:
    assert rules.make_purpose(code) == purpose
    assert len(purpose) <= PURPOSE_MAX


def test_a_dossier_that_waited_for_payment_before_fees_had_numbers_is_paid_as_others_are(taken: Taken) -> None:
    taken.call()
    dossier = taken.lodge()

    def demand_as_before(tx: Tx) -> None:
        common.record(tx, "fee_demanded", moves.request_fee(dossier, 9_000, tx.day))
        tx.emit(DossierFeeDemanded(dossier.code, amount=9_000))

    taken.desk.do(demand_as_before)
    assert pay(taken, dossier).state is dossier.state
    assert charge_of(taken, dossier) == (9_000, None, ChargeState.PAID)
    assert [item.amount for item in payments(taken, dossier)] == [9_000]


def test_a_fee_that_is_paid_at_once_moves_no_day(taken: Taken) -> None:
    taken.clock.advance(6 * DAY_S)  # a Sunday
    dossier = taken.lodge(channel=FilingChannel.POST)
    demand(taken, dossier, amount=8_000)
    assert pay(taken, dossier).due_on == dossier.due_on
