"""When the hall is open and when its day ends; what an address for phones may be. Local times are naive: the desk's own wall clock."""

import re
from datetime import date, datetime, time, timedelta
from ipaddress import ip_address
from urllib.parse import urlsplit

from motcua.settings.model import Session, Settings

NOON = 12 * 60
"""Where the morning (buổi sáng) ends and the afternoon begins, in minutes after local midnight."""


def sessions(settings: Settings, day: date) -> tuple[Session, ...]:
    """Return the opening sessions of `day`, in order; empty when the hall stays closed."""
    wanted = day.isoformat()
    for working in settings.working_days:
        if working.date == wanted:
            return working.sessions
    if any(off.date == wanted for off in settings.days_off):
        return ()
    return settings.week[day.weekday()]


def is_open(settings: Settings, local: datetime) -> bool:
    """Say whether numbers are given out at `local`."""
    minute = local.hour * 60 + local.minute
    return any(session.start_min <= minute < session.end_min for session in sessions(settings, local.date()))


def is_break(settings: Settings, local: datetime) -> bool:
    """Say whether `local` lies between two sessions of its day: the hall has closed and opens again today."""
    minute = local.hour * 60 + local.minute
    found = sessions(settings, local.date())
    return not is_open(settings, local) and any(s.end_min <= minute for s in found) and any(s.start_min > minute for s in found)


def half_day(local: datetime) -> tuple[int, datetime, datetime]:
    """Return the half-day (buổi) of `local`: 0 morning or 1 afternoon, with its begin and end."""
    midnight = datetime.combine(local.date(), time())
    noon = midnight + timedelta(minutes=NOON)
    return (0, midnight, noon) if local < noon else (1, noon, midnight + timedelta(days=1))


def last_closing(settings: Settings, day: date) -> datetime | None:
    """Return the end of the last session of `day`, or None when the hall stays closed."""
    found = sessions(settings, day)
    return datetime.combine(day, time()) + timedelta(minutes=max(s.end_min for s in found)) if found else None


def closing_time(settings: Settings, day: date) -> datetime:
    """Return when the day ends if nothing is in hand: some minutes after the last closing, never after the latest time."""
    latest = latest_time(settings, day)
    closing = last_closing(settings, day)
    return latest if closing is None else min(latest, closing + timedelta(minutes=settings.close_after_min))


def latest_time(settings: Settings, day: date) -> datetime:
    """Return when the day ends whatever is in hand."""
    return datetime.combine(day, time()) + timedelta(minutes=settings.latest_min)


def next_opening(settings: Settings, local: datetime) -> datetime | None:
    """Return when numbers are given out next at or after `local`, looking two months ahead."""
    for ahead in range(62):
        day = local.date() + timedelta(days=ahead)
        for session in sessions(settings, day):
            start = datetime.combine(day, time()) + timedelta(minutes=session.start_min)
            if start >= local:
                return start
    return None


# --- where phones reach the desk ---------------------------------------------------------------------------------------------------

BASE_MAX_BYTES = 27
"""So that a ticket's address, base and `/t/` and twelve characters, stays within 42 bytes: its QR is small enough for 58 mm paper."""
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
    """Return a base address in its shortest form, e.g. `https://motcua.vn:8443`: scheme, host and perhaps a port. Raises `BadBaseError`."""
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


def find_base(text: str) -> str:
    """Return the base address that `text` is, as `read_base` does; empty for everything else."""
    try:
        return read_base(text)
    except BadBaseError:
        return ""


def read_host(name: str) -> str:
    """Return a host as it is in addresses: an IPv6 address in brackets, a name in ASCII. Raises `BadBaseError("host")`."""
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
    """Say whether `host` names whichever computer asks, or only one beside it: loopback, link-local, every address, a group of them."""
    try:
        address = ip_address(host.strip("[]").partition("%")[0])
    except ValueError:
        return _HERE.fullmatch(host.lower().removesuffix(".")) is not None
    address = getattr(address, "ipv4_mapped", None) or address
    return address.is_loopback or address.is_link_local or address.is_unspecified or address.is_multicast or address.is_reserved


def is_hall_only(base: str) -> bool:
    """Say whether `base` leads to the desk inside the hall's own network alone: it is a private address."""
    host = urlsplit(base).hostname or ""
    try:
        return not ip_address(host).is_global
    except ValueError:
        return False
