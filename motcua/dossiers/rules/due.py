"""Until when a dossier is settled, and how that day was reckoned. Pure; times are the desk's own wall clock.

Basis: LEGAL.md#counting-days. The day of receipt is not counted. A limit that would end on a day off ends on the next
working day. After the cut-off hour, results of the same day move to the next working day.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from motcua.procedures.model import LimitUnit, TimeLimit
from motcua.settings.model import Settings
from motcua.settings.rules import add_working_days, find_last_closing, is_working_day, list_sessions

CUT_OFF_MIN = 15 * 60
"""Decree 61/2018/NĐ-CP, article 18: "after 15:00" begins one moment after 15:00:00."""
USUAL_CLOSING = "17:00"
"""The hour of a working day for which the settings have no opening hours."""
SEARCH_DAYS = 60
"""No run of days off is longer."""


class DueStepKind(StrEnum):
    """A step of the reckoning, in the order in which it is explained."""

    FILED_ON_DAY_OFF = "filed_on_day_off"
    AFTER_CUT_OFF = "after_cut_off"
    SAME_DAY = "same_day"
    RECEIPT_NOT_COUNTED = "receipt_not_counted"
    WORKING_DAYS = "working_days"
    DAYS = "days"
    MOVED_FROM_DAY_OFF = "moved_from_day_off"
    NO_APPOINTMENT = "no_appointment"


class DueStep(Struct, frozen=True):
    """One step and the day that it led to; `count` is the number of days where the step counts some."""

    kind: DueStepKind
    day: date
    count: int = 0


class Due(Struct, frozen=True):
    """The last day of a limit with its hour (`HH:MM`). `received_on` is the day that counts as the day of receipt."""

    received_on: date
    due_on: date
    due_at: str
    steps: tuple[DueStep, ...]


def compute_due(
    settings: Settings, received: datetime, limits: Iterable[TimeLimit], *, cut_off_min: int = CUT_OFF_MIN
) -> Due:
    """Return the day until which limits that follow each other end, for what was filed at `received`.

    One limit is the usual case. Linked procedures pass the limit of each in turn: the next begins where the one
    before ends. Raises `ValueError` without a limit.
    """
    todo = list(limits)
    if not todo:
        raise ValueError("a due day needs a limit")
    received_on = find_receipt_day(settings, received.date())
    steps: list[DueStep] = []
    if received_on != received.date():
        steps.append(DueStep(DueStepKind.FILED_ON_DAY_OFF, received_on))
    is_late = received_on == received.date() and is_after(received, cut_off_min)
    day = received_on
    for place, limit in enumerate(todo):
        is_first = place == 0
        day = _add_limit(settings, day, limit, steps, is_first=is_first, is_late=is_first and is_late)
    return Due(received_on, day, get_hour(settings, day), tuple(steps))


def compute_extended_due(settings: Settings, due_on: date, limit: TimeLimit) -> Due:
    """Return the new day when a limit that ends on `due_on` is extended by `limit`; counting goes on from `due_on`."""
    steps: list[DueStep] = []
    day = _add_limit(settings, due_on, limit, steps, is_first=False, is_late=False)
    return Due(due_on, day, get_hour(settings, day), tuple(steps))


def find_receipt_day(settings: Settings, day: date) -> date:
    """Return the day of receipt: `day`, or else the next one, on which the desk opens or works.

    An open Saturday that is not counted is such a day, so that nobody who files later is due earlier.
    """
    ahead = (day + timedelta(days=count) for count in range(SEARCH_DAYS))
    return next((one for one in ahead if list_sessions(settings, one) or is_working_day(settings, one)), day)


def is_after(moment: datetime, cut_off_min: int) -> bool:
    """Say whether `moment` is after the cut-off; the very moment of it is not."""
    return moment > moment.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(minutes=cut_off_min)


def find_transfer_day(settings: Settings, received: datetime, *, cut_off_min: int = CUT_OFF_MIN) -> date:
    """Return on which day a dossier goes to who settles it: the same day, after the cut-off the next working day.

    Decree 61/2018/NĐ-CP, article 18.
    """
    day = find_receipt_day(settings, received.date())
    if day == received.date() and is_after(received, cut_off_min):
        day += timedelta(days=1)
    return _find_working_day(settings, day)


def find_notice_day(settings: Settings, due_on: date) -> date:
    """Return the last day on which an overdue result may be announced: one working day before it is due.

    Decree 61/2018/NĐ-CP, article 19.9.
    """
    for back in range(1, SEARCH_DAYS):
        day = due_on - timedelta(days=back)
        if is_working_day(settings, day):
            return day
    return due_on - timedelta(days=1)


def get_hour(settings: Settings, day: date) -> str:
    """Return the hour of `day` until which results are handed out: its last closing."""
    closing = find_last_closing(settings, day)
    return f"{closing:%H:%M}" if closing is not None and closing.date() == day else USUAL_CLOSING


def _add_limit(
    settings: Settings, day: date, limit: TimeLimit, steps: list[DueStep], *, is_first: bool, is_late: bool
) -> date:
    if limit.unit is LimitUnit.SAME_DAY:
        return _end_same_day(settings, day, steps, is_first=is_first, is_late=is_late)
    if is_first:
        steps.append(DueStep(DueStepKind.RECEIPT_NOT_COUNTED, day))
    if limit.unit is LimitUnit.WORKING_DAYS:
        reached = _add_working_days(settings, day, limit.count)
        steps.append(DueStep(DueStepKind.WORKING_DAYS, reached, limit.count))
        return reached
    reached = day + timedelta(days=limit.count)
    steps.append(DueStep(DueStepKind.DAYS, reached, limit.count))
    return _move_from_day_off(settings, reached, steps)


def _end_same_day(settings: Settings, day: date, steps: list[DueStep], *, is_first: bool, is_late: bool) -> date:
    """A limit of the same day: that day, after the cut-off the next working day. In a row it adds no day."""
    if is_late:
        moved = _find_working_day(settings, day + timedelta(days=1))
        steps.append(DueStep(DueStepKind.AFTER_CUT_OFF, moved))
        return moved
    if is_first:
        steps.append(DueStep(DueStepKind.SAME_DAY, day))
    return _move_from_day_off(settings, day, steps)


def _add_working_days(settings: Settings, day: date, count: int) -> date:
    """Return the last of `count` working days after `day`. A Saturday on which the desk only receives is no day off
    for filing, so counting begins on the working day after it.
    """
    if count == 0:
        return _find_working_day(settings, day)
    if is_working_day(settings, day):
        return add_working_days(settings, day, count)
    return add_working_days(settings, _find_working_day(settings, day), count - 1)


def _move_from_day_off(settings: Settings, day: date, steps: list[DueStep]) -> date:
    moved = _find_working_day(settings, day)
    if moved != day:
        steps.append(DueStep(DueStepKind.MOVED_FROM_DAY_OFF, moved))
    return moved


def _find_working_day(settings: Settings, day: date) -> date:
    """Return `day` or the next working day after it; `day` itself where the calendar has none."""
    ahead = (day + timedelta(days=count) for count in range(SEARCH_DAYS))
    return next((one for one in ahead if is_working_day(settings, one)), day)
