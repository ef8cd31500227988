"""Shapes that several views share: times, two-language texts, the one ticket shape."""

from typing import Any

from motcua.catalogue.model import Service
from motcua.desk import Reader, Refused
from motcua.desk.messages import translate_into_each
from motcua.estimates.waits import WaitEstimates
from motcua.queue import store as queue_store
from motcua.queue.model import Ticket, TicketState, WaitRange
from motcua.reports import shapes as report_shapes
from motcua.settings.model import Choice, Settings, Unit
from motcua.wiring.paper import write_wait

View = dict[str, Any]
both = report_shapes.describe_pair
"""Returns a text in both languages."""


def describe_refusal(error: Refused | None) -> View | None:
    """Return a refusal as a code and a sentence in both languages; None if there is none."""
    return None if error is None else {"code": error.code, "detail": translate_into_each(error.message, error.params)}


def list_choices(choices: tuple[Choice, ...]) -> list[View]:
    """Return a list of choices."""
    return [{"code": choice.code, "label": both(choice.label)} for choice in choices]


def list_classes(settings: Settings) -> list[View]:
    """Return the priority classes; `has_priority` says which of them are called before the ordinary one."""
    return [
        {
            "code": item.code,
            "rank": item.rank,
            "label": both(item.label),
            "has_priority": settings.has_priority(item.rank),
        }
        for item in settings.priorities
    ]


def format_local(at: str | None, timezone: str) -> str | None:
    """Return a stored time as RFC 3339 with the desk's offset."""
    return report_shapes.format_local_time(at, timezone) if at else None


def describe_unit(unit: Unit) -> View:
    """Return the unit of this desk."""
    return {"name": unit.name, "centre": unit.centre, "address": unit.address, "phone": unit.phone}


def describe_service(service: Service | None, code: str) -> View:
    """Return a service's code and name; a service that is gone keeps its code."""
    return {"code": code, "name": both(service.name) if service else both((code, code))}


def describe_ticket(
    ticket: Ticket,
    timezone: str,
    *,
    people_ahead: int | None,
    wait: WaitRange | None = None,
    priority: bool = False,
    follow_url: str | None = None,
) -> View:
    """Return the one shape of a ticket.

    `priority` says whether the reader can see its class; `wait` is its (remaining) wait.
    """
    return {
        "id": ticket.id,
        "number": ticket.number,
        "service": ticket.service,
        "letter": ticket.letter,
        "rank": ticket.rank,
        "priority": ticket.priority if priority else None,
        "state": ticket.state.value,
        "counter": ticket.counter,
        "issued_at": format_local(ticket.issued_at, timezone),
        "called_at": format_local(ticket.called_at, timezone),
        "recalled_at": format_local(ticket.recalled_at, timezone),
        "started_at": format_local(ticket.started_at, timezone),
        "finished_at": format_local(ticket.finished_at, timezone),
        "people_ahead": people_ahead,
        "wait": describe_wait(wait),
        "follow_url": follow_url,
    }


def describe_wait(wait: WaitRange | None) -> View | None:
    """Return a wait range in seconds and in words, None if it is unknown."""
    words = write_wait(wait)
    return {**wait.to_json(), "text": both(words)} if wait and words else None


def find_remaining_wait(waits: WaitEstimates, ticket: Ticket) -> WaitRange | None:
    """Return the remaining wait of a ticket, None if it does not wait or the wait is unknown."""
    return waits.estimate_ticket(ticket) if ticket.state is TicketState.WAITING else None


def count_people_ahead(db: Reader, ticket: Ticket) -> int | None:
    """Return how many tickets would be called before `ticket`, None if it does not wait."""
    return queue_store.count_people_ahead(db, ticket) if ticket.state is TicketState.WAITING else None
