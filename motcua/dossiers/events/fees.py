"""What happens to the fee of a dossier: it is asked for, paid, given back, taken back. Never who pays."""

from typing import ClassVar

from msgspec import field

from motcua.desk.event import Json
from motcua.dossiers.events.dossiers import DossierEvent


class DossierFeeDemanded(DossierEvent, frozen=True):
    """The applicant has to pay `amount` VND. `holds`: settling waits for it.

    `charge` is its number, null in rows from before there were any. `proposed` is what the catalogue says, null where
    it says nothing. `relief` is empty, `exempt` or `halved`. `counter` is whose screen shows it during `visit`.
    """

    amount: int
    charge: int | None = None
    proposed: int | None = None
    relief: str = ""
    holds: bool = True
    officer: int | None = None
    counter: int | None = None
    visit: str | None = None
    state: str = "due"
    sealed: list[Json] = field(default_factory=list)
    kind: ClassVar[str] = "dossier.fee_demanded"


class DossierFeePaid(DossierEvent, frozen=True):
    """The fee was paid; `state` is where the dossier is afterwards, `due_on` its day (null where none is known).

    `payment` is the payment's number, `series` and `number` those of its confirmation. `notice` is the bank's message
    that told of it (null for none). Rows from before there were payments have none of these.
    """

    state: str
    due_on: str | None
    due_at: str
    dues: list[Json]
    charge: int | None = None
    payment: int | None = None
    series: str = ""
    number: int = 0
    amount: int = 0
    means: str = ""
    reference: str = ""
    receipt: str = ""
    officer: int | None = None
    counter: int | None = None
    notice: int | None = None
    message_digest: str = ""
    kind: ClassVar[str] = "dossier.fee_paid"


class DossierFeeReturned(DossierEvent, frozen=True):
    """A payment was given back, or (`is_mistake`) had been entered by mistake, so that the fee is due again.

    `state` is where the dossier is afterwards.
    """

    charge: int
    payment: int
    is_mistake: bool
    state: str
    officer: int | None
    sealed: list[Json]
    kind: ClassVar[str] = "dossier.fee_returned"


class DossierFeeCancelled(DossierEvent, frozen=True):
    """A fee that was due is due no more; the dossier goes on as after a payment."""

    charge: int
    state: str
    due_on: str | None
    due_at: str
    dues: list[Json]
    sealed: list[Json]
    kind: ClassVar[str] = "dossier.fee_cancelled"


class DossierFeeShown(DossierEvent, frozen=True):
    """The screen of `counter` that faces the citizen shows the fee during `visit`; null: no screen does."""

    charge: int
    counter: int | None
    visit: str | None
    kind: ClassVar[str] = "dossier.fee_shown"


class DossierFeeReceipted(DossierEvent, frozen=True):
    """The number of the official receipt (biên lai) of a payment was entered."""

    payment: int
    receipt: str
    kind: ClassVar[str] = "dossier.fee_receipted"


class DossierFeeSlipPrinted(DossierEvent, frozen=True):
    """A slip is printed: of the fee that is due with its code, or (`payment`) the confirmation of a payment."""

    payment: int | None
    kind: ClassVar[str] = "dossier.fee_slip_printed"
