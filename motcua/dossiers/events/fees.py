"""What happens to the fee of a dossier: it is asked for, paid, given back, taken back. Never who pays."""

from dataclasses import dataclass, field
from typing import ClassVar

from motcua.desk.event import Json
from motcua.dossiers.events.dossiers import DossierEvent


@dataclass(frozen=True)
class DossierFeeDemanded(DossierEvent):
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


@dataclass(frozen=True)
class DossierFeePaid(DossierEvent):
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


@dataclass(frozen=True)
class DossierFeeReturned(DossierEvent):
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


@dataclass(frozen=True)
class DossierFeeCancelled(DossierEvent):
    """A fee that was due is due no more; the dossier goes on as after a payment."""

    charge: int
    state: str
    due_on: str | None
    due_at: str
    dues: list[Json]
    sealed: list[Json]
    kind: ClassVar[str] = "dossier.fee_cancelled"


@dataclass(frozen=True)
class DossierFeeShown(DossierEvent):
    """The screen of `counter` that faces the citizen shows the fee during `visit`; null: no screen does."""

    charge: int
    counter: int | None
    visit: str | None
    kind: ClassVar[str] = "dossier.fee_shown"


@dataclass(frozen=True)
class DossierFeeReceipted(DossierEvent):
    """The number of the official receipt (biên lai) of a payment was entered."""

    payment: int
    receipt: str
    kind: ClassVar[str] = "dossier.fee_receipted"


@dataclass(frozen=True)
class DossierFeeSlipPrinted(DossierEvent):
    """A slip is printed: of the fee that is due with its code, or (`payment`) the confirmation of a payment."""

    payment: int | None
    kind: ClassVar[str] = "dossier.fee_slip_printed"
