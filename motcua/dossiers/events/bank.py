"""What a bank told that a person has to look at. Never the words of a transfer."""

from typing import ClassVar

from motcua.desk.event import Event, Json


class BankNoticeEvent(Event, frozen=True):
    """Something about one message of the bank; `notice` is its number."""

    notice: int

    @property
    def subject(self) -> str:
        """Return `bank:<number>`."""
        return f"bank:{self.notice}"


class BankNoticeListed(BankNoticeEvent, frozen=True):
    """A message paid no fee by itself: why not (`outcome`), and which dossier its words name, null for none.

    `transaction` is the bank's number, `digest` the SHA-256 of the message.
    """

    transaction: str
    digest: str
    amount: int
    outcome: str
    dossier: str | None
    sealed: list[Json]
    kind: ClassVar[str] = "bank.notice_listed"


class BankNoticeClosed(BankNoticeEvent, frozen=True):
    """The account settled it otherwise, as by sending the money back."""

    account: int
    kind: ClassVar[str] = "bank.notice_closed"
