"""Asking for the fee of a dossier, taking it, giving it back; each payment has a numbered confirmation."""

from motcua.copies import replace
from motcua.counters import store as counter_store
from motcua.desk import Invalid, Refused, Tx, Unknown
from motcua.desk.vault import Vault
from motcua.dossiers.actions import common, pacing
from motcua.dossiers.events.fees import (
    DossierFeeCancelled,
    DossierFeeDemanded,
    DossierFeePaid,
    DossierFeeReceipted,
    DossierFeeReturned,
    DossierFeeShown,
    DossierFeeSlipPrinted,
)
from motcua.dossiers.model.dossier import RUNNING_STATES, Dossier, DossierState
from motcua.dossiers.model.fees import (
    Charge,
    ChargeState,
    FeeRequest,
    Payment,
    PaymentRequest,
    PaymentState,
    Relief,
    ReturnRequest,
)
from motcua.dossiers.rules import cash as cash_rules
from motcua.dossiers.rules import fees as rules
from motcua.dossiers.rules import intake, moves
from motcua.dossiers.store import cash, fees
from motcua.procedures.store import find_procedure
from motcua.settings.model import Settings


def request_fee(tx: Tx, code: str, amount: int) -> Dossier:
    """Say that the applicant has to pay `amount` VND first. Raises `Invalid("dossier.fee")`, `Refused`."""
    return _demand(tx, None, code, FeeRequest(amount))


def ask_fee(tx: Tx, vault: Vault, code: str, request: FeeRequest) -> Dossier:
    """Ask for a fee, as the catalogue has it or with a reason for another amount. No time runs while it `holds`.

    Raises `Invalid("dossier.fee" | "fee.line" | "fee.reason" | "fee.unknown")`, `Refused("fee.due" | …)`.
    """
    return _demand(tx, vault, code, request)


def _demand(tx: Tx, vault: Vault | None, code: str, request: FeeRequest) -> Dossier:
    _settings, dossier = common.get_current(tx, code)
    procedure = find_procedure(tx.db, dossier.procedure, dossier.received_on)
    amount, proposed = rules.decide_amount(procedure, request, dossier.sets)
    rules.require_chargeable(dossier, fees.find_due_charge(tx.db, dossier.code), holds=request.holds)
    holds = request.holds and amount > 0
    demanded = moves.request_fee(dossier, amount, tx.day) if holds else replace(dossier, fee=amount)
    charge = Charge(
        id=fees.find_next_charge(tx.db),
        dossier=dossier.code,
        amount=amount,
        proposed=proposed,
        relief=request.relief,
        state=ChargeState.DUE if amount else ChargeState.WAIVED,
        holds=holds,
        demanded_at=tx.at,
        officer=request.officer,
        counter=request.counter,
        visit=_find_visit(tx, request.counter),
    )
    fees.save_charge(tx.db, charge)
    common.record(tx, "fee_demanded", demanded)
    words = intake.read_words(request.reason)
    sealed = common.seal_words(tx, vault, dossier.code, "fee_demanded", words) if vault is not None else []
    tx.emit(
        DossierFeeDemanded(
            dossier.code,
            amount=amount,
            charge=charge.id,
            proposed=proposed,
            relief=charge.relief.value,
            holds=holds,
            officer=charge.officer,
            counter=charge.counter,
            visit=charge.visit,
            state=charge.state.value,
            sealed=sealed,
        )
    )
    return demanded


def settle_fee(tx: Tx, code: str) -> Dossier:
    """Say that the applicant paid in cash; its time goes on. Raises `Refused("dossier.no_fee")`."""
    return take_fee(tx, code, PaymentRequest())


def take_fee(tx: Tx, code: str, request: PaymentRequest) -> Dossier:
    """Take the fee that is due and give its confirmation the next number of the year; the time goes on.

    Raises `Refused("dossier.no_fee" | "cash.closed")`, `Invalid("fee.reference" | "fee.card" | "fee.receipt")`.
    """
    settings, dossier = common.get_current(tx, code)
    charge = rules.require_due(fees.find_due_charge(tx.db, dossier.code) or _find_former(tx, dossier), dossier)
    reference = rules.require_means(request.means, request.reference, is_confirmed=request.notice is not None)
    receipt = rules.read_receipt(request.receipt)
    if request.officer is not None:
        cash_rules.require_open(cash.find_sheet(tx.db, tx.day, request.officer))
    series = tx.day[:4]
    number, place = fees.find_next_payment(tx.db, series)
    payment = Payment(
        id=number,
        charge=charge.id,
        dossier=dossier.code,
        series=series,
        number=place,
        amount=charge.amount,
        means=request.means,
        reference=reference,
        receipt=receipt,
        state=PaymentState.VALID,
        day=tx.day,
        at=tx.at,
        officer=request.officer,
        counter=request.counter,
        notice=request.notice,
    )
    fees.save_payment(tx.db, payment)
    fees.save_charge(tx.db, replace(charge, state=ChargeState.PAID))
    paid = common.record(tx, "fee_paid", _resume(tx, settings, dossier))
    tx.emit(
        DossierFeePaid(
            paid.code,
            state=paid.state.value,
            due_on=paid.due_on,
            due_at=paid.due_at,
            dues=list(paid.dues),
            charge=charge.id,
            payment=payment.id,
            series=payment.series,
            number=payment.number,
            amount=payment.amount,
            means=payment.means.value,
            reference=payment.reference,
            receipt=payment.receipt,
            officer=payment.officer,
            counter=payment.counter,
            notice=payment.notice,
            message_digest=request.message_digest,
        )
    )
    return paid


def return_payment(tx: Tx, vault: Vault, code: str, request: ReturnRequest) -> Dossier:
    """Give a payment back, or say that it was entered by mistake: then the fee is due again.

    Raises `Unknown("fee.payment")`, `Refused("fee.returned" | "fee.mistake_day" | "cash.closed" | "fee.due")`,
    `Invalid("dossier.words")`.
    """
    _settings, dossier = common.get_current(tx, code)
    payment = _get_payment(tx, dossier, request.payment)
    rules.require_returnable(payment, tx.day, is_mistake=request.is_mistake)
    words = intake.read_words(request.reason, is_needed=True)
    by = payment.officer if request.is_mistake else request.officer
    if by is not None:
        cash_rules.require_open(cash.find_sheet(tx.db, tx.day, by))
    charge = fees.find_charge(tx.db, payment.charge)
    if charge is None or (request.is_mistake and fees.find_due_charge(tx.db, dossier.code) is not None):
        raise Refused("fee.due", "A fee is due already. Record its payment or cancel it first.")
    state = PaymentState.MISTAKEN if request.is_mistake else PaymentState.REFUNDED
    fees.save_payment(tx.db, replace(payment, state=state, returned_on=tx.day, returned_by=request.officer))
    again = ChargeState.DUE if request.is_mistake else ChargeState.REFUNDED
    fees.save_charge(tx.db, replace(charge, state=again))
    is_held = request.is_mistake and charge.holds and dossier.state in RUNNING_STATES
    after = moves.request_fee(dossier, charge.amount, tx.day) if is_held else dossier
    common.record(tx, "fee_mistaken" if request.is_mistake else "fee_returned", after)
    tx.emit(
        DossierFeeReturned(
            dossier.code,
            charge=charge.id,
            payment=payment.id,
            is_mistake=request.is_mistake,
            state=after.state.value,
            officer=request.officer,
            sealed=common.seal_words(tx, vault, dossier.code, "fee_returned", words),
        )
    )
    return after


def cancel_fee(tx: Tx, vault: Vault, code: str, reason: str) -> Dossier:
    """Say that a fee that is due need not be paid, and why. Raises `Refused("dossier.no_fee")`, `Invalid`."""
    settings, dossier = common.get_current(tx, code)
    charge = rules.require_due(fees.find_due_charge(tx.db, dossier.code) or _find_former(tx, dossier), dossier)
    words = intake.read_words(reason, is_needed=True)
    fees.save_charge(tx.db, replace(charge, state=ChargeState.CANCELLED))
    after = common.record(tx, "fee_cancelled", _resume(tx, settings, dossier))
    tx.emit(
        DossierFeeCancelled(
            dossier.code,
            charge=charge.id,
            state=after.state.value,
            due_on=after.due_on,
            due_at=after.due_at,
            dues=list(after.dues),
            sealed=common.seal_words(tx, vault, dossier.code, "fee_cancelled", words),
        )
    )
    return after


def show_fee(tx: Tx, code: str, counter: int | None) -> Dossier:
    """Let the screen of `counter` that faces the citizen show the fee while its number is in hand; None: none does.

    Raises `Refused("dossier.no_fee" | "counter.idle")`, `Unknown("counter.unknown")`.
    """
    _settings, dossier = common.get_current(tx, code)
    charge = rules.require_due(fees.find_due_charge(tx.db, dossier.code), dossier)
    visit = _find_visit(tx, counter)
    if counter is not None and visit is None:
        raise Refused("counter.idle", "No ticket has been called to this counter.")
    fees.save_charge(tx.db, replace(charge, counter=counter, visit=visit))
    tx.emit(DossierFeeShown(dossier.code, charge=charge.id, counter=counter, visit=visit))
    return dossier


def enter_receipt(tx: Tx, code: str, number: int, receipt: str) -> Dossier:
    """Enter the number of the official receipt of a payment, once.

    Raises `Unknown("fee.payment")`, `Invalid("fee.receipt" | "fee.receipt_none")`, `Refused("fee.receipted")`.
    """
    _settings, dossier = common.get_current(tx, code)
    payment = _get_payment(tx, dossier, number)
    text = rules.read_receipt(receipt)
    if not text:
        raise Invalid("fee.receipt_none", "Write the official receipt's sign and number.")
    if payment.receipt:
        raise Refused("fee.receipted", "The official receipt of this payment was entered already.")
    fees.save_payment(tx.db, replace(payment, receipt=text))
    tx.emit(DossierFeeReceipted(dossier.code, payment=number, receipt=text))
    return dossier


def print_fee_slip(tx: Tx, code: str, number: int | None) -> Dossier:
    """Let the slip of the fee that is due be printed, or the confirmation of a payment.

    Raises `Refused("dossier.no_fee" | "fee.returned")`, `Unknown("fee.payment")`.
    """
    _settings, dossier = common.get_current(tx, code)
    if number is None:
        rules.require_due(fees.find_due_charge(tx.db, dossier.code), dossier)
    else:
        rules.require_returnable(_get_payment(tx, dossier, number), tx.day, is_mistake=False)
    tx.emit(DossierFeeSlipPrinted(dossier.code, payment=number))
    return dossier


def _get_payment(tx: Tx, dossier: Dossier, number: int) -> Payment:
    payment = fees.find_payment(tx.db, number)
    if payment is None or payment.dossier != dossier.code:
        raise Unknown("fee.payment", "There is no such payment.")
    return payment


def _find_visit(tx: Tx, counter: int | None) -> str | None:
    return counter_store.get(tx.db, counter).in_hand if counter is not None else None


def _find_former(tx: Tx, dossier: Dossier) -> Charge | None:
    """Return the fee of a dossier that waits for payment since before fees had numbers."""
    if dossier.state is not DossierState.FEE_DUE or dossier.fee is None:
        return None
    number = fees.find_next_charge(tx.db)
    return Charge(number, dossier.code, dossier.fee, None, Relief.NONE, ChargeState.DUE, True, tx.at)


def _resume(tx: Tx, settings: Settings, dossier: Dossier) -> Dossier:
    if dossier.state is not DossierState.FEE_DUE:
        return dossier
    running = moves.resume_counting(settings, moves.settle_fee(dossier), tx.day)
    return pacing.resume_pacing(tx, settings, dossier, running)
