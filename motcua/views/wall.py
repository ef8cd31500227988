"""The view of the wall."""

from datetime import datetime

from motcua.catalogue import store as catalogue_store
from motcua.desk import Reader, get_zone
from motcua.dossiers.rules.codes import split_code_end
from motcua.dossiers.rules.same_day import is_on_the_spot_day
from motcua.dossiers.store import ready
from motcua.estimates.waits import WaitEstimates
from motcua.queue import store as queue_store
from motcua.queue.model import Ticket, TicketState
from motcua.reports.result import LEAST_ANSWERS, find_last_month, read_month
from motcua.settings import store as settings_store
from motcua.settings.model import DossierRules
from motcua.views.hall import describe_hall, find_widest_wait
from motcua.views.shapes import View, both, describe_wait, format_local

RECENT = 8
CHANGES, CHANGE_MAX = 3, 200
"""So many changes, in so many letters each, stand on the wall."""


def show_wall(db: Reader, now: datetime, day: str, waits: WaitEstimates, *, clock_behind: bool) -> View:
    """Return the view of the wall: tickets at counters, the last calls, and the waits."""
    settings = settings_store.get_settings(db)
    zone_name = settings.timezone
    there = now.astimezone(get_zone(zone_name)).replace(tzinfo=None)
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
        "same_day": is_on_the_spot_day(settings, there.date()),
        "ready": _describe_ready(db, settings.dossiers),
        "result": _describe_result(db, day) if settings.suggestions.wall_slide and not sum(waiting.values()) else None,
    }


def _describe_ready(db: Reader, rules: DossierRules) -> View | None:
    """Return the ends of the codes of dossiers whose result is ready, None where the wall does not list them."""
    if not (rules.is_on and rules.wall_results) or not (count := ready.count_ready(db)):
        return None
    ends = [split_code_end(code) for code in ready.list_ready_codes(db, rules.wall_results_most)]
    return {"items": [{"number": number, "day": day} for number, day in ends], "more": count - len(ends)}


def _describe_result(db: Reader, day: str) -> View | None:
    """Return last month's result for a moment in which nobody waits, None without an answer."""
    result = read_month(db, *find_last_month(day))
    if result.rate is None:
        return None
    return {
        "first": result.first,
        "last": result.last,
        "served": result.served,
        "n": result.rate.n,
        "percent_tenths": result.rate.percent_tenths,
        "low_tenths": result.rate.low_tenths,
        "high_tenths": result.rate.high_tenths,
        "says_little": result.rate.n < LEAST_ANSWERS,
        "changes": [text[:CHANGE_MAX] for text in result.changes[-CHANGES:]],
    }


def _standing(db: Reader, ticket: Ticket, zone_name: str) -> View:
    return {
        "number": ticket.number,
        "counter": ticket.counter,
        "state": ticket.state.value,
        "called_at": format_local(ticket.recalled_at or ticket.called_at, zone_name),
        "seat": queue_store.read_seat(db, ticket),
    }
