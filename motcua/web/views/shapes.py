"""Shapes that several views share: times, two-language texts, the one ticket shape, the hall's state."""

from datetime import datetime
from typing import Any

from motcua.catalogue.model import Service
from motcua.desk import Reader, Refused, zone
from motcua.queue import store as queue_store
from motcua.queue.model import Range, State, Ticket
from motcua.reports import shapes as report_shapes
from motcua.settings import rules as hours
from motcua.settings.model import Choice, Settings, Unit
from motcua.web.language import in_each
from motcua.web.waits import Waits
from motcua.wiring.paper import wait_words

View = dict[str, Any]
both = report_shapes.both
"""Returns a text in both languages."""


def refused(error: Refused | None) -> View | None:
    """Return why something is refused, as a code and a sentence in both languages; None when it is not."""
    return None if error is None else {"code": error.code, "detail": in_each(error.message, error.params)}


def choices(found: tuple[Choice, ...]) -> list[View]:
    """Return a list people choose from."""
    return [{"code": choice.code, "label": both(choice.label)} for choice in found]


def classes(settings: Settings) -> list[View]:
    """Return the priority classes; `has_priority` says which of them are called before the ordinary one."""
    return [
        {"code": item.code, "rank": item.rank, "label": both(item.label), "has_priority": settings.has_priority(item.rank)}
        for item in settings.priorities
    ]


def local(at: str | None, timezone: str) -> str | None:
    """Return a stored time as RFC 3339 with the desk's offset."""
    return report_shapes.local_time(at, timezone) if at else None


def unit(found: Unit) -> View:
    """Return whose desk this is."""
    return {"name": found.name, "centre": found.centre, "address": found.address, "phone": found.phone}


def service(found: Service | None, code: str) -> View:
    """Return a service's code and name; a service that is gone keeps its code."""
    return {"code": code, "name": both(found.name) if found else both((code, code))}


def ticket(
    found: Ticket,
    timezone: str,
    *,
    people_ahead: int | None,
    wait: Range | None = None,
    priority: bool = False,
    follow_url: str | None = None,
) -> View:
    """Return the one ticket shape. `priority` says whether the reader may see which class it is, `wait` how long it waits (still)."""
    return {
        "id": found.id,
        "number": found.number,
        "service": found.service,
        "letter": found.letter,
        "rank": found.rank,
        "priority": found.priority if priority else None,
        "state": found.state.value,
        "counter": found.counter,
        "issued_at": local(found.issued_at, timezone),
        "called_at": local(found.called_at, timezone),
        "recalled_at": local(found.recalled_at, timezone),
        "started_at": local(found.started_at, timezone),
        "finished_at": local(found.finished_at, timezone),
        "people_ahead": people_ahead,
        "wait": spread(wait),
        "follow_url": follow_url,
    }


def spread(wait: Range | None) -> View | None:
    """Return a range of a wait in seconds and in words, None where nobody knows."""
    words = wait_words(wait)
    return {**wait.json(), "text": both(words)} if wait and words else None


def rest(waits: Waits, found: Ticket) -> Range | None:
    """Return how long a ticket still waits, None when it does not wait or nobody knows."""
    return waits.of(found) if found.state is State.WAITING else None


def ahead(db: Reader, found: Ticket) -> int | None:
    """Return how many would be called before `found`, None when it does not wait."""
    return queue_store.people_ahead(db, found) if found.state is State.WAITING else None


def hall(db: Reader, settings: Settings, now: datetime, day: str, *, clock_behind: bool) -> View:
    """Return whether numbers are given out now, why not, and when they are again."""
    there = now.astimezone(zone(settings.timezone))
    naive = there.replace(tzinfo=None)
    closed = queue_store.day_closed(db, day)
    in_hours = hours.is_open(settings, naive) or queue_store.day_opened(db, day)
    reason = "clock.behind" if clock_behind else "day_closed" if closed else None if in_hours else "hours"
    opening = None
    if reason in {"hours", "day_closed"}:
        after = naive if reason == "hours" else naive.replace(hour=0, minute=0, second=0, microsecond=0)
        found = hours.next_opening(settings, after)
        if reason == "day_closed" and found is not None and found.date() == naive.date():
            found = hours.next_opening(settings, after.replace(hour=23, minute=59))
        opening = found.replace(tzinfo=there.tzinfo).isoformat(timespec="minutes") if found else None
    return {"open": reason is None, "closed_reason": reason, "next_opening": opening}
