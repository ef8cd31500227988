"""Moments as the store writes them, and the desk's calendar. Pure."""

from datetime import UTC, date, datetime, time
from functools import lru_cache
from zoneinfo import ZoneInfo


def stamp(moment: datetime) -> str:
    """Return `moment` as stored: RFC 3339, UTC, milliseconds, `Z`."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def parse(at: str) -> datetime:
    """Return the moment of a stored time, aware, in UTC. Raises `ValueError` for anything else."""
    return datetime.fromisoformat(at)


@lru_cache(maxsize=8)
def zone(name: str) -> ZoneInfo:
    """Return the time zone `name`. Raises `ZoneInfoNotFoundError`."""
    return ZoneInfo(name)


def local_day(moment: datetime, timezone: str) -> str:
    """Return the calendar day of `moment` at the desk, `YYYY-MM-DD`."""
    return moment.astimezone(zone(timezone)).date().isoformat()


def named_day(text: str) -> str | None:
    """Return the calendar day that `text` names as `YYYY-MM-DD`, None for anything else: the other forms of ISO 8601 are not taken."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return text if found.isoformat() == text else None


def day_begins(day: str, timezone: str) -> str:
    """Return the stored form of the local midnight with which the desk's `day` begins."""
    return stamp(datetime.combine(date.fromisoformat(day), time(), zone(timezone)))


def stamp_ms(milliseconds: int) -> str:
    """Return the stored form of a moment given in milliseconds since 1970."""
    whole, rest = divmod(milliseconds, 1000)
    return f"{datetime.fromtimestamp(whole, UTC):%Y-%m-%dT%H:%M:%S}.{rest:03d}Z"
