"""The addresses by which phones and the hall's other devices reach the desk: known, guessed, or as this request
came.
"""

from collections.abc import Callable
from typing import Any, cast

from flask import Request, request

from motcua.copies import replace
from motcua.desk import Desk, DeskFault, stamp
from motcua.settings import store as settings_store
from motcua.settings.base_address import find_base
from motcua.web.guests import is_guest
from motcua.web.origin import find_request_base, is_own
from motcua.web.reach import CHECK, FAULTS, LOOPBACK, PLAIN, PLAIN_TEXT, UNTRUSTED, UNTRUSTED_TEXT, Reach, is_literal


class BaseAddresses:
    """The base addresses of one desk. `is_certified` says whether strangers trust the desk's own certificate."""

    def __init__(self, desk: Desk, reach: Reach) -> None:
        self._desk, self._reach = desk, reach
        self._started = stamp(desk.clock.now())
        self.is_certified: Callable[[], bool] = lambda: False

    def get_setting(self) -> str:
        """Return the base address for phones as the settings have it, empty for none; an unfit one from before it
        was checked comes too.
        """
        with self._desk.read() as db:
            return settings_store.get_settings(db).web.base_url

    def find_for_phones(self) -> str:
        """Return the base address for whoever gets a code or a link by this request, empty when phones would get
        nowhere.

        The setting counts first. The address that the asking screen used is better than a guess, unless it is a
        plain name: that may be known to this screen alone.
        """
        return self._choose(self._came(), self.get_setting())

    def _came(self) -> str:
        """Return the base address by which this request came, empty where phones do not come so."""
        current: Request = cast(Any, request)._get_current_object()  # looked up once, not for each of its values
        return "" if self._reach.has_guests and not is_guest(current.environ) else find_base(find_request_base(current))

    def _choose(self, came: str, setting: str) -> str:
        if came and (came.startswith("https") or is_literal(came)):
            return find_base(setting) or came
        return self._reach.find_phone_base(setting) or came

    def find_without_request(self) -> str:
        """Return the base address for phones as far as it is known without a request, empty for none."""
        return self._reach.find_phone_base(self.get_setting())

    def find_for_hall(self) -> str:
        """Return the base address for other devices of the hall, empty for none: as this browser came, else a guess,
        else the settings'.
        """
        setting, came = self.get_setting(), find_request_base(request)
        if setting and is_own(setting, request.host, ""):
            return setting
        return came or next(iter(self._reach.list_guesses()), "") or find_base(setting)

    def get_request_base(self) -> str:
        """Return the address under which this very request came, whoever else may use it."""
        return f"{request.scheme}://{request.host}"

    def make_follow_base(self) -> Callable[[str], str]:
        """Return what gives the address before a ticket's code, by the base address that the settings have.

        It is for phones, else for programs on this computer. This request is looked at now, the settings are read with
        the ticket.
        """
        near = f"{self._reach.scheme}://127.0.0.1:{self._reach.port}" if self._reach.port else self.get_request_base()
        came = self._came()
        return lambda setting: f"{self._choose(came, setting) or near}/t/"

    def find_plain_address(self) -> str:
        """Return the address for phones where they use plain http, so that others in the same network can read
        along; else nothing.
        """
        base = self.find_without_request()
        return base if base.startswith("http:") else ""

    def note_address(self) -> None:
        """Keep in the desk's faults whether phones can be given an address.

        A desk for this computer alone was meant to be so.
        """
        trouble = self._reach.find_trouble(self.get_setting())
        for code in FAULTS:
            if trouble is None or code != trouble.code:
                self._desk.faults.clear(code)
        if trouble is not None and trouble.code != LOOPBACK:
            self._desk.faults.note(trouble)

    def find_plain_fault(self) -> DeskFault | None:
        """Return what phones get of a desk that speaks TLS: plain http, or a certificate that they do not trust.

        It is no fault.
        """
        base = self.find_without_request()
        if self._reach.scheme != "https" or not base:
            return None
        if base.startswith("http:"):
            return DeskFault(PLAIN, CHECK, PLAIN_TEXT, {"address": base}, self._started)
        is_its_own = base in self._reach.list_guesses() and not self._reach.has_guests
        return (
            DeskFault(UNTRUSTED, CHECK, UNTRUSTED_TEXT, {"address": base}, self._started)
            if is_its_own and not self.is_certified()
            else None
        )

    def find_loopback_fault(self) -> DeskFault | None:
        """Return why phones get no address from a desk that was started for this computer alone, None for every
        other: it is no fault.
        """
        trouble = self._reach.find_trouble(self.get_setting())
        return replace(trouble, since=self._started) if trouble is not None and trouble.code == LOOPBACK else None
