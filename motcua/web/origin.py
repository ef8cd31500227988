"""Whether a page that asks is one of this desk: the address in the browser against the one that the desk sees."""

from functools import lru_cache
from urllib.parse import urlsplit

from flask import Request

from motcua.desk import Forbidden
from motcua.settings.base_address import PORTS, BadBaseError, is_here, read_base
from motcua.web.headers import SECURE

ANY_LENGTH = 1000
Place = tuple[str, int | None]


def parse_place(address: str) -> Place | None:
    """Return host and port of an address such as `https://desk.vn`; None for one that has none, e.g. `null`."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    return (host, port or PORTS.get(parts.scheme)) if host else None


def is_own(origin: str, host: str, base: str, *, is_secure: bool = False) -> bool:
    """Say whether `origin` is where this desk is: the request's `host`, or `base`.

    The scheme may be either where a proxy may speak TLS; a request that came by TLS for certain (`is_secure`) has a
    page of `https`.
    """
    scheme, mark, _rest = origin.partition("://")
    if is_secure and scheme.lower() != "https":
        return False
    location = parse_place(origin) if mark else None
    return location is not None and location in {parse_place(f"{scheme}://{host}"), parse_place(base)}


def require_own(request: Request, base: str) -> None:
    """Raise `Forbidden("origin.differs")` when the page that sent this is elsewhere, as far as the desk sees:
    browsers name it.
    """
    origin = request.headers.get("Origin")
    if origin is not None and not is_own(origin, request.host, base, is_secure=request.is_secure):
        raise Forbidden(
            "origin.differs",
            "The address in the browser (%(origin)s) and the address that the server sees (%(host)s) differ. If there "
            "is a proxy between them, it must pass on the Host header: see “Behind a web server” in "
            "docs/OPERATIONS.md. If there is none, open this page at the server's own address.",
            origin=make_printable(origin),
            host=make_printable(request.host),
        )


def make_printable(address: str) -> str:
    """Return an address that somebody sent as a sentence repeats it: not too long, nothing but printable signs."""
    return "".join(sign if sign.isprintable() else "?" for sign in address[:80])


def find_request_base(request: Request) -> str:
    """Return the base address under which the browser opened this desk, empty where another device could not use it.

    The browser names its scheme in `Origin` or `Referer`, as a proxy that speaks TLS hides it. A name without a dot
    is known to some computers only, and so is one under `.local`.
    """
    sent = request.environ.get("HTTP_ORIGIN", ""), request.environ.get("HTTP_REFERER", "")
    return _find_base_for_phones(request.scheme, request.host, sent)


@lru_cache(maxsize=256)
def _find_base_for_phones(scheme: str, host: str, sent: tuple[str, str]) -> str:
    """`sent` are the addresses that the browser named. Programs ask again and again with the same."""
    if scheme not in SECURE:
        scheme = next((page.partition("://")[0] for page in sent if page and is_own(page, host, "")), scheme)
    address = f"{scheme}://{host}"
    try:
        base = read_base(address, ANY_LENGTH)
    except BadBaseError:
        return ""
    return base if is_for_phones(base) else ""


def is_for_phones(base: str) -> bool:
    """Say whether phones can find the host of `base`: an address in a network, or a name that a name server knows."""
    host = (urlsplit(base).hostname or "").removesuffix(".")
    return not is_here(host) and (":" in host or ("." in host and not host.endswith(".local")))
