"""How a desk is reached: with TLS or without, through which servers in front of it, and where guests' phones come."""

from pathlib import Path

from msgspec import Struct

from motcua.desk import Clock
from motcua.run.tls import Tls
from motcua.web.forwarded import NOBODY, Trusted


class Transport(Struct, frozen=True):
    """What the command line says about it.

    `pair` are the files of certificate and key, `trusted` the web servers whose `X-Forwarded-…` are believed.
    `guests` is where a second listener serves the public pages alone. `strict` says whether browsers shall keep to
    TLS; None leaves that to the certificate.
    """

    pair: tuple[Path, Path] | None = None
    trusted: Trusted = NOBODY
    guests: tuple[str, int] | None = None
    strict: bool | None = None

    def open_tls(self, clock: Clock) -> Tls | None:
        """Return the certificate in use, None for plain HTTP. Raises `Invalid`."""

        return Tls(*self.pair, clock.now) if self.pair is not None else None


DIRECT = Transport()
"""Plain HTTP, nothing in front, one listener for everybody."""


def get_scheme(tls: Tls | None) -> str:
    """Return how a listener is spoken to."""
    return "https" if tls is not None else "http"


def get_guest_tls(tls: Tls | None) -> Tls | None:
    """Return what guests' phones shake hands with: a certificate that strangers trust, else nothing, as a warning
    would turn them away.
    """
    return tls if tls is not None and tls.is_public else None
