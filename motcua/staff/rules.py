"""What an account, a token and a password must be like."""

import re
from collections.abc import Callable, Iterable
from datetime import timedelta
from itertools import pairwise

from motcua.desk.errors import Invalid, Refused
from motcua.desk.moment import get_local_day, parse
from motcua.staff.model import AT_A_COUNTER, PEOPLE, Account, Credential, Role
from motcua.typed.codes import clean_name, make_skeleton, read_figures
from motcua.typed.lines import clean_line, clean_secret

PASSWORD_MIN, PASSWORD_MAX = 14, 1000
NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,31}")
FULL_NAME_MAX = 80
SESSION_HOURS = 16
PIN_MIN, PIN_MAX = 4, 6
FIRST_YEAR, LAST_YEAR = 1940, 2039
COMMON_PINS = frozenset({"1122", "2580", "0852", "112233", "121212", "159753", "147258", "789456", "123654"})
PAIRING_MIN = 10


def get_role(name: str) -> Role:
    """Return the role `name`. Raises `Invalid("role.unknown")`."""
    try:
        return Role(name)
    except ValueError:
        raise Invalid("role.unknown", "There is no role %(role)s.", role=name) from None


def find_head(accounts: Iterable[Account], name: str) -> int | None:
    """Return the account of the head of the unit: the leader whose sign-in name is `name`, unless disabled."""
    wish = name.strip().lower()
    for account in accounts:
        if wish and account.name.lower() == wish and account.role is Role.LEADER and not account.disabled:
            return account.id
    return None


def get_person_role(name: str) -> Role:
    """Return the role of a person. Raises `Invalid`."""
    person_role = get_role(name)
    if person_role not in PEOPLE:
        raise Invalid("role.not_a_person", "%(role)s is the role of a device, not of a person.", role=name)
    return person_role


def read_sign_in_name(name: str) -> str:
    """Return `name` as it is kept. Raises `Invalid("account.name")`."""
    clean = clean_name(name)
    if not NAME.fullmatch(clean):
        raise Invalid(
            "account.name", "A sign-in name has 1 to 32 lower-case letters, digits, dots, dashes or underscores."
        )
    return clean


def require_unlike(name: str, others: Iterable[str]) -> None:
    """Raise `Refused("account.taken" | "account.looks_alike")` when `name` is one of `others` or is taken for one,
    as `hoa1` for `hoal`.
    """
    looks = make_skeleton(name)
    for other in others:
        if other == name:
            raise Refused("account.taken", "The sign-in name %(name)s is already in use.", name=name)
        if make_skeleton(other) == looks:
            raise Refused(
                "account.looks_alike",
                "The sign-in name %(name)s looks like %(other)s. Choose another one.",
                name=name,
                other=other,
            )


def read_password(text: str, least: int = PASSWORD_MIN, is_guessed: Callable[[str], bool] | None = None) -> str:
    """Return a new password as it is kept.

    Raises `Invalid("account.password")` for one that is too short, or soon guessed.

    `is_guessed` says that of a password; without it only one letter repeated is.
    """
    if len(text) > PASSWORD_MAX:
        raise Invalid("account.password", "A password has at most %(length)s characters.", length=PASSWORD_MAX)
    clean = clean_secret(text)
    if len(clean) < least:
        raise Invalid(
            "account.password",
            "A password has at least %(length)s characters; this one has %(count)s.",
            length=least,
            count=len(clean),
        )
    if len(set(clean)) == 1:
        raise Invalid("account.password", "A password is not one letter repeated.")
    if is_guessed is not None and is_guessed(clean):
        raise Invalid(
            "account.password",
            "This password is guessed too soon: common passwords, names, dates and rows of keys are tried first. "
            "Choose several words that"
            " do not belong together.",
        )
    return clean


def read_pin(text: str) -> str:
    """Return a PIN as it is kept: four to six digits, neither one repeated nor a row.

    Raises `Invalid("account.pin")`.
    """
    digits = read_figures(text).strip() if len(text) <= PASSWORD_MAX else ""
    if not re.fullmatch(r"[0-9]{4,6}", digits):
        raise Invalid("account.pin", "A PIN has %(least)s to %(most)s digits.", least=PIN_MIN, most=PIN_MAX)
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(digits)}
    is_year = len(digits) == PIN_MIN and FIRST_YEAR <= int(digits) <= LAST_YEAR
    if is_year or len(steps) == 1 or digits in COMMON_PINS or digits[: len(digits) // 2] * 2 == digits:
        raise Invalid("account.pin", "Many people guess this PIN first. Choose another one.")
    return digits


def has_begun_on(sign_in: Credential, day: str, timezone: str) -> bool:
    """Say whether a sign-in began on the desk's `day`."""
    return (
        sign_in.expires_at is not None
        and get_local_day(parse(sign_in.expires_at) - timedelta(hours=SESSION_HOURS), timezone) == day
    )


def read_full_name(text: str) -> str:
    """Return a person's name on one line, composed. Raises `Invalid("account.full_name")`."""
    name = clean_line(text)
    if not name or len(name) > FULL_NAME_MAX:
        raise Invalid("account.full_name", "A name has 1 to %(length)s characters.", length=FULL_NAME_MAX)
    return name


def require_counter_for_device(role: Role, counter: int | None) -> None:
    """Raise `Invalid("token.counter")` unless exactly the roles at a counter come with one (people's programs may)."""
    if role in AT_A_COUNTER and counter is None:
        raise Invalid("token.counter", "A %(role)s belongs to a counter: give its number.", role=role.value)
    if role not in AT_A_COUNTER and role not in PEOPLE and counter is not None:
        raise Invalid("token.counter", "A %(role)s belongs to no counter.", role=role.value)


def require_admin_left(accounts: list[Account], changed: Account) -> None:
    """Raise `Refused("account.last_admin")` when `changed` is the only administrator and would be none any more."""
    admins = [account.id for account in accounts if account.role is Role.ADMIN and not account.disabled]
    if admins == [changed.id] and (changed.role is not Role.ADMIN or changed.disabled):
        raise Refused("account.last_admin", "At least one administrator must remain.")
