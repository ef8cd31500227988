"""Figures for leaders: a day, the weeks of promised waits, the staffing forecast."""

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from motcua.api.answers import respond
from motcua.api.shapes.reports import DayQuery, DayReport, Forecast, ForecastQuery, Weeks
from motcua.estimates.forecasts import Forecasts
from motcua.reports import promises
from motcua.settings import store as settings_store
from motcua.views.day_report import chosen, coverage, day_report
from motcua.web.site import Site


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls about figures."""
    forecasts = Forecasts(site.desk)

    @api.get("/reports/day", endpoint="day_report", summary="What happened on a day", responses={200: DayReport})
    def of_day(query: DayQuery) -> Response:
        today, _behind = site.today()
        with site.desk.read() as db:
            day = chosen(db, query.day, today)
        return respond((200, site.offload(day_report, site.desk, day)))

    @api.get("/reports/waits", endpoint="waits_report", summary="How many promised waits held, by week", responses={200: Weeks})
    def waits() -> Response:
        today, _behind = site.today()
        with site.desk.read() as db:
            return respond((200, {"items": [coverage(week) for week in promises.weekly(db, today)]}))

    @api.get("/forecast", endpoint="forecast", summary="Who will come, and how many counters that needs", responses={200: Forecast})
    def forecast(query: ForecastQuery) -> Response:
        today, _behind = site.today()
        with site.desk.read() as db:
            target_min = query.target_min or settings_store.current(db).waits.target_min
        return respond((200, forecasts.of(target_min, today, site.offload, site.compute)))
