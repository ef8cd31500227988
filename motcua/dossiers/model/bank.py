"""What a bank tells of money that came, and what the desk made of it."""

from dataclasses import dataclass, field
from enum import StrEnum

from msgspec import Struct

from motcua.desk.messages import mark


class NoticeOutcome(StrEnum):
    """What became of a bank's message. All but `PAID` and `CLOSED` wait for a person."""

    PAID = "paid"
    UNKNOWN = "unknown"
    ACCOUNT = "account"
    NOT_DUE = "not_due"
    AMOUNT = "amount"
    CLOSED = "closed"


OUTCOME_LABELS = {
    NoticeOutcome.PAID: mark("Fee paid"),
    NoticeOutcome.UNKNOWN: mark("No dossier's code was found in its words"),
    NoticeOutcome.ACCOUNT: mark("It came to another account"),
    NoticeOutcome.NOT_DUE: mark("No fee is due for this dossier"),
    NoticeOutcome.AMOUNT: mark("The amount is not that of the fee"),
    NoticeOutcome.CLOSED: mark("Settled by hand"),
}
WAITING = (NoticeOutcome.UNKNOWN, NoticeOutcome.ACCOUNT, NoticeOutcome.NOT_DUE, NoticeOutcome.AMOUNT)


@dataclass(frozen=True)
class BankMessage:
    """Money that came, as a bank's message says it. `digest` is the SHA-256 of the message in hex.

    `words` are what the payer wrote; they may name somebody.
    """

    transaction: str
    amount: int
    words: str = field(repr=False)
    account: str
    digest: str


class BankNotice(Struct, frozen=True):
    """A message as the desk took it. `dossier` is the one that its words name, None for none."""

    id: int
    transaction_code: str
    digest: str
    amount: int
    outcome: NoticeOutcome
    dossier: str | None
    at: str
    closed_by: int | None = None
