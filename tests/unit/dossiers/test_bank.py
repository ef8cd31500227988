"""A bank's messages: which are believed, which fee they pay, and which wait for a person."""

import hashlib
import json
from typing import Any

import pytest

from motcua.copies import replace
from motcua.desk import Forbidden, Invalid, Refused, Tx
from motcua.dossiers import actions
from motcua.dossiers.model.bank import BankMessage, BankNotice, NoticeOutcome
from motcua.dossiers.model.dossier import Dossier, DossierState, FilingChannel
from motcua.dossiers.model.fees import FeeRequest, PaymentMeans
from motcua.dossiers.rules import bank as rules
from motcua.dossiers.store import bank, fees, secrets
from motcua.notify.emulated_bank import PaidTransfer, make_message, read_vietqr
from motcua.settings import store as settings_store
from motcua.settings.model import FeeRules
from tests.unit.dossiers.taken import VAULT, Taken
from tests.unit.dossiers.test_vietqr import EXAMPLE

SECRET, NOW = b"a secret of the bank", 1_795_400_000
FORM = FeeRules(bank="970415", account="0011001932418", notices=True)
DAY_S = 24 * 3600


def read(body: bytes, headers: dict[str, str], form: FeeRules = FORM, now_s: int = NOW) -> BankMessage | None:
    return rules.SignedWebhook(form, SECRET).read(headers, body, now_s)


def refusal(work: Any) -> str:
    with pytest.raises(Refused) as refused:
        work()
    return refused.value.code


def test_what_the_emulated_bank_sends_is_what_the_adapter_reads() -> None:
    transfer = read_vietqr(EXAMPLE)
    assert transfer == PaidTransfer("970415", "0011001932418", 120_000, "ung ho lu lut")
    body, headers = make_message(transfer, "FT1", SECRET, NOW)
    message = read(body, headers)
    assert message is not None
    assert (message.transaction, message.amount, message.words, message.account) == (
        "FT1", 120_000, "ung ho lu lut", "0011001932418",
    )  # fmt: skip


@pytest.mark.parametrize("text", ["", "xx", "0002", EXAMPLE[:40], "6304C15C", "0002016304ABCD"])
def test_what_is_no_code_is_not_paid(text: str) -> None:
    with pytest.raises(ValueError, match="code"):
        read_vietqr(text)


def test_only_what_the_bank_signed_just_now_is_believed() -> None:
    body, headers = make_message(read_vietqr(EXAMPLE), "FT1", SECRET, NOW)
    forged = body.replace(b"120000", b"120001")
    other = make_message(read_vietqr(EXAMPLE), "FT1", b"another", NOW)[1]
    for changed, sent, now_s, code in (
        (forged, headers, NOW, "bank.signature"),
        (body, other, NOW, "bank.signature"),
        (body, {}, NOW, "bank.signature"),
        (body, {**headers, "X-Signature": "đ"}, NOW, "bank.signature"),
        (body, {**headers, "X-Timestamp": str(NOW + 1)}, NOW, "bank.signature"),
        (body, headers, NOW + 301, "bank.time"),
        (body, headers, NOW - 301, "bank.time"),
    ):
        with pytest.raises(Forbidden) as refused:
            read(changed, sent, now_s=now_s)
        assert refused.value.code == code


def test_another_banks_form_is_settings() -> None:
    form = replace(
        FORM, signature_header="Secure-Token", signature_form="base64", time_header="", place_id="data.0.tid",
        place_amount="data.0.so_tien", place_words="data.0.noi_dung", place_account="", place_way="",
    )  # fmt: skip
    body = json.dumps({"data": [{"tid": 77, "so_tien": "15000.00", "noi_dung": "  Nop  phi "}]}).encode()
    message = read(body, {"Secure-Token": rules.sign(SECRET, body, "base64")}, form)
    assert message is not None
    assert (message.transaction, message.amount, message.words, message.account) == (
        "77", 15_000, "Nop phi", FORM.account,
    )  # fmt: skip


@pytest.mark.parametrize(
    "content",
    [
        "[]", "null", "1", "not json", '{"type":"credit"}', '{"type":"credit","id":"","amount":1}',
        '{"type":"credit","id":"x","amount":-1}', '{"type":"credit","id":"x","amount":1.5}',
        '{"type":"credit","id":"x","amount":true}', '{"type":"credit","id":"x","amount":"1e9"}',
        '{"type":"credit","id":{},"amount":1}', '{"type":"credit","id":"%s","amount":1}' % ("x" * 81),
    ],
)  # fmt: skip
def test_garbage_is_refused_and_money_that_left_is_ignored(content: str) -> None:
    if content in {"[]", "null", "1"}:
        assert rules.read_message(FORM, content.encode()) is None
        return
    with pytest.raises(Invalid) as refused:
        rules.read_message(FORM, content.encode())
    assert refused.value.code == "bank.form"
    assert rules.read_message(FORM, b'{"type":"debit"}') is None


@pytest.mark.parametrize(
    ("words", "ends"),
    [
        ("MC 261129-0001", [("261129", "0001")]),
        ("MBVCB.123456.MC2611290001.CT tu 0123", [("261129", "0001")]),
        ("MC-261129-000112", [("261129", "000112")]),
        ("MC 261329-0001", []),
        ("cam on", []),
        ("261129 0001 va 261129 0002", [("261129", "0001"), ("261129", "0002")]),
    ],
)
def test_banks_write_a_code_in_their_own_ways(words: str, ends: list[tuple[str, str]]) -> None:
    assert rules.list_code_ends(words) == ends


class Bank:
    """The desk's side of a bank: dossiers with fees, and messages about transfers."""

    def __init__(self, taken: Taken) -> None:
        self.taken, self.desk, self.count = taken, taken.desk, 0
        taken.desk.do(self._set_up)

    def _set_up(self, tx: Tx) -> None:
        settings_store.save(tx.db, replace(settings_store.get_settings(tx.db), fees=FORM))

    def lodge(self, amount: int | None = 15_000) -> Dossier:
        dossier = self.taken.lodge(channel=FilingChannel.POST)
        if amount:
            self.desk.do(actions.ask_fee, VAULT, dossier.code, FeeRequest(amount))
        return dossier

    def tell(self, words: str, amount: int = 15_000, account: str = FORM.account, transaction: str = "") -> BankNotice:
        self.count += 1
        name = transaction or f"FT{self.count}"
        message = BankMessage(
            name, amount, words, account, hashlib.sha256(f"{name}{words}{amount}".encode()).hexdigest()
        )
        return self.desk.by("bank").do(actions.take_bank_message, VAULT, message)

    def words(self, number: int) -> list[tuple[str, str]]:
        with self.desk.read() as db:
            return secrets.list_words(db, VAULT, f"{bank.SECRETS}{number}")


def test_a_transfer_that_fits_lets_the_dossier_go_on_once(taken: Taken) -> None:
    desk = Bank(taken)
    dossier = desk.lodge()
    notice = desk.tell(f"NGUYEN VAN AN MC{dossier.code[-11:].replace('-', '')}")
    assert notice.outcome is NoticeOutcome.PAID
    assert taken.now(dossier).state is DossierState.RECEIVED
    taken.events.clear()
    again = desk.tell(f"NGUYEN VAN AN MC{dossier.code[-11:].replace('-', '')}", transaction=notice.transaction_code)
    assert (again, taken.events) == (notice, [])
    differs = lambda: desk.tell("khac", transaction=notice.transaction_code)  # noqa: E731
    assert refusal(differs) == "bank.differs"
    with taken.desk.read() as db:
        (payment,) = fees.list_payments(db, dossier.code)
    assert (payment.means, payment.reference, payment.officer) == (PaymentMeans.TRANSFER, "FT1", None)
    assert "NGUYEN" not in str(taken.events)


def test_what_does_not_fit_waits_for_a_person_with_its_words_encrypted(taken: Taken) -> None:
    desk = Bank(taken)
    due, free, second = desk.lodge(), desk.lodge(None), desk.lodge()
    outcomes = [
        desk.tell(due.code, amount=14_999).outcome,
        desk.tell("LE THI KIN cam on").outcome,
        desk.tell(free.code).outcome,
        desk.tell(due.code, account="999").outcome,
        desk.tell(f"{due.code} {second.code}").outcome,
        desk.tell("MC 261123-9999").outcome,
        desk.tell("").outcome,
    ]
    unknown = NoticeOutcome.UNKNOWN
    assert outcomes == [
        NoticeOutcome.AMOUNT, unknown, NoticeOutcome.NOT_DUE, NoticeOutcome.ACCOUNT, unknown, unknown, unknown,
    ]  # fmt: skip
    assert desk.words(2) == [("transfer", "LE THI KIN cam on")]
    assert b"LE THI KIN" not in (taken.hall.folder / "desk.db").read_bytes()
    assert "LE THI" not in str(taken.events)
    assert refusal(lambda: taken.desk.do(actions.assign_bank_notice, 1, due.code)) == "bank.amount"
    assert refusal(lambda: taken.desk.do(actions.assign_bank_notice, 2, free.code)) == "dossier.no_fee"
    assert refusal(lambda: taken.desk.do(actions.assign_bank_notice, 99, due.code)) == "bank.notice"
    taken.desk.do(actions.assign_bank_notice, 2, due.code)
    taken.desk.do(actions.close_bank_notice, 1, taken.officer)
    assert refusal(lambda: taken.desk.do(actions.assign_bank_notice, 2, second.code)) == "bank.closed"
    assert refusal(lambda: taken.desk.do(actions.close_bank_notice, 1, taken.officer)) == "bank.closed"
    assert taken.now(due).state is DossierState.RECEIVED
    with taken.desk.read() as db:
        assert bank.count_waiting(db) == len(bank.list_waiting(db, 100)) == 5


def test_the_words_of_a_transfer_are_erased_in_time(taken: Taken) -> None:
    desk = Bank(taken)
    desk.tell("LE THI KIN cam on")
    taken.desk.do(lambda tx: secrets.purge_sealed(tx.db, tx.day))
    assert len(desk.words(1)) == 1
    taken.clock.advance(400 * DAY_S)
    taken.desk.do(lambda tx: secrets.purge_sealed(tx.db, "2027-12-31"))
    assert desk.words(1) == []
