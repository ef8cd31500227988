"""What this desk's cookies are called.

Browsers keep cookies by host alone, so a desk on another port of it needs names of its own.
"""

import hashlib
from collections.abc import Mapping
from functools import lru_cache

from flask import Request
from werkzeug.http import parse_cookie
from werkzeug.wrappers.response import Response

from motcua.desk import Desk
from motcua.staff import rules
from motcua.web.reach import Reach

SESSION, DEVICE, LANGUAGE, STAFF, BOOKED, RATER = "session", "device", "language", "staff", "booked", "rater"
"""`STAFF` stays in a browser in which somebody of the desk signed in, or that is or was a counter's: it does not
rate for citizens.

`BOOKED` holds the codes of the bookings that were made in this browser. `RATER` is a name by chance, for two days: a
browser that rates many tickets is seen by it."""
HOST = "__Host-"
"""How the name of a cookie begins that came by TLS from this very host: browsers take no other. Source: RFC 6265bis,
4.1.3.2."""
YEAR_S = 365 * 24 * 3600
OTHERS_MAX = 16
"""How many cookies of other names are looked at."""

_READ = "motcua.cookies"
"""Where a request has its cookies once somebody has read them, beside the header that they were read from."""


@lru_cache(maxsize=64)
def make_cookie_name(kind: str, desk_id: str, port: int) -> str:
    """Return the name of a cookie of `kind` for the desk `desk_id` (of its database) that listens on `port`."""
    return f"{get_former_name(kind)}_{hashlib.sha256(f'{desk_id}:{port}'.encode()).hexdigest()[:8]}"


def get_former_name(kind: str) -> str:
    """Return the name that every desk's cookie had once."""
    return f"motcua_{kind}"


def read_cookies(request: Request) -> Mapping[str, str]:
    """Return what a request's `Cookie` says: read once, however many look at it on its way through the site."""
    environ = request.environ
    header = environ.get("HTTP_COOKIE", "")
    if _READ not in environ or environ[_READ][0] != header:
        environ[_READ] = header, parse_cookie(header)
    cookies: Mapping[str, str] = environ[_READ][1]
    return cookies


class Cookies:
    """The names of one desk's cookies."""

    def __init__(self, desk: Desk, reach: Reach) -> None:
        self._desk, self._reach = desk, reach

    def name(self, kind: str, *, is_secure: bool = False) -> str:
        """Return the name under which this desk sets its cookie, by TLS or without."""
        plain = make_cookie_name(kind, self._desk.epoch.partition(".")[0], self._reach.port)
        return f"{HOST}{plain}" if is_secure else plain

    def vouch(self, response: Response, kind: str, secret: str, *, is_secure: bool) -> None:
        """Give the browser what proves who it is: a sign-in for its hours, a device for a year.

        Scripts cannot read it.
        """
        age = rules.SESSION_HOURS * 3600 if kind == SESSION else YEAR_S
        name = self.name(kind, is_secure=is_secure)
        response.set_cookie(name, secret, max_age=age, httponly=True, samesite="Lax", secure=is_secure)

    def end(self, response: Response, kind: str, *, is_secure: bool) -> None:
        """Let the browser forget its cookie of `kind`."""
        response.delete_cookie(self.name(kind, is_secure=is_secure), httponly=True, samesite="Lax", secure=is_secure)

    def mark_staff(self, response: Response, value: str, *, is_secure: bool) -> None:
        """Mark the browser as one of the desk's own people or counters, also where guests' phones use plain http
        beside TLS.
        """
        self.vouch(response, STAFF, value, is_secure=is_secure)
        if is_secure:
            response.set_cookie(f"{get_former_name(STAFF)}_seen", "1", max_age=YEAR_S, httponly=True, samesite="Lax")

    def get_value(self, request: Request, kind: str) -> str:
        """Return the value of this desk's own cookie, empty when the browser has none."""
        return read_cookies(request).get(self.name(kind, is_secure=request.is_secure), "")

    def list_others(self, request: Request, kind: str) -> list[str]:
        """Return the values of cookies that may be ours by another name: of before an update, a restore, or a move
        to another port.
        """
        former, cookies = get_former_name(kind), read_cookies(request)
        plain = {name: name.removeprefix(HOST) for name in cookies}
        names = sorted(
            (name for name in plain if plain[name] == former or plain[name].startswith(f"{former}_")), key=len
        )
        own_name = self.name(kind, is_secure=request.is_secure)
        return [cookies[name] for name in names if name != own_name and cookies[name]][:OTHERS_MAX]

    def has_any(self, request: Request, kind: str) -> bool:
        """Say whether the browser has a cookie of `kind`, of this desk or of another on this host."""
        return bool(self.get_value(request, kind) or self.list_others(request, kind))

    def list_languages(self, request: Request) -> list[str]:
        """Return the languages that were chosen on this browser, this desk's own first."""
        return [self.get_value(request, LANGUAGE), *self.list_others(request, LANGUAGE)]
