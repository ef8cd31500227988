"""Rows that nobody can read without a key which lies beside the store: AES-256-GCM, and keyed hashes to find them by.

The library of ciphers takes megabytes. It is imported with the first row, not with the server.
"""

import hashlib
import hmac
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12


class VaultError(ValueError):
    """A row cannot be read with this key: another key wrote it, or somebody changed it."""


@dataclass(frozen=True)
class Vault:
    """A key at work. Its two uses have keys of their own, which are computed from it."""

    key: bytes = field(repr=False)

    @cached_property
    def name(self) -> str:
        """Return a short name of the key, which tells nothing of it: rows say by it who can read them."""
        return self._derive(b"name")[:8].hex()

    def seal(self, plain: bytes, nonce: bytes, row: str) -> bytes:
        """Return `plain` encrypted for the row `row`; nobody can put it into another one."""
        return self._cipher.encrypt(nonce, plain, row.encode())

    def unseal(self, body: bytes, nonce: bytes, row: str) -> bytes:
        """Return what was encrypted for the row `row`. Raises `VaultError`."""
        from cryptography.exceptions import InvalidTag

        try:
            return self._cipher.decrypt(nonce, body, row.encode())
        except (InvalidTag, ValueError) as error:
            raise VaultError("this row cannot be read with this key") from error

    def hash(self, kind: str, value: str) -> str:
        """Return by what a value can be found again, in hex; without the key nobody can try values out."""
        return hmac.new(self._derive(b"find"), f"{kind}\n{value}".encode(), hashlib.sha256).hexdigest()

    @cached_property
    def _cipher(self) -> "AESGCM":
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(self._derive(b"seal"))

    def _derive(self, use: bytes) -> bytes:
        return hmac.new(self.key, b"motcua vault " + use, hashlib.sha256).digest()


def compute_sealed_digest(nonce: bytes, body: bytes) -> str:
    """Return what the journal says of an encrypted row: SHA-256 of nonce and bytes, in hex."""
    return hashlib.sha256(nonce + body).hexdigest()
