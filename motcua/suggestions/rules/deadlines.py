"""Until when what has to happen, in working days of the desk's calendar. Basis: LEGAL.md#complaints-and-suggestions."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from motcua.settings import rules as calendar
from motcua.settings.model import Settings
from motcua.suggestions.model import Deadlines, Suggestion, SuggestionState

NEAR, LATE = "near", "late"
TAKE, ANSWER, PUBLISH = "take", "answer", "publish"


class DeadlineStage(NamedTuple):
    """A deadline that is near or over: `due` is the last day in time."""

    deadline: str
    stage: str
    due: str

    @property
    def name(self) -> str:
        """Return how a suggestion remembers that this was reported."""
        return f"{self.deadline}:{self.stage}"


def list_deadlines(settings: Settings, received_on: str, closed_on: str | None = None) -> Deadlines:
    """Return the deadlines of what came on the day `received_on` and was answered on `closed_on`."""
    rules = settings.suggestions

    def after(day: str, count: int) -> str:
        return calendar.add_working_days(settings, date.fromisoformat(day), count).isoformat()

    return Deadlines(
        take_by=after(received_on, rules.take_days),
        supplement_by=after(received_on, rules.supplement_days),
        answer_by=after(received_on, rules.answer_days),
        publish_by=after(closed_on, rules.publish_days) if closed_on else None,
    )


def list_stages(settings: Settings, item: Suggestion, today: str) -> Iterator[DeadlineStage]:
    """Yield which of its deadlines are near or over on `today`, in the order in which they come.

    A suggestion that waits to be taken has that deadline alone; a public answer one until it is published.
    """
    due = find_due(settings, item)
    if due is None:
        return
    deadline, last = due
    left = calendar.count_working_days(settings, date.fromisoformat(today), date.fromisoformat(last))
    if left <= _near_days(settings, deadline):
        yield DeadlineStage(deadline, NEAR, last)
    if today > last:
        yield DeadlineStage(deadline, LATE, last)


def find_due(settings: Settings, item: Suggestion) -> tuple[str, str] | None:
    """Return the deadline that comes next and its last day, None where nothing has to happen."""
    deadlines = list_deadlines(settings, item.received_on, item.closed_on)
    if item.state is SuggestionState.WAITING:
        return TAKE, deadlines.take_by
    if item.state is SuggestionState.PROCESSING:
        return ANSWER, deadlines.answer_by
    is_due = item.state is SuggestionState.ANSWERED and item.may_publish and item.is_public is None
    if is_due and not item.kind.is_restricted and item.erased_at is None and deadlines.publish_by:
        return PUBLISH, deadlines.publish_by
    return None


def _near_days(settings: Settings, deadline: str) -> int:
    """Return how many working days before its end a deadline is near; a short one only on its last day."""
    return settings.suggestions.near_days if deadline == ANSWER else 0


def find_escalation(settings: Settings, item: Suggestion, today: str) -> DeadlineStage | None:
    """Return the stage that has come and was not reported yet, the latest one; None for none."""
    stages = list(list_stages(settings, item, today))
    if not stages or item.escalation == stages[-1].name:
        return None
    reported = f"{stages[-1].deadline}:{LATE}"
    return None if item.escalation == reported else stages[-1]
