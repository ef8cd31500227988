"""Shapes that several views share: times, two-language texts, the one ticket shape."""

from typing import Any

from motcua.catalogue.model import Service
from motcua.desk import Reader, Refused
from motcua.desk.messages import in_each
from motcua.estimates.waits import WaitEstimates
from motcua.queue import store as queue_store
from motcua.queue.model import Ticket, TicketState, WaitRange
from motcua.reports import shapes as report_shapes
from motcua.settings.model import Choice, Settings, Unit
from motcua.wiring.paper import wait_words

View = dict[str, Any]
both = report_shapes.both
"""Returns a text in both languages."""


def refused(error: Refused | None) -> View | None:
    """Return why something is refused, as a code and a sentence in both languages; None when it is not."""
    return None if error is None else {"code": error.code, "detail": in_each(error.message, error.params)}


def choices(choice_list: tuple[Choice, ...]) -> list[View]:
    """Return a list people choose from."""
    return [{"code": choice.code, "label": both(choice.label)} for choice in choice_list]


def classes(settings: Settings) -> list[View]:
    """Return the priority classes; `has_priority` says which of them are called before the ordinary one."""
    return [
        {"code": item.code, "rank": item.rank, "label": both(item.label), "has_priority": settings.has_priority(item.rank)}
        for item in settings.priorities
    ]


def local(at: str | None, timezone: str) -> str | None:
    """Return a stored time as RFC 3339 with the desk's offset."""
    return report_shapes.local_time(at, timezone) if at else None


def unit(unit_settings: Unit) -> View:
    """Return whose desk this is."""
    return {"name": unit_settings.name, "centre": unit_settings.centre, "address": unit_settings.address, "phone": unit_settings.phone}


def service(row: Service | None, code: str) -> View:
    """Return a service's code and name; a service that is gone keeps its code."""
    return {"code": code, "name": both(row.name) if row else both((code, code))}


def ticket(
    row: Ticket,
    timezone: str,
    *,
    people_ahead: int | None,
    wait: WaitRange | None = None,
    priority: bool = False,
    follow_url: str | None = None,
) -> View:
    """Return the one ticket shape. `priority` says whether the reader may see which class it is, `wait` how long it waits (still)."""
    return {
        "id": row.id,
        "number": row.number,
        "service": row.service,
        "letter": row.letter,
        "rank": row.rank,
        "priority": row.priority if priority else None,
        "state": row.state.value,
        "counter": row.counter,
        "issued_at": local(row.issued_at, timezone),
        "called_at": local(row.called_at, timezone),
        "recalled_at": local(row.recalled_at, timezone),
        "started_at": local(row.started_at, timezone),
        "finished_at": local(row.finished_at, timezone),
        "people_ahead": people_ahead,
        "wait": spread(wait),
        "follow_url": follow_url,
    }


def spread(wait: WaitRange | None) -> View | None:
    """Return a range of a wait in seconds and in words, None where nobody knows."""
    words = wait_words(wait)
    return {**wait.json(), "text": both(words)} if wait and words else None


def rest(waits: WaitEstimates, ticket: Ticket) -> WaitRange | None:
    """Return how long a ticket still waits, None when it does not wait or nobody knows."""
    return waits.of(ticket) if ticket.state is TicketState.WAITING else None


def ahead(db: Reader, ticket: Ticket) -> int | None:
    """Return how many would be called before `ticket`, None when it does not wait."""
    return queue_store.count_people_ahead(db, ticket) if ticket.state is TicketState.WAITING else None
