"""The smile index on one officer's page: only while the head of the unit opened it, with what it must stand by."""

from motcua.desk import Forbidden, Reader
from motcua.desk.messages import mark
from motcua.reports.camera.readings import read_officer_expression, read_officer_view
from motcua.reports.shapes import describe_rate
from motcua.reports.values import Period
from motcua.settings import store as settings_store
from motcua.staff import store as staff_store
from motcua.views.shapes import View, format_local

CAUTION = mark(
    "Made by a machine from faces, for information only. 0 means that no smile was seen, not that somebody was"
    " dissatisfied. What citizens press always wins. It is part of no points, proposal, comparison or ranking."
)


def show_expression(db: Reader, officer: int, period: Period, today: str, *, is_own: bool) -> View | None:
    """Return an officer's median of the days; None while figures by officer are closed, whatever the reason.

    With too few visits it says so. The officer's own page has no pressed rates here: those of full fives stand above.
    """
    state = read_officer_view(db, today)
    if state.closed is not None:
        return None
    names = staff_store.list_full_names(db)
    figures: View = {
        "opened_by": names.get(state.opened_by or 0, ""),
        "opened_at": format_local(state.opened_at, settings_store.get_timezone(db)),
        "reason": state.reason,
        "agreement": None
        if state.rho is None
        else {
            "rho": _round(state.rho.value),
            "low": _round(state.rho.low),
            "high": _round(state.rho.high),
            "n": state.rho.n,
            "first": state.first,
            "last": state.last,
        },
        "caution": CAUTION,
        "median": None,
        "pressed": None,
        "missing": None,
    }
    try:
        figure = read_officer_expression(db, officer, period, today)
    except Forbidden as refusal:
        return {**figures, "missing": {"message": refusal.message, "params": dict(refusal.params)}}
    median = figure.median
    return {
        **figures,
        "median": {"median": median.median, "low": median.low, "high": median.high, "n": median.n},
        "pressed": None if is_own else describe_rate(figure.satisfaction),
    }


def _round(coefficient: float | None) -> int | None:
    """Return hundredths of a coefficient."""
    return None if coefficient is None else round(coefficient * 100)
