"""E-mail against a real mail server: what arrives, and what each way of failing is called."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from motcua.copies import replace
from motcua.notify.message import NoticeError, NoticeMessage
from motcua.notify.smtp import SmtpNotifier
from tests.ports import free_port
from tests.receivers import HOST, PASSWORD, USER, Mailbox, certificate, office_certificates, silent

SUBJECT = "Lịch hẹn: 09:00 ngày 23/11/2026"
TEXT = "Mã của ông/bà: ABCD2345\n\nỦy ban nhân dân phường Mỹ Đình\n"
MESSAGE = NoticeMessage("desk-7", "booking.made", 1_795_395_600, "vi", SUBJECT, TEXT, "an@example.vn")


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return certificate(tmp_path_factory.mktemp("mail"))


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    with Mailbox() as server:
        yield server


def sender(port: int, **more: Any) -> SmtpNotifier:
    return replace(SmtpNotifier(HOST, port, "none", "motcua@phuong.vn", "Phường Mỹ Đình", allow_local=True), **more)


def failure(notifier: SmtpNotifier, message: NoticeMessage = MESSAGE) -> tuple[str, bool]:
    with pytest.raises(NoticeError) as caught:
        notifier.send(message)
    assert "@" not in caught.value.code
    return caught.value.code, caught.value.permanent


def test_what_is_sent_arrives_with_all_its_marks(mailbox: Mailbox) -> None:
    sender(mailbox.port).send(MESSAGE)
    (mail,) = mailbox.mails
    assert (mail["Subject"], mail["To"], mail["From"]) == (
        SUBJECT,
        "an@example.vn",
        "Phường Mỹ Đình <motcua@phuong.vn>",
    )
    assert (mail["Date"], mail["Message-ID"]) == ("Mon, 23 Nov 2026 01:00:00 +0000", "<desk-7@phuong.vn>")
    assert (mail["Auto-Submitted"], mail["Content-Language"], mail.get_content_type()) == (
        "auto-generated",
        "vi",
        "text/plain",
    )
    assert mail.get_content().replace("\r\n", "\n") == TEXT


@pytest.mark.thorough
@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_it_encrypts_and_signs_in(files: tuple[Path, Path], security: str) -> None:
    with Mailbox(security, files, signs_in=True) as mailbox:
        right = sender(mailbox.port, security=security, user=USER, password=PASSWORD, authority=str(files[0]))
        right.send(MESSAGE)
        assert [mail["Subject"] for mail in mailbox.mails] == [SUBJECT]
        assert [failure(replace(right, password=wrong)) for wrong in ("khác", "mat-khau")] == [("smtp.auth", True)] * 2
        assert failure(replace(right, authority="")) == ("smtp.certificate", True)
        assert len(mailbox.mails) == 1


@pytest.mark.thorough
@pytest.mark.parametrize("trusts", ["the authority", "the server alone"])
def test_an_offices_own_certificate_is_trusted_under_every_python(tmp_path: Path, trusts: str) -> None:
    """Left to itself Python 3.13 refuses such an authority, and 3.11 and 3.12 a server's certificate in its place."""
    authority, files = office_certificates(tmp_path)
    with Mailbox("tls", files) as mailbox:
        right = sender(
            mailbox.port, security="tls", authority=str(authority if trusts == "the authority" else files[0])
        )
        right.send(MESSAGE)
        assert len(mailbox.mails) == 1
        assert failure(replace(right, authority="")) == ("smtp.certificate", True)


@pytest.mark.thorough
def test_a_server_without_encryption_or_signing_in_is_not_used_as_if_it_had_them(mailbox: Mailbox) -> None:
    assert failure(sender(mailbox.port, security="starttls")) == ("smtp.unsupported", True)
    assert failure(sender(mailbox.port, user=USER, password=PASSWORD)) == ("smtp.unsupported", True)
    assert failure(sender(mailbox.port, security="tls")) == ("smtp.tls", True)
    assert mailbox.mails == []


def test_no_for_ever_and_no_for_now_are_told_apart(mailbox: Mailbox) -> None:
    assert failure(sender(mailbox.port), replace(MESSAGE, email="nobody@example.vn")) == ("smtp.recipient", True)
    mailbox.refusals = ["554 5.7.1 spam", "451 4.7.1 greylisted, try again"]
    assert [failure(sender(mailbox.port)), failure(sender(mailbox.port))] == [
        ("smtp.refused", True),
        ("smtp.refused", False),
    ]
    sender(mailbox.port).send(MESSAGE)


def test_who_is_not_there_or_says_nothing_is_tried_again_later() -> None:
    assert failure(sender(free_port())) == ("smtp.connect", False)
    with silent() as port:
        assert failure(sender(port, timeout_s=0.1)) == ("smtp.timeout", False)
    assert failure(sender(25, host="no-such-host.invalid")) == ("smtp.host", False)


@pytest.mark.parametrize("address", ["", "an", "an@b.vn\r\nBcc: x@y.vn", "@", "a b@c.vn", "<>"])
def test_an_odd_address_goes_nowhere(mailbox: Mailbox, address: str) -> None:
    assert failure(sender(mailbox.port), replace(MESSAGE, email=address))[1] is True
    assert mailbox.mails == []


def test_a_subject_cannot_bring_headers_of_its_own(mailbox: Mailbox) -> None:
    sender(mailbox.port, name='Phường "A", <b>').send(replace(MESSAGE, subject="Một\r\nBcc: x@y.vn"))
    (mail,) = mailbox.mails
    assert (mail["Subject"], mail["Bcc"]) == ("Một Bcc: x@y.vn", None)
