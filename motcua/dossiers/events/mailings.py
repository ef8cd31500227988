"""What happens to results that are sent by post. Never to whom."""

from typing import ClassVar

from motcua.desk.event import Event, Json
from motcua.dossiers.events.dossiers import DossierEvent


class MailingAsked(DossierEvent, frozen=True):
    """The applicant wants the result by post; asked again: to another address."""

    sealed: list[Json]
    kind: ClassVar[str] = "mailing.asked"


class MailingCancelled(DossierEvent, frozen=True):
    """The applicant fetches it after all."""

    kind: ClassVar[str] = "mailing.cancelled"


class DossierMailed(DossierEvent, frozen=True):
    """The post has the result under the number `tracking`: it is handed out."""

    tracking: str
    kind: ClassVar[str] = "mailing.sent"


class MailingBatchEvent(Event, frozen=True):
    """Something about one list of letters; `batch` is its number."""

    batch: int

    @property
    def subject(self) -> str:
        """Return `mailing:<number>`."""
        return f"mailing:{self.batch}"


class MailingsListed(MailingBatchEvent, frozen=True):
    """Letters were put on a list for the post: `number` in the `series`."""

    series: str
    number: int
    dossiers: list[Json]
    account: int | None
    kind: ClassVar[str] = "mailing.listed"


class MailingBatchOpened(MailingBatchEvent, frozen=True):
    """Somebody printed the list or its labels, and so read the addresses."""

    kind: ClassVar[str] = "mailing.opened"
