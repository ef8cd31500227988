"""Views of the whole hall: wall, kiosk."""

from datetime import datetime

from motcua.catalogue import store as catalogue_store
from motcua.desk import Reader
from motcua.queue import store as queue_store
from motcua.queue.model import State, Ticket
from motcua.settings import store as settings_store
from motcua.staff import store as staff_store
from motcua.web.views.shapes import View, both, hall, local, unit

RECENT = 8


def wall(db: Reader, now: datetime, day: str, *, clock_behind: bool) -> View:
    """Return what the wall shows: who stands at which counter, the last calls, how many wait."""
    settings = settings_store.current(db)
    zone = settings.timezone
    recent = queue_store.recently_called(db, day, RECENT)
    standing = queue_store.in_state(db, day, State.CALLED, State.SERVING)
    waiting = queue_store.waiting_counts(db, day)
    services = catalogue_store.services(db)
    per_group: dict[str, int] = {}
    for item in services:
        per_group[item.group] = per_group.get(item.group, 0) + waiting.get(item.code, 0)
    standing.sort(key=lambda ticket: ticket.called_at or "", reverse=True)
    return {
        "unit": {"name": settings.unit.name, "centre": settings.unit.centre},
        **hall(db, settings, now, day, clock_behind=clock_behind),
        "now": [_standing(ticket, zone) for ticket in standing],
        "recent": [{"number": ticket.number, "counter": ticket.counter, "called_at": local(ticket.called_at, zone)} for ticket in recent],
        "waiting": [{"service": item.code, "count": waiting[item.code]} for item in services if waiting.get(item.code)],
        "groups": [
            {"letter": group.letter, "name": both(group.name), "count": per_group.get(group.letter, 0)}
            for group in catalogue_store.groups(db)
        ],
    }


def _standing(ticket: Ticket, zone: str) -> View:
    return {
        "number": ticket.number,
        "counter": ticket.counter,
        "state": ticket.state.value,
        "called_at": local(ticket.recalled_at or ticket.called_at, zone),
    }


def paper(db: Reader) -> str:
    """Return who prints tickets: `browser`, `agent` or `none`. `auto` means the agent where one is enrolled."""
    wanted = settings_store.current(db).paper
    if wanted == "auto":
        return "agent" if staff_store.agents(db) else "browser"
    return wanted


def kiosk(db: Reader, now: datetime, day: str, *, clock_behind: bool) -> View:
    """Return what the kiosk offers: tiles, their services and how many wait, the priority classes."""
    settings = settings_store.current(db)
    waiting = queue_store.waiting_counts(db, day)
    services = catalogue_store.services(db)
    groups = []
    for group in catalogue_store.groups(db):
        mine = [item for item in services if item.group == group.letter]
        groups.append(
            {
                "letter": group.letter,
                "name": both(group.name),
                "hint": both(group.hint),
                "waiting": sum(waiting.get(item.code, 0) for item in mine),
                "services": [{"code": item.code, "name": both(item.name), "waiting": waiting.get(item.code, 0)} for item in mine],
            }
        )
    return {
        "unit": unit(settings.unit),
        **hall(db, settings, now, day, clock_behind=clock_behind),
        "paper": paper(db),
        "groups": groups,
        "priorities": [{"code": item.code, "rank": item.rank, "label": both(item.label)} for item in settings.priorities],
    }
