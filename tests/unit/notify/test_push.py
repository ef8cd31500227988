"""Messages to a browser, through a push service that checks the signature and a browser that decrypts."""

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.alerts import rules
from motcua.copies import replace
from motcua.desk import Invalid
from motcua.notify import vapid
from motcua.notify.message import NoticeError, NoticeMessage
from motcua.notify.push import PushNotifier
from tests.ports import free_port
from tests.receivers import HOST, PushService

MESSAGE = NoticeMessage(
    "desk-7", "help.called", 1_795_395_600, "vi", "Gọi hỗ trợ", "Quầy 3 gọi hỗ trợ.", is_urgent=True
)


@pytest.fixture
def service() -> Iterator[PushService]:
    with PushService() as push_service:
        yield push_service


def notifier(service: PushService, folder: Path, **more: object) -> PushNotifier:
    keys = service.keys
    sender = PushNotifier(
        folder, service.endpoint, keys["p256dh"], keys["auth"], "mailto:ward@example.vn", allow_local=True
    )
    return replace(sender, **more)  # type: ignore[arg-type]


def failure(sender: PushNotifier) -> tuple[str, bool]:
    with pytest.raises(NoticeError) as caught:
        sender.send(MESSAGE)
    return caught.value.code, caught.value.permanent


def test_a_browser_reads_what_was_sent_and_its_service_cannot(service: PushService, folder: Path) -> None:
    notifier(service, folder).send(MESSAGE)
    assert service.texts == [
        {"title": "Gọi hỗ trợ", "text": MESSAGE.text, "tag": "desk-7", "kind": "help.called", "language": "vi"}
    ]
    (headers,) = service.headers
    assert (headers["urgency"], headers["ttl"], headers["sub"]) == ("high", "14400", "mailto:ward@example.vn")
    notifier(service, folder).send(replace(MESSAGE, is_urgent=False))
    assert service.headers[1]["urgency"] == "normal"


def test_the_desks_key_is_made_once_for_its_own_account_alone(folder: Path) -> None:
    first = vapid.get_public_key(folder)
    assert vapid.get_public_key(folder) == first
    assert len(first) == 87
    assert stat.S_IMODE((folder / "keys" / "vapid.key").stat().st_mode) == 0o600
    (folder / "keys" / "vapid.key").write_text("0" * 64)
    assert vapid.get_public_key(folder) != first


def test_each_way_of_failing_has_its_name(service: PushService, folder: Path) -> None:
    sender = notifier(service, folder)
    service.statuses = [404, 410, 429, 500, 400]
    assert [failure(sender) for _ in range(5)] == [
        ("push.gone", True), ("push.gone", True), ("push.refused", False), ("push.refused", False),
        ("push.refused", True),
    ]  # fmt: skip
    assert failure(replace(sender, endpoint=f"http://{HOST}:{free_port()}/")) == ("push.connect", False)
    assert failure(replace(sender, allow_local=False)) == ("push.local", True)
    assert failure(replace(sender, p256dh="AAAA")) == ("push.subscription", True)
    assert service.texts == []


def test_only_what_a_browser_would_send_is_kept(service: PushService) -> None:
    keys = service.keys
    rules.require_subscription("https://push.example/1", **keys, allow_local=False)
    rules.require_subscription(service.endpoint, **keys, allow_local=True)
    odd = [
        ("http://push.example/1", keys["p256dh"], keys["auth"]),
        ("javascript:alert(1)", keys["p256dh"], keys["auth"]),
        ("https://", keys["p256dh"], keys["auth"]),
        ("https://[x", keys["p256dh"], keys["auth"]),
        ("https://push.example/1\r\nX: y", keys["p256dh"], keys["auth"]),
        ("https://push.example/1", "x" * 87, keys["auth"]),
        ("https://push.example/1", keys["p256dh"], "short"),
        ("https://push.example/1", "đ", "đ"),
    ]
    for endpoint, p256dh, auth in odd:
        with pytest.raises(Invalid):
            rules.require_subscription(endpoint, p256dh, auth, allow_local=False)
