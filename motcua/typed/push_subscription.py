"""Whether a browser's subscription to messages (W3C Push) can be written to. Pure."""

import base64
import binascii
from urllib.parse import urlsplit

POINT_BYTES, SECRET_BYTES, UNCOMPRESSED = 65, 16, 4
"""How long a browser's public key is (a point of P-256, whose first byte says so), and its secret."""
SERVICES = (
    "fcm.googleapis.com",
    "push.services.mozilla.com",
    "push.apple.com",
    "notify.windows.com",
)
"""The push services of Chrome and its kin, Firefox, Safari and Edge; each has hosts below its name."""


def is_subscription(endpoint: str, p256dh: str, auth: str, *, allow_local: bool) -> bool:
    """Say whether a browser's push service can be written to like this: over https, with keys of the right length."""
    try:
        place = urlsplit(endpoint)
        is_address = bool(place.hostname) and endpoint.isascii() and endpoint.isprintable() and " " not in endpoint
    except ValueError:
        return False
    is_safe = place.scheme == "https" or (allow_local and place.scheme == "http")
    point, secret = _decode(p256dh), _decode(auth)
    has_keys = len(point) == POINT_BYTES and point[0] == UNCOMPRESSED and len(secret) == SECRET_BYTES
    return is_address and is_safe and has_keys


def is_of_known_service(endpoint: str) -> bool:
    """Say whether the address is one of a browser maker's push service, by https at the usual port.

    Anybody may name one, so that no other computer gets a request because a stranger wished it.
    """
    try:
        place = urlsplit(endpoint)
        host, port = place.hostname or "", place.port
    except ValueError:
        return False
    is_known = any(host == name or host.endswith(f".{name}") for name in SERVICES)
    return is_known and place.scheme == "https" and port in {None, 443} and place.username is None


def _decode(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (ValueError, binascii.Error):
        return b""
