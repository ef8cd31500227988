"""One's own password and PIN: changed by whoever knows the present password, and the way past a counter that waits
for the PIN.
"""

from collections.abc import Collection
from datetime import timedelta
from typing import NamedTuple

from motcua.counters import store as counter_store
from motcua.desk import Forbidden, Invalid, Reader, stamp
from motcua.settings import store as settings_store
from motcua.setup.passwords import check, hash_new, hash_password
from motcua.staff import actions, rules
from motcua.staff import store as staff_store
from motcua.staff.model import Account, Credential
from motcua.typed.codes import read_figures
from motcua.typed.lines import clean_secret
from motcua.web import security_log
from motcua.web.site import Site


class OwnSignIn(NamedTuple):
    """A sign-in of the caller: its number, when it began, when somebody used it last, and whether it is this one."""

    number: int
    began_at: str
    used_at: str
    is_here: bool


def get_own_account(site: Site) -> int:
    """Return the caller's account. Raises `Forbidden("account.none")` for a program without one."""
    credential = site.caller.credential
    if credential is None or credential.account is None:
        raise Forbidden("account.none", "This token does not belong to a person.")
    return credential.account


def find_own_account(site: Site) -> int | None:
    """Return the caller's account, None for a program without one."""
    credential = site.caller.credential
    return credential.account if credential is not None else None


def hash_new_password(site: Site, text: str, *about: str) -> str:
    """Return what is stored of a new password; `about` are its person's names. Raises `Invalid("account.password")`."""
    with site.desk.read() as db:
        settings = settings_store.get_settings(db)
    password_hash: str = site.hash("", hash_password, hash_new(text, settings, *about, run=site.offload))
    return password_hash


def hash_own_password(site: Site, account: Account, current: str, text: str) -> str:
    """Return what is stored of a password that its person chose in the place of `current`.

    Raises `Invalid("account.password" | "account.same_password")`.
    """
    credential = site.caller.credential
    if credential is not None and credential.is_password_due and clean_secret(text) == clean_secret(current):
        raise Invalid("account.same_password", "Somebody else knows this password. Choose another one.")
    return hash_new_password(site, text, account.name, account.full_name)


def list_sign_ins(site: Site) -> list[OwnSignIn]:
    """Return the sign-ins of the caller's account that open something, the one at hand first."""
    credential = site.caller.credential
    if credential is None or credential.account is None:
        return []
    now = site.desk.clock.now()
    with site.desk.read() as db:
        stored = staff_store.list_own_sessions(db, credential.account, stamp(now))
    idle = site.identity.idle
    sign_ins = [
        OwnSignIn(item.id, began_at, stamp(now - timedelta(seconds=idle.count_idle_s(item))), item.id == credential.id)
        for item, began_at in stored
        if not site.identity.sign_ins.has_ended(item) and idle.apply_idleness(item) is not None
    ]
    return sorted(sign_ins, key=lambda item: not item.is_here)


def end_sign_ins(site: Site, current: str, numbers: Collection[int]) -> int:
    """End those of the caller's other sign-ins that are in `numbers`, and return how many ended.

    Raises as `require_password` does, and `Invalid("sign_in.none")`.
    """
    require_password(site, current)
    chosen = [item.number for item in list_sign_ins(site) if item.number in numbers and not item.is_here]
    if not chosen:
        raise Invalid("sign_in.none", "Choose a sign-in that is still open.")
    for number in chosen:
        with site.desk.read() as db:
            credential = staff_store.get_credential(db, number)
        site.identity.sign_ins.end(credential, site.get_actor(site.caller))
    return len(chosen)


def is_guessable(site: Site, account: Account, text: str) -> bool:
    """Say whether the right password `text` of `account` would not be taken as a new one: it is older than the rule."""
    with site.desk.read() as db:
        settings = settings_store.get_settings(db)
    try:
        hash_new(text, settings, account.name, account.full_name, run=site.offload)
    except Invalid:
        return True
    return False


def require_password(site: Site, current: str) -> Account:
    """Return whose request this is, having seen the present password.

    Raises `Forbidden("account.none")`, `Throttled("attempts")`, `Invalid("account.wrong_password")`.
    """
    credential = site.caller.credential
    if credential is None or credential.account is None:
        raise Forbidden("account.none", "This token does not belong to a person.")
    account = _account(site, credential)
    where = f"own:{credential.id}"
    site.sign_ins.check(where)
    site.sign_ins.record_failure(where)
    if not site.hash("", check, account.password, current):
        security_log.note("account.wrong_password", account=account.id)
        raise Invalid("account.wrong_password", "The current password is wrong.")
    site.sign_ins.record_success(where)
    return account


def set_pin(site: Site, current: str, pin: str) -> None:
    """Give the caller a PIN, or none (empty). Raises as `require_password` does, and `Invalid("account.pin")`."""
    credential = site.caller.credential
    if credential is None or credential.kind != "session":
        raise Forbidden("account.none", "This token does not belong to a person.")
    account = require_password(site, current)
    digits = rules.read_pin(pin) if pin else ""
    site.open_door().do(actions.set_pin, account.id, site.hash("", hash_password, digits) if digits else "")


def unlock(site: Site, pin: str, password: str, address: str) -> None:
    """Open the caller's locked sign-in again by PIN or password. After five wrong ones in a row it ends.

    A PIN opens nothing but a sign-in that began today, with the password, in this very browser, which shows its
    person's counter. Raises `Throttled("attempts")`, `Forbidden("auth.required")`, `Invalid("pin.wrong")`,
    `Refused("pin.seat_lost")`.
    """
    credential = site.caller.credential
    if credential is None or not site.caller.is_locked:
        return
    account, idle = _account(site, credential), site.identity.idle
    where = f"pin:{account.name}:{address}"
    site.sign_ins.check(where)
    if idle.find_counter(credential) is None or not idle.count_try(credential):
        _end(site, credential)
        raise _over()
    site.sign_ins.record_failure(where)
    is_right = site.hash(
        "", check, *((account.pin or None, read_figures(pin).strip()) if pin else (account.password, password))
    )
    if not is_right:
        security_log.note("pin.wrong", account=account.id)
        if not idle.count_tries_left(credential):
            _end(site, credential)
            raise _over()
        raise Invalid("pin.wrong", "This is wrong. Tries left: %(left)s.", left=idle.count_tries_left(credential))
    if credential.id > 0:
        site.open_door().do(actions.unlock, credential.id, _has_seat)
    site.sign_ins.record_success(where)
    idle.note_unlock(credential.id)


def _over() -> Forbidden:
    return Forbidden("auth.required", "Please sign in with your password.")


def _end(site: Site, credential: Credential) -> None:
    if credential.id > 0:
        site.open_door().do(actions.refuse_pin, credential.id)
    else:
        site.identity.sign_ins.end(credential, site.get_actor(site.caller))


def _has_seat(db: Reader, account: int) -> bool:
    return counter_store.find_of_officer(db, account) is not None


def _account(site: Site, credential: Credential) -> Account:
    with site.desk.read() as db:
        return staff_store.get_account(db, credential.account or 0)
