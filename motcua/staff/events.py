"""What happens to accounts, tokens and sign-ins. No names: people are numbers in the journal."""

from typing import ClassVar

from motcua.desk.event import Event


class AccountEvent(Event, frozen=True):
    """Something about one account."""

    account: int

    @property
    def subject(self) -> str:
        """Return `account:<id>`."""
        return f"account:{self.account}"


class AccountSaved(AccountEvent, frozen=True):
    """An account was made or changed. `seal` is a salted digest of its names, role, counter, password and PIN.

    One that is disabled has lost its photo.
    """

    role: str
    disabled: bool
    created: bool
    seal: str | None = None
    kind: ClassVar[str] = "account.saved"


class AccountAdded(AccountSaved, frozen=True):
    """An account was made with a password that its person replaces at the first sign-in."""

    kind: ClassVar[str] = "account.added"


class PasswordChanged(AccountEvent, frozen=True):
    """An account has a new password; its sign-ins ended. `seal` as in `account.saved`."""

    seal: str | None = None
    kind: ClassVar[str] = "account.password"


class StartPasswordSet(PasswordChanged, frozen=True):
    """An administrator chose a password for somebody, who replaces it at the next sign-in. Its sign-ins ended."""

    kind: ClassVar[str] = "account.start_password"


class SignedIn(AccountEvent, frozen=True):
    """A person signed in.

    `seal` is a digest of the sign-in, `account_seal` one of the account where it had none or its password is stored
    in a newer way.
    """

    credential: int
    seal: str | None = None
    account_seal: str | None = None
    kind: ClassVar[str] = "account.signed_in"


class SignedOut(AccountEvent, frozen=True):
    """A person signed out."""

    credential: int
    kind: ClassVar[str] = "account.signed_out"


class PinChanged(AccountEvent, frozen=True):
    """A person has a new PIN for the counter, or none any more (`is_set`). `seal` as in `account.saved`."""

    is_set: bool
    seal: str | None = None
    kind: ClassVar[str] = "account.pin"


class PhotoSet(AccountEvent, frozen=True):
    """A person agreed to show a photo on the rating pad; `photo` is a salted commitment."""

    photo: str
    kind: ClassVar[str] = "account.photo_set"


class PhotoRemoved(AccountEvent, frozen=True):
    """A person removed the photo; it is erased."""

    kind: ClassVar[str] = "account.photo_removed"


class IdleEnded(AccountEvent, frozen=True):
    """A sign-in ended by itself: nobody had used it for as long as the settings say, or its locked counter was left."""

    credential: int
    kind: ClassVar[str] = "account.idle_ended"


class IdleLocked(AccountEvent, frozen=True):
    """Nobody had used a sign-in at counter `counter`: it waits for the PIN. The seat stays."""

    credential: int
    counter: int
    kind: ClassVar[str] = "account.locked"


class Unlocked(AccountEvent, frozen=True):
    """The PIN or the password opened a locked sign-in again."""

    credential: int
    kind: ClassVar[str] = "account.unlocked"


class PinRefused(AccountEvent, frozen=True):
    """Too many PINs were wrong in a row: the sign-in ended, and only the password begins another."""

    credential: int
    kind: ClassVar[str] = "account.pin_refused"


class CredentialEvent(Event, frozen=True):
    """Something about a device's or a program's token."""

    credential: int
    role: str
    counter: int | None

    @property
    def subject(self) -> str:
        """Return `credential:<id>`."""
        return f"credential:{self.credential}"


class TokenAdded(CredentialEvent, frozen=True):
    """A token was made, by hand or by pairing a screen (`paired`).

    `seal` is a digest of its secret, role, counter and account.
    """

    paired: bool
    seal: str | None = None
    kind: ClassVar[str] = "token.added"


class TokenRevoked(CredentialEvent, frozen=True):
    """A token no longer opens anything."""

    kind: ClassVar[str] = "token.revoked"


class PairingOffered(Event, frozen=True):
    """An admin opened a pairing link for a screen. `seal` is a digest of its secret, role and counter."""

    role: str
    counter: int | None
    seal: str | None = None
    kind: ClassVar[str] = "pairing.offered"

    @property
    def subject(self) -> str:
        """Return `pairing`."""
        return "pairing"
