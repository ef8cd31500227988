"""Staffing forecasts: looks at the past weeks, lets the helper process plan, and remembers the answers of the day."""

from typing import Any

from motcua.desk import Desk
from motcua.reports import observed, staffing
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.web.site import Site

REMEMBERED = 16


class Forecasts:
    """Answers how many counters keep four of five waits at or below a target; the same question is computed once a day."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._known: dict[tuple[str, int, int], dict[str, Any]] = {}

    def of(self, target_min: int) -> dict[str, Any]:
        """Return the forecast for a target in minutes; it may take a minute. Raises `Unavailable("compute.failed" | "compute.late")`."""
        today, _behind = self._site.today()
        with self._site.desk.read() as db:
            settings, version = settings_store.current(db), settings_store.version(db)
            found = staffing.basis(settings, today, staffing.days_with_tickets(db, today))
        key = (today, version, target_min)
        if key not in self._known:
            found, given = self._site.offload(_given, self._site.desk, settings, found, target_min)
            weekdays = self._site.compute("forecast", given)["weekdays"] if given is not None else []
            while len(self._known) >= REMEMBERED:
                del self._known[next(iter(self._known))]
            self._known[key] = _shape(found, target_min, weekdays)
        return self._known[key]


def _given(desk: Desk, settings: Settings, found: staffing.Basis, target_min: int) -> tuple[staffing.Basis, staffing.Given | None]:
    """Return what the forecast rests on; each day is read by itself, so that nobody waits for all of them."""

    def day_of(day: str) -> observed.Day | None:
        with desk.read() as db:
            return observed.readable_day(db, day, settings.timezone)

    found, seen = staffing.looked_at(found, day_of)
    return found, staffing.given(settings, found, seen, target_min)


def _shape(found: staffing.Basis, target_min: int, weekdays: list[dict[str, Any]]) -> dict[str, Any]:
    planned = {item["weekday"] for item in weekdays}
    return {
        "target_min": target_min,
        "weeks": found.weeks(),
        "n_days": len(found.days),
        "from": found.first,
        "to": found.last,
        "days_left_out": [{"day": left.day, "why": left.why, "name": left.name} for left in found.left_out],
        "weekdays": weekdays,
        "weekdays_short": [{"weekday": weekday, "n_days": n} for weekday, n in found.by_weekday().items() if weekday not in planned],
        "enough": bool(weekdays),
    }
