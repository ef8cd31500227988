"""The signed head of each day's journal, in a file that can be kept elsewhere.

`DIR/digests/<day>.json` holds day, seq, hash, at, public_key and signature: Ed25519 over the canonical JSON of the
other five, lower-case hex. Whoever kept it can prove later that no row up to `seq` was edited, removed, inserted or
moved.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from motcua.desk import signing
from motcua.desk.desk import Desk
from motcua.desk.files import set_aside, write_whole
from motcua.desk.journal import canonicalise
from motcua.desk.private import make_folder
from motcua.desk.signing import get_key_path

FIELDS = ("day", "seq", "hash", "at", "public_key")
FILE_MAX_BYTES = 64 * 1024


def get_digest_path(folder: Path, day: str) -> Path:
    """Return where the digest of `day` lies."""
    return folder / "digests" / f"{day}.json"


def sign(folder: Path, day: str, row: dict[str, Any]) -> dict[str, Any]:
    """Return the digest of `day`, whose last row is `row` (seq, hash, at), signed with the desk's key.

    Raises `OSError` without one.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    secret = signing.read_key(folder)
    if secret is None:
        raise FileNotFoundError(2, "no signing key", str(get_key_path(folder)))
    key = Ed25519PrivateKey.from_private_bytes(secret)
    digest = {
        "day": day,
        "seq": row["seq"],
        "hash": row["hash"],
        "at": row["at"],
        "public_key": key.public_key().public_bytes_raw().hex(),
    }
    return {**digest, "signature": key.sign(canonicalise(digest).encode()).hex()}


def is_genuine(digest: dict[str, Any]) -> bool:
    """Say whether the signature of `digest` fits its content and its own key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(digest["public_key"]))
        key.verify(bytes.fromhex(digest["signature"]), canonicalise({name: digest[name] for name in FIELDS}).encode())
    except (InvalidSignature, KeyError, ValueError, TypeError, RecursionError):
        return False
    return True


def read(path: Path) -> dict[str, Any] | None:
    """Return the digest in a file, None when it holds none. Raises `OSError` for a file that cannot be read."""
    try:
        with path.open("rb") as file:
            digest = json.loads(file.read(FILE_MAX_BYTES))
    except (ValueError, RecursionError):
        return None
    return digest if isinstance(digest, dict) and type(digest.get("seq")) is int else None


def is_there(path: Path) -> bool:
    """Say whether a day's digest lies there and is genuine."""
    try:
        digest = read(path)
    except OSError:
        return False
    return digest is not None and is_genuine(digest)


def list_unsigned(folder: Path, closings: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return those of the rows that ended days (`closings`) whose days have no genuine digest."""
    return [row for row in closings if not is_there(get_digest_path(folder, row["closed"]))]


def find_last_key(folder: Path) -> str | None:
    """Return the public key of the newest signed day, None where there is none."""
    for path in sorted((folder / "digests").glob("????-??-??.json"), reverse=True):
        if is_there(path):
            return str((read(path) or {})["public_key"])
    return None


def write(desk: Desk, folder: Path, row: dict[str, Any]) -> Path:
    """Sign the day that `row` ended; what lies in its place and is no digest gets another name.

    Raises `OSError`, `Unavailable`.
    """
    signing.keep_key(desk, folder, find_last_key(folder))
    path = get_digest_path(folder, row["closed"])
    make_folder(path.parent)
    if path.exists() and (path.is_dir() or path.stat().st_size):
        set_aside(path)
    write_whole(path, json.dumps(sign(folder, row["closed"], row), ensure_ascii=False, indent=1).encode() + b"\n")
    return path
