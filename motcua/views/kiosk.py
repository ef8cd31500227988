"""The view of the kiosk."""

from datetime import datetime

from motcua.bookings import rules as booking_rules
from motcua.catalogue import store as catalogue_store
from motcua.catalogue.model import Service
from motcua.counters import rules as counter_rules
from motcua.counters import store as counter_store
from motcua.desk import Reader, get_day_begin, get_zone, stamp
from motcua.dossiers.rules.same_day import is_on_the_spot_day
from motcua.estimates.waits import WaitEstimates
from motcua.queue import store as queue_store
from motcua.settings import rules as hours
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.views.dropoffs import is_open_now
from motcua.views.hall import describe_hall, find_widest_wait
from motcua.views.lockers import has_locker
from motcua.views.shapes import View, both, describe_unit, describe_wait, list_classes
from motcua.wiring.paper import find_print_route
from motcua.wiring.printer import PRINT_TTL_MS


def show_kiosk(db: Reader, now: datetime, day: str, waits: WaitEstimates, *, clock_behind: bool) -> View:
    """Return the view of the kiosk: tiles, services, waits, quotas, priority classes and seats."""
    settings = settings_store.get_settings(db)
    waiting = queue_store.count_waiting(db, day)
    services = catalogue_store.list_services(db)
    rank = settings.ordinary_rank
    there = now.astimezone(get_zone(settings.timezone)).replace(tzinfo=None)
    counters, group_of = counter_store.list_all(db), {item.code: item.group for item in services}
    unserved = counter_rules.list_unserved(counters, group_of, group_of, get_day_begin(day, settings.timezone))
    groups = []
    for group in catalogue_store.list_groups(db):
        group_services = [item for item in services if item.group == group.letter]
        groups.append(
            {
                "letter": group.letter,
                "name": both(group.name),
                "hint": both(group.hint),
                "waiting": sum(waiting.get(item.code, 0) for item in group_services),
                "wait": describe_wait(find_widest_wait(group_services, waiting, rank, waits)),
                "services": [
                    {
                        "code": item.code,
                        "name": both(item.name),
                        "waiting": waiting.get(item.code, 0),
                        "wait": describe_wait(waits.estimate_new(item.code, rank)),
                        **_quota(db, item, there, day, settings),
                        "served": item.code not in unserved,
                        "at_seat": item.at_seat,
                        "bookable": item.bookable,
                    }
                    for item in group_services
                ],
            }
        )
    state = describe_hall(db, settings, now, day, clock_behind=clock_behind)
    return {
        "unit": describe_unit(settings.unit),
        **state,
        "on_break": state["closed_reason"] == "hours" and hours.is_break(settings, there),
        "half": hours.get_half_day(there)[0],
        "paper": find_print_route(db).by,
        "paper_ttl_ms": PRINT_TTL_MS,
        "same_day": is_on_the_spot_day(settings, there.date()),
        "callbacks": settings.callbacks.is_on,
        "booking": booking_rules.is_open(settings, services),
        "dropoff": is_open_now(db, settings, now, day),
        "locker": has_locker(settings),
        "seats": list(settings.seats.labels) if any(item.at_seat for item in services) else [],
        "groups": groups,
        "priorities": list_classes(settings),
    }


def _quota(db: Reader, item: Service, there: datetime, day: str, settings: Settings) -> View:
    """Return the tickets left in this half-day (None: no limit), and whether the afternoon has more."""
    half, begin, end = hours.get_half_day(there)
    quota = item.quota[half]
    if quota is None:
        return {"quota_left": None, "again_today": False}
    since, until = (stamp(moment.replace(tzinfo=get_zone(settings.timezone))) for moment in (begin, end))
    left = max(0, quota - queue_store.count_quota_used(db, day, item.code, since, until))
    later = any(session.end_min > hours.NOON for session in hours.list_sessions(settings, there.date()))
    return {"quota_left": left, "again_today": half == 0 and later and item.quota[1] != 0}
