"""What a counter's own screen shows, and its rating pad."""

from datetime import datetime

from motcua.catalogue import store as catalogue_store
from motcua.catalogue.model import Service
from motcua.counters import rules as counter_rules
from motcua.counters import store as counter_store
from motcua.counters.model import Counter
from motcua.desk import Reader, stamp
from motcua.feedback import rules as feedback_rules
from motcua.feedback import store as feedback_store
from motcua.queue import store as queue_store
from motcua.queue.model import State, Ticket, Waiting, seat_at
from motcua.queue.rules import commands, moves, policy
from motcua.queue.rules.commands import Situation
from motcua.reports import store as report_store
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.staff import store as staff_store
from motcua.web.views import reasons
from motcua.web.views.shapes import View, ahead, both, choices, classes, local, refused, rest, service, ticket, unit
from motcua.web.waits import Waits

SHOWN = 12
EXPECTED_SHOWN = 6
SET_ASIDE_SHOWN = 12
"""How many waiting, booked, held and absent tickets a counter's screen lists; with all its names it stays under 16 KiB."""


def officer(db: Reader, number: int | None) -> View | None:
    """Return who sits at a counter, None when nobody signed in."""
    if number is None:
        return None
    found = staff_store.account(db, number)
    return {"id": found.id, "name": found.full_name, "title": found.title}


def brief(db: Reader, counter: Counter) -> View:
    """Return a counter as lists show it."""
    services = {item.code: item for item in catalogue_store.services(db)}
    return {
        "number": counter.number,
        "label": counter.label,
        "state": counter.state.value,
        "officer": officer(db, counter.officer),
        "pause_reason": counter.pause_reason,
        "services": [service(services.get(code), code) for code in counter.services],
    }


def counter_screen(db: Reader, number: int, now: datetime, day: str) -> View:
    """Return everything the screen of counter `number` shows.

    `commands` says of each command why it is refused now. `counters` are those that a ticket can be sent on to, `same_services` what cannot
    be chosen for it among `services`.
    """
    settings, at = settings_store.current(db), stamp(now)
    zone = settings.timezone
    counters = counter_store.every(db)
    counter = counter_store.get(db, number)
    services = {item.code: item for item in catalogue_store.services(db)}
    left_at = {other.number: other.left_at for other in counters}
    lane = counter_rules.lane(counter, counters, {item.code: item.group for item in services.values()})
    waiting = queue_store.waiting_for(db, day, lane.services, number)
    queue = policy.eligible(waiting, lane, left_at, at)
    expected = sorted(
        (item for item in waiting if not policy.is_due(item, at) and policy.serves(lane, item, left_at)),
        key=lambda item: (item.due_at or "", item.place),
    )
    sent_on = queue_store.transferred_from(db, [item.id for item in queue[:SHOWN]])
    found = queue_store.find(db, counter.in_hand) if counter.in_hand else None
    why = queue_store.last_why(db, found.id) if found else None
    held = queue_store.in_state(db, day, State.HELD)
    absent = _absent(queue_store.in_state(db, day, State.ABSENT), settings, at)
    situation = _situation(db, counter, found, settings, at, day)
    refusals = commands.refusals(situation)
    served, asked, answered, median_s = report_store.counter_day(db, day, number)
    return {
        "counter": brief(db, counter),
        "ticket": ticket(found, zone, people_ahead=ahead(db, found), priority=True) if found else None,
        "why": why,
        "why_text": reasons.texts(db, found, why, settings, shows_class=True) if found else None,
        "seat": queue_store.seat_of(db, found) if found else None,
        "due_at": local(found.due_at, zone) if found else None,
        "waiting": [_row(item, zone, sent_on, services) for item in queue[:SHOWN]],
        "waiting_count": len(queue),
        "expected": [
            {"id": item.id, "number": item.number, "service": item.service, "due_at": local(item.due_at, zone)}
            for item in expected[:EXPECTED_SHOWN]
        ],
        "expected_count": len(expected),
        "held": [
            {"id": item.id, "number": item.number, "service": item.service, "reason": item.reason, "issued_at": local(item.issued_at, zone)}
            for item in held[:SET_ASIDE_SHOWN]
        ],
        "held_count": len(held),
        "absent": absent[:SET_ASIDE_SHOWN],
        "absent_count": len(absent),
        "today": {"served": served, "asked": asked, "answered": answered, "median_service_s": median_s},
        "undo": _undo(situation, settings.timezone) if refusals["undo"] is None else None,
        "commands": {command: refused(error) for command, error in refusals.items()},
        "counters": [
            {"number": other.number, "label": other.label, "state": other.state.value}
            for other in counters
            if commands.receives(other, number)
        ],
        "services": [{**service(item, item.code), "letter": item.group} for item in services.values()],
        "same_services": [code for code in services if found and not commands.joins(found, code)],
        "reasons": {
            "hold": choices(settings.queue.hold_reasons),
            "pause": choices(settings.queue.pause_reasons),
            "call": choices(settings.queue.call_reasons),
        },
        "priorities": classes(settings),
    }


def _row(found: Waiting, zone: str, sent_on: dict[str, int], services: dict[str, Service]) -> View:
    return {
        "id": found.id,
        "number": found.number,
        "service": found.service,
        "rank": found.rank,
        "priority": found.priority,
        "issued_at": local(found.issued_at, zone),
        "returned": bool(found.returned),
        "transferred_from": sent_on.get(found.id),
        "seat": seat_at(found, services.get(found.service)),
        "due_at": local(found.due_at, zone),
    }


def _absent(found: list[Ticket], settings: Settings, at: str) -> list[View]:
    return [
        {"id": item.id, "number": item.number, "absent_until": _absent_until(item, settings)}
        for item in found
        if moves.is_within_grace(item, at, settings.queue.absent_grace_min)
    ]


def _absent_until(found: Ticket, settings: Settings) -> str | None:
    end = moves.grace_end(found, settings.queue.absent_grace_min)
    return local(stamp(end), settings.timezone) if end else None


def _situation(db: Reader, counter: Counter, ticket: Ticket | None, settings: Settings, at: str, day: str) -> Situation:
    """Return what the rules of the counter's commands look at."""
    last = counter.last
    return Situation(
        counter=counter,
        ticket=ticket,
        last_ticket=queue_store.find(db, last.ticket) if last else None,
        at=at,
        rules=settings.queue,
        is_rated=last is not None and feedback_store.rated(db, last.ticket),
        is_day_closed=queue_store.day_closed(db, day),
    )


def _undo(situation: Situation, timezone: str) -> View | None:
    """Return what can be taken back and until when."""
    last, ticket = situation.counter.last, situation.last_ticket
    if last is None or ticket is None:
        return None
    until = moves.undo_end(last, situation.rules.undo_s)
    return {"move": "absent" if last.move == "absent" else "finish", "number": ticket.number, "until": local(stamp(until), timezone)}


def pad(db: Reader, number: int, now: datetime, day: str) -> View:
    """Return what the rating pad of counter `number` asks, if anything. Raises `Unknown("counter.unknown")`."""
    counter_store.get(db, number)
    settings = settings_store.current(db)
    return {
        "unit": {"name": settings.unit.name, "centre": settings.unit.centre},
        "counter": number,
        "ask": _ask(db, number, now, day, settings),
        "reasons": choices(settings.rating.reasons),
        "window_s": settings.rating.window_s,
    }


def _ask(db: Reader, number: int, now: datetime, day: str, settings: Settings) -> View | None:
    visit = queue_store.last_served(db, day, number)
    if visit is None or visit.finished_at is None or visit.reason == "day_closed":
        return None
    asking = feedback_store.asking(db, visit.id)
    until = asking.until if asking else feedback_rules.until(settings.rating, visit.finished_at)
    if until < stamp(now) or (asking and asking.state != "asked") or feedback_store.rated(db, visit.id):
        return None
    served_by = queue_store.last_officer(db, visit.id)
    who = officer(db, served_by)
    return {
        "visit": visit.id,
        "number": visit.number,
        "officer": {"name": who["name"], "title": who["title"]} if who else None,
        "until": local(until, settings.timezone),
    }


def _reason_text(settings: Settings, move: str, reason: str | None) -> View | None:
    """Return the words of a reason that an officer chose; own words and other codes have none here."""
    lists = {"held": settings.queue.hold_reasons, "called": settings.queue.call_reasons}
    return next((both(choice.label) for choice in lists.get(move, ()) if choice.code == reason and reason != "other"), None)


def follow(db: Reader, found: Ticket, now_day: str, services: dict[str, Service], waits: Waits) -> View:
    """Return the page of one ticket: the whole truth about it but nobody's class or name."""
    settings = settings_store.current(db)
    zone = settings.timezone
    rating = feedback_store.counted(db, found.id)
    why = queue_store.last_why(db, found.id)
    known = services.get(found.service)
    may_rate = found.state is State.SERVED and feedback_rules.qr_open(settings.rating, found.day, now_day)
    return {
        "unit": unit(settings.unit),
        "ticket": ticket(found, zone, people_ahead=ahead(db, found), wait=rest(waits, found)),
        "seat": queue_store.seat_of(db, found),
        "seats": list(settings.seats.labels) if found.state is State.WAITING and known is not None and known.at_seat else [],
        "due_at": local(found.due_at, zone),
        "service": service(known, found.service),
        "history": [
            {
                "at": local(move.at, zone),
                "move": move.move,
                "counter": move.counter,
                "reason": move.reason,
                "reason_text": _reason_text(settings, move.move, move.reason),
            }
            for move in queue_store.moves(db, found.id)
        ],
        "absent_until": _absent_until(found, settings) if found.state is State.ABSENT else None,
        "why_text": reasons.texts(db, found, why, settings, shows_class=False),
        "rating": {"open": may_rate, "level": rating.level if rating else None},
        "reasons": choices(settings.rating.reasons),
    }
