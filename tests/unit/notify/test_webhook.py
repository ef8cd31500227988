"""The webhook against a real web server: what is posted, who may believe it, and what each way of failing is called."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from motcua.notify.message import NoticeError, NoticeMessage
from motcua.notify.webhook import WebhookNotifier, is_genuine, sign
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
        "key": "desk-7", "kind": "booking.made", "at": 1_795_395_600, "language": "vi", "subject": "Lịch hẹn",
        "text": "Mã: ABCD2345",
        "email": "an@b.vn", "phone": "0912345678", "about": {"booking": 7},
    }  # fmt: skip
    assert (headers["content-type"], headers["idempotency-key"]) == ("application/json; charset=utf-8", "desk-7")
    signed_parts = headers["x-motcua-timestamp"], headers["x-motcua-signature"], body
    assert is_genuine(SECRET, *signed_parts, now=MESSAGE.at + 300)


def test_a_copy_that_is_old_changed_or_signed_by_others_is_not_genuine() -> None:
    body, at = b"{}", 1_795_395_600
    good = sign(SECRET, at, body)
    assert is_genuine(SECRET, str(at), good, body, at)
    assert not is_genuine(SECRET, str(at), good, body, at + 301)
    assert not is_genuine(SECRET, str(at + 1), good, body, at)
    assert not is_genuine(SECRET, str(at), good, b"{ }", at)
    assert not is_genuine("other", str(at), good, body, at)
    assert not any(is_genuine(SECRET, odd, good, body, at) for odd in ("", "x", "-1", "1e9", "１"))  # noqa: RUF001 -- a digit of another script
    assert not is_genuine(SECRET, str(at), "sha256=", body, at)


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
