"""What a helper may enter, and what may be taken back. Pure."""

from datetime import date, timedelta

from motcua.assistance.model import Assistance, AssistanceOutcome, AssistanceRequest
from motcua.desk.errors import Invalid, Refused
from motcua.desk.moment import parse_day

MINUTES_MAX = 240
BACK_DAYS = 3
"""A tablet without a network sends what was entered when it is back; a weekend lies within."""


def read_outcomes(request: AssistanceRequest) -> tuple[AssistanceOutcome, ...]:
    """Return what was done, each once, in the order of the list. Raises `Invalid("assistance.outcome")`."""
    chosen = set(request.outcomes)
    if not chosen or not chosen <= set(AssistanceOutcome):
        raise Invalid("assistance.outcome", "Choose what was done: at least one thing of the list.")
    return tuple(item for item in AssistanceOutcome if item.value in chosen)


def read_minutes(minutes: int | None) -> int | None:
    """Return how long it took. Raises `Invalid("assistance.minutes")`."""
    if minutes is not None and not 1 <= minutes <= MINUTES_MAX:
        raise Invalid("assistance.minutes", "The help took from 1 to %(most)s minutes.", most=MINUTES_MAX)
    return minutes


def read_help_day(text: str, today: str) -> str:
    """Return the day of the help: today, or one of the last days. Raises `Invalid("assistance.day")`."""
    day = parse_day(text) if text else today
    if day is None or not get_earliest_day(today) <= day <= today:
        raise Invalid("assistance.day", "What was done more than %(days)s days ago cannot be entered.", days=BACK_DAYS)
    return day


def require_withdrawable(item: Assistance, today: str) -> None:
    """Raise `Refused("assistance.withdrawn" | "assistance.old")` unless an entry can be taken back today."""
    if item.withdrawn_at is not None:
        raise Refused("assistance.withdrawn", "This entry was taken back already.")
    if get_earliest_day(today) > item.day:
        raise Refused("assistance.old", "An entry of more than %(days)s days ago cannot be taken back.", days=BACK_DAYS)


def get_earliest_day(today: str) -> str:
    """Return the earliest day whose entries can still be changed."""
    return (date.fromisoformat(today) - timedelta(days=BACK_DAYS)).isoformat()
