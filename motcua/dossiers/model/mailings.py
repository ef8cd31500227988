"""A result that is sent by post, and the lists with which letters are handed to it."""

from enum import StrEnum

from msgspec import Struct

from motcua.desk.messages import mark


class MailingState(StrEnum):
    """Where a letter is."""

    ASKED = "asked"
    LISTED = "listed"
    SENT = "sent"
    CANCELLED = "cancelled"


MAILING_LABELS = {
    MailingState.ASKED: mark("To be sent by post"),
    MailingState.LISTED: mark("Handed to the post"),
    MailingState.SENT: mark("Sent by post"),
    MailingState.CANCELLED: mark("Fetched at the counter"),
}


class Mailing(Struct, frozen=True):
    """The letter with a dossier's result. `batch` is the list on which the post got it, `tracking` its number there.

    To whom it goes is encrypted and erased with the applicant.
    """

    dossier: str
    state: MailingState
    asked_at: str
    batch: int | None = None
    tracking: str = ""
    sent_at: str | None = None


class MailingBatch(Struct, frozen=True):
    """A list of letters that the post got at once; `number` is its place in the `series` (the year)."""

    id: int
    series: str
    number: int
    at: str
    day: str
    account: int | None


class Receiver(Struct, frozen=True):
    """To whom a letter goes."""

    name: str
    address: str
    phone: str = ""
