"""Asking for ratings and taking them."""

from dataclasses import replace

from motcua.counters import store as counter_store
from motcua.desk import Invalid, Refused, Tx
from motcua.feedback import rules, store
from motcua.feedback.events import RatingAsked, RatingGiven, RatingSkipped
from motcua.feedback.model import Asking, Channel, Rating, Status
from motcua.queue import store as queue_store
from motcua.queue.model import State, Ticket
from motcua.settings import store as settings_store


def shown(tx: Tx, counter: int, visit: str) -> Asking:
    """Record that the pad of `counter` showed the question for `visit`; showing it again changes nothing.

    Raises `Invalid("visit.unknown")` unless the visit ended at this counter, `Refused("rating.window")` when its time is over.
    """
    ticket = _visit(tx, visit, counter)
    if ticket.state is not State.SERVED:
        raise Invalid("visit.unknown", "There is no such visit here.")
    if (known := store.asking(tx.db, visit)) is not None:
        return known
    settings = settings_store.current(tx.db)
    if tx.at > rules.until(settings.rating, ticket.finished_at or tx.at):
        raise Refused("rating.window", "The time for rating this visit at the counter is over.")
    officer = queue_store.last_officer(tx.db, visit)
    state = "answered" if store.rated(tx.db, visit) else "asked"
    asked = Asking(visit, ticket.day, counter, officer, tx.at, rules.until(settings.rating, tx.at), state)
    store.ask(tx.db, asked)
    tx.emit(RatingAsked(visit=visit, counter=counter, officer=officer, until=asked.until))
    return asked


def skip(tx: Tx, visit: str, how: str, counter: int | None) -> None:
    """Record that an asked citizen did not answer: `skipped` by button or `timed_out`. An answered or unasked visit stays as it is.

    Raises `Invalid("visit.unknown")` when `counter` is given and the visit did not end there.
    """
    if counter is not None:
        _visit(tx, visit, counter)
    asked = store.asking(tx.db, visit)
    if asked is not None and asked.state == "asked":
        store.settle(tx.db, visit, "skipped")
        tx.emit(RatingSkipped(visit=visit, counter=asked.counter, officer=asked.officer, how=how))


def rate(
    tx: Tx,
    level: int,
    channel: str,
    visit: str | None,
    counter: int | None,
    reasons: list[str],
    comment: str | None,
    pressed_at: str | None = None,
    by_staff: bool = False,
    must_be_asked: bool = False,
) -> Rating:
    """Record what a citizen thought; the last press within the channel's window counts, others are kept as unprompted.

    Without `visit` the rating is for the visit that ended last at `counter`. `pressed_at` is when a keypad was pressed, where the cable
    brought it later; a visit that ended after it was not what the press was about. `by_staff`: it came from a browser of the desk's own
    people. `must_be_asked`: it counts only while the question of its visit is open at the counter. Raises `Invalid`.
    Basis: LEGAL.md#rating-devices.
    """
    at = pressed_at or tx.at
    settings = settings_store.current(tx.db).rating
    value, where = rules.level(level), rules.channel(channel)
    chosen, said = rules.reasons(settings, reasons), rules.comment(comment)
    if visit is None and counter is not None:
        if counter_store.find(tx.db, counter) is None:
            raise Invalid("counter.unknown", "There is no counter %(counter)s.", counter=counter)
        last = queue_store.last_served(tx.db, tx.day, counter)
        visit = last.id if last and (last.finished_at or "") <= at else None
    ticket = _visit(tx, visit, counter) if visit is not None else None
    asked = store.asking(tx.db, ticket.id) if ticket else None
    served = ticket if ticket is not None and ticket.state is State.SERVED else None
    day, finished_at = (served.day, served.finished_at) if served else (None, None)
    status = rules.status(settings, where, at, tx.day, day, finished_at, asked, by_staff=by_staff, must_be_asked=must_be_asked)
    earlier = store.counted(tx.db, ticket.id) if ticket and status is Status.COUNTED else None
    if earlier is not None:
        store.replaced(tx.db, earlier.id)
    officer = queue_store.last_officer(tx.db, ticket.id) if ticket else None
    if ticket and status is Status.COUNTED:
        if asked is None and where is not Channel.QR and ticket.counter is not None:  # who pressed was shown the question
            until = rules.until(settings, ticket.finished_at or tx.at)
            store.ask(tx.db, Asking(ticket.id, ticket.day, ticket.counter, officer, tx.at, until, "answered"))
        else:
            store.settle(tx.db, ticket.id, "answered")
    text = tx.keep_text(said, settings_store.current(tx.db).retention.text_days) if said else None
    place = counter if ticket is None else ticket.counter
    rating = Rating(
        0, ticket.id if ticket else None, ticket.day if ticket else tx.day, place, officer, value, where, status, tx.at, chosen, text
    )
    number = store.add(tx.db, rating)
    tx.emit(
        RatingGiven(
            rating=number,
            visit=rating.visit,
            counter=place,
            officer=officer,
            level=int(value),
            channel=where.value,
            status=status.value,
            reasons=list(chosen),
            text=text,
            replaced=earlier.id if earlier else None,
        )
    )
    return replace(rating, id=number)


def _visit(tx: Tx, visit: str, counter: int | None) -> Ticket:
    ticket = queue_store.find(tx.db, visit)
    if ticket is None or (counter is not None and ticket.counter != counter):
        raise Invalid("visit.unknown", "There is no such visit here.")
    return ticket
