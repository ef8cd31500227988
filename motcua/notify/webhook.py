"""A web address of the ward that forwards messages, for example to a text message gateway.

Each message is one `POST` of JSON. `X-Motcua-Timestamp` is when it was sent (seconds since 1970).
`X-Motcua-Signature` is `sha256=` and an HMAC-SHA256 in lower-case hex: of timestamp, full stop and body, under the
shared secret. `Idempotency-Key` is the same for each try.
"""

import hashlib
import hmac
import http.client
import json
import socket
import ssl
from dataclasses import dataclass
from urllib.parse import urlsplit

from motcua.notify.message import NoticeError, NoticeMessage
from motcua.notify.reaching import LocalAddressError, PlainLine, SecureLine
from motcua.notify.trust import make_context

TIMEOUT_S = 10.0
AGE_MAX_S = 300
"""How old a message may be for `is_genuine`: older ones may be somebody's copies."""
TRY_AGAIN = frozenset({408, 425, 429})
OK, REDIRECTS, REFUSED = range(200, 300), range(300, 400), range(400, 500)


def sign(secret: str, at: int, body: bytes) -> str:
    """Return the signature of `body` sent at `at`."""
    return "sha256=" + hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()


def is_genuine(secret: str, timestamp: str, header_signature: str, body: bytes, now: int) -> bool:
    """Say whether a request was signed with `secret` within the last minutes; how a receiver checks."""
    if not (timestamp.isascii() and timestamp.isdigit()) or abs(now - int(timestamp)) > AGE_MAX_S:
        return False
    return hmac.compare_digest(sign(secret, int(timestamp), body).encode(), header_signature.encode())


@dataclass(frozen=True)
class WebhookNotifier:
    """Posts messages to `url` (http or https), signed with `secret`. Redirects are not followed.

    An address of this computer's own is refused unless `allow_local`.
    """

    url: str
    secret: str
    timeout_s: float = TIMEOUT_S
    allow_local: bool = False

    def send(self, message: NoticeMessage) -> None:
        """Post `message`. Raises `NoticeError`, whose codes begin with `webhook.`."""
        body = json.dumps(_json(message), ensure_ascii=False, sort_keys=True).encode()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "motcua",
            "Idempotency-Key": message.key,
            "X-Motcua-Timestamp": str(message.at),
            "X-Motcua-Signature": sign(self.secret, message.at, body),
        }
        try:
            status = self._posted(body, headers)
        except LocalAddressError as error:
            raise NoticeError("webhook.local", permanent=True) from error
        except ssl.SSLError as error:
            raise NoticeError("webhook.certificate", str(error)[:200], permanent=True) from error
        except TimeoutError as error:
            raise NoticeError("webhook.timeout") from error
        except socket.gaierror as error:
            raise NoticeError("webhook.host", str(error)[:200]) from error
        except (http.client.InvalidURL, ValueError) as error:
            raise NoticeError("webhook.address", permanent=True) from error
        except (http.client.HTTPException, OSError) as error:
            raise NoticeError("webhook.connect", str(error)[:200]) from error
        if status in REDIRECTS:
            raise NoticeError("webhook.redirect", str(status), permanent=True)
        if status not in OK:
            raise NoticeError("webhook.refused", str(status), permanent=status in REFUSED and status not in TRY_AGAIN)

    def _posted(self, body: bytes, headers: dict[str, str]) -> int:
        """Return the status that came back; what else came is not read."""
        place = urlsplit(self.url)
        is_plain = self.url.isprintable() and " " not in self.url
        if place.scheme not in {"http", "https"} or not place.hostname or not place.hostname.isascii() or not is_plain:
            raise ValueError(self.url)
        line = (
            SecureLine(place.hostname, place.port, self.timeout_s, allow_local=self.allow_local, context=make_context())
            if place.scheme == "https"
            else PlainLine(place.hostname, place.port, self.timeout_s, allow_local=self.allow_local)
        )
        try:
            line.request("POST", (place.path or "/") + (f"?{place.query}" if place.query else ""), body, headers)
            return line.getresponse().status
        finally:
            line.close()


def _json(message: NoticeMessage) -> dict[str, object]:
    return {
        "key": message.key,
        "kind": message.kind,
        "at": message.at,
        "language": message.language,
        "subject": message.subject,
        "text": message.text,
        "email": message.email,
        "phone": message.phone,
        "about": dict(message.about),
    }
