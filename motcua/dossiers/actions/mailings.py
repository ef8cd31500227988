"""Sending results by post: asked for, put on a list for the post, sent under a number."""

from collections.abc import Sequence

from msgspec import to_builtins

from motcua.copies import replace
from motcua.desk import Invalid, Json, Tx, Unknown
from motcua.desk.vault import Vault
from motcua.dossiers.actions import common
from motcua.dossiers.events.mailings import (
    DossierMailed,
    MailingAsked,
    MailingBatchOpened,
    MailingCancelled,
    MailingsListed,
)
from motcua.dossiers.model.dossier import Dossier
from motcua.dossiers.model.mailings import Mailing, MailingBatch, MailingState, Receiver
from motcua.dossiers.rules import fees as fee_rules
from motcua.dossiers.rules import mailings as rules
from motcua.dossiers.rules import moves
from motcua.dossiers.store import dossiers, fees, mailings, secrets


def ask_mailing(tx: Tx, vault: Vault, code: str, receiver: Receiver) -> Dossier:
    """Send the result of a dossier by post to `receiver`, whose address is encrypted like the applicant's.

    Raises `Invalid("applicant.name" | "mailing.address" | …)`, `Refused("dossier.over" | "mailing.listed")`.
    """
    settings, dossier = common.get_current(tx, code)
    to = rules.read_receiver(receiver)
    rules.require_askable(dossier, mailings.find_mailing(tx.db, dossier.code))
    mailings.save_mailing(tx.db, Mailing(dossier.code, MailingState.ASKED, tx.at))
    place = secrets.RowPlace(dossier.code, mailings.MAILING, common.compute_erase_on(tx, settings))
    content: dict[str, Json] = to_builtins(to)
    tx.emit(MailingAsked(dossier.code, sealed=[secrets.seal_row(tx, vault, place, content)]))
    return dossier


def cancel_mailing(tx: Tx, code: str) -> Dossier:
    """Say that the result is fetched at the counter after all. Raises `Refused("mailing.none" | "mailing.listed")`."""
    _settings, dossier = common.get_current(tx, code)
    letter = rules.require_asked(dossier, mailings.find_mailing(tx.db, dossier.code))
    mailings.save_mailing(tx.db, replace(letter, state=MailingState.CANCELLED))
    tx.emit(MailingCancelled(dossier.code))
    return dossier


def list_mailings(tx: Tx, codes: Sequence[str], account: int | None) -> MailingBatch:
    """Put letters on a new list for the post, all or none.

    Raises `Invalid("mailing.letters")`, `Refused("mailing.not_ready" | "mailing.none" | "fee.unpaid" | …)`.
    """
    common.get_switched_on(tx)
    if not 1 <= len(set(codes)) == len(codes) <= rules.LETTERS_MAX:
        raise Invalid("mailing.letters", "Choose 1 to %(most)s letters, each once.", most=rules.LETTERS_MAX)
    series = tx.day[:4]
    number, place = mailings.find_next_batch(tx.db, series)
    batch = MailingBatch(number, series, place, tx.at, tx.day, account)
    listed: list[Json] = []
    for code in codes:
        dossier = dossiers.get_dossier(tx.db, code)
        fee_rules.require_settled(fees.find_due_charge(tx.db, dossier.code))
        letter = rules.list_letter(dossier, mailings.find_mailing(tx.db, dossier.code), number)
        mailings.save_mailing(tx.db, letter)
        listed.append(dossier.code)
    mailings.add_batch(tx.db, batch)
    tx.emit(MailingsListed(number, series=series, number=place, dossiers=listed, account=account))
    return batch


def open_mailings(tx: Tx, number: int) -> MailingBatch:
    """Return a list whose addresses somebody is about to print. Raises `Unknown("mailing.batch" | "dossiers.off")`."""
    common.get_switched_on(tx)
    batch = mailings.find_batch(tx.db, number)
    if batch is None:
        raise Unknown("mailing.batch", "There is no such list for the post.")
    tx.emit(MailingBatchOpened(number))
    return batch


def send_mailing(tx: Tx, code: str, tracking: str) -> Dossier:
    """Enter the post's number of a letter: the result is handed out by it.

    Raises `Invalid("mailing.tracking")`, `Refused("mailing.not_listed" | "dossier.not_ready")`.
    """
    _settings, dossier = common.get_current(tx, code)
    number = rules.read_tracking(tracking)
    letter = rules.send_letter(mailings.find_mailing(tx.db, dossier.code), number, tx.at)
    mailings.save_mailing(tx.db, letter)
    returned = common.record(tx, "mailed", moves.hand_out(dossier, tx.at))
    tx.emit(DossierMailed(dossier.code, tracking=number))
    return returned
