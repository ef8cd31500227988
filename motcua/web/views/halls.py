"""Views of the whole hall: wall, kiosk."""

from collections.abc import Iterable
from datetime import datetime

from motcua.bookings import rules as booking_rules
from motcua.catalogue import store as catalogue_store
from motcua.catalogue.model import Service
from motcua.counters import rules as counter_rules
from motcua.counters import store as counter_store
from motcua.desk import Reader, day_begins, stamp, zone
from motcua.queue import store as queue_store
from motcua.queue.model import Range, State, Ticket
from motcua.settings import rules as hours
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.web.views.shapes import View, both, classes, hall, local, spread, unit
from motcua.web.waits import Waits
from motcua.wiring.paper import printing
from motcua.wiring.printer import PRINT_TTL_MS

RECENT = 8


def wall(db: Reader, now: datetime, day: str, waits: Waits, *, clock_behind: bool) -> View:
    """Return what the wall shows: who stands at which counter, the last calls, how many wait and how long."""
    settings = settings_store.current(db)
    zone_name = settings.timezone
    recent = queue_store.recently_called(db, day, RECENT)
    standing = queue_store.in_state(db, day, State.CALLED, State.SERVING)
    waiting = queue_store.waiting_counts(db, day)
    services = catalogue_store.services(db)
    rank = settings.ordinary_rank
    groups = []
    for group in catalogue_store.groups(db):
        mine = [item for item in services if item.group == group.letter]
        count = sum(waiting.get(item.code, 0) for item in mine)
        wait = spread(widest(mine, waiting, rank, waits))
        groups.append({"letter": group.letter, "name": both(group.name), "count": count, "wait": wait})
    standing.sort(key=lambda ticket: ticket.called_at or "", reverse=True)
    return {
        "unit": {"name": settings.unit.name, "centre": settings.unit.centre},
        **hall(db, settings, now, day, clock_behind=clock_behind),
        "now": [_standing(db, ticket, zone_name) for ticket in standing],
        "recent": [
            {
                "number": ticket.number,
                "counter": ticket.counter,
                "called_at": local(ticket.called_at, zone_name),
                "seat": queue_store.seat_of(db, ticket),
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
        "called_at": local(ticket.recalled_at or ticket.called_at, zone_name),
        "seat": queue_store.seat_of(db, ticket),
    }


def widest(services: Iterable[Service], waiting: dict[str, int], rank: int, waits: Waits) -> Range | None:
    """Return the range that covers those of `services` that somebody waits for, else all; None when nobody knows one of the former."""
    every = list(services)
    found = [waits.new(item.code, rank) for item in every if waiting.get(item.code)]
    if None in found:
        return None
    known = [item for item in found or [waits.new(item.code, rank) for item in every] if item is not None]
    return Range(min(item.p50_s for item in known), max(item.p80_s for item in known)) if known else None


def kiosk(db: Reader, now: datetime, day: str, waits: Waits, *, clock_behind: bool) -> View:
    """Return what the kiosk offers: tiles, their services, who waits and how long, what is left; the priority classes, the seats."""
    settings = settings_store.current(db)
    waiting = queue_store.waiting_counts(db, day)
    services = catalogue_store.services(db)
    rank = settings.ordinary_rank
    there = now.astimezone(zone(settings.timezone)).replace(tzinfo=None)
    counters, group_of = counter_store.every(db), {item.code: item.group for item in services}
    unserved = counter_rules.unserved(counters, group_of, group_of, day_begins(day, settings.timezone))
    groups = []
    for group in catalogue_store.groups(db):
        mine = [item for item in services if item.group == group.letter]
        groups.append(
            {
                "letter": group.letter,
                "name": both(group.name),
                "hint": both(group.hint),
                "waiting": sum(waiting.get(item.code, 0) for item in mine),
                "wait": spread(widest(mine, waiting, rank, waits)),
                "services": [
                    {
                        "code": item.code,
                        "name": both(item.name),
                        "waiting": waiting.get(item.code, 0),
                        "wait": spread(waits.new(item.code, rank)),
                        **_quota(db, item, there, day, settings),
                        "served": item.code not in unserved,
                        "at_seat": item.at_seat,
                        "bookable": item.bookable,
                    }
                    for item in mine
                ],
            }
        )
    state = hall(db, settings, now, day, clock_behind=clock_behind)
    return {
        "unit": unit(settings.unit),
        **state,
        "on_break": state["closed_reason"] == "hours" and hours.is_break(settings, there),
        "half": hours.half_day(there)[0],
        "paper": printing(db).by,
        "paper_ttl_ms": PRINT_TTL_MS,
        "booking": booking_rules.is_open(settings, services),
        "seats": list(settings.seats.labels) if any(item.at_seat for item in services) else [],
        "groups": groups,
        "priorities": classes(settings),
    }


def _quota(db: Reader, item: Service, there: datetime, day: str, settings: Settings) -> View:
    """Return how many numbers of this half-day are left (None: no limit), and whether the afternoon of this morning has more."""
    half, begin, end = hours.half_day(there)
    quota = item.quota[half]
    if quota is None:
        return {"quota_left": None, "again_today": False}
    since, until = (stamp(moment.replace(tzinfo=zone(settings.timezone))) for moment in (begin, end))
    left = max(0, quota - queue_store.quota_used(db, day, item.code, since, until))
    later = any(session.end_min > hours.NOON for session in hours.sessions(settings, there.date()))
    return {"quota_left": left, "again_today": half == 0 and later and item.quota[1] != 0}
