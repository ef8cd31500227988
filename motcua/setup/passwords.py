"""Passwords as they are stored: Argon2id with its library's parameters.

The library is loaded when somebody signs in, not before.
"""

import unicodedata
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, Any

from motcua.settings.model import Settings
from motcua.setup.guessing import is_guessed
from motcua.staff import rules
from motcua.staff.rules import PASSWORD_MAX
from motcua.typed.lines import clean_secret

if TYPE_CHECKING:
    from argon2 import PasswordHasher

COST: tuple[int, int, int] | None = None
"""Rounds, KiB of memory and lanes, where they are others than those of the library: desks of tests take the least."""


def run_inline(work: Callable[..., Any], *arguments: Any) -> Any:
    """Return what `work(*arguments)` returns, here and now."""
    return work(*arguments)


def hash_new(text: str, settings: Settings, *about: str, run: Callable[..., Any] = run_inline) -> str:
    """Return a new password as it is kept, if it is as the desk's settings ask. Raises `Invalid("account.password")`.

    `about` are the person's names; the desk's own are no secret either. `run(work, *given)` does what takes the
    processor for long.
    """
    names = (*about, settings.unit.name, settings.unit.centre)
    is_refused = (lambda clean: bool(run(is_guessed, clean, names))) if settings.staff.refuse_common_passwords else None
    return rules.read_password(text, settings.staff.password_length, is_refused)


def hash_password(text: str) -> str:
    """Return what is stored of a password; salt and parameters are in it."""
    return _hasher().hash(text)


def verify(hashed: str, text: str) -> bool:
    """Say whether exactly `text` is the password behind `hashed`; never true for something that is no hash."""
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return _hasher().verify(hashed, text)
    except (VerificationError, InvalidHashError):
        return False


def check(hashed: str | None, text: str) -> bool:
    """Say whether `text`, however it was typed, is the password behind `hashed`.

    Where there is no such account (`hashed` is None) it takes as long and is False.
    """
    stored = _nobodys() if hashed is None else hashed
    return any(verify(stored, writing) for writing in _writings(text)) and hashed is not None


def rehash(hashed: str, text: str) -> str | None:
    """Return a hash of the right password `text` as it is kept today, None where `hashed` is one already."""
    first, *older = _writings(text)
    return hash_password(first) if older and not verify(hashed, first) else None


def _writings(text: str) -> list[str]:
    """Return how a password that was typed as `text` may have been hashed: as it is kept today, as it came, and as a
    Mac writes it.

    Desks set up before passwords were cleaned stored them as they came.
    """
    if len(text) > PASSWORD_MAX:
        return [""]
    clean = clean_secret(text)
    return list(dict.fromkeys((clean, text, unicodedata.normalize("NFD", clean), unicodedata.normalize("NFD", text))))


def _hasher() -> "PasswordHasher":
    from argon2 import PasswordHasher

    return PasswordHasher() if COST is None else PasswordHasher(*COST)


@cache
def _nobodys() -> str:
    return hash_password("")
