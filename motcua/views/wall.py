"""The view of the wall."""

from datetime import datetime

from motcua.catalogue import store as catalogue_store
from motcua.desk import Reader
from motcua.estimates.waits import WaitEstimates
from motcua.queue import store as queue_store
from motcua.queue.model import Ticket, TicketState
from motcua.settings import store as settings_store
from motcua.views.hall import describe_hall, find_widest_wait
from motcua.views.shapes import View, both, describe_wait, format_local

RECENT = 8


def show_wall(db: Reader, now: datetime, day: str, waits: WaitEstimates, *, clock_behind: bool) -> View:
    """Return the view of the wall: tickets at counters, the last calls, and the waits."""
    settings = settings_store.get_settings(db)
    zone_name = settings.timezone
    recent = queue_store.list_recently_called(db, day, RECENT)
    standing = queue_store.list_in_state(db, day, TicketState.CALLED, TicketState.SERVING)
    waiting = queue_store.count_waiting(db, day)
    services = catalogue_store.list_services(db)
    rank = settings.ordinary_rank
    groups = []
    for group in catalogue_store.list_groups(db):
        group_services = [item for item in services if item.group == group.letter]
        count = sum(waiting.get(item.code, 0) for item in group_services)
        wait = describe_wait(find_widest_wait(group_services, waiting, rank, waits))
        groups.append({"letter": group.letter, "name": both(group.name), "count": count, "wait": wait})
    standing.sort(key=lambda ticket: ticket.called_at or "", reverse=True)
    return {
        "unit": {"name": settings.unit.name, "centre": settings.unit.centre},
        **describe_hall(db, settings, now, day, clock_behind=clock_behind),
        "now": [_standing(db, ticket, zone_name) for ticket in standing],
        "recent": [
            {
                "number": ticket.number,
                "counter": ticket.counter,
                "called_at": format_local(ticket.called_at, zone_name),
                "seat": queue_store.read_seat(db, ticket),
            }
            for ticket in recent
        ],
        "waiting": [{"service": item.code, "count": waiting[item.code]} for item in services if waiting.get(item.code)],
        "groups": groups,
    }


def _standing(db: Reader, ticket: Ticket, zone_name: str) -> View:
    return {
        "number": ticket.number,
        "counter": ticket.counter,
        "state": ticket.state.value,
        "called_at": format_local(ticket.recalled_at or ticket.called_at, zone_name),
        "seat": queue_store.read_seat(db, ticket),
    }
