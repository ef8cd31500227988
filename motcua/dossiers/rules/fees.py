"""What a dossier costs by the catalogue, and what may happen to a fee and to a payment. Pure."""

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct

from motcua.desk.errors import Invalid, Refused
from motcua.dossiers.model.dossier import Dossier, DossierState, FilingChannel
from motcua.dossiers.model.fees import (
    Charge,
    ChargeState,
    FeeLine,
    FeeRequest,
    Payment,
    PaymentMeans,
    PaymentState,
    Relief,
)
from motcua.dossiers.rules.moves import FEE_MAX
from motcua.dossiers.rules.vietqr import PURPOSE_MAX
from motcua.procedures.model import Fee, Procedure
from motcua.procedures.rules.pricing import compute_sum
from motcua.typed.lines import clean_line

UNITS_MAX, REFERENCE_MAX, RECEIPT_MAX, CARD_DIGITS = 999, 30, 40, 13
"""Thirteen digits and more could be the number of a card, which is never stored."""
ONLINE_CASE = "trực tuyến"
"""By this word the catalogue says that a fee is one for what is filed online."""
_REFERENCE = re.compile(r"[0-9A-Za-z][0-9A-Za-z./ -]*", re.ASCII)


class FeeProposal(Struct, frozen=True):
    """A fee of the catalogue by its place, and whether it is what this dossier costs as far as that is known."""

    place: int
    fee: Fee
    is_usual: bool


def list_proposals(procedure: Procedure | None, channel: FilingChannel) -> list[FeeProposal]:
    """Return the fees of a procedure; for what was filed online the one that the catalogue has for it is the usual."""
    fees = list(enumerate(procedure.fees)) if procedure else []
    online = [place for place, fee in fees if fee.case[0].casefold() == ONLINE_CASE]
    plain = [place for place, fee in fees if not fee.case[0]]
    fitting = online if channel is FilingChannel.ONLINE and online else plain
    return [FeeProposal(place, fee, len(fitting) == 1 and place in fitting) for place, fee in fees]


def choose_lines(proposals: Sequence[FeeProposal]) -> tuple[FeeLine, ...]:
    """Return what is proposed before an officer chooses: the usual fee once, nothing where the catalogue has none."""
    return tuple(FeeLine(item.place) for item in proposals if item.is_usual)


def compute_proposed(procedure: Procedure | None, lines: Iterable[FeeLine], sets: int, relief: Relief) -> int | None:
    """Return what the catalogue says for `lines`, `sets` times, less the relief; None for no line.

    Raises `Invalid("fee.line")`.
    """
    fees = procedure.fees if procedure else ()
    total: int | None = None
    for line in lines:
        if not 0 <= line.place < len(fees) or not 1 <= line.units <= UNITS_MAX:
            raise Invalid("fee.line", "Choose a fee of this procedure, and 1 to %(most)s units.", most=UNITS_MAX)
        total = (total or 0) + compute_sum(fees[line.place], line.units, sets)
    if relief is Relief.EXEMPT:
        return 0
    return (total + 1) // 2 if relief is Relief.HALVED and total is not None else total


def decide_amount(procedure: Procedure | None, request: FeeRequest, sets: int) -> tuple[int, int | None]:
    """Return what has to be paid, and what the catalogue says without relief.

    Raises `Invalid("dossier.fee" | "fee.line" | "fee.reason" | "fee.unknown")`.
    """
    proposed = compute_proposed(procedure, request.lines, sets, Relief.NONE)
    relieved = compute_proposed(procedure, request.lines, sets, request.relief)
    amount = relieved if request.amount is None else request.amount
    if amount is None:
        raise Invalid("fee.unknown", "The catalogue has no one fee for this. Choose one, or write the amount.")
    least = 0 if request.relief is Relief.EXEMPT or proposed == 0 else 1
    if not least <= amount <= FEE_MAX:
        raise Invalid("dossier.fee", "Write an amount from 1 to %(most)s VND.", most=FEE_MAX)
    is_changed = request.relief is not Relief.NONE or (proposed is not None and amount != proposed)
    if is_changed and not clean_line(request.reason):
        raise Invalid("fee.reason", "The amount is not that of the catalogue. Write down the reason.")
    return amount, proposed


def require_chargeable(dossier: Dossier, due: Charge | None, *, holds: bool) -> None:
    """Raise `Refused("fee.due" | "dossier.over" | …)` where no fee can be asked for."""
    if due is not None:
        raise Refused("fee.due", "A fee is due already. Record its payment or cancel it first.")
    if dossier.state.is_over:
        raise Refused("dossier.over", "This dossier has ended already. Load the page again.")
    if holds and dossier.state is DossierState.READY:
        raise Refused("dossier.ready", "The result of this dossier is ready already. Hand it out.")


def require_means(means: PaymentMeans, reference: str, *, is_confirmed: bool = False) -> str:
    """Return the reference as stored. Raises `Invalid("fee.reference" | "fee.card")`.

    Cash has none. A card needs its slip's, a transfer the bank's, to be compared with the statement.
    What a bank's message says is taken as it is (`is_confirmed`).
    """
    text = clean_line(reference)
    if means is PaymentMeans.CASH:
        if text:
            raise Invalid("fee.reference", "Cash has no reference number. Leave it empty.")
        return ""
    if len(re.sub(r"\D", "", text)) >= CARD_DIGITS and means is PaymentMeans.CARD:
        raise Invalid("fee.card", "Never write the number of a card. Its last four digits or the slip's number do.")
    if is_confirmed:
        return text
    if not text or len(text) > REFERENCE_MAX or not _REFERENCE.fullmatch(text):
        raise Invalid(
            "fee.reference",
            "Write the reference number of the slip or of the bank, at most %(most)s letters and digits.",
            most=REFERENCE_MAX,
        )
    return text


def read_receipt(text: str) -> str:
    """Return the number of an official receipt as stored. Raises `Invalid("fee.receipt")`."""
    receipt = clean_line(text)
    if len(receipt) > RECEIPT_MAX or (receipt and not _REFERENCE.fullmatch(receipt)):
        raise Invalid(
            "fee.receipt",
            "Write the official receipt's sign and number, at most %(most)s letters and digits.",
            most=RECEIPT_MAX,
        )
    return receipt


def require_settled(due: Charge | None) -> None:
    """Raise `Refused("fee.unpaid")` while a fee is due."""
    if due is not None:
        raise Refused("fee.unpaid", "A fee is due. Record its payment, or cancel the fee with a reason.")


def require_due(charge: Charge | None, dossier: Dossier) -> Charge:
    """Return a fee that is due. Raises `Refused("dossier.no_fee")`."""
    if charge is None or charge.state is not ChargeState.DUE or dossier.state.is_over:
        raise Refused("dossier.no_fee", "Nothing has to be paid. Load the page again.")
    return charge


def require_returnable(payment: Payment, today: str, *, is_mistake: bool) -> None:
    """Raise `Refused("fee.returned" | "fee.mistake_day")` unless a payment counts, and can be taken back so."""
    if payment.state is not PaymentState.VALID:
        raise Refused("fee.returned", "This payment was given back or cancelled already.")
    if is_mistake and payment.day != today:
        raise Refused(
            "fee.mistake_day", "A mistake can be put right on the day of the payment only. Give the money back instead."
        )


def write_number(payment: Payment) -> str:
    """Return the number of a confirmation, like `000012/2026`."""
    return f"{payment.number:06d}/{payment.series}"


def make_purpose(code: str) -> str:
    """Return what a transfer says: the dossier's code, or where that is too long its first part and its end.

    `MC.000.25.01.H17-261129-0001` becomes `MC 261129-0001`; each finds its dossier again.
    """
    if len(code) <= PURPOSE_MAX:
        return code
    prefix, day, serial = code.rsplit("-", 2)
    return f"{prefix.split('.', 1)[0]} {day}-{serial}"[:PURPOSE_MAX]
