"""What happens to results that are sent by post. Never to whom."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.desk.event import Event, Json
from motcua.dossiers.events.dossiers import DossierEvent


@dataclass(frozen=True)
class MailingAsked(DossierEvent):
    """The applicant wants the result by post; asked again: to another address."""

    sealed: list[Json]
    kind: ClassVar[str] = "mailing.asked"


@dataclass(frozen=True)
class MailingCancelled(DossierEvent):
    """The applicant fetches it after all."""

    kind: ClassVar[str] = "mailing.cancelled"


@dataclass(frozen=True)
class DossierMailed(DossierEvent):
    """The post has the result under the number `tracking`: it is handed out."""

    tracking: str
    kind: ClassVar[str] = "mailing.sent"


@dataclass(frozen=True)
class MailingBatchEvent(Event):
    """Something about one list of letters; `batch` is its number."""

    batch: int

    @property
    def subject(self) -> str:
        """Return `mailing:<number>`."""
        return f"mailing:{self.batch}"


@dataclass(frozen=True)
class MailingsListed(MailingBatchEvent):
    """Letters were put on a list for the post: `number` in the `series`."""

    series: str
    number: int
    dossiers: list[Json]
    account: int | None
    kind: ClassVar[str] = "mailing.listed"


@dataclass(frozen=True)
class MailingBatchOpened(MailingBatchEvent):
    """Somebody printed the list or its labels, and so read the addresses."""

    kind: ClassVar[str] = "mailing.opened"
