"""Passwords as they are stored: Argon2id with its library's parameters. The library is loaded when somebody signs in, not before."""

from functools import cache


def hash_password(text: str) -> str:
    """Return what is stored of a password; salt and parameters are in it."""
    from argon2 import PasswordHasher

    return PasswordHasher().hash(text)


def verify(hashed: str, text: str) -> bool:
    """Say whether `text` is the password behind `hashed`; never true for something that is no hash."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(hashed, text)
    except (VerificationError, InvalidHashError):
        return False


def check(hashed: str | None, text: str) -> bool:
    """As `verify`; where there is no such account (`hashed` is None) it takes as long and is False."""
    return verify(_nobodys() if hashed is None else hashed, text) and hashed is not None


@cache
def _nobodys() -> str:
    return hash_password("")
