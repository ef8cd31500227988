"""Which letters are due: the apology with a new day (form 04), and the notice that settling stops (form 05). Pure.

A draft is what an officer confirms or changes; nothing of it is stored before.
Basis: LEGAL.md#forms-and-books, Decree 61/2018/NĐ-CP, article 19.9: at most one new day.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from math import ceil

from msgspec import Struct

from motcua.desk.errors import Invalid
from motcua.dossiers.model.dossier import RUNNING_STATES, Dossier, DossierState
from motcua.dossiers.model.flow import DEFAULT_FLOW, FlowStep
from motcua.dossiers.rules.board import find_soon_until
from motcua.dossiers.rules.due import Due, compute_extended_due, find_notice_day
from motcua.dossiers.rules.intake import LIMIT_MAX
from motcua.procedures.model import LimitUnit, TimeLimit
from motcua.settings.model import DossierRules, Settings
from motcua.settings.rules import add_working_days, count_working_days, is_working_day

SEARCH_DAYS = 60
"""No run of days off is longer."""


class ApologyDraft(Struct, frozen=True):
    """A new day: `count` working days after the promised one. `needed_days` is what is left to do by the flow's shares.

    `left_days` is how many working days are left, today among them; 0 for a late one. `notice_on` is the last day on
    which the applicant may be told.
    """

    count: int
    due: Due
    needed_days: int
    left_days: int
    is_late: bool
    notice_on: date


class StopDraft(Struct, frozen=True):
    """Papers were asked for on `asked_on`, and the time for them ended with `answer_until`."""

    asked_on: date
    answer_until: date


def propose_apology(
    settings: Settings, dossier: Dossier, today: date, flow: Sequence[FlowStep] = DEFAULT_FLOW
) -> ApologyDraft | None:
    """Return the new day to promise for a dossier that is late, or that will be by what is left to do.

    None where none is needed or the one that the law allows was promised already.
    """
    if dossier.state not in RUNNING_STATES or dossier.extensions or dossier.due_on is None:
        return None
    due_on = date.fromisoformat(dossier.due_on)
    needed = count_needed_days(settings, dossier, flow)
    left = count_working_days(settings, today - timedelta(days=1), due_on)
    is_late = due_on < today
    is_near = dossier.due_on <= max(today.isoformat(), find_soon_until(settings, today))
    if not is_late and not (is_near and needed > left):
        return None
    new_day = add_working_days(settings, today, needed)
    count = count_working_days(settings, due_on, new_day)
    if not 1 <= count <= LIMIT_MAX:
        return None
    due = compute_extended_due(settings, due_on, TimeLimit(LimitUnit.WORKING_DAYS, count))
    return ApologyDraft(count, due, needed, max(0, left), is_late, find_notice_day(settings, due_on))


def count_needed_days(settings: Settings, dossier: Dossier, flow: Sequence[FlowStep] = DEFAULT_FLOW) -> int:
    """Return how many working days are left to do, at least one: the shares of this step and the later ones."""
    if dossier.counted_from is None or dossier.first_due_on is None:
        return 1
    first, last = date.fromisoformat(dossier.counted_from), date.fromisoformat(dossier.first_due_on)
    share = sum(step.share_percent for step in flow[dossier.step :])
    return max(1, ceil(count_working_days(settings, first, last) * share / 100))


def propose_stop(settings: Settings, dossier: Dossier, today: date) -> StopDraft | None:
    """Return since when the papers that were asked for are overdue; None where they are not, or no time is set."""
    rules = settings.dossiers
    if dossier.state is not DossierState.SUPPLEMENT or not rules.supplement_days:
        return None
    asked_on = dossier.paused_on or dossier.received_on
    if asked_on < rules.supplement_since:
        return None
    until = find_answer_day(settings, date.fromisoformat(asked_on))
    return StopDraft(date.fromisoformat(asked_on), until) if until < today else None


def find_answer_day(settings: Settings, asked_on: date) -> date:
    """Return the last day for papers that were asked for on `asked_on`; it is no day off."""
    day = asked_on + timedelta(days=settings.dossiers.supplement_days)
    ahead = (day + timedelta(days=count) for count in range(SEARCH_DAYS))
    return next((one for one in ahead if is_working_day(settings, one)), day)


def write_delay(rules: DossierRules, reason: str, words: str) -> str:
    """Return why it takes longer: the reason that was chosen in Vietnamese, as letters are, then the officer's words.

    Raises `Invalid("dossier.delay")` for a reason that the settings do not have.
    """
    if not reason:
        return words
    label = next((choice.label[0] for choice in rules.delay_reasons if choice.code == reason), None)
    if label is None:
        raise Invalid("dossier.delay", "Choose one of the reasons, or write it down.")
    return f"{label}. {words}".strip()
