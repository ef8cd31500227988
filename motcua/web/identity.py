"""From a request to whoever asks: bearer token, sign-in cookie, device cookie."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from flask import Request
from msgspec import Struct

from motcua.desk import ClockStepped, Desk, Entry, Event, Forbidden, stamp
from motcua.queue.events import DayClosed
from motcua.settings.events import SettingsChanged
from motcua.staff import store as staff_store
from motcua.staff.events import (
    AccountEvent,
    AccountSaved,
    CredentialEvent,
    IdleEnded,
    PasswordChanged,
    PinRefused,
    SignedIn,
    SignedOut,
)
from motcua.staff.model import PEOPLE, Credential, Role
from motcua.typed.codes import clean_token
from motcua.web.cookies import DEVICE, SESSION, STAFF, Cookies
from motcua.web.idle import IdleWatch
from motcua.web.sign_ins import SignIns

KNOWN_MAX = 1000
STAFF_ROLES = PEOPLE | {Role.COUNTER}
CHANGES_CALLERS = (AccountEvent, CredentialEvent, DayClosed, ClockStepped)
CHANGES_SIGN_INS = (
    SignedIn, SettingsChanged, SignedOut, IdleEnded, PinRefused, DayClosed, AccountSaved, PasswordChanged,
)  # fmt: skip


class Caller(Struct, frozen=True):
    """Whoever asks. `secret` is what proved it, `by_cookie` whether a browser sent it by itself.

    `renews` is the kind of a cookie that came by another name than this desk's own, so that it is set once more.
    """

    credential: Credential | None = None
    secret: str = ""
    by_cookie: bool = False
    renews: str = ""

    @property
    def is_locked(self) -> bool:
        """Say whether this is a counter's sign-in that waits for its PIN."""
        return self.credential is not None and self.credential.locked_at is not None

    @property
    def must_change_password(self) -> bool:
        """Say whether somebody else chose the password of this sign-in's person, who has yet to replace it."""
        return self.credential is not None and self.credential.is_password_due

    @property
    def role(self) -> Role | None:
        """Return the caller's role, None for the public."""
        return self.credential.role if self.credential else None

    @property
    def name(self) -> str:
        """Return whose idempotency keys these are; empty for the public, whose keys belong to what it holds
        (`name_key_owner`).

        A sign-in that the store does not have yet is named by its secret: its number comes again after the next start.
        """
        if self.credential is None:
            return ""
        return (
            f"credential:{self.credential.id}" if self.credential.id > 0 else name_key_owner("credential", self.secret)
        )

    @property
    def csrf(self) -> str:
        """Return the token a page must send back with a change, derived from the cookie that scripts cannot read."""
        return hmac.new(self.secret.encode(), b"csrf", hashlib.sha256).hexdigest()[:32] if self.secret else ""


NOBODY = Caller()


def make_lock_refusal() -> Forbidden:
    """Return the refusal of what a sign-in that waits for its PIN may not do."""
    return Forbidden("auth.locked", "This page was not used for a while. Enter your PIN first.")


def make_password_refusal() -> Forbidden:
    """Return the refusal of what somebody may not do whose password somebody else chose."""
    return Forbidden("account.password_due", "Choose a password of your own first, on “My account”.")


def find_hindrance(caller: Caller, *, with_locked: bool) -> Forbidden | None:
    """Return why `caller` may not do what needs a sign-in before doing something else, None where nothing is due.

    `with_locked` says that a sign-in that waits for its PIN will do.
    """
    if caller.must_change_password:
        return make_password_refusal()
    return make_lock_refusal() if caller.is_locked and not with_locked else None


def name_key_owner(kind: str, name: str) -> str:
    """Return the space of idempotency keys of what is named, without naming it: a code's, an address's."""
    return f"{kind}:{hashlib.sha256(f'{kind} {name}'.encode()).hexdigest()[:32]}"


@lru_cache(maxsize=KNOWN_MAX)
def _read_bearer(header: str) -> str | None:
    """Return the token that the header shows, None where it shows none. Programs send the same again and again."""
    scheme, _, bearer = header.strip().replace("\t", " ").partition(" ")
    return clean_token(bearer) if scheme.lower() == "bearer" else None


class Identity:
    """Resolves secrets; remembers what it found until anything about accounts or tokens changes.

    `weak` are the sign-ins whose password is older than what the desk asks of passwords: their pages say so.
    """

    def __init__(self, desk: Desk, cookies: Cookies) -> None:
        self._desk, self._cookies = desk, cookies
        self._known: dict[str, Credential] = {}
        self.sign_ins = SignIns(desk)
        self.idle = IdleWatch(desk)
        self.weak: set[int] = set()
        desk.on_commit(self._forget, *CHANGES_CALLERS, *CHANGES_SIGN_INS)

    def _forget(self, batch: Sequence[Entry[Event]]) -> None:
        if any(isinstance(entry.event, CHANGES_CALLERS) for entry in batch):
            self._known.clear()
        for entry in batch:
            if isinstance(entry.event, SignedIn):
                self.idle.note(entry.event.credential)
            elif isinstance(entry.event, SettingsChanged):
                self.idle.forget_limit()
            elif isinstance(entry.event, SignedOut | IdleEnded | PinRefused):
                self.idle.forget(entry.event.credential)
                self.weak.discard(entry.event.credential)
            elif isinstance(entry.event, DayClosed):
                self.idle.forget_all()
                self.weak.clear()
                self.sign_ins.end_day(entry.event.closed)
            elif isinstance(entry.event, AccountSaved | PasswordChanged):
                self.sign_ins.end_account(entry.event.account)

    def settle(self) -> None:
        """Hand the store what it did not take before. Raises `Unavailable` while it refuses."""
        self.sign_ins.settle()

    def find(self, secret: str) -> Credential | None:
        """Return the credential that `secret` opens now."""
        credential = self._known.get(secret)
        if credential is None:
            with self._desk.read() as db:
                credential = staff_store.find_by_secret(db, secret, stamp(self._desk.clock.now()))
            if credential is None:
                credential = self.sign_ins.find(secret)
            elif not self.sign_ins.has_ended(credential):
                if len(self._known) > KNOWN_MAX:
                    self._known.clear()
                self._known[secret] = credential
        if credential is not None and self.sign_ins.has_ended(credential):
            return None
        if credential is None or credential.expires_at is None:
            return credential
        if credential.expires_at <= stamp(self._desk.clock.now()):
            self._known.pop(secret, None)
            return None
        return credential

    def find_used(self, secret: str) -> Credential | None:
        """Return the credential that `secret` opens now, as `find` does, but for a sign-in that nobody uses: locked,
        or over.
        """
        credential = self.find(secret)
        return self.idle.apply_idleness(credential) if credential is not None else None

    def is_from_staff(self, request: Request) -> bool:
        """Say whether the browser that sends `request` ever held a sign-in or a counter's pairing, as far as it
        still tells.
        """
        return (
            any(self._cookies.has_any(request, kind) for kind in (STAFF, SESSION))
            or self.get_caller(request).role in STAFF_ROLES
        )

    def is_valid(self, caller: Caller, *, locked: bool = False) -> bool:
        """Say whether what proved who `caller` is still does: not revoked, signed out, expired or left alone, the
        account not disabled.

        With `locked` a counter's sign-in that waits for its PIN will do.
        """
        credential = self.find_used(caller.secret) if caller.credential is not None else None
        return credential is not None and (locked or credential.locked_at is None)

    def find_program(self, environ: Mapping[str, Any]) -> Caller | None:
        """Return who shows a bearer token, nobody where it opens nothing, None where a request has no such token."""
        secret = _read_bearer(str(environ.get("HTTP_AUTHORIZATION", "")))
        if secret is None:
            return None
        credential = self.find_used(secret)
        return Caller(credential, secret) if credential else NOBODY

    def get_caller(self, request: Request, roles: frozenset[Role] | None = None) -> Caller:
        """Return who sends `request`.

        Of several cookies the one whose page sent it counts, then one whose role is in `roles`.
        """
        if (program := self.find_program(request.environ)) is not None:
            return program
        callers = [caller for kind in (SESSION, DEVICE) if (caller := self._by_cookie(request, kind)) is not None]
        page = request.headers.get("X-CSRF-Token", "")
        fitting = [caller for caller in callers if roles is None or caller.role in roles]
        return next((caller for caller in fitting if caller.csrf == page), (fitting or callers or [NOBODY])[0])

    def _by_cookie(self, request: Request, kind: str) -> Caller | None:
        """Return whoever the browser's cookie of `kind` is for: this desk's own, or one by another name that opens
        this desk.
        """
        own_secret = self._cookies.get_value(request, kind)
        for secret in [own_secret] if own_secret else self._cookies.list_others(request, kind):
            credential = self.find_used(secret)
            if credential is not None:
                return Caller(credential, secret, by_cookie=True, renews="" if own_secret else kind)
        return None
