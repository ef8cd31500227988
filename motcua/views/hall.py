"""What several screens show of the whole hall: whether it is open, how long people wait."""

from collections.abc import Iterable
from datetime import datetime

from motcua.catalogue.model import Service
from motcua.desk import DeskFault, Reader, zone
from motcua.estimates.waits import WaitEstimates
from motcua.queue import store as queue_store
from motcua.queue.model import WaitRange
from motcua.settings import rules as hours
from motcua.settings.model import Settings
from motcua.views.shapes import View


def hall(db: Reader, settings: Settings, now: datetime, day: str, *, clock_behind: bool) -> View:
    """Return whether numbers are given out now, why not, and when they are again."""
    there = now.astimezone(zone(settings.timezone))
    naive = there.replace(tzinfo=None)
    closed = queue_store.is_day_closed(db, day)
    in_hours = hours.is_open(settings, naive) or queue_store.is_day_opened(db, day)
    reason = "clock.behind" if clock_behind else "day_closed" if closed else None if in_hours else "hours"
    opening = None
    if reason in {"hours", "day_closed"}:
        after = naive if reason == "hours" else naive.replace(hour=0, minute=0, second=0, microsecond=0)
        opening_at = hours.next_opening(settings, after)
        if reason == "day_closed" and opening_at is not None and opening_at.date() == naive.date():
            opening_at = hours.next_opening(settings, after.replace(hour=23, minute=59))
        opening = opening_at.replace(tzinfo=there.tzinfo).isoformat(timespec="minutes") if opening_at else None
    return {"open": reason is None, "closed_reason": reason, "next_opening": opening}


def hindered(state: View, refusal: DeskFault | None) -> View:
    """Return what a screen shows of the hall; while the store takes nothing (`refusal`), no numbers are given out, and it says why."""
    return state if refusal is None else {**state, "open": False, "closed_reason": refusal.code, "next_opening": None}


def widest(services: Iterable[Service], waiting: dict[str, int], rank: int, waits: WaitEstimates) -> WaitRange | None:
    """Return the range that covers those of `services` that somebody waits for, else all; None when nobody knows one of the former."""
    every = list(services)
    ranges_waited_for = [waits.new(item.code, rank) for item in every if waiting.get(item.code)]
    if None in ranges_waited_for:
        return None
    ranges = [item for item in ranges_waited_for or [waits.new(item.code, rank) for item in every] if item is not None]
    return WaitRange(min(item.p50_s for item in ranges), max(item.p80_s for item in ranges)) if ranges else None
