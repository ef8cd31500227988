"""The view of those who lead: the live hall, today's work per officer, the desk's satisfaction with its n."""

from datetime import datetime

from motcua.catalogue import store as catalogue_store
from motcua.counters import store as counter_store
from motcua.counters.model import CounterState
from motcua.desk import Reader
from motcua.queue import store as queue_store
from motcua.queue.model import State, Ticket
from motcua.reports import store as report_store
from motcua.reports.model import DeskDay
from motcua.settings import store as settings_store
from motcua.staff import store as staff_store
from motcua.web.views.shapes import View, both, hall, local, unit


def leaders(db: Reader, now: datetime, day: str, *, clock_behind: bool) -> View:
    """Return what leaders see: the live hall, today's work per officer in alphabetical order, the desk's satisfaction with n."""
    settings = settings_store.current(db)
    zone = settings.timezone
    names = staff_store.full_names(db)
    counts = queue_store.counts(db, day)
    waiting = queue_store.waiting(db, day)
    counters = counter_store.every(db)
    in_hand = {ticket.id: ticket for ticket in queue_store.in_state(db, day, State.CALLED, State.SERVING)}
    state = hall(db, settings, now, day, clock_behind=clock_behind)
    groups = []
    for group in catalogue_store.groups(db):
        mine = [ticket for ticket in waiting if ticket.letter == group.letter]
        oldest = local(min(ticket.issued_at for ticket in mine), zone) if mine else None
        groups.append({"letter": group.letter, "name": both(group.name), "waiting": len(mine), "oldest_at": oldest})
    served_by = {code for counter in counters if counter.state is CounterState.OPEN for code in counter.services}
    unserved = sorted({ticket.service for ticket in waiting} - served_by)
    titles = {item.code: both(item.name) for item in catalogue_store.services(db)}
    warnings = [{"code": "service.no_open_counter", "service": code, "name": titles.get(code, both((code, code)))} for code in unserved]
    if clock_behind:
        warnings.insert(0, {"code": "clock.behind"})
    return {
        "unit": unit(settings.unit),
        "day": day,
        **state,
        "opened_by_leader": queue_store.day_opened(db, day),
        "day_closed": queue_store.day_closed(db, day),
        "warnings": warnings,
        "hall": {**{name.value: counts.get(name.value, 0) for name in State}, "issued": sum(counts.values())},
        "groups": groups,
        "counters": [
            {
                "number": counter.number,
                "label": counter.label,
                "state": counter.state.value,
                "since": local(counter.state_at, zone),
                "officer": names.get(counter.officer) if counter.officer else None,
                "ticket": _at_counter(in_hand.get(counter.in_hand or ""), zone),
            }
            for counter in counters
        ],
        "officers": sorted(
            (
                {
                    "id": found.officer,
                    "name": names.get(found.officer, str(found.officer)),
                    "served": found.served,
                    "asked": found.asked,
                    "answered": found.answered,
                    "skipped": found.skipped,
                }
                for found in report_store.officers(db, day)
            ),
            key=lambda row: (_by_given_name(str(row["name"])), row["id"]),
        ),
        "desk": desk_figures(report_store.desk_day(db, day)),
    }


def _by_given_name(name: str) -> tuple[str, str]:
    """Vietnamese lists go by the given name, the last word, then by the rest."""
    return (name.rsplit(" ", 1)[-1].casefold(), name.casefold())


def _at_counter(ticket: Ticket | None, zone: str) -> View | None:
    if ticket is None:
        return None
    since = ticket.started_at or ticket.called_at
    return {"number": ticket.number, "state": ticket.state.value, "since": local(since, zone)}


def desk_figures(found: DeskDay) -> View:
    """Return the desk's figures of a day."""
    rate = found.rate
    return {
        "served": found.served,
        "asked": found.asked,
        "answered": found.answered,
        "skipped": found.skipped,
        "unprompted": found.unprompted,
        "rate": None
        if rate is None
        else {"percent_tenths": rate.percent_tenths, "low_tenths": rate.low_tenths, "high_tenths": rate.high_tenths, "n": rate.n},
    }
