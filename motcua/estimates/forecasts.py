"""Staffing forecasts: reads the past weeks, lets the helper process plan, and caches the answers of the day."""

from collections.abc import Callable
from typing import Any

from motcua.desk import Desk
from motcua.estimates import observed, staffing
from motcua.planning import forecast
from motcua.planning.computing import Compute
from motcua.settings import store as settings_store
from motcua.settings.model import Settings

Offload = Callable[..., Any]
REMEMBERED = 16


class Forecasts:
    """Answers how many counters keep four of five waits at or below a target; the same question is computed once a
    day.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._known: dict[tuple[str, int, int], dict[str, Any]] = {}

    def get_forecast(self, target_min: int, today: str, offload: Offload, compute: Compute) -> dict[str, Any]:
        """Return the forecast of the day `today` for a target in minutes. This can take a minute.

        `offload` reads the past weeks, `compute` plans. Raises `Unavailable("compute.failed" | "compute.late")`.
        """
        with self._desk.read() as db:
            settings, version = settings_store.get_settings(db), settings_store.get_version(db)
            basis = staffing.choose_basis(settings, today, staffing.list_days_with_tickets(db, today))
        key = (today, version, target_min)
        if key not in self._known:
            basis, task_input = offload(_build_task_input, self._desk, settings, basis, target_min)
            weekdays = compute(forecast.task, task_input)["weekdays"] if task_input is not None else []
            while len(self._known) >= REMEMBERED:
                del self._known[next(iter(self._known))]
            self._known[key] = _describe_forecast(basis, target_min, weekdays)
        return self._known[key]


def _build_task_input(
    desk: Desk, settings: Settings, basis: staffing.ForecastBasis, target_min: int
) -> tuple[staffing.ForecastBasis, staffing.Given | None]:
    """Return the basis and the task input.

    Each day is read in its own transaction, so that no reader blocks for long.
    """

    def day_of(day: str) -> observed.ObservedDay | None:
        with desk.read() as db:
            return observed.observe_readable_day(db, day, settings.timezone)

    basis, observed_days = staffing.observe_days(basis, day_of)
    return basis, staffing.build_task_input(settings, basis, observed_days, target_min)


def _describe_forecast(
    basis: staffing.ForecastBasis, target_min: int, weekdays: list[dict[str, Any]]
) -> dict[str, Any]:
    planned = {item["weekday"] for item in weekdays}
    return {
        "target_min": target_min,
        "weeks": basis.count_weeks(),
        "n_days": len(basis.days),
        "from": basis.first,
        "to": basis.last,
        "days_left_out": [{"day": left.day, "why": left.why, "name": left.name} for left in basis.left_out],
        "weekdays": weekdays,
        "weekdays_short": [
            {"weekday": weekday, "n_days": n}
            for weekday, n in basis.count_by_weekday().items()
            if weekday not in planned
        ],
        "enough": bool(weekdays),
    }
