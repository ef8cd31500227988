"""Who may ask the desk for something."""

from enum import StrEnum

from msgspec import Struct


class Role(StrEnum):
    """What somebody is here. People: admin, leader, officer. Devices: the rest."""

    ADMIN = "admin"
    LEADER = "leader"
    OFFICER = "officer"
    KIOSK = "kiosk"
    WALL = "wall"
    PAD = "pad"
    COUNTER = "counter"
    AGENT = "agent"
    HELPER = "helper"


PEOPLE = frozenset({Role.ADMIN, Role.LEADER, Role.OFFICER})
AT_A_COUNTER = frozenset({Role.PAD, Role.COUNTER})
"""Devices that belong to one counter."""


class Account(Struct, frozen=True):
    """A person.

    `name` is what they type to sign in; `counter` is where they usually sit; `pin` is hashed, empty for none.
    """

    id: int
    name: str
    full_name: str
    title: str
    role: Role
    counter: int | None
    password: str
    disabled: bool
    pin: str = ""


class Credential(Struct, frozen=True):
    """Something that proves who asks: a person's sign-in, a device's pairing or a program's token.

    `kind` is `session`, `device` or `token`; `expires_at` is a stamp or None. A sign-in that is `locked_at` a
    counter waits for the PIN. While `is_password_due` its person has yet to replace a password that somebody else
    chose.
    """

    id: int
    kind: str
    role: Role
    account: int | None
    counter: int | None
    name: str
    expires_at: str | None
    locked_at: str | None = None
    is_password_due: bool = False

    @property
    def actor(self) -> str:
        """Return the actor that the journal names for this credential, unless an officer at a counter acts."""
        if self.account is not None:
            return f"{self.role.value}:{self.account}"
        if self.role is Role.COUNTER and self.counter is not None:
            return f"counter:{self.counter}"
        return f"{self.role.value}:token{self.id}"
