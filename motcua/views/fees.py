"""The fee of a dossier: what the catalogue proposes, what is due, what was paid, and the code for a transfer."""

from motcua.counters.model import Counter
from motcua.desk import Reader
from motcua.desk.messages import translate_into_each
from motcua.dossiers.model.dossier import Dossier
from motcua.dossiers.model.fees import (
    CHARGE_STATE_LABELS,
    MEANS_LABELS,
    PAYMENT_STATE_LABELS,
    Charge,
    ChargeState,
    Payment,
    PaymentState,
    Relief,
)
from motcua.dossiers.rules import fees as rules
from motcua.dossiers.rules.fees import FeeProposal
from motcua.dossiers.rules.vietqr import write_vietqr
from motcua.dossiers.store import dossiers, fees
from motcua.procedures.store import find_procedure
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.staff import store as staff_store
from motcua.views.shapes import View, both, format_local


def describe_fees(db: Reader, dossier: Dossier) -> View:
    """Return everything about the fee of a dossier, as its page and the counter show it."""
    settings = settings_store.get_settings(db)
    procedure = find_procedure(db, dossier.procedure, dossier.received_on)
    proposals = rules.list_proposals(procedure, dossier.channel)
    usual = rules.choose_lines(proposals)
    charge = fees.find_last_charge(db, dossier.code)
    names = staff_store.list_full_names(db)
    return {
        "lines": [_describe_line(item) for item in proposals],
        "proposed": rules.compute_proposed(procedure, usual, dossier.sets, Relief.NONE),
        "sets": dossier.sets,
        "charge": describe_charge(charge, dossier) if charge else None,
        "is_due": is_payable(charge, dossier),
        "can_ask": not is_payable(charge, dossier) and not dossier.state.is_over,
        "payments": [_describe_payment(one, settings, names) for one in fees.list_payments(db, dossier.code)],
        "transfer": describe_transfer(settings, dossier, charge) if charge and is_payable(charge, dossier) else None,
    }


def is_payable(charge: Charge | None, dossier: Dossier) -> bool:
    """Say whether somebody can pay a fee now."""
    return charge is not None and charge.state is ChargeState.DUE and not dossier.state.is_over


def list_steps(db: Reader, dossier: Dossier, possible: list[str]) -> list[str]:
    """Return the steps that may follow with those of the fee: of one that is due, or that one is asked for."""
    others = [step for step in possible if step not in {"fee", "fee-paid"}]
    if is_payable(fees.find_due_charge(db, dossier.code), dossier):
        return ["fee-paid", "fee-show", "fee-slip", *others, "fee-cancel"]
    if dossier.state.value == "fee_due":
        return ["fee-paid", *others, "fee-cancel"]
    return others if dossier.state.is_over else ["fee", *others]


def _describe_line(item: FeeProposal) -> View:
    fee = item.fee
    return {
        "place": item.place,
        "amount": fee.amount,
        "per": both(fee.per),
        "case": both(fee.case),
        "is_usual": item.is_usual,
        "is_verified": fee.is_verified,
        "source": fee.source,
    }


def describe_charge(charge: Charge, dossier: Dossier) -> View:
    """Return a fee: its amount in VND, and where it is."""
    is_over = charge.state is ChargeState.DUE and dossier.state.is_over
    state = ChargeState.CANCELLED if is_over else charge.state
    return {
        "id": charge.id,
        "amount": charge.amount,
        "proposed": charge.proposed,
        "relief": charge.relief.value,
        "state": state.value,
        "state_label": translate_into_each(CHARGE_STATE_LABELS[state]),
        "holds": charge.holds,
        "counter": charge.counter,
    }


def _describe_payment(payment: Payment, settings: Settings, names: dict[int, str]) -> View:
    return {
        "id": payment.id,
        "number": rules.write_number(payment),
        "amount": payment.amount,
        "means": payment.means.value,
        "means_label": translate_into_each(MEANS_LABELS[payment.means]),
        "reference": payment.reference,
        "receipt": payment.receipt,
        "state": payment.state.value,
        "state_label": translate_into_each(PAYMENT_STATE_LABELS[payment.state]),
        "is_valid": payment.state is PaymentState.VALID,
        "day": payment.day,
        "at": format_local(payment.at, settings.timezone),
        "officer": names.get(payment.officer) if payment.officer is not None else None,
    }


def describe_transfer(settings: Settings, dossier: Dossier, charge: Charge) -> View | None:
    """Return what a transfer needs, with the text of the code; None where the ward has entered no account."""
    rule = settings.fees
    if not rule.bank or not rule.account:
        return None
    purpose = rules.make_purpose(dossier.code)
    return {
        "bank": rule.bank_name or rule.bank,
        "account": rule.account,
        "owner": rule.account_name,
        "amount": charge.amount,
        "purpose": purpose,
        "text": write_vietqr(rule.bank, rule.account, charge.amount, purpose),
    }


def describe_shown_fee(db: Reader, counter: Counter, settings: Settings) -> View | None:
    """Return the fee that the screens of a counter show now: due with the data of a transfer, or paid.

    It names the dossier's code and nobody.
    """
    if not settings.dossiers.is_on:
        return None
    charge = fees.find_shown_charge(db, counter.number, counter.in_hand)
    dossier = dossiers.find_dossier(db, charge.dossier) if charge else None
    if charge is None or dossier is None or charge.state not in {ChargeState.DUE, ChargeState.PAID}:
        return None
    if charge.state is ChargeState.DUE and dossier.state.is_over:
        return None
    transfer = describe_transfer(settings, dossier, charge) if charge.state is ChargeState.DUE else None
    return {
        "charge": charge.id,
        "code": dossier.code,
        "amount": charge.amount,
        "state": charge.state.value,
        "transfer": {name: transfer[name] for name in ("bank", "account", "owner", "purpose")} if transfer else None,
    }
