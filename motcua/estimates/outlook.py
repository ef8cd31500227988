"""The current hall as the estimate needs it: busy counters, waiting tickets, expected arrivals."""

from datetime import datetime
from typing import Any

from motcua.catalogue import store as catalogue_store
from motcua.counters import rules as counter_rules
from motcua.counters import store as counter_store
from motcua.counters.model import Counter, CounterState
from motcua.desk import Reader, get_zone, parse
from motcua.estimates.observed import HALF_HOURS, Observed
from motcua.planning.estimate import AHEAD
from motcua.queue import store as queue_store
from motcua.queue.model import TicketState, WaitingTicket
from motcua.queue.rules import policy
from motcua.settings import store as settings_store

PAUSE_MS = 10 * 60_000
"""The assumed length of a pause, and its least remaining length."""
PAUSE_LEAST_MS = 60_000
SOON_MS = 60 * 60_000
"""A counter that is planned to open within the hour counts."""
Given = dict[str, Any]


def observe_hall(
    db: Reader, day: str, now: datetime, learnt: Observed, levels: tuple[float, float], seed: int
) -> Given | None:
    """Return the input of `planning.estimate.task`: the hall at `now`, and the quantiles (`levels`) to promise.

    None when no service has been observed often enough, or no counter works.
    """
    settings = settings_store.get_settings(db)
    observed_services = {service for service, count in learnt.visits.items() if count >= settings.waits.least_visits}
    if not observed_services or learnt.pooled is None:
        return None
    group_of = catalogue_store.map_groups(db)
    counters = counter_store.list_all(db)
    in_hand = {
        ticket.id: ticket for ticket in queue_store.list_in_state(db, day, TicketState.CALLED, TicketState.SERVING)
    }
    local = now.astimezone(get_zone(settings.timezone))
    counter_rows: list[list[Any]] = []
    for counter in counters:
        ticket = in_hand.get(counter.in_hand or "")
        lane = counter_rules.resolve_lane(counter, counters, group_of)
        service_in_hand = ticket.service if ticket is not None else None
        ms = _ms(now, ticket.called_at) if ticket is not None and ticket.called_at else _free_in(counter, now, local)
        if ms is not None:
            counter_rows.append(
                [counter.number, list(lane.services), list(lane.prefer), counter.passes, service_in_hand, ms]
            )
    served = {service for row in counter_rows for service in row[1]}
    service_ranks = [
        [service, rank]
        for service in sorted(observed_services & served)
        for rank in sorted({item.rank for item in settings.priorities})
    ]
    if not service_ranks:
        return None
    left_at = {counter.number: counter.left_at for counter in counters}
    waiting = [_person(ticket, now, left_at) for ticket in queue_store.list_waiting(db, day)]
    slot, last = local.hour * 2 + local.minute // 30, settings.ordinary_rank
    coming = [
        [
            [service, rank, mean]
            for (service, rank), mean in sorted(learnt.coming[(slot + ahead) % HALF_HOURS].items())
            if rank < last
        ]
        for ahead in range(AHEAD)
    ]
    needed = {row[4] for row in counter_rows if row[4]} | {person[1] for person in waiting} | served
    return {
        "guard": [settings.queue.guard_calls, settings.queue.guard_wait_min * 60_000],
        "stations": counter_rows,
        "waiting": waiting,
        "work": {
            service: learnt.work[service] if service in observed_services else learnt.pooled
            for service in sorted(needed)
        },
        "reactions": learnt.reactions,
        "coming": coming,
        "asked": service_ranks,
        "known": sorted(observed_services),
        "seed": seed,
        "levels": list(levels),
    }


def _ms(now: datetime, at: str) -> int:
    """Return the milliseconds from `at` until now."""
    return round((now - parse(at)).total_seconds() * 1000)


def _free_in(counter: Counter, now: datetime, local: datetime) -> int | None:
    """Return after how many milliseconds a free counter calls, None if that is unknown."""
    if counter.state is CounterState.OPEN:
        return 0
    if counter.state is CounterState.PAUSED:
        return max(PAUSE_LEAST_MS, PAUSE_MS - _ms(now, counter.state_at))
    ms = ((local.hour * 60 + local.minute) * 60 + local.second) * 1000
    ahead = [start * 60_000 - ms for start, _end in counter.hours if 0 < start * 60_000 - ms <= SOON_MS]
    return min(ahead, default=None)


def _person(ticket: WaitingTicket, now: datetime, left_at: dict[int, str]) -> list[Any]:
    bound = ticket.bound if policy.is_bound(ticket, left_at) else None
    arrived, since = -_ms(now, ticket.arrived_at), -_ms(now, policy.get_waiting_since(ticket))
    return [ticket.id, ticket.service, ticket.rank, arrived, ticket.place, since, ticket.returned, bound]
