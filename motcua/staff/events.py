"""What happens to accounts, tokens and sign-ins. No names: people are numbers in the journal."""

from dataclasses import dataclass
from typing import ClassVar

from motcua.desk.event import Event


@dataclass(frozen=True)
class AccountEvent(Event):
    """Something about one account."""

    account: int

    @property
    def subject(self) -> str:
        """Return `account:<id>`."""
        return f"account:{self.account}"


@dataclass(frozen=True)
class AccountSaved(AccountEvent):
    """An account was made or changed. `seal` is a salted digest of its names, role, counter, password and PIN.

    One that is disabled has lost its photo.
    """

    role: str
    disabled: bool
    created: bool
    seal: str | None = None
    kind: ClassVar[str] = "account.saved"


@dataclass(frozen=True)
class AccountAdded(AccountSaved):
    """An account was made with a password that its person replaces at the first sign-in."""

    kind: ClassVar[str] = "account.added"


@dataclass(frozen=True)
class PasswordChanged(AccountEvent):
    """An account has a new password; its sign-ins ended. `seal` as in `account.saved`."""

    seal: str | None = None
    kind: ClassVar[str] = "account.password"


@dataclass(frozen=True)
class StartPasswordSet(PasswordChanged):
    """An administrator chose a password for somebody, who replaces it at the next sign-in. Its sign-ins ended."""

    kind: ClassVar[str] = "account.start_password"


@dataclass(frozen=True)
class SignedIn(AccountEvent):
    """A person signed in.

    `seal` is a digest of the sign-in, `account_seal` one of the account where it had none or its password is stored
    in a newer way.
    """

    credential: int
    seal: str | None = None
    account_seal: str | None = None
    kind: ClassVar[str] = "account.signed_in"


@dataclass(frozen=True)
class SignedOut(AccountEvent):
    """A person signed out."""

    credential: int
    kind: ClassVar[str] = "account.signed_out"


@dataclass(frozen=True)
class PinChanged(AccountEvent):
    """A person has a new PIN for the counter, or none any more (`is_set`). `seal` as in `account.saved`."""

    is_set: bool
    seal: str | None = None
    kind: ClassVar[str] = "account.pin"


@dataclass(frozen=True)
class PhotoSet(AccountEvent):
    """A person agreed to show a photo on the rating pad; `photo` is a salted commitment."""

    photo: str
    kind: ClassVar[str] = "account.photo_set"


@dataclass(frozen=True)
class PhotoRemoved(AccountEvent):
    """A person removed the photo; it is erased."""

    kind: ClassVar[str] = "account.photo_removed"


@dataclass(frozen=True)
class IdleEnded(AccountEvent):
    """A sign-in ended by itself: nobody had used it for as long as the settings say, or its locked counter was left."""

    credential: int
    kind: ClassVar[str] = "account.idle_ended"


@dataclass(frozen=True)
class IdleLocked(AccountEvent):
    """Nobody had used a sign-in at counter `counter`: it waits for the PIN. The seat stays."""

    credential: int
    counter: int
    kind: ClassVar[str] = "account.locked"


@dataclass(frozen=True)
class Unlocked(AccountEvent):
    """The PIN or the password opened a locked sign-in again."""

    credential: int
    kind: ClassVar[str] = "account.unlocked"


@dataclass(frozen=True)
class PinRefused(AccountEvent):
    """Too many PINs were wrong in a row: the sign-in ended, and only the password begins another."""

    credential: int
    kind: ClassVar[str] = "account.pin_refused"


@dataclass(frozen=True)
class CredentialEvent(Event):
    """Something about a device's or a program's token."""

    credential: int
    role: str
    counter: int | None

    @property
    def subject(self) -> str:
        """Return `credential:<id>`."""
        return f"credential:{self.credential}"


@dataclass(frozen=True)
class TokenAdded(CredentialEvent):
    """A token was made, by hand or by pairing a screen (`paired`).

    `seal` is a digest of its secret, role, counter and account.
    """

    paired: bool
    seal: str | None = None
    kind: ClassVar[str] = "token.added"


@dataclass(frozen=True)
class TokenRevoked(CredentialEvent):
    """A token no longer opens anything."""

    kind: ClassVar[str] = "token.revoked"


@dataclass(frozen=True)
class PairingOffered(Event):
    """An admin opened a pairing link for a screen. `seal` is a digest of its secret, role and counter."""

    role: str
    counter: int | None
    seal: str | None = None
    kind: ClassVar[str] = "pairing.offered"

    @property
    def subject(self) -> str:
        """Return `pairing`."""
        return "pairing"
