"""Sign-ins that nobody uses: they end, and at a counter they wait for the PIN, so that its calls stay on the screen.

What counts is a hand at the page: a command, a page that somebody opens, a key or a touch that the page tells.
Sockets, and what pages ask for by themselves, do not count.
"""

from motcua.copies import replace
from motcua.counters import store as counter_store
from motcua.desk import Desk, Reader, get_local_day, stamp
from motcua.settings import store as settings_store
from motcua.staff import actions, rules
from motcua.staff import store as staff_store
from motcua.staff.model import Credential

TRIES = 5
"""So many PINs in a row may be wrong; then the sign-in ends."""


class IdleWatch:
    """When a hand was last at each sign-in of one desk. A sign-in of before the start counts from the start on."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._since = desk.clock.steady()
        self._hands: dict[int, float] = {}
        self._shows: dict[int, int] = {}
        self._wrong: dict[int, int] = {}
        self._limit_s: float | None = None

    def note(self, credential: int) -> None:
        """Somebody is at this sign-in."""
        self._hands[credential] = self._desk.clock.steady()

    def note_counter(self, credential: Credential | None, number: int) -> None:
        """The browser of this sign-in shows the page of counter `number`."""
        if credential is not None and credential.kind == "session":
            self._shows[credential.id] = number

    def forget_limit(self) -> None:
        """The settings changed: look again how long is too long."""
        self._limit_s = None

    def forget(self, credential: int) -> None:
        """A sign-in has ended."""
        for table in (self._hands, self._shows, self._wrong):
            table.pop(credential, None)

    def forget_all(self) -> None:
        """The day has ended, and all sign-ins with it."""
        for table in (self._hands, self._shows, self._wrong):
            table.clear()

    def get_limit_s(self) -> float:
        """Return after how long without a hand a sign-in is idle, on the desk's clock: hands keep real time, however
        fast it goes.
        """
        if self._limit_s is None:
            with self._desk.read() as db:
                self._limit_s = settings_store.get_settings(db).staff.idle_min * 60 * self._desk.clock.speed
        return self._limit_s

    def count_idle_s(self, credential: Credential) -> float:
        """Return for how many seconds nobody has been at this sign-in, by the clock of the desk's calendar."""
        idle_s = self._desk.clock.steady() - self._hands.get(credential.id, self._since)
        return idle_s / self._desk.clock.speed

    def is_idle(self, credential: Credential) -> bool:
        """Say whether nobody has been at this sign-in for too long. Devices and programs never are."""
        if credential.kind != "session":
            return False
        return self._desk.clock.steady() - self._hands.get(credential.id, self._since) >= self.get_limit_s()

    def find_counter(self, credential: Credential) -> int | None:
        """Return the counter whose page the browser shows, if its person sits there and signed in fully today; else
        None.
        """
        number = self._shows.get(credential.id)
        if number is None or credential.account is None:
            return None
        with self._desk.read() as db:
            seat = counter_store.find_of_officer(db, credential.account)
            is_todays = self._is_todays(db, credential)
        return number if seat is not None and seat.number == number and is_todays else None

    def _is_todays(self, db: Reader, credential: Credential) -> bool:
        timezone = settings_store.get_timezone(db)
        return rules.has_begun_on(credential, get_local_day(self._desk.clock.now(), timezone), timezone)

    def apply_idleness(self, credential: Credential) -> Credential | None:
        """Return a sign-in as it counts now: as it is, locked, or None when it is over."""
        if credential.locked_at is not None or not self.is_idle(credential):
            return credential
        if self.find_counter(credential) is None:
            return None
        return replace(credential, locked_at=stamp(self._desk.clock.now()))

    def count_try(self, credential: Credential) -> bool:
        """Count a try with PIN or password; say whether it still may be looked at."""
        self._wrong[credential.id] = self._wrong.get(credential.id, 0) + 1
        return self._wrong[credential.id] <= TRIES

    def count_tries_left(self, credential: Credential) -> int:
        """Return how often PIN or password may still be tried."""
        return max(0, TRIES - self._wrong.get(credential.id, 0))

    def note_unlock(self, credential: int) -> None:
        """The PIN was right: somebody is there."""
        self._wrong.pop(credential, None)
        self.note(credential)

    def settle(self) -> None:
        """Write down which sign-ins ended or wait for a PIN. Raises `Unavailable` while the store refuses."""
        now = stamp(self._desk.clock.now())
        with self._desk.read() as db:
            sessions = staff_store.list_sessions(db, now)
        for session in sessions:
            number = self.find_counter(session)
            if session.locked_at is None and self.is_idle(session):
                if number is None:
                    self._desk.do(actions.end_idle, session.id)
                else:
                    self._desk.do(actions.lock_idle, session.id, number)
            elif session.locked_at is not None and self._has_lost_seat(session):
                self._desk.do(actions.end_idle, session.id)

    def _has_lost_seat(self, credential: Credential) -> bool:
        """Say whether nobody can unlock this sign-in any more: its person sits at no counter, or it is of an earlier
        day.
        """
        with self._desk.read() as db:
            seat = counter_store.find_of_officer(db, credential.account or 0)
            is_todays = self._is_todays(db, credential)
        return seat is None or not is_todays
