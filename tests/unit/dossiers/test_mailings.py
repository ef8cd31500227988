"""A result by post: asked for with an address that is encrypted, put on a list, sent under a number."""

from typing import Any

import pytest

from motcua.desk import Refused
from motcua.dossiers import actions
from motcua.dossiers.model.dossier import Dossier, DossierState, FilingChannel
from motcua.dossiers.model.fees import FeeRequest
from motcua.dossiers.model.mailings import Mailing, MailingBatch, MailingState, Receiver
from motcua.dossiers.store import mailings
from tests.unit.dossiers.taken import VAULT, Taken

HOME = Receiver("Lê Thị Kín", "Số 7, ngõ 12, phường Trúc Bạch, Hà Nội", "0912345678")


def lodge(taken: Taken, *, is_ready: bool = True, asks: bool = True) -> Dossier:
    dossier = taken.lodge(channel=FilingChannel.POST)
    if asks:
        taken.desk.do(actions.ask_mailing, VAULT, dossier.code, HOME)
    return taken.desk.do(actions.finish, dossier.code) if is_ready else dossier


def letter(taken: Taken, dossier: Dossier) -> Mailing | None:
    with taken.desk.read() as db:
        return mailings.find_mailing(db, dossier.code)


def list_letters(taken: Taken, *dossiers: Dossier) -> MailingBatch:
    return taken.desk.do(actions.list_mailings, [dossier.code for dossier in dossiers], taken.officer)


def refusal(work: Any) -> str:
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.code


def test_a_letter_goes_its_way_and_hands_the_result_out(taken: Taken) -> None:
    first, second, third = lodge(taken), lodge(taken), lodge(taken)
    with taken.desk.read() as db:
        assert [item.dossier for item in mailings.list_ready_letters(db, 9)] == [first.code, second.code, third.code]
    batch = list_letters(taken, first, third)
    assert (batch.series, batch.number) == ("2026", 1)
    assert list_letters(taken, second).number == 2
    assert refusal(lambda: list_letters(taken, first)) == "mailing.listed"
    for tracking in ("", "12345", "EB-1", "số 123456", "x" * 31):
        send = lambda text=tracking: taken.desk.do(actions.send_mailing, first.code, text)  # noqa: E731
        assert refusal(send) == "mailing.tracking"
    returned = taken.desk.do(actions.send_mailing, first.code, " eb 123 456 789 vn ")
    assert returned.state is DossierState.RETURNED
    sent = letter(taken, first)
    assert sent is not None
    assert (sent.state, sent.tracking, sent.batch) == (MailingState.SENT, "EB123456789VN", batch.id)
    again = lambda: taken.desk.do(actions.send_mailing, first.code, "EB123456789VN")  # noqa: E731
    assert refusal(again) == "mailing.not_listed"


def test_a_list_is_written_whole_or_not_at_all(taken: Taken) -> None:
    ready, early, here = lodge(taken), lodge(taken, is_ready=False), lodge(taken, asks=False)
    owing = lodge(taken, is_ready=False)
    taken.desk.do(actions.ask_fee, VAULT, owing.code, FeeRequest(8_000, holds=False))
    taken.desk.do(actions.finish, owing.code)
    for others, code in (
        ((early,), "mailing.not_ready"),
        ((here,), "mailing.none"),
        ((owing,), "fee.unpaid"),
        ((ready,), "mailing.letters"),
    ):
        assert refusal(lambda others=others: list_letters(taken, ready, *others)) == code
    assert refusal(lambda: list_letters(taken)) == "mailing.letters"
    asked = letter(taken, ready)
    assert asked is not None
    assert asked.state is MailingState.ASKED


def test_who_fetches_the_result_after_all_gets_no_letter(taken: Taken) -> None:
    dossier = lodge(taken)
    taken.desk.do(actions.cancel_mailing, dossier.code)
    assert refusal(lambda: list_letters(taken, dossier)) == "mailing.none"
    assert refusal(lambda: taken.desk.do(actions.cancel_mailing, dossier.code)) == "mailing.none"
    assert taken.desk.do(actions.hand_out, dossier.code).state is DossierState.RETURNED
    late = lambda: taken.desk.do(actions.ask_mailing, VAULT, dossier.code, HOME)  # noqa: E731
    assert refusal(late) == "dossier.over"


@pytest.mark.parametrize(
    ("receiver", "code"),
    [
        (Receiver("", HOME.address), "applicant.name"),
        (Receiver("Kín", "Hà Nội"), "mailing.address"),
        (Receiver("Kín", "1" * 20), "mailing.address"),
        (Receiver("Kín", "a" * 301), "mailing.address"),
    ],
)
def test_an_address_that_no_postman_finds_is_refused(taken: Taken, receiver: Receiver, code: str) -> None:
    dossier = lodge(taken, asks=False, is_ready=False)
    assert refusal(lambda: taken.desk.do(actions.ask_mailing, VAULT, dossier.code, receiver)) == code


def test_the_address_is_encrypted_and_erased_with_the_applicant(taken: Taken) -> None:
    dossier = lodge(taken)
    taken.desk.do(actions.open_mailings, list_letters(taken, dossier).id)
    assert "Trúc Bạch" not in str(taken.events)
    assert "Trúc Bạch".encode() not in (taken.hall.folder / "desk.db").read_bytes()
    with taken.desk.read() as db:
        assert mailings.find_receiver(db, VAULT, dossier.code) == HOME
    taken.desk.do(actions.erase_dossier, dossier.code)
    with taken.desk.read() as db:
        assert mailings.find_receiver(db, VAULT, dossier.code) is None
