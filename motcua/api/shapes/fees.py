"""Bodies and answers of the calls about fees of dossiers."""

from typing import Annotated, Literal

from pydantic import Field

from motcua.api.shapes.base import ApiShape, Both, Int, Strict, describe_choice
from motcua.api.texts import Code, Comment, Line
from motcua.dossiers.model.fees import PaymentMeans, Relief

MeansName = Annotated[Code, describe_choice(*(means.value for means in PaymentMeans))]
ReliefName = Annotated[str, Field(max_length=20, description=f"`{Relief.HALVED}`, `{Relief.EXEMPT}` or empty")]
LINES_MAX = 20


class NewFeeLine(Strict):
    """A fee of the procedure by its `place` in the answer about fees, and how many pages, copies or cases."""

    place: Int
    units: Int = 1


class NewFee(Strict):
    """What is asked for in VND: an `amount`, or what the catalogue says for `lines`, less the relief.

    Where the amount is not the catalogue's, `reason` says why. `holds`: the time stands still until it is paid.
    `counter` is whose screen shows it to the citizen.
    """

    amount: Int | None = None
    lines: list[NewFeeLine] = Field(default=[], max_length=LINES_MAX)
    relief: ReliefName = ""
    reason: Comment | None = None
    holds: bool = True
    counter: Int | None = None


class NewPayment(Strict):
    """How it was paid. `reference` is that of the slip or the bank, `receipt` the official receipt's number."""

    means: MeansName = PaymentMeans.CASH.value
    reference: Line = ""
    receipt: Line = ""
    counter: Int | None = None


class NewReturn(Strict):
    """A payment that is given back, or (`is_mistake`) that was entered by mistake, and why."""

    payment: Int
    is_mistake: bool = False
    reason: Comment
    counter: Int | None = None


class FeeCancellation(Strict):
    """Why a fee need not be paid."""

    reason: Comment


class FeeScreen(Strict):
    """Whose screen shows the fee to the citizen; null: none."""

    counter: Int | None = None


class FeeSlip(Strict):
    """Which slip: the confirmation of a payment; null: of the fee that is due."""

    payment: Int | None = None


class NewReceipt(Strict):
    """The number of the official receipt of a payment."""

    payment: Int
    receipt: Line


class FeeLineShape(ApiShape):
    """A fee of the catalogue. `is_usual`: it is what this dossier costs, as far as that is known."""

    place: Int
    amount: Int
    per: Both
    case: Both
    is_usual: bool
    is_verified: bool
    source: str


class ChargeShape(ApiShape):
    """The fee that was asked for last; `proposed` is what the catalogue says, null where it says nothing."""

    id: Int
    amount: Int
    proposed: Int | None
    relief: ReliefName
    state: Literal["due", "paid", "refunded", "cancelled", "waived"]
    state_label: Both
    holds: bool
    counter: Int | None


class PaymentShape(ApiShape):
    """A payment; `number` is that of its confirmation."""

    id: Int
    number: str
    amount: Int
    means: MeansName
    means_label: Both
    reference: str
    receipt: str
    state: Literal["valid", "refunded", "mistaken"]
    state_label: Both
    is_valid: bool
    day: str
    at: str
    officer: str | None


class TransferShape(ApiShape):
    """What a transfer needs; `text` is that of its VietQR code."""

    bank: str
    account: str
    owner: str
    amount: Int
    purpose: str
    text: str


class FeesShape(ApiShape):
    """The fee of a dossier: what the catalogue proposes, what is due, what was paid."""

    lines: list[FeeLineShape]
    proposed: Int | None
    sets: Int
    charge: ChargeShape | None
    is_due: bool
    can_ask: bool
    payments: list[PaymentShape]
    transfer: TransferShape | None


class FeesAnswer(ApiShape):
    """The fee of a dossier."""

    fees: FeesShape
