"""The signed head of each day's journal, in a file that can be kept elsewhere.

`DIR/digests/<day>.json` holds day, seq, hash, at, public_key and signature: Ed25519 over the canonical JSON of the other five, lower-case
hex. Whoever kept it can prove later that no row up to `seq` was edited, removed, inserted or moved.
"""

import json
import os
from pathlib import Path
from typing import Any

from motcua.desk import Desk, Entropy
from motcua.desk.journal import canonical
from motcua.queue import store as queue_store

FIELDS = ("day", "seq", "hash", "at", "public_key")


def key_file(folder: Path) -> Path:
    """Return where the desk's signing key lies."""
    return folder / "keys" / "journal.key"


def make_key(folder: Path, entropy: Entropy) -> None:
    """Make the desk's signing key, unless it has one. Readable by the desk alone."""
    path = key_file(folder)
    if path.exists():
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(entropy(32).hex() + "\n")


def sign(folder: Path, day: str, row: dict[str, Any]) -> dict[str, Any]:
    """Return the digest of `day`, whose last row is `row` (seq, hash, at), signed with the desk's key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key_file(folder).read_text(encoding="ascii").strip()))
    digest = {"day": day, "seq": row["seq"], "hash": row["hash"], "at": row["at"], "public_key": key.public_key().public_bytes_raw().hex()}
    return {**digest, "signature": key.sign(canonical(digest).encode()).hex()}


def is_genuine(digest: dict[str, Any]) -> bool:
    """Say whether the signature of `digest` fits its content and its own key."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(digest["public_key"]))
        key.verify(bytes.fromhex(digest["signature"]), canonical({name: digest[name] for name in FIELDS}).encode())
    except (InvalidSignature, KeyError, ValueError, TypeError):
        return False
    return True


def write_missing(desk: Desk, folder: Path) -> list[Path]:
    """Write the digest of every closed day that has none yet; return the new files."""
    wanted = folder / "digests"
    made = []
    with desk.read() as db:
        closings = queue_store.closings(db)
    if closings:
        make_key(folder, desk.entropy)
    for row in closings:
        path = wanted / f"{row['closed']}.json"
        if path.exists():
            continue
        wanted.mkdir(exist_ok=True)
        draft = path.with_suffix(".tmp")
        draft.write_text(json.dumps(sign(folder, row["closed"], row), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        draft.replace(path)
        made.append(path)
    return made
