"""Bodies, paths and answers of the calls about people and tokens."""

from typing import Annotated, Literal

from pydantic import Field

from motcua.api.shapes.base import ApiShape, Strict, describe_choice
from motcua.api.texts import Code, Password, SignInName
from motcua.api.texts import Line as Name
from motcua.staff.model import PEOPLE, Role

Number = Annotated[int, Field(ge=1, le=999)]
CredentialNumber = Annotated[int, Field(ge=1, le=2**31 - 1)]
Counters = Annotated[list[Number], Field(max_length=999, description="counters that a device program (agent) serves")]
Kiosks = Annotated[
    Annotated[list[CredentialNumber], Field(max_length=999)] | Literal["all"],
    Field(description="kiosks to which the scanners of a device program (agent) belong, by their tokens' numbers"),
]

Pin = Annotated[str, Field(max_length=40)]

AnyRole = Annotated[Code, describe_choice(*Role)]
PersonsRole = Annotated[Code, describe_choice(*PEOPLE)]


class AccountPath(ApiShape):
    """Whose account."""

    id: int = Field(description="the account's number")


class TokenPath(ApiShape):
    """Which token."""

    id: int = Field(description="the token's number")


class NewAccount(Strict):
    """A person. `counter` is where they usually sit."""

    name: SignInName
    full_name: Name
    title: Name = ""
    role: PersonsRole
    counter: Number | None = None
    password: Password


class ChangeAccount(Strict):
    """What changes about a person; what is left out stays. The sign-in name stays for good."""

    full_name: Name = ""
    title: Name = ""
    role: PersonsRole | None = None
    counter: Number | None = None
    disabled: bool = False


class NewPassword(Strict):
    """A new password."""

    password: Password


class OwnPin(Strict):
    """The present password, and four to six digits; empty for no PIN any more."""

    current: Password
    pin: Pin


class Unlock(Strict):
    """The PIN, or the password where there is none."""

    pin: Pin = ""
    password: Password = ""


class OwnPassword(Strict):
    """One's present password and the new one."""

    current: Password
    password: Password


class AccountItem(ApiShape):
    """A person who signs in."""

    id: int
    name: str
    full_name: str
    title: str
    role: Literal["admin", "leader", "officer"]
    counter: int | None
    disabled: bool


class Accounts(ApiShape):
    """Everybody."""

    items: list[AccountItem]


class NewToken(Strict):
    """A token for a program or a device."""

    role: AnyRole
    counter: Number | None = None
    name: Name = ""
    counters: Counters | None = None
    kiosks: Kiosks | None = None


class TokenMade(ApiShape):
    """A token's secret, shown this once."""

    id: int
    token: str


class TokenItem(ApiShape):
    """A token: `kind` is `device` (a paired screen) or `token` (a program)."""

    id: int
    kind: str
    role: str
    counter: int | None
    name: str
    person: str | None


class Tokens(ApiShape):
    """All tokens that open something."""

    items: list[TokenItem]


class Offer(Strict):
    """What a screen or a device program is to become."""

    role: AnyRole
    counter: Number | None = None
    name: Name = ""
    counters: Counters | None = None
    kiosks: Kiosks | None = None


class Offered(ApiShape):
    """A pairing link, good for one screen until `expires_at`."""

    code: str
    path: str
    url: str
    expires_at: str
