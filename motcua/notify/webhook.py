"""A program of the ward that hears of what happens, by the Standard Webhooks scheme (standardwebhooks.com).

Each message is one `POST` of JSON: `{"type", "timestamp", "data"}`. `webhook-id` is the same for each try,
`webhook-timestamp` is when it was sent (seconds since 1970). `webhook-signature` is `v1,` and an HMAC-SHA256 in
base64: of id, full stop, timestamp, full stop and body, under the shared secret.
"""

import base64
import binascii
import hashlib
import hmac
import json
from datetime import UTC, datetime

from msgspec import Struct

from motcua.notify.message import NoticeMessage
from motcua.notify.posting import send_body

TIMEOUT_S = 10.0
PREFIX = "whsec_"
"""How a secret begins that is written in base64, as the scheme wants it. Any other text is the secret itself."""


def read_secret(text: str) -> bytes:
    """Return the bytes of a secret as it stands in its file."""
    if text.startswith(PREFIX):
        try:
            return base64.b64decode(text.removeprefix(PREFIX), validate=True)
        except (ValueError, binascii.Error):
            return text.encode()
    return text.encode()


def write_secret(secret: bytes) -> str:
    """Return a secret as receivers take it."""
    return PREFIX + base64.b64encode(secret).decode()


def sign_message(secret: bytes, key: str, at: int, body: bytes) -> str:
    """Return the signature of `body`, sent as the message `key` at `at`."""
    signed = f"{key}.{at}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()


class WebhookNotifier(Struct, frozen=True):
    """Posts messages to `url` (http or https), signed with `secret`. Redirects are not followed.

    An address of this computer's own is refused unless `allow_local`.
    """

    url: str
    secret: str
    timeout_s: float = TIMEOUT_S
    allow_local: bool = False

    def send(self, message: NoticeMessage) -> None:
        """Post `message`. Raises `NoticeError`, whose codes begin with `webhook.`."""
        body = json.dumps(write_body(message), ensure_ascii=False, sort_keys=True).encode()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "motcua",
            "webhook-id": message.key,
            "webhook-timestamp": str(message.at),
            "webhook-signature": sign_message(read_secret(self.secret), message.key, message.at, body),
        }
        send_body("webhook", self.url, body, headers, self.timeout_s, allow_local=self.allow_local)


def write_body(message: NoticeMessage) -> dict[str, object]:
    """Return the body of `message`: its kind, when it happened, and its data; without data the words for a person."""
    happened_at = message.happened_at or datetime.fromtimestamp(message.at, UTC).isoformat().replace("+00:00", "Z")
    data = message.data
    if data is None:
        data = {
            "language": message.language,
            "subject": message.subject,
            "text": message.text,
            "email": message.email,
            "phone": message.phone,
            "about": dict(message.about),
        }
    return {"type": message.kind, "timestamp": happened_at, "data": dict(data)}
