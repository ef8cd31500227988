"""Messages leave this computer: addresses of its own are refused however they are written, unless that is wished."""

import socket
from collections.abc import Iterator

import pytest

from motcua.notify.message import NoticeError, NoticeMessage
from motcua.notify.reaching import is_local
from motcua.notify.smtp import SmtpNotifier
from motcua.notify.webhook import WebhookNotifier
from tests.receivers import HOST, Hook, Mailbox

MESSAGE = NoticeMessage(
    "desk-7", "booking.made", 1_795_395_600, "vi", "Lịch hẹn", "Mã: ABCD2345", "an@b.vn", "0912345678", {"booking": 7}
)


@pytest.fixture
def hook() -> Iterator[Hook]:
    with Hook() as server:
        yield server


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.9.9.9", "0.0.0.0", "0.1.2.3", "169.254.169.254", "169.254.1.1",  # noqa: S104
        "224.0.0.1",
        "255.255.255.255", "::", "::1",
        "fe80::1", "fe80::1%eth0", "ff02::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1",
        "::ffff:0.0.0.0",
        "2002:7f00:1::", "64:ff9b::7f00:1", "2001:0:4136:e378:8000:63bf:80ff:fffe", "100.100.100.200", "fd00:ec2::254",
        "168.63.129.16",
    ],
)  # fmt: skip
def test_addresses_of_this_computer_and_of_its_host_are_local(address: str) -> None:
    assert is_local(address)


@pytest.mark.parametrize(
    "address",
    [
        "192.168.1.9",
        "10.0.0.5",
        "172.16.0.9",
        "203.0.113.7",
        "2001:db8::7",
        "fd12:3456::1",
        "::ffff:10.0.0.5",
        "100.64.0.1",
    ],
)
def test_addresses_of_the_office_and_of_the_world_are_not(address: str) -> None:
    assert not is_local(address)


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "localhost", "0", "[::ffff:127.0.0.1]"]
)
def test_however_it_is_written_a_web_address_here_gets_nothing_without_the_switch(hook: Hook, host: str) -> None:
    url = hook.url.replace(HOST, host)
    with pytest.raises(NoticeError) as caught:
        WebhookNotifier(url, "s").send(MESSAGE)
    assert (caught.value.code, caught.value.permanent, hook.calls) == ("webhook.local", True, [])


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
def test_a_mail_server_here_gets_nothing_without_the_switch(security: str) -> None:
    with Mailbox() as mailbox:
        sender = SmtpNotifier(HOST, mailbox.port, security, "motcua@phuong.vn")
        with pytest.raises(NoticeError) as caught:
            sender.send(MESSAGE)
        assert (caught.value.code, caught.value.permanent, mailbox.mails) == ("smtp.local", True, [])


def test_a_name_is_asked_for_once_and_the_address_that_was_looked_at_is_the_one_that_is_used(
    hook: Hook, monkeypatch: pytest.MonkeyPatch
) -> None:
    names, real = [], socket.getaddrinfo

    def resolver(name: str, port: int, *more: object, **named: object) -> object:
        names.append(name)
        return real(HOST, port, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    url = hook.url.replace(HOST, "gateway.example.vn")
    with pytest.raises(NoticeError):  # a public name that leads here
        WebhookNotifier(url, "s").send(MESSAGE)
    assert (names, hook.calls) == (["gateway.example.vn"], [])
    WebhookNotifier(url, "s", allow_local=True).send(MESSAGE)
    assert (names, len(hook.calls)) == (["gateway.example.vn"] * 2, 1)


def test_one_local_address_among_several_refuses_all(hook: Hook, monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo

    def resolver(_name: str, port: int, *more: object, **named: object) -> object:
        return [*real("203.0.113.7", port, *more, **named), *real(HOST, port, *more, **named)]  # type: ignore[arg-type]

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    with pytest.raises(NoticeError) as caught:
        WebhookNotifier(hook.url, "s").send(MESSAGE)
    assert (caught.value.code, hook.calls) == ("webhook.local", [])
