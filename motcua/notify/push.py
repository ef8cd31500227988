"""A message to a browser that asked for it (Web Push, RFC 8030, 8291, 8292): encrypted, so that the push service
cannot read it.

The libraries are imported with the first message, not with the server. They are those under `pywebpush`, which itself
needs aiohttp: where that is installed, the sockets' library imports it at each start, for eight megabytes.
"""

import base64
import json
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from msgspec import Struct

from motcua.notify import vapid
from motcua.notify.message import NoticeError, NoticeMessage
from motcua.notify.posting import send_body

TIMEOUT_S = 10.0
TTL_S = 4 * 3600
"""How long the push service keeps a message for a phone that is off."""
LEASE_S = 12 * 3600
"""How long the desk's signature is valid; push services refuse more than a day."""
GONE = frozenset({"404", "410"})
"""What a push service answers for a browser that asks no more."""
TEXT_MAX = 500
ENCODING = "aes128gcm"


class PushNotifier(Struct, frozen=True):
    """Sends to one browser: `endpoint`, `p256dh` and `auth` are those of its subscription.

    `folder` has the desk's key, `contact` is how the push service reaches those who run the desk. `ttl_s` is how long
    it keeps a message for a phone that is off.
    """

    folder: Path
    endpoint: str
    p256dh: str
    auth: str
    contact: str
    ttl_s: int = TTL_S
    timeout_s: float = TIMEOUT_S
    allow_local: bool = False

    def send(self, message: NoticeMessage) -> None:
        """Hand `message` to the push service.

        Raises `NoticeError`, whose codes begin with `push.`: `push.gone` for a browser that asks no more.
        """
        body, headers = self._encrypt(message)
        try:
            send_body("push", self.endpoint, body, headers, self.timeout_s, allow_local=self.allow_local)
        except NoticeError as problem:
            if problem.code == "push.refused" and problem.reply in GONE:
                raise NoticeError("push.gone", problem.reply, permanent=True) from problem
            raise

    def _encrypt(self, message: NoticeMessage) -> tuple[bytes, dict[str, str]]:
        import http_ece
        from py_vapid import Vapid02, VapidException

        place = urlsplit(self.endpoint)
        content = {
            "title": message.subject,
            "text": message.text[:TEXT_MAX],
            "tag": message.key,
            "kind": message.kind,
            "language": message.language,
        }
        if message.path:
            content["path"] = message.path
        claims = {"aud": f"{place.scheme}://{place.netloc}", "exp": message.at + LEASE_S, "sub": self.contact}
        try:
            data = json.dumps(content, ensure_ascii=False).encode()
            body: bytes = http_ece.encrypt(
                data,
                private_key=ec.generate_private_key(ec.SECP256R1()),
                dh=_decode(self.p256dh),
                auth_secret=_decode(self.auth),
                version=ENCODING,
            )
            signed: dict[str, str] = Vapid02(vapid.get_key(self.folder)).sign(claims)
        except OSError as error:
            raise NoticeError("push.key", str(error)[:200]) from error
        except (http_ece.ECEException, VapidException, ValueError, TypeError, IndexError) as error:
            raise NoticeError("push.subscription", type(error).__name__, permanent=True) from error
        urgency = "high" if message.is_urgent else "normal"
        headers = {"Content-Encoding": ENCODING, "Content-Type": "application/octet-stream", "TTL": str(self.ttl_s)}
        return body, {**headers, **signed, "Urgency": urgency, "User-Agent": "motcua"}


def _decode(text: str) -> bytes:
    """Return the bytes of base64url without padding. Raises `ValueError`."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
