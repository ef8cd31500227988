"""Sign-ins and sign-outs that the store did not take: kept in memory until it does, so that people work on a bad
morning.
"""

from collections.abc import Callable
from datetime import timedelta
from threading import Lock

from motcua.copies import replace
from motcua.desk import Desk, Refused, Unavailable, get_local_day, stamp
from motcua.desk.desk import REFUSING
from motcua.settings import store as settings_store
from motcua.staff import actions, rules
from motcua.staff import store as staff_store
from motcua.staff.actions import GrantedCredential
from motcua.staff.model import Account, Credential

FIRST_NUMBER = -1
"""Credentials that are not in the store have numbers below zero."""


class SignIns:
    """The sign-ins of one desk that are not in its store yet, and those that ended though the store still has them."""

    def __init__(self, desk: Desk) -> None:
        self._desk, self._lock = desk, Lock()
        self._held: dict[str, tuple[Credential, str]] = {}
        self._ended: dict[int, str] = {}
        self._next = FIRST_NUMBER

    def begin(self, account: Account, renewed: str | None, browser: str) -> GrantedCredential:
        """Sign `account` in, whose password was checked: in the store, or in memory while that refuses.

        Raises `Refused`.

        `renewed` and `browser` are those of `actions.sign_in`.
        """
        actor = f"{account.role.value}:{account.id}"
        try:
            return self._desk.by(actor).do(actions.sign_in, account.id, renewed, browser)
        except Unavailable as refusal:
            if refusal.code not in REFUSING:
                raise
        now = self._desk.clock.now()
        with self._desk.read() as db:
            day = get_local_day(now, settings_store.get_timezone(db))
        secret = actions.make_secret(self._desk.entropy)
        expires = stamp(now + timedelta(hours=rules.SESSION_HOURS))
        with self._lock:
            credential = Credential(self._next, "session", account.role, account.id, None, account.name, expires)
            self._next -= 1
            self._held[secret] = (credential, day)
        return GrantedCredential(credential, secret, browser)

    def end(self, credential: Credential, actor: str) -> None:
        """Sign out: at once, whatever the store says. Raises `Refused` but for a store that refuses."""
        if credential.id < 0:
            self._drop(lambda session, _day: session.id == credential.id)
            return
        try:
            self._desk.by(actor).do(actions.sign_out, credential.id)
        except Unavailable as refusal:
            if refusal.code not in REFUSING:
                raise
            with self._lock:
                self._ended[credential.id] = actor

    def find(self, secret: str) -> Credential | None:
        """Return the sign-in that `secret` opens, if it is kept here and its account is what it was."""
        entry = self._held.get(secret)
        if entry is None:
            return None
        credential = entry[0]
        with self._desk.read() as db:
            accounts = {account.id: account for account in staff_store.list_accounts(db)}
        account = accounts.get(credential.account or 0)
        return credential if account is not None and not account.disabled and account.role is credential.role else None

    def has_ended(self, credential: Credential) -> bool:
        """Say whether a sign-in of the store has ended in memory."""
        return credential.id in self._ended

    def end_account(self, account: int) -> None:
        """End what is kept for an account that changed."""
        self._drop(lambda session, _day: session.account == account)

    def end_day(self, closed: str) -> None:
        """End what began on a day that is over, or before."""
        self._drop(lambda _session, day: day <= closed)

    def _drop(self, is_over: Callable[[Credential, str], bool]) -> None:
        with self._lock:
            self._held = {secret: item for secret, item in self._held.items() if not is_over(*item)}

    def settle(self) -> None:
        """Hand everything to the store. Raises `Unavailable` while that refuses; what was not taken stays."""
        for credential, actor in list(self._ended.items()):
            self._desk.by(actor).do(actions.sign_out, credential)
            with self._lock:
                self._ended.pop(credential, None)
        for secret, (session, _day) in list(self._held.items()):
            try:
                self._desk.by(f"{session.role.value}:{session.account}").do(
                    actions.keep_sign_in, replace(session, id=0), secret
                )
            except Unavailable:
                raise
            except Refused:  # the account is gone
                pass
            with self._lock:
                self._held.pop(secret, None)
