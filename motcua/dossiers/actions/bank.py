"""What a bank tells of transfers: a fee is paid by it, or a person has to look at it."""

from motcua.copies import replace
from motcua.desk import Refused, Tx, Unknown
from motcua.desk.vault import Vault
from motcua.dossiers.actions import common
from motcua.dossiers.actions.fees import take_fee
from motcua.dossiers.events.bank import BankNoticeClosed, BankNoticeListed
from motcua.dossiers.model.bank import WAITING, BankMessage, BankNotice, NoticeOutcome
from motcua.dossiers.model.dossier import Dossier
from motcua.dossiers.model.fees import PaymentMeans, PaymentRequest
from motcua.dossiers.rules import bank as rules
from motcua.dossiers.rules.codes import make_prefix
from motcua.dossiers.store import bank, dossiers, fees, secrets
from motcua.settings.model import DossierRules


def take_bank_message(tx: Tx, vault: Vault, message: BankMessage) -> BankNotice:
    """Let a transfer pay the fee that it names, else list it for a person. The same message again changes nothing.

    Raises `Refused("bank.differs")` for another message about the same transaction.
    """
    settings = common.get_switched_on(tx)
    if (earlier := bank.find_by_transaction(tx.db, message.transaction)) is not None:
        if earlier.digest != message.digest:
            raise Refused("bank.differs", "There is another message about this transaction already.")
        return earlier
    dossier = _find_dossier(tx, settings.dossiers, message.words)
    due = fees.find_due_charge(tx.db, dossier.code) if dossier and not dossier.state.is_over else None
    outcome = rules.decide_outcome(settings.fees, message, due, is_one=dossier is not None)
    code = dossier.code if dossier else None
    number = bank.find_next_notice(tx.db)
    notice = BankNotice(number, message.transaction, message.digest, message.amount, outcome, code, tx.at)
    bank.save_notice(tx.db, notice)
    if outcome is NoticeOutcome.PAID and code is not None:
        take_fee(tx, code, _make_payment(notice))
        return notice
    erase_on = common.compute_erase_on(tx, settings)
    place = secrets.RowPlace(f"{bank.SECRETS}{number}", secrets.WORDS, erase_on)
    sealed = secrets.seal_row(tx, vault, place, {"move": "transfer", "text": message.words}) if message.words else None
    tx.emit(
        BankNoticeListed(
            number,
            transaction=message.transaction,
            digest=message.digest,
            amount=message.amount,
            outcome=outcome.value,
            dossier=code,
            sealed=[sealed] if sealed else [],
        )
    )
    return notice


def assign_bank_notice(tx: Tx, number: int, code: str) -> Dossier:
    """Say by hand which dossier's fee a transfer paid. The amounts must be the same.

    Raises `Unknown("bank.notice" | "dossier.unknown")`, `Refused("bank.closed" | "bank.amount" | "dossier.no_fee")`.
    """
    _settings, dossier = common.get_current(tx, code)
    notice = _get_waiting(tx, number)
    due = fees.find_due_charge(tx.db, dossier.code)
    if due is not None and due.amount != notice.amount:
        raise Refused("bank.amount", "The fee of this dossier is another amount. Change the fee first, or pay it back.")
    bank.save_notice(tx.db, replace(notice, outcome=NoticeOutcome.PAID, dossier=dossier.code))
    return take_fee(tx, dossier.code, _make_payment(notice))


def close_bank_notice(tx: Tx, number: int, account: int) -> BankNotice:
    """Say that a transfer was settled otherwise. Raises `Unknown("bank.notice")`, `Refused("bank.closed")`."""
    common.get_switched_on(tx)
    closed = replace(_get_waiting(tx, number), outcome=NoticeOutcome.CLOSED, closed_by=account)
    bank.save_notice(tx.db, closed)
    tx.emit(BankNoticeClosed(number, account))
    return closed


def _get_waiting(tx: Tx, number: int) -> BankNotice:
    notice = bank.find_notice(tx.db, number)
    if notice is None:
        raise Unknown("bank.notice", "There is no such message of the bank.")
    if notice.outcome not in WAITING:
        raise Refused("bank.closed", "This message is settled already. Load the page again.")
    return notice


def _make_payment(notice: BankNotice) -> PaymentRequest:
    means, code = PaymentMeans.TRANSFER, notice.transaction_code
    return PaymentRequest(means, code, notice=notice.id, message_digest=notice.digest)


def _find_dossier(tx: Tx, rule: DossierRules, words: str) -> Dossier | None:
    """Return the one dossier of this desk that a transfer's words name, None for none or several."""
    prefix = make_prefix(rule)
    codes = [f"{prefix}-{day}-{serial}" for day, serial in rules.list_code_ends(words)]
    candidates = [dossier for code in codes if (dossier := dossiers.find_dossier(tx.db, code)) is not None]
    return candidates[0] if len(candidates) == 1 else None
