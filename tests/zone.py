"""The time zone of desks that run by the computer's clock: there the day has begun for hours and lasts for hours yet.

A desk's day ends at 23:55 and the next begins at midnight. Tests that ran over it would fail by the clock.
"""

import os
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from motcua.desk import system_clock

NAMED_IN = "MOTCUA_TESTS_ZONE"
"""The workers of a run take the zone from the process that started them; a person may name one to try it."""
_HOME, _NIGHT = "Asia/Ho_Chi_Minh", "UTC"
_HOURS = range(2, 21)


def _at_start() -> str:
    return _HOME if system_clock.now().astimezone(ZoneInfo(_HOME)).hour in _HOURS else _NIGHT


ZONE = os.environ.setdefault(NAMED_IN, _at_start())


def before_setup() -> datetime:
    """Return when a desk may be set up: its first row still counts days in the zone of a desk without settings, and
    none may go back.
    """
    now = system_clock.now()
    behind = now.astimezone(ZoneInfo(_HOME)).replace(tzinfo=None) - now.astimezone(ZoneInfo(ZONE)).replace(tzinfo=None)
    return now - max(behind, timedelta())


def offset() -> str:
    """Return how times of the desk end, e.g. `+07:00`."""
    return system_clock.now().astimezone(ZoneInfo(ZONE)).isoformat()[-6:]
