"""A dossier on its way through its flow: to the next step, back to an earlier one, to its result."""

from dataclasses import dataclass, field

from motcua.desk import Invalid, Tx
from motcua.desk.vault import Vault
from motcua.dossiers.actions import common
from motcua.dossiers.events import DossierHandedOver, DossierReady
from motcua.dossiers.events.flows import DossierSentBack
from motcua.dossiers.model.dossier import Dossier
from motcua.dossiers.rules import intake, moves
from motcua.dossiers.store import flows
from motcua.staff import store as staff_store


@dataclass(frozen=True)
class SendBackRequest:
    """To which earlier step a dossier goes back, to whom, and why."""

    step: int
    holder: int | None
    words: str = field(repr=False)


def hand_over(tx: Tx, code: str, step: int, holder: int | None) -> Dossier:
    """Hand a dossier over to a step of its flow, and to the account `holder`.

    Raises `Invalid("dossier.step" | "dossier.step_back" | "dossier.holder")`, `Refused("dossier.same_step" | …)`.
    """
    _settings, dossier = common.get_current(tx, code)
    _require_holder(tx, holder)
    handed = moves.hand_over(dossier, step, holder, flows.get_flow(tx.db, dossier.flow))
    common.record(tx, "handed_over", handed)
    tx.emit(DossierHandedOver(handed.code, state=handed.state.value, step=step, holder=holder))
    return handed


def send_back(tx: Tx, vault: Vault, code: str, request: SendBackRequest) -> Dossier:
    """Send a dossier back to an earlier step. The reason is encrypted.

    Raises `Invalid("dossier.step" | "dossier.words" | "dossier.holder")`, `Refused("dossier.first_step" | …)`.
    """
    _settings, dossier = common.get_current(tx, code)
    step, holder = request.step, request.holder
    _require_holder(tx, holder)
    reason = intake.read_words(request.words, is_needed=True)
    back = common.record(tx, "sent_back", moves.send_back(dossier, step, holder))
    sealed = common.seal_words(tx, vault, back.code, "sent_back", reason)
    tx.emit(DossierSentBack(back.code, state=back.state.value, step=step, holder=holder, sealed=sealed))
    return back


def finish(tx: Tx, code: str) -> Dossier:
    """Say that the result is ready. Raises `Refused`."""
    _settings, dossier = common.get_current(tx, code)
    ready = common.record(tx, "ready", moves.finish(dossier, tx.at, flows.get_flow(tx.db, dossier.flow)))
    tx.emit(DossierReady(ready.code, step=ready.step))
    return ready


def _require_holder(tx: Tx, holder: int | None) -> None:
    accounts = {account.id for account in staff_store.list_accounts(tx.db) if not account.disabled}
    if holder is not None and holder not in accounts:
        raise Invalid("dossier.holder", "Choose somebody who can sign in.")
