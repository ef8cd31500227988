"""The part of the hall that several screens show: whether it is open, and the waits."""

from collections.abc import Iterable
from datetime import datetime

from motcua.catalogue.model import Service
from motcua.desk import DeskFault, Reader, get_zone
from motcua.estimates.waits import WaitEstimates
from motcua.queue import store as queue_store
from motcua.queue.model import WaitRange
from motcua.settings import rules as hours
from motcua.settings.model import Settings
from motcua.views.shapes import View


def describe_hall(db: Reader, settings: Settings, now: datetime, day: str, *, clock_behind: bool) -> View:
    """Return whether tickets are issued now, why not, and when they are again."""
    there = now.astimezone(get_zone(settings.timezone))
    naive = there.replace(tzinfo=None)
    closed = queue_store.is_day_closed(db, day)
    in_hours = hours.is_open(settings, naive) or queue_store.is_day_opened(db, day)
    reason = "clock.behind" if clock_behind else "day_closed" if closed else None if in_hours else "hours"
    opening = None
    if reason in {"hours", "day_closed"}:
        after = naive if reason == "hours" else naive.replace(hour=0, minute=0, second=0, microsecond=0)
        opening_at = hours.find_next_opening(settings, after)
        if reason == "day_closed" and opening_at is not None and opening_at.date() == naive.date():
            opening_at = hours.find_next_opening(settings, after.replace(hour=23, minute=59))
        opening = opening_at.replace(tzinfo=there.tzinfo).isoformat(timespec="minutes") if opening_at else None
    return {"open": reason is None, "closed_reason": reason, "next_opening": opening}


def add_refusal(state: View, refusal: DeskFault | None) -> View:
    """Add `refusal` to the state of the hall: while the store accepts no writes, no tickets are issued."""
    return state if refusal is None else {**state, "open": False, "closed_reason": refusal.code, "next_opening": None}


def find_widest_wait(
    services: Iterable[Service], waiting: dict[str, int], rank: int, waits: WaitEstimates
) -> WaitRange | None:
    """Return the range over all of `services` that have waiting tickets, else over all.

    None if one of the former is unknown.
    """
    every = list(services)
    ranges_waited_for = [waits.estimate_new(item.code, rank) for item in every if waiting.get(item.code)]
    if None in ranges_waited_for:
        return None
    ranges = [
        item
        for item in ranges_waited_for or [waits.estimate_new(item.code, rank) for item in every]
        if item is not None
    ]
    return WaitRange(min(item.p50_s for item in ranges), max(item.p80_s for item in ranges)) if ranges else None
