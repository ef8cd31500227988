"""A message, what carries it, and what went wrong."""

from collections.abc import Mapping
from typing import Protocol

from msgspec import Struct, field

Value = str | int | None


class Attachment(Struct, frozen=True):
    """A file that comes with a message, such as `application/pdf`."""

    name: str
    content_type: str
    content: bytes


class NoticeMessage(Struct, frozen=True):
    """What somebody is told.

    `key` is the same for each try, so that a receiver can tell a repeat; `at` is when it is sent, in seconds
    since 1970, `happened_at` when it happened (RFC 3339), where that is another time. `email` and `phone` are where
    the person is reached, empty where unknown; `about` is the matter for programs. `data` is all that a program is
    told, where it is no message for a person. `attachments` go with e-mails
    only, `path` with messages to browsers: the page of this desk that a touch on one opens.
    """

    key: str
    kind: str
    at: int
    language: str
    subject: str
    text: str
    email: str = ""
    phone: str = ""
    about: Mapping[str, Value] = field(default_factory=dict)
    happened_at: str = ""
    is_urgent: bool = False
    data: Mapping[str, object] | None = None
    attachments: tuple[Attachment, ...] = ()
    path: str = ""


class NoticeError(Exception):
    """A message could not be handed over.

    `code` is stable and names nobody; `reply` is what the receiver answered and may name somebody.

    `permanent`: another try would end the same way.
    """

    def __init__(self, code: str, reply: str = "", *, permanent: bool = False) -> None:
        super().__init__(code, reply)
        self.code, self.reply, self.permanent = code, reply, permanent

    def __str__(self) -> str:
        """Return the code and the reply."""
        return f"{self.code}: {self.reply}" if self.reply else self.code


class Notifier(Protocol):
    """A way out of the building."""

    def send(self, message: NoticeMessage) -> None:
        """Hand `message` over; when this returns, the receiver has taken it. Raises `NoticeError`."""
        ...
