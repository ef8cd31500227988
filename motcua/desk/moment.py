"""Moments as the store writes them, and the desk's calendar. Pure."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MS = timedelta(milliseconds=1)


def stamp(moment: datetime) -> str:
    """Return `moment` as stored: RFC 3339, UTC, milliseconds, `Z`."""
    return f"{moment.astimezone(UTC).isoformat(timespec='milliseconds')[:-6]}Z"


def parse(at: str) -> datetime:
    """Return the moment of a stored time, aware, in UTC. Raises `ValueError` for anything else."""
    return datetime.fromisoformat(at)


@lru_cache(maxsize=8)
def get_zone(name: str) -> ZoneInfo:
    """Return the time zone `name`. Raises `ZoneInfoNotFoundError`."""
    return ZoneInfo(name)


def get_local_day(moment: datetime, timezone: str) -> str:
    """Return the calendar day of `moment` at the desk, `YYYY-MM-DD`."""
    return moment.astimezone(get_zone(timezone)).date().isoformat()


def parse_day(text: str) -> str | None:
    """Return the calendar day that `text` names as `YYYY-MM-DD`, None for anything else: the other forms of ISO 8601
    are not taken.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return text if day.isoformat() == text else None


def get_day_begin(day: str, timezone: str) -> str:
    """Return the stored form of the local midnight with which the desk's `day` begins."""
    return stamp(datetime.combine(date.fromisoformat(day), time(), get_zone(timezone)))


def stamp_ms(milliseconds: int) -> str:
    """Return the stored form of a moment given in milliseconds since 1970."""
    whole_s, rest_ms = divmod(milliseconds, 1000)
    return f"{datetime.fromtimestamp(whole_s, UTC):%Y-%m-%dT%H:%M:%S}.{rest_ms:03d}Z"


def to_ms(moment: datetime) -> int:
    """Return the whole milliseconds from 1970 to `moment`."""
    return (moment - EPOCH) // MS


def from_ms(milliseconds: int) -> datetime:
    """Return the moment so many milliseconds after 1970, aware, in UTC."""
    return EPOCH + milliseconds * MS
