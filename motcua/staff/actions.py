"""Making accounts and tokens, signing in and out, pairing screens."""

import base64
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from msgspec import Struct

from motcua.copies import replace
from motcua.desk import Entropy, Invalid, Reader, Refused, Tx, parse, scrubbing, seals, stamp
from motcua.staff import rules, store
from motcua.staff.events import (
    AccountAdded,
    AccountSaved,
    IdleEnded,
    IdleLocked,
    PairingOffered,
    PasswordChanged,
    PhotoRemoved,
    PhotoSet,
    PinChanged,
    PinRefused,
    SignedIn,
    SignedOut,
    StartPasswordSet,
    TokenAdded,
    TokenRevoked,
    Unlocked,
)
from motcua.staff.model import PEOPLE, Account, Credential, Role
from motcua.typed.lines import clean_line

SECRET_BYTES = 24


class GrantedCredential(Struct, frozen=True):
    """A new credential and its secret, which is shown once and stored hashed; of a sign-in also what its browser
    keeps.
    """

    credential: Credential
    secret: str
    browser: str = ""
    serves: dict[str, Any] | None = None
    """What the offer of an agent said that it is to serve."""


def make_secret(entropy: Entropy) -> str:
    """Return a new secret. It begins with no `-`: on a command line that would be an option."""
    secret = base64.urlsafe_b64encode(entropy(SECRET_BYTES)).decode()
    return f"_{secret[1:]}" if secret.startswith("-") else secret


def save_account(tx: Tx, account: Account, *, is_start: bool = False) -> Account:
    """Make (`id` 0) or change an account; `password` is already hashed.

    With `is_start` somebody else chose the password of a new account: its person replaces it at the first sign-in.

    A new role or a disabled account ends its sign-ins; a disabled one loses its photo.

    Raises `Invalid`, `Refused("account.last_admin" | "account.taken" | "account.looks_alike")`,
    `Unknown("account.unknown")`.
    """
    full_name, title = rules.read_full_name(account.full_name), clean_line(account.title)
    clean = replace(account, name=rules.read_sign_in_name(account.name), full_name=full_name, title=title)
    before = store.get_account(tx.db, clean.id) if clean.id else clean
    if not clean.id or clean.name != before.name:
        rules.require_unlike(clean.name, [other.name for other in store.list_accounts(tx.db) if other.id != clean.id])
    if clean.id:
        rules.require_admin_left(store.list_accounts(tx.db), clean)
    number = store.save_account(tx.db, clean)
    if clean.disabled or clean.role is not before.role:
        store.end_sessions(tx.db, tx.at, number)
    if clean.disabled and store.erase_photo(tx.db, number):
        scrubbing.soil(tx.db)
    seal, event = seal_account(tx, number), AccountSaved
    if is_start and not clean.id:
        store.add_start_password(tx.db, number)
        event = AccountAdded
    tx.emit(event(account=number, role=clean.role.value, disabled=clean.disabled, created=clean.id == 0, seal=seal))
    return replace(clean, id=number)


def change_password(tx: Tx, name: str, hashed: str, *, is_start: bool = False) -> None:
    """Give the account `name` a new password, already hashed; its sign-ins end, its PIN is gone.

    With `is_start` somebody else chose it: its person replaces it at the next sign-in.

    Raises `Invalid("account.unknown")`.
    """
    account = store.find_account(tx.db, name)
    if account is None:
        raise Invalid("account.unknown", "There is no account %(name)s.", name=name)
    store.save_account(tx.db, replace(account, password=hashed, pin=""))
    store.end_sessions(tx.db, tx.at, account.id)
    note = store.add_start_password if is_start else store.remove_start_password
    note(tx.db, account.id)
    event = StartPasswordSet if is_start else PasswordChanged
    tx.emit(event(account=account.id, seal=seal_account(tx, account.id)))


def sign_in(tx: Tx, account_number: int, renewed: str | None = None, browser: str = "") -> GrantedCredential:
    """Begin a sign-in of `account`, whose password was checked. It ends after sixteen hours or with the day.

    `renewed` is the same password's hash in today's writing, for an account whose hash is older. `browser` is what
    the browser holds from an earlier sign-in, empty for one in which nobody signed in before.
    """
    account = store.get_account(tx.db, account_number)
    if renewed is not None:
        store.save_account(tx.db, replace(account, password=renewed))
    secret = make_secret(tx.entropy)
    expires = stamp(parse(tx.at) + timedelta(hours=rules.SESSION_HOURS))
    draft = Credential(0, "session", account.role, account.id, None, account.name, expires)
    credential = store.add_credential(tx.db, draft, secret, tx.at)
    browser = browser or store.compute_digest(f"browser {secret}")
    store.remember_browser(tx.db, browser, account.id, tx.at)
    is_sealed = renewed is None and seals.is_sealed(tx.db, f"account:{account.id}")
    account_seal = None if is_sealed else seal_account(tx, account.id)
    tx.emit(
        SignedIn(account=account.id, credential=credential.id, seal=_seal(tx, credential), account_seal=account_seal)
    )
    return GrantedCredential(credential, secret, browser)


def seal_account(tx: Tx, account: int) -> str:
    """Return the seal of an account as it is stored now: the event holds it in the place of personal data."""
    return seals.seal(tx, f"account:{account}", store.list_sealed_of_account(tx.db, account))


def _seal(tx: Tx, credential: Credential) -> str:
    """Return the digest of a credential; its secret is random, so that it needs no salt."""
    return seals.compute_digest(store.list_sealed_of_credential(tx.db, credential.id))


def keep_sign_in(tx: Tx, sign_in: Credential, secret: str) -> Credential | None:
    """Save a sign-in from memory. None when its account was disabled or changed its role, or the time is over."""
    account = store.get_account(tx.db, sign_in.account or 0)
    if account.disabled or account.role is not sign_in.role or (sign_in.expires_at or "") <= tx.at:
        return None
    credential = store.add_credential(tx.db, sign_in, secret, tx.at)
    tx.emit(SignedIn(account=account.id, credential=credential.id, seal=_seal(tx, credential)))
    return credential


def sign_out(tx: Tx, credential_number: int) -> None:
    """End a sign-in."""
    credential = store.get_credential(tx.db, credential_number)
    store.revoke(tx.db, credential_number, tx.at)
    tx.emit(SignedOut(account=credential.account or 0, credential=credential_number))


def set_pin(tx: Tx, account: int, hashed: str) -> None:
    """Give a person a PIN for the counter, already hashed, or none (empty)."""
    store.save_account(tx.db, replace(store.get_account(tx.db, account), pin=hashed))
    tx.emit(PinChanged(account=account, is_set=bool(hashed), seal=seal_account(tx, account)))


def set_photo(tx: Tx, account: int, image: bytes) -> None:
    """Show `image`, a small square JPEG, on the pad where its person sits, in the place of an earlier one."""
    if store.find_photo_commitment(tx.db, account) is not None:
        scrubbing.soil(tx.db)
    tx.emit(PhotoSet(account=account, photo=store.save_photo(tx.db, account, image, tx.entropy(16).hex())))


def remove_photo(tx: Tx, account: int) -> None:
    """Erase a person's photo; where there is none, nothing changes."""
    if store.erase_photo(tx.db, account):
        scrubbing.soil(tx.db)
        tx.emit(PhotoRemoved(account=account))


def end_idle(tx: Tx, credential: int) -> None:
    """End a sign-in that nobody uses. One that ended meanwhile stays as it is."""
    if not store.is_open(tx.db, credential):
        return
    store.revoke(tx.db, credential, tx.at)
    tx.emit(IdleEnded(account=store.get_credential(tx.db, credential).account or 0, credential=credential))


def lock_idle(tx: Tx, credential_number: int, counter: int) -> None:
    """Let a sign-in at `counter` that nobody uses wait for the PIN."""
    credential = store.get_credential(tx.db, credential_number)
    if store.is_open(tx.db, credential_number) and credential.locked_at is None:
        store.lock(tx.db, credential_number, tx.at)
        tx.emit(IdleLocked(account=credential.account or 0, credential=credential_number, counter=counter))


def unlock(tx: Tx, credential_number: int, has_seat: Callable[[Reader, int], bool]) -> None:
    """Open a locked sign-in again, whose PIN or password was right, while its person sits at a counter (`has_seat`).

    Raises `Refused("pin.seat_lost")`.
    """
    credential = store.get_credential(tx.db, credential_number)
    if not store.is_open(tx.db, credential_number) or not has_seat(tx.db, credential.account or 0):
        raise Refused("pin.seat_lost", "You no longer sit at this counter. Please sign in again.")
    if credential.locked_at is not None:
        store.lock(tx.db, credential_number, None)
        tx.emit(Unlocked(account=credential.account or 0, credential=credential_number))


def refuse_pin(tx: Tx, credential: int) -> None:
    """End a sign-in whose PIN was wrong too often."""
    if store.is_open(tx.db, credential):
        store.revoke(tx.db, credential, tx.at)
        tx.emit(PinRefused(account=store.get_credential(tx.db, credential).account or 0, credential=credential))


def add_token(tx: Tx, role_name: str, counter: int | None, name: str, account: str | None) -> GrantedCredential:
    """Make a token for a device or a program; `account` names the person in whose name it acts. Raises `Invalid`."""
    role = rules.get_role(role_name)
    rules.require_counter_for_device(role, counter)
    person = None
    if account is not None:
        person = store.find_account(tx.db, account)
        if person is None or person.role is not role:
            raise Invalid("account.unknown", "There is no account %(name)s.", name=account)
    secret = make_secret(tx.entropy)
    draft = Credential(0, "token", role, person.id if person else None, counter, clean_line(name) or role.value, None)
    credential = store.add_credential(tx.db, draft, secret, tx.at)
    tx.emit(
        TokenAdded(credential=credential.id, role=role.value, counter=counter, paired=False, seal=_seal(tx, credential))
    )
    return GrantedCredential(credential, secret)


def revoke_token(tx: Tx, credential_number: int) -> None:
    """Revoke the token of a device or program. Raises `Unknown("token.unknown")`."""
    credential = store.get_credential(tx.db, credential_number)
    store.revoke(tx.db, credential_number, tx.at)
    tx.emit(TokenRevoked(credential=credential_number, role=credential.role.value, counter=credential.counter))


def offer_pairing(tx: Tx, role_name: str, counter: int | None, name: str, serves: dict[str, Any] | None = None) -> str:
    """Open a link for ten minutes with which one screen or agent becomes a device of the desk; return its secret.

    Raises `Invalid`.

    `serves` comes back with the agent that uses it.
    """
    role = rules.get_role(role_name)
    if role in PEOPLE:
        raise Invalid("pairing.role", "Only devices are paired: kiosk, wall, pad, counter, agent or helper.")
    rules.require_counter_for_device(role, counter)
    secret = make_secret(tx.entropy)
    expires = stamp(parse(tx.at) + timedelta(minutes=rules.PAIRING_MIN))
    store.add_offer(
        tx.db,
        secret,
        Credential(0, "device", role, None, counter, clean_line(name) or role.value, None),
        expires,
        serves,
    )
    seal = seals.compute_digest(store.list_sealed_of_offer(tx.db, store.compute_digest(secret)))
    tx.emit(PairingOffered(role=role.value, counter=counter, seal=seal))
    return secret


def pair(tx: Tx, secret: str) -> GrantedCredential:
    """Use a screen's pairing link, once. Raises `Refused("pairing.over")`."""
    draft = store.take_offer(tx.db, secret, tx.at)
    if draft is None or draft.role is Role.AGENT:
        raise Refused("pairing.over", "This pairing link was used or is too old. Ask for a new one.")
    return _admit(tx, draft)


def enrol(tx: Tx, code: str) -> GrantedCredential:
    """Use the code that was opened for a device agent, once. Raises `Refused("enrolment.over")`."""
    serves = store.find_offered_serves(tx.db, code)
    draft = store.take_offer(tx.db, code, tx.at)
    if draft is None or draft.role is not Role.AGENT:
        raise Refused("enrolment.over", "This code was used or is too old. Ask for a new one.")
    return replace(_admit(tx, draft), serves=serves)


def _admit(tx: Tx, draft: Credential) -> GrantedCredential:
    token = make_secret(tx.entropy)
    credential = store.add_credential(tx.db, draft, token, tx.at)
    tx.emit(
        TokenAdded(
            credential=credential.id,
            role=credential.role.value,
            counter=credential.counter,
            paired=True,
            seal=_seal(tx, credential),
        )
    )
    return GrantedCredential(credential, token)
