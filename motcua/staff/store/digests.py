"""What the store keeps of a secret."""

import hashlib


def compute_digest(secret: str) -> str:
    """Return what is stored of a random secret. Its 192 bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()
