"""The webhook against a real web server: what is posted, who may believe it, and what each way of failing is called."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from motcua.copies import replace
from motcua.desk import system_clock
from motcua.notify.message import NoticeError, NoticeMessage
from motcua.notify.webhook import WebhookNotifier, read_secret, sign_message, write_secret
from tests.ports import free_port
from tests.receivers import HOST, Hook, silent
from tests.waiting import PATIENCE_S

SECRET = "bí-mật"  # noqa: S105 -- of a server that lives for a second
MESSAGE = NoticeMessage(
    "desk-7", "booking.made", 1_795_395_600, "vi", "Lịch hẹn", "Mã: ABCD2345", "an@b.vn", "0912345678", {"booking": 7}
)


@pytest.fixture
def hook() -> Iterator[Hook]:
    with Hook() as server:
        yield server


def failure(url: str, timeout_s: float = PATIENCE_S) -> tuple[str, bool]:
    with pytest.raises(NoticeError) as caught:
        WebhookNotifier(url, SECRET, timeout_s, allow_local=True).send(MESSAGE)
    return caught.value.code, caught.value.permanent


def test_a_message_is_posted_signed_and_with_the_key_of_all_its_tries(hook: Hook) -> None:
    WebhookNotifier(f"{hook.url}?for=motcua", SECRET, allow_local=True).send(MESSAGE)
    ((headers, body),) = hook.calls
    assert hook.paths == ["/hook?for=motcua"]
    assert json.loads(body) == {
        "type": "booking.made",
        "timestamp": "2026-11-23T01:00:00Z",
        "data": {
            "language": "vi", "subject": "Lịch hẹn", "text": "Mã: ABCD2345",
            "email": "an@b.vn", "phone": "0912345678", "about": {"booking": 7},
        },
    }  # fmt: skip
    assert (headers["content-type"], headers["webhook-id"]) == ("application/json; charset=utf-8", "desk-7")
    assert headers["webhook-timestamp"] == str(MESSAGE.at)
    assert headers["webhook-signature"] == sign_message(SECRET.encode(), "desk-7", MESSAGE.at, body)
    assert not [name for name in headers if name.startswith("x-motcua")]


def received(hook: Hook, secret: str, message: NoticeMessage) -> tuple[dict[str, str], bytes]:
    WebhookNotifier(hook.url, secret, allow_local=True).send(message)
    return hook.calls[-1]


SECRETS = [write_secret(b"24 bytes of a good secret"), "bí-mật"]


@pytest.mark.parametrize("secret", SECRETS)
def test_a_receiver_of_the_public_library_accepts_ours(hook: Hook, secret: str) -> None:
    receiver = Webhook(write_secret(read_secret(secret)))
    headers, body = received(hook, secret, replace(MESSAGE, at=int(system_clock.now().timestamp())))
    assert receiver.verify(body, headers)["data"]["subject"] == "Lịch hẹn"


def test_a_receiver_of_the_public_library_refuses_what_is_changed_old_or_signed_by_others(hook: Hook) -> None:
    secret, now = SECRETS[0], int(system_clock.now().timestamp())
    receiver = Webhook(secret)
    headers, body = received(hook, secret, replace(MESSAGE, at=now))
    changed = [
        (body.replace(b"0912345678", b"0912345679"), headers),
        (body, {**headers, "webhook-id": "desk-8"}),
        (body, {**headers, "webhook-timestamp": str(now - 1)}),
        (body, {**headers, "webhook-signature": "v1,AAAA"}),
        (body, {name: value for name, value in headers.items() if name != "webhook-signature"}),
        received(hook, SECRETS[1], replace(MESSAGE, at=now))[::-1],
        received(hook, secret, replace(MESSAGE, at=now - 301))[::-1],
    ]
    for forged_body, forged_headers in changed:
        with pytest.raises(WebhookVerificationError):
            receiver.verify(forged_body, forged_headers)
    assert receiver.verify(body, headers)


def test_what_is_for_programs_only_has_its_data_and_its_own_time(hook: Hook) -> None:
    event = NoticeMessage(
        "desk-8", "ticket.called", 1_795_395_600, "vi", "", "", happened_at="2026-11-23T00:59:00Z", data={"counter": 3}
    )
    _headers, body = received(hook, SECRET, event)
    assert json.loads(body) == {"type": "ticket.called", "timestamp": "2026-11-23T00:59:00Z", "data": {"counter": 3}}


@pytest.mark.parametrize("text", ["whsec_", "whsec_###", "bí-mật"])
def test_a_secret_that_is_no_base64_is_the_text_itself(text: str) -> None:
    assert read_secret(text) in {text.encode(), b""}


def test_only_2xx_is_yes_and_redirects_are_not_followed(hook: Hook) -> None:
    hook.statuses = [200, 202, 302, 307, 400, 404, 408, 429, 500, 503]
    sender = WebhookNotifier(hook.url, SECRET, allow_local=True)
    sender.send(MESSAGE)
    sender.send(MESSAGE)
    assert [failure(hook.url) for _ in range(8)] == [
        ("webhook.redirect", True), ("webhook.redirect", True), ("webhook.refused", True), ("webhook.refused", True),
        ("webhook.refused", False), ("webhook.refused", False), ("webhook.refused", False), ("webhook.refused", False),
    ]  # fmt: skip
    assert set(hook.paths) == {"/hook"}
    assert len(hook.calls) == 10


@pytest.mark.thorough
def test_who_is_not_there_or_says_nothing_is_tried_again_later(hook: Hook) -> None:
    assert failure(f"http://{HOST}:{free_port()}/") == ("webhook.connect", False)
    with silent() as port:
        assert failure(f"http://{HOST}:{port}/", 0.1) == ("webhook.timeout", False)
    assert failure("http://no-such-host.invalid/") == ("webhook.host", False)
    assert failure(hook.url.replace("http:", "https:"))[0] == "webhook.certificate"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "ftp://example.vn/",
        "file:///etc/passwd",
        "http://",
        "http://example.vn:99999/",
        "http://[::1",
        "http://a b/",
    ],
)
def test_an_odd_address_is_refused_for_good(url: str, tmp_path: Path) -> None:
    assert failure(url) == ("webhook.address", True)


def test_what_cannot_be_asked_for_does_not_break_the_line(hook: Hook) -> None:
    assert failure(f"{hook.url}/a\r\nX: y")[1] is True
    WebhookNotifier(hook.url, SECRET, allow_local=True).send(replace(MESSAGE, text="\u2028\ud7ff"))
