"""The cash sheet: its figures against sums counted by hand, and who signs what when."""

from typing import Any

import pytest

from motcua.desk import Refused
from motcua.dossiers import actions
from motcua.dossiers.model.cash import CashFigures, CountRequest
from motcua.dossiers.model.dossier import Dossier, FilingChannel
from motcua.dossiers.model.fees import FeeRequest, PaymentMeans, PaymentRequest, ReturnRequest
from motcua.dossiers.rules import cash as rules
from motcua.dossiers.store import cash, fees
from tests.unit.dossiers.taken import VAULT, Taken

CASH, CARD, TRANSFER = PaymentMeans.CASH, PaymentMeans.CARD, PaymentMeans.TRANSFER
OTHER, LEADER = 77, 99
DAY, DAY_S = "2026-11-23", 24 * 3600


def pay(taken: Taken, amount: int, means: PaymentMeans = CASH, officer: int | None = None) -> Dossier:
    dossier = taken.lodge(channel=FilingChannel.POST)
    taken.desk.do(actions.ask_fee, VAULT, dossier.code, FeeRequest(amount, holds=False))
    reference = "" if means is CASH else "REF1"
    taken.desk.do(actions.take_fee, dossier.code, PaymentRequest(means, reference, officer=officer))
    return dossier


def give_back(taken: Taken, dossier: Dossier, officer: int | None, *, is_mistake: bool = False) -> None:
    with taken.desk.read() as db:
        number = fees.list_payments(db, dossier.code)[-1].id
    request = ReturnRequest(number, is_mistake, "Lý do", officer)
    taken.desk.do(actions.return_payment, VAULT, dossier.code, request)


def figures(taken: Taken, day: str = DAY) -> dict[int | None, CashFigures]:
    with taken.desk.read() as db:
        by = rules.split_by_officer(fees.list_payments_of_day(db, day), day)
    return {officer: rules.compute_figures(items, day) for officer, items in by.items()}


def count(taken: Taken, counted: int, reason: str = "", day: str = DAY, officer: int | None = None) -> Any:
    return taken.desk.do(actions.close_sheet, CountRequest(day, officer or taken.officer, counted, reason))


def refusal(work: Any) -> str:
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.code


def test_takings_and_returns_stand_with_whom_they_went_through(taken: Taken) -> None:
    hoa = taken.officer
    pay(taken, 8_000, CASH, hoa)
    returned = pay(taken, 20_000, CASH, hoa)
    pay(taken, 15_000, CARD, hoa)
    pay(taken, 30_000, TRANSFER)
    mistaken = pay(taken, 99_000, CASH, hoa)
    give_back(taken, mistaken, hoa, is_mistake=True)
    give_back(taken, returned, OTHER)
    tomorrow = pay(taken, 5_000, CASH, hoa)
    taken.clock.advance(DAY_S)
    give_back(taken, tomorrow, hoa)
    none = (0, 0)
    assert figures(taken) == {
        hoa: CashFigures({CASH: (3, 33_000), CARD: (1, 15_000), TRANSFER: none}, dict.fromkeys(PaymentMeans, none), 1),
        OTHER: CashFigures(dict.fromkeys(PaymentMeans, none), {CASH: (1, 20_000), CARD: none, TRANSFER: none}, 0),
        None: CashFigures({CASH: none, CARD: none, TRANSFER: (1, 30_000)}, dict.fromkeys(PaymentMeans, none), 0),
    }
    assert figures(taken, "2026-11-24") == {
        hoa: CashFigures(dict.fromkeys(PaymentMeans, none), {CASH: (1, 5_000), CARD: none, TRANSFER: none}, 0)
    }


def test_a_drawer_that_differs_needs_its_reason_and_a_leader_signs_afterwards(taken: Taken) -> None:
    hoa = taken.officer
    taken.desk.do(actions.open_sheet, hoa, 500_000)
    pay(taken, 8_000, CASH, hoa)
    pay(taken, 15_000, CARD, hoa)
    assert refusal(lambda: taken.desk.do(actions.sign_sheet, DAY, hoa, LEADER)) == "cash.not_closed"
    assert refusal(lambda: count(taken, 507_000)) == "cash.reason"
    assert refusal(lambda: count(taken, -1)) == "cash.amount"
    assert refusal(lambda: count(taken, 508_000, day="2026-11-24")) == "cash.day"
    closed = count(taken, 507_000, "Thối nhầm 1.000 đồng")
    assert (closed.counted, closed.difference) == (507_000, -1_000)
    assert "Thối" not in str(taken.events)
    assert refusal(lambda: pay(taken, 1_000, CASH, hoa)) == "cash.closed"
    assert refusal(lambda: taken.desk.do(actions.open_sheet, hoa, 1)) == "cash.closed"
    assert refusal(lambda: count(taken, 508_000)) == "cash.closed"
    assert refusal(lambda: taken.desk.do(actions.sign_sheet, DAY, hoa, hoa)) == "cash.own"
    taken.desk.do(actions.reopen_sheet, DAY, hoa, LEADER)
    pay(taken, 2_000, CASH, hoa)
    assert count(taken, 510_000).difference == 0
    signed = taken.desk.do(actions.sign_sheet, DAY, hoa, LEADER)
    assert signed.signed_by == LEADER
    assert refusal(lambda: taken.desk.do(actions.sign_sheet, DAY, hoa, LEADER)) == "cash.signed"
    assert refusal(lambda: taken.desk.do(actions.reopen_sheet, DAY, hoa, LEADER)) == "cash.signed"
    with taken.desk.read() as db:
        assert cash.list_sheets(db, DAY) == [signed]


def test_a_closed_sheet_keeps_its_figures_when_money_is_given_back_later(taken: Taken) -> None:
    dossier = pay(taken, 8_000, CASH, taken.officer)
    count(taken, 8_000)
    assert refusal(lambda: give_back(taken, dossier, taken.officer)) == "cash.closed"
    assert refusal(lambda: give_back(taken, dossier, OTHER, is_mistake=True)) == "cash.closed"
    before = figures(taken)[taken.officer]
    taken.clock.advance(DAY_S)
    give_back(taken, dossier, taken.officer)
    assert figures(taken)[taken.officer] == before
    assert count(taken, 0, "Đã trả lại phí", "2026-11-24").difference == 8_000
