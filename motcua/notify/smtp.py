"""E-mail through the ward's mail server (RFC 5321, 6409)."""

import smtplib
import socket
import ssl
from datetime import UTC, datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from msgspec import Struct

from motcua.notify.message import NoticeError, NoticeMessage
from motcua.notify.reaching import LocalAddressError, MailLine
from motcua.notify.subject import SubjectPolicy
from motcua.notify.trust import make_context

TIMEOUT_S = 10.0
REPLY_MAX = 200
PERMANENT = 500
"""Reply codes from here on mean: do not try again."""


class SmtpNotifier(Struct, frozen=True):
    """Sends plain text in UTF-8, with files. `security` is `none`, `starttls` or `tls`; with a `user` it signs in.

    `authority` is a file of certificates (PEM) that are trusted in addition to the system's, for a mail server with
    a private authority. A mail server on this computer itself is refused unless `allow_local`.
    """

    host: str
    port: int
    security: str
    sender: str
    name: str = ""
    user: str = ""
    password: str = ""
    authority: str = ""
    timeout_s: float = TIMEOUT_S
    allow_local: bool = False

    def send(self, message: NoticeMessage) -> None:
        """Hand `message` to the mail server. Raises `NoticeError`, whose codes begin with `smtp.`."""
        if not (self.user + self.password).isascii():  # smtplib cannot send others
            raise NoticeError("smtp.auth", "not ASCII", permanent=True)
        mail = self._mail(message)
        try:
            with self._connected() as server:
                if self.security == "starttls":
                    server.starttls(context=make_context(self.authority))
                if self.user:
                    server.login(self.user, self.password)
                server.send_message(mail)
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise _problem(error) from error

    def _mail(self, message: NoticeMessage) -> EmailMessage:
        mail = EmailMessage(SubjectPolicy())
        try:
            mail["From"] = Address(self.name, addr_spec=self.sender)
            mail["To"] = Address(addr_spec=message.email)
        except (ValueError, IndexError, MessageError) as error:
            raise NoticeError("smtp.address", permanent=True) from error
        if "@" not in self.sender or "@" not in message.email:
            raise NoticeError("smtp.address", permanent=True)
        mail["Subject"] = " ".join(message.subject.split())
        mail["Date"] = format_datetime(datetime.fromtimestamp(message.at, UTC))
        mail["Message-ID"] = f"<{message.key}@{self._domain}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(message.text, charset="utf-8", cte="base64")
        mail["Content-Language"] = message.language
        for item in message.attachments:
            main, _, sub = item.content_type.partition("/")
            mail.add_attachment(item.content, maintype=main, subtype=sub, filename=item.name)
        return mail

    @property
    def _domain(self) -> str:
        return self.sender.rpartition("@")[2]

    def _connected(self) -> smtplib.SMTP:
        context = make_context(self.authority) if self.security == "tls" else None
        return MailLine(
            self.host, self.port, self._domain, self.timeout_s, allow_local=self.allow_local, context=context
        )


_KINDS: list[tuple[type[Exception], str, bool]] = [
    (LocalAddressError, "smtp.local", True),
    (smtplib.SMTPAuthenticationError, "smtp.auth", True),
    (smtplib.SMTPNotSupportedError, "smtp.unsupported", True),
    (smtplib.SMTPServerDisconnected, "smtp.connect", False),
    (smtplib.SMTPException, "smtp.refused", True),
    (ssl.SSLCertVerificationError, "smtp.certificate", True),
    (ssl.SSLError, "smtp.tls", True),
    (TimeoutError, "smtp.timeout", False),
    (socket.gaierror, "smtp.host", False),
    (OSError, "smtp.connect", False),
    (ValueError, "smtp.address", True),
]


def _problem(error: Exception) -> NoticeError:
    """Return what went wrong as one of our codes; the server's reply decides whether it is for good."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        replies = list(error.recipients.values())
        return _replied("smtp.recipient", *replies[0]) if replies else NoticeError("smtp.recipient", permanent=True)
    if isinstance(error, smtplib.SMTPResponseException) and not isinstance(error, smtplib.SMTPAuthenticationError):
        return _replied("smtp.refused", error.smtp_code, error.smtp_error)
    if isinstance(error.__context__, TimeoutError):  # smtplib calls a server that says nothing "disconnected"
        return NoticeError("smtp.timeout")
    code, permanent = next((code, permanent) for kind, code, permanent in _KINDS if isinstance(error, kind))
    reply_text = _text(error.smtp_error) if isinstance(error, smtplib.SMTPResponseException) else str(error)
    return NoticeError(code, reply_text[:REPLY_MAX], permanent=permanent)


def _replied(code: str, reply: int, words: bytes | str) -> NoticeError:
    return NoticeError(code, f"{reply} {_text(words)}"[:REPLY_MAX], permanent=reply >= PERMANENT)


def _text(words: bytes | str) -> str:
    return words.decode(errors="replace") if isinstance(words, bytes) else words
