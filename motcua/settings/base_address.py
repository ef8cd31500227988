"""What an address for phones may be: scheme, host and perhaps a port. Pure."""

import re
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import urlsplit

BASE_MAX_BYTES = 27
"""So that a ticket's address, base and `/t/` and twelve characters, stays within 42 bytes: its QR is small enough
for 58 mm paper."""
PORTS = {"http": 80, "https": 443}
HOST_MAX, IPV6 = 253, 6
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*")
_HERE = re.compile(r"localhost|localhost\.localdomain|.*\.localhost|ip6-(localhost|loopback)")


class BadBaseError(ValueError):
    """A text is no base address; `code` says why: `scheme`, `secret`, `path`, `host`, `port`, `own` or `long`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def read_base(text: str, most_bytes: int = BASE_MAX_BYTES) -> str:
    """Return a base address in its shortest form, e.g.

    `https://motcua.vn:8443`: scheme, host and perhaps a port. Raises `BadBaseError`.
    """
    scheme, mark, _rest = text.partition("://")
    if not mark or scheme.lower() not in PORTS:
        raise BadBaseError("scheme")
    try:
        parts = urlsplit(text)
        name = parts.hostname or ""
    except ValueError:
        raise BadBaseError("host") from None
    if "@" in parts.netloc:
        raise BadBaseError("secret")
    if parts.path.strip("/") or parts.query or parts.fragment or text.endswith(("?", "#")):
        raise BadBaseError("path")
    host = read_host(name)
    try:
        port = parts.port
    except ValueError:
        raise BadBaseError("port") from None
    if port == 0:
        raise BadBaseError("port")
    if is_here(host):
        raise BadBaseError("own")
    base = f"{parts.scheme}://{host}" + (f":{port}" if port and port != PORTS[parts.scheme] else "")
    if len(base) > most_bytes:
        raise BadBaseError("long")
    return base


@lru_cache(maxsize=256)
def find_base(text: str) -> str:
    """Return the base address that `text` is, as `read_base` does; empty for everything else."""
    try:
        return read_base(text)
    except BadBaseError:
        return ""


def read_host(name: str) -> str:
    """Return a host as it is in addresses: an IPv6 address in brackets, a name in ASCII.

    Raises `BadBaseError("host")`.
    """
    try:
        address = ip_address(name)
    except ValueError:
        pass
    else:
        return f"[{address}]" if address.version == IPV6 else str(address)
    try:
        host = name.removesuffix(".").encode("idna").decode().lower()
    except UnicodeError:
        raise BadBaseError("host") from None
    labels = host.split(".")
    if len(host) > HOST_MAX or not all(map(_LABEL.fullmatch, labels)) or _NUMBER.fullmatch(labels[-1]):
        raise BadBaseError("host")
    return host


def is_here(host: str) -> bool:
    """Say whether `host` names whichever computer asks, or only one beside it: loopback, link-local, every address,
    a group of them.
    """
    try:
        address = ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return _HERE.fullmatch(host.lower().removesuffix(".")) is not None
    address = getattr(address, "ipv4_mapped", None) or address
    return (
        address.is_loopback
        or address.is_link_local
        or address.is_unspecified
        or address.is_multicast
        or address.is_reserved
    )


def is_hall_only(base: str) -> bool:
    """Say whether `base` leads to the desk inside the hall's own network alone: it is a private address."""
    host = urlsplit(base).hostname or ""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return False
