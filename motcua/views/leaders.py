"""The view of leaders: the live hall, today's work per officer, the desk's satisfaction with its n."""

from collections import Counter as Counts
from collections.abc import Sequence
from datetime import datetime

from motcua.bookings import store as booking_store
from motcua.bookings.model import BookingState
from motcua.catalogue import store as catalogue_store
from motcua.counters import rules as counter_rules
from motcua.counters import store as counter_store
from motcua.counters.model import Counter, CounterState
from motcua.desk import Reader, get_day_begin
from motcua.queue import store as queue_store
from motcua.queue.model import Ticket, TicketState
from motcua.queue.rules import policy
from motcua.reports import day as day_reports
from motcua.reports import promises
from motcua.reports import store as report_store
from motcua.reports.model import DeskDay
from motcua.reports.shapes import describe_coverage, describe_rate, list_calls
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.staff import store as staff_store
from motcua.suggestions import rules as suggestion_rules
from motcua.suggestions import store as suggestion_store
from motcua.suggestions.model import Suggestion
from motcua.views.alerts import describe_open
from motcua.views.hall import describe_hall
from motcua.views.shapes import View, both, describe_unit, format_local

WaitingClasses = Sequence[tuple[str, int, int, str | None]]
"""Service, rank, how many wait, when the oldest ticket was issued."""
LEAST_RATINGS = 5
"""A rate of fewer would show single ratings. Basis: LEGAL.md#secrecy-of-the-rater."""
CALLS_SHOWN = 10
"""How many of today's newest calls out of order the page lists."""


def show_leaders(
    db: Reader, now: datetime, day: str, promise_counts: promises.PromiseCounts, *, clock_behind: bool
) -> View:
    """Return the view of leaders: the live hall, today's work per officer in alphabetical order, the desk's
    satisfaction with n.

    `promise_counts` remembers the days that are over.
    """
    settings = settings_store.get_settings(db)
    zone = settings.timezone
    names = staff_store.list_full_names(db)
    counts = queue_store.count_by_state(db, day)
    waiting, oldest = queue_store.count_waiting_by_letter(db, day), queue_store.list_oldest(db, day)
    counters = counter_store.list_all(db)
    in_hand = {
        ticket.id: ticket for ticket in queue_store.list_in_state(db, day, TicketState.CALLED, TicketState.SERVING)
    }
    state = describe_hall(db, settings, now, day, clock_behind=clock_behind)
    groups = [
        {
            "letter": group.letter,
            "name": both(group.name),
            "waiting": waiting.get(group.letter, 0),
            "oldest_at": format_local(oldest.get(group.letter), zone),
        }
        for group in catalogue_store.list_groups(db)
    ]
    classes = queue_store.list_waiting_classes(db, day)
    calls = day_reports.list_out_of_order(db, day)
    return {
        "unit": describe_unit(settings.unit),
        "day": day,
        **state,
        "opened_by_leader": queue_store.is_day_opened(db, day),
        "day_closed": queue_store.is_day_closed(db, day),
        "warnings": _warnings(db, day, settings, counters, is_open=state["open"], clock_behind=clock_behind),
        "hall": {**{name.value: counts.get(name.value, 0) for name in TicketState}, "issued": sum(counts.values())},
        "groups": groups,
        "services": _services(db, classes, zone),
        "classes": _classes(settings, classes),
        "counters": [
            {
                "number": counter.number,
                "label": counter.label,
                "state": counter.state.value,
                "since": format_local(counter.state_at, zone),
                "officer": names.get(counter.officer) if counter.officer else None,
                "ticket": _at_counter(in_hand.get(counter.in_hand or ""), zone),
            }
            for counter in counters
        ],
        "officers": sorted(
            (
                {
                    "id": officer_day.officer,
                    "name": names.get(officer_day.officer, str(officer_day.officer)),
                    "served": officer_day.served,
                    "asked": officer_day.asked,
                    "answered": officer_day.answered,
                    "skipped": officer_day.skipped,
                }
                for officer_day in report_store.list_officer_days(db, day)
            ),
            key=lambda row: (_by_given_name(str(row["name"])), row["id"]),
        ),
        "desk": describe_figures(report_store.count_desk_day(db, day)),
        "out_of_order": {"count": len(calls), "items": list_calls(db, calls[-CALLS_SHOWN:], settings)},
        "coverage": describe_coverage(promises.find_newest(db, day, promise_counts)),
        "bookings": _bookings(db, settings, day),
        "suggestions": _suggestions(db, settings),
        **describe_open(db, zone),
    }


def _warnings(
    db: Reader,
    day: str,
    settings: Settings,
    counters: list[Counter],
    *,
    is_open: bool,
    clock_behind: bool,
) -> list[View]:
    """Return the warnings: a wrong clock, and services with waiting tickets that no open counter serves.

    While numbers are given out also those whose last counter left today, though nobody waits for them yet. Whom a
    transfer binds to an open counter, that one calls.
    """
    services = catalogue_store.list_services(db)
    group_of = {item.code: item.group for item in services}
    lanes = [counter_rules.resolve_lane(counter, counters, group_of) for counter in counters]
    served = {code for lane in lanes if lane.state is CounterState.OPEN for code in lane.services}
    left_at = {counter.number: counter.left_at for counter in counters}
    bound = [ticket for ticket in queue_store.list_bound(db, day) if policy.is_bound(ticket, left_at)]
    people = Counts(queue_store.count_waiting(db, day))
    people.subtract(Counts(ticket.service for ticket in bound))  # whom a transfer binds, an open counter calls
    people = +people
    left = (
        counter_rules.list_unserved(counters, group_of, group_of, get_day_begin(day, settings.timezone))
        if is_open
        else set()
    )
    titles = {item.code: both(item.name) for item in services}
    warnings: list[View] = [{"code": "clock.behind"}] if clock_behind else []
    for code in [*sorted(people.keys() - served), *sorted(left - people.keys())]:
        name = titles.get(code, both((code, code)))
        warnings.append({"code": "service.no_open_counter", "service": code, "name": name, "waiting": people[code]})
    return warnings


def _services(db: Reader, classes: WaitingClasses, zone: str) -> list[View]:
    """Return the services that somebody waits for, in the order of the settings: how many, and since when."""
    counts: Counts[str] = Counts()
    oldest: dict[str, str] = {}
    for code, _rank, count, issued_at in classes:
        counts[code] += count
        if issued_at is not None:
            oldest[code] = min(issued_at, oldest.get(code, issued_at))
    return [
        {
            "letter": item.group,
            "name": both(item.name),
            "waiting": counts[item.code],
            "oldest_at": format_local(oldest.get(item.code), zone),
        }
        for item in catalogue_store.list_services(db)
        if counts[item.code]
    ]


def _classes(settings: Settings, classes: WaitingClasses) -> list[View]:
    """Return the ranks of priority that somebody waits in, the first called first: how many, and since when."""
    zone, rows = settings.timezone, []
    for rank in sorted({item[1] for item in classes}):
        of_rank = [item for item in classes if item[1] == rank]
        oldest = min((item[3] for item in of_rank if item[3] is not None), default=None)
        labels = [both(item.label) for item in settings.priorities if item.rank == rank]
        waiting = sum(item[2] for item in of_rank)
        rows.append({"rank": rank, "labels": labels, "waiting": waiting, "oldest_at": format_local(oldest, zone)})
    return rows


def _suggestions(db: Reader, settings: Settings) -> View:
    """Return how many suggestions are open, and of how many a deadline was reported as near, or as over.

    What only the head of the unit may read is left to the inbox.
    """
    items = [item for item in suggestion_store.list_watched(db) if not item.kind.is_restricted]
    counts = Counts(item.escalation.partition(":")[2] for item in items if is_reported(settings, item))
    is_open = sum(item.state.is_open for item in items)
    return {"open": is_open, "near": counts[suggestion_rules.NEAR], "late": counts[suggestion_rules.LATE]}


def is_reported(settings: Settings, item: Suggestion) -> bool:
    """Say whether the deadline that comes next was reported as near or over."""
    if not item.escalation:
        return False
    due = suggestion_rules.find_due(settings, item)
    return due is not None and item.escalation.startswith(f"{due[0]}:")


def _bookings(db: Reader, settings: Settings, day: str) -> View | None:
    """Return the number of today's bookings, how many came, and the next one; None if bookings are off."""
    bookings = [item for item in booking_store.list_of_day(db, day) if item.state is not BookingState.CANCELLED]
    if not settings.appointments.is_open and not bookings:
        return None
    awaited = [item for item in bookings if item.state is BookingState.BOOKED]
    return {
        "count": len(bookings),
        "came": sum(item.state is BookingState.CHECKED_IN for item in bookings),
        "missed": sum(item.state is BookingState.MISSED for item in bookings),
        "next_at": format_local(awaited[0].slot_at, settings.timezone) if awaited else None,
    }


def _by_given_name(name: str) -> tuple[str, str]:
    """Sort key of Vietnamese lists: the given name (the last word), then the rest."""
    return (name.rsplit(" ", 1)[-1].casefold(), name.casefold())


def _at_counter(ticket: Ticket | None, zone: str) -> View | None:
    if ticket is None:
        return None
    since = ticket.started_at or ticket.called_at
    return {"number": ticket.number, "state": ticket.state.value, "since": format_local(since, zone)}


def describe_figures(desk_day: DeskDay) -> View:
    """Return the desk's figures of a day; no rate of so few ratings that one of them could be guessed."""
    rate = desk_day.rate
    return {
        "served": desk_day.served,
        "asked": desk_day.asked,
        "answered": desk_day.answered,
        "skipped": desk_day.skipped,
        "unprompted": desk_day.unprompted,
        "quarantined": desk_day.quarantined,
        "replaced": dict(desk_day.replaced),
        "rated": rate.n if rate is not None else 0,
        "rate": describe_rate(rate if rate is not None and rate.n >= LEAST_RATINGS else None),
    }
