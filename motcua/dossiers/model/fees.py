"""A fee that a dossier owes, and what was paid for it."""

from dataclasses import dataclass, field
from enum import StrEnum

from msgspec import Struct

from motcua.desk.messages import mark


class ChargeState(StrEnum):
    """Where a fee is."""

    DUE = "due"
    PAID = "paid"
    REFUNDED = "refunded"
    CANCELLED = "cancelled"
    WAIVED = "waived"


class PaymentMeans(StrEnum):
    """How somebody paid."""

    CASH = "cash"
    CARD = "card"
    TRANSFER = "transfer"


class PaymentState(StrEnum):
    """Whether a payment counts. Its number is never given to another one."""

    VALID = "valid"
    REFUNDED = "refunded"
    MISTAKEN = "mistaken"


class Relief(StrEnum):
    """Why somebody pays less than the catalogue says. Basis: LEGAL.md#fees."""

    NONE = ""
    HALVED = "halved"
    EXEMPT = "exempt"


CHARGE_STATE_LABELS = {
    ChargeState.DUE: mark("Fee due"),
    ChargeState.PAID: mark("Fee paid"),
    ChargeState.REFUNDED: mark("Fee given back"),
    ChargeState.CANCELLED: mark("Fee cancelled"),
    ChargeState.WAIVED: mark("No fee"),
}
MEANS_LABELS = {
    PaymentMeans.CASH: mark("Cash"),
    PaymentMeans.CARD: mark("Card (POS)"),
    PaymentMeans.TRANSFER: mark("Bank transfer"),
}
PAYMENT_STATE_LABELS = {
    PaymentState.VALID: mark("Money received"),
    PaymentState.REFUNDED: mark("Given back"),
    PaymentState.MISTAKEN: mark("Entered by mistake"),
}


class FeeLine(Struct, frozen=True):
    """A fee of the procedure by its place there, and how many pages, copies or cases."""

    place: int
    units: int = 1


@dataclass(frozen=True)
class FeeRequest:
    """What an officer asks for. `amount` None: what the catalogue says for `lines`, less the relief.

    `reason` is needed where this differs from the catalogue, and is encrypted. `holds`: settling waits until it is
    paid. `counter` is whose screen may show it.
    """

    amount: int | None = None
    lines: tuple[FeeLine, ...] = ()
    relief: Relief = Relief.NONE
    reason: str = field(default="", repr=False)
    holds: bool = True
    officer: int | None = None
    counter: int | None = None


class PaymentRequest(Struct, frozen=True):
    """How it was paid. `reference` is that of the POS slip or of the bank, `receipt` the official receipt's number.

    `notice` is the bank's message that told of it, `message_digest` that message's digest.
    """

    means: PaymentMeans = PaymentMeans.CASH
    reference: str = ""
    receipt: str = ""
    officer: int | None = None
    counter: int | None = None
    notice: int | None = None
    message_digest: str = ""


@dataclass(frozen=True)
class ReturnRequest:
    """A payment that is given back, or that was entered by mistake, and why."""

    payment: int
    is_mistake: bool
    reason: str = field(repr=False)
    officer: int | None = None


class Charge(Struct, frozen=True):
    """A fee of a dossier in VND; `proposed` is what the catalogue says, None where it says nothing.

    `counter` is whose screen shows it while the citizen of `visit` is there.
    """

    id: int
    dossier: str
    amount: int
    proposed: int | None
    relief: Relief
    state: ChargeState
    holds: bool
    demanded_at: str
    officer: int | None = None
    counter: int | None = None
    visit: str | None = None


class Payment(Struct, frozen=True):
    """A payment; `number` is its place in the `series` (the year), without gaps. `day` is the desk's day."""

    id: int
    charge: int
    dossier: str
    series: str
    number: int
    amount: int
    means: PaymentMeans
    reference: str
    receipt: str
    state: PaymentState
    day: str
    at: str
    officer: int | None
    counter: int | None
    notice: int | None = None
    returned_on: str | None = None
    returned_by: int | None = None
