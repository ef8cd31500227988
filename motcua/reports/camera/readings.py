"""The one reader of the smile indices. What it returns may be seen; a visit's index leaves it in no other form.

Nobody sees the index of a visit, nor a figure of a counter, a service or an hour. Figures by officer need the head's
written reason and an agreement that is good enough. A house test finds other readers of the table.
"""

from datetime import date, timedelta

from motcua.desk import Forbidden, Reader, texts
from motcua.feedback import store as feedback_store
from motcua.reports import measures
from motcua.reports.camera import gates
from motcua.reports.camera.model import (
    ClosedBecause,
    DeskExpression,
    DeskFigures,
    OfficerExpression,
    OfficerViewState,
    RegisterRow,
)
from motcua.reports.measures import Coefficient
from motcua.reports.values import Period
from motcua.settings import store as settings_store

_READINGS = (
    "SELECT e.score, r.level, e.officer, e.counter FROM expressions e"
    " LEFT JOIN ratings r ON r.visit = e.visit AND r.status = 'counted'"
    " WHERE e.score IS NOT NULL AND e.day BETWEEN ? AND ?"
)
_REASONS = (
    "SELECT reason, count(*) FROM expressions WHERE score IS NULL AND day BETWEEN ? AND ?"
    " GROUP BY reason ORDER BY count(*) DESC, reason"
)
_ANSWERS = (
    "SELECT day, notice, answer, count(*) FROM camera_consents WHERE id IN"
    " (SELECT max(id) FROM camera_consents WHERE day BETWEEN ? AND ? GROUP BY visit)"
    " GROUP BY day, notice, answer ORDER BY day, notice"
)
_SERVED = "SELECT count(*) FROM tickets WHERE state = 'served' AND day BETWEEN ? AND ?"
_OFFICER_SCORES = "SELECT score FROM expressions WHERE score IS NOT NULL AND officer = ? AND day BETWEEN ? AND ?"
_OFFICER_LEVELS = (
    "SELECT level, count(*) FROM ratings WHERE status = 'counted' AND officer = ? AND day BETWEEN ? AND ?"
    " GROUP BY level ORDER BY level"
)


def read_desk(db: Reader, period: Period) -> DeskExpression:
    """Return what may be seen of the whole desk over the days of `period`."""
    days = (period.first, period.last)
    register = _list_register(db, days)
    answers: dict[str, int] = {}
    for row in register:
        for answer, count in row.answers.items():
            answers[answer] = answers.get(answer, 0) + count
    minimum = settings_store.get_settings(db).camera.minimum_pairs
    readings = db.execute(_READINGS, days).fetchall()
    pairs = [row for row in readings if row[1] is not None]
    hidden = gates.find_hidden([(row[2], row[3]) for row in readings], [(row[2], row[3]) for row in pairs], minimum)
    return DeskExpression(
        served=db.execute(_SERVED, days).fetchone()[0],
        answers=answers,
        readings=len(readings),
        reasons=dict(db.execute(_REASONS, days).fetchall()),
        pairs=len(pairs),
        minimum_pairs=minimum,
        hidden=hidden,
        figures=None if hidden else _measure([row[0] for row in readings], [(row[0], row[1]) for row in pairs]),
        register=register,
    )


def _list_register(db: Reader, days: tuple[str, str]) -> list[RegisterRow]:
    rows: dict[tuple[str, int], dict[str, int]] = {}
    for day, notice, answer, count in db.execute(_ANSWERS, days):
        rows.setdefault((day, notice), {})[answer] = count
    return [RegisterRow(*key, counts) for key, counts in rows.items()]


def _measure(scores: list[int], pairs: list[tuple[int, int]]) -> DeskFigures:
    quartiles = measures.find_quartiles(scores)
    assert quartiles is not None  # noqa: S101 -- figures of nothing are hidden
    return DeskFigures(
        quartiles,
        measures.measure_rho(measures.count_cells(pairs)),
        measures.measure_kappa(measures.count_cells((measures.find_band(score), level) for score, level in pairs)),
    )


def read_officer_view(db: Reader, today: str) -> OfficerViewState:
    """Return whether figures by officer are open `today`, who opened them when and why, and what else closed them."""
    first = (date.fromisoformat(today) - timedelta(days=gates.AGREEMENT_DAYS - 1)).isoformat()
    desk = read_desk(db, Period(first, today))
    rho = desk.figures.rho if desk.figures is not None else None
    view = feedback_store.find_last_officer_view(db)
    if view is None:
        return OfficerViewState(ClosedBecause.NEVER, first, today, rho)
    reason = texts.find_text(db, view.reason)
    closed = _find_closed(db, view.closed_at, reason, rho)
    return OfficerViewState(closed, first, today, rho, view.opened_at, view.opened_by, reason)


def _find_closed(
    db: Reader, closed_at: str | None, reason: str | None, rho: Coefficient | None
) -> ClosedBecause | None:
    if closed_at is not None:
        return ClosedBecause.BY_HAND
    if reason is None:
        return ClosedBecause.REASON_ERASED
    if not settings_store.get_settings(db).camera.is_on:
        return ClosedBecause.CAMERA_OFF
    return gates.find_closing(rho)


def read_officer_expression(db: Reader, officer: int, period: Period, today: str) -> OfficerExpression:
    """Return what may be seen of one officer's visits on the days of `period`.

    Whoever shows it shows `view` too: who opened it, when and why, and the desk's agreement. It goes into no points,
    no ranking and no file of several officers.

    Raises `Forbidden("camera.officer_view_off")` while figures by officer are closed, `Forbidden("camera.agreement_low"
    | "camera.few_readings")`.
    """
    view = read_officer_view(db, today)
    if view.closed in {ClosedBecause.LOW_AGREEMENT, ClosedBecause.NOT_MEASURED}:
        raise Forbidden(
            "camera.agreement_low",
            "Figures of the smile index by officer are closed: the desk's agreement with pressed ratings is too low,"
            " or was measured on too few visits.",
        )
    if view.closed is not None:
        raise Forbidden("camera.officer_view_off", "Figures of the smile index by officer are closed.")
    days = (officer, period.first, period.last)
    scores = [row[0] for row in db.execute(_OFFICER_SCORES, days)]
    median = measures.measure_median(scores) if len(scores) >= gates.OFFICER_LEAST else None
    if median is None:
        raise Forbidden(
            "camera.few_readings",
            "This officer has a smile index at %(count)s visits. Figures need at least %(least)s.",
            count=len(scores),
            least=gates.OFFICER_LEAST,
        )
    levels = dict(db.execute(_OFFICER_LEVELS, days).fetchall())
    return OfficerExpression(officer, median, levels, measures.measure_satisfaction(levels), view)
