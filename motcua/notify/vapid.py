"""The key by which push services know this desk (VAPID, RFC 8292). It is made when it is first needed.

The library of keys takes eleven megabytes. It is imported with the first key, not with the server.
"""

import base64
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric import ec

NAME = "vapid.key"
KEY_BYTES = 32


def get_key(folder: Path) -> "ec.EllipticCurvePrivateKey":
    """Return the key of the desk in `folder`, which is made where there is none. Raises `OSError`."""
    from cryptography.hazmat.primitives.asymmetric import ec

    path = folder / "keys" / NAME
    if (key := _read_key(path)) is not None:
        return key
    new_key = ec.generate_private_key(ec.SECP256R1())
    path.parent.mkdir(mode=0o700, exist_ok=True)
    draft = path.with_name(f".{NAME}.tmp")
    draft.touch(mode=0o600)
    draft.write_text(f"{new_key.private_numbers().private_value:064x}\n", encoding="ascii")
    draft.replace(path)
    return new_key


def _read_key(path: Path) -> "ec.EllipticCurvePrivateKey | None":
    from cryptography.hazmat.primitives.asymmetric import ec

    with suppress(OSError, ValueError):
        return ec.derive_private_key(int(path.read_text(encoding="ascii").strip(), 16), ec.SECP256R1())
    return None


def get_public_key(folder: Path) -> str:
    """Return the public key as browsers take it: base64url without padding. Raises `OSError`."""
    from cryptography.hazmat.primitives import serialization

    point = (
        get_key(folder)
        .public_key()
        .public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    )
    return base64.urlsafe_b64encode(point).decode().rstrip("=")
