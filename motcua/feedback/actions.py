"""Asking for ratings and recording them."""

from dataclasses import replace

from motcua.counters import store as counter_store
from motcua.desk import Invalid, Refused, Tx
from motcua.feedback import rules, store
from motcua.feedback.events import RatingAsked, RatingGiven, RatingSkipped
from motcua.feedback.model import Rating, RatingPrompt, RatingRequest, Status
from motcua.queue import store as queue_store
from motcua.queue.model import Ticket, TicketState
from motcua.settings import store as settings_store


def record_prompt(tx: Tx, counter: int, visit: str) -> RatingPrompt:
    """Record that the pad of `counter` showed the question for `visit`; showing it again changes nothing.

    Raises `Invalid("visit.unknown")` unless the visit ended at this counter, `Refused("rating.window")` when its
    time is over.
    """
    ticket = _visit(tx, visit, counter)
    if ticket.state is not TicketState.SERVED:
        raise Invalid("visit.unknown", "There is no such visit here.")
    if (earlier_prompt := store.find_prompt(tx.db, visit)) is not None:
        return earlier_prompt
    settings = settings_store.get_settings(tx.db)
    if tx.at > rules.end_of_window(settings.rating, ticket.finished_at or tx.at):
        raise Refused("rating.window", "The time for rating this visit at the counter is over.")
    officer = queue_store.find_last_officer(tx.db, visit)
    state = "answered" if store.is_rated(tx.db, visit) else "asked"
    prompt = RatingPrompt(
        visit, ticket.day, counter, officer, tx.at, rules.end_of_window(settings.rating, tx.at), state
    )
    store.add_prompt(tx.db, prompt)
    tx.emit(RatingAsked(visit=visit, counter=counter, officer=officer, until=prompt.until))
    return prompt


def record_skip(tx: Tx, visit: str, how: str, counter: int | None) -> None:
    """Record that an asked citizen did not answer: `skipped` by button or `timed_out`.

    An answered or unasked visit stays as it is.

    Raises `Invalid("visit.unknown")` when `counter` is given and the visit did not end there.
    """
    if counter is not None:
        _visit(tx, visit, counter)
    prompt = store.find_prompt(tx.db, visit)
    if prompt is not None and prompt.state == "asked":
        store.save_prompt_state(tx.db, visit, "skipped")
        tx.emit(RatingSkipped(visit=visit, counter=prompt.counter, officer=prompt.officer, how=how))


def rate(tx: Tx, request: RatingRequest) -> Rating:
    """Record what a citizen thought; the last press within the channel's window counts, others are kept as unprompted.

    A visit that ended after the keypad was pressed is not what the press was about. Raises `Invalid`.
    Basis: LEGAL.md#rating-devices.
    """
    visit, counter = request.visit, request.counter
    at = request.pressed_at or tx.at
    settings = settings_store.get_settings(tx.db).rating
    value, source = rules.read_level(request.level), rules.read_channel(request.channel)
    chosen, comment_text = rules.read_reasons(settings, request.reasons), rules.read_comment(request.comment)
    if visit is None and counter is not None:
        if counter_store.find(tx.db, counter) is None:
            raise Invalid("counter.unknown", "There is no counter %(counter)s.", counter=counter)
        last = queue_store.find_last_served(tx.db, tx.day, counter)
        visit = last.id if last and (last.finished_at or "") <= at else None
    ticket = _visit(tx, visit, counter) if visit is not None else None
    prompt = store.find_prompt(tx.db, ticket.id) if ticket else None
    served = ticket if ticket is not None and ticket.state is TicketState.SERVED else None
    day, finished_at = (served.day, served.finished_at) if served else (None, None)
    status = rules.decide_status(
        settings,
        source,
        at,
        tx.day,
        day,
        finished_at,
        prompt,
        by_staff=request.by_staff,
        must_be_asked=request.must_be_asked,
    )
    earlier_rating = store.find_counted(tx.db, ticket.id) if ticket and status is Status.COUNTED else None
    if earlier_rating is not None:
        store.mark_replaced(tx.db, earlier_rating.id)
    officer = queue_store.find_last_officer(tx.db, ticket.id) if ticket else None
    if ticket and status is Status.COUNTED:
        if (
            prompt is None and source.door == "counter" and ticket.counter is not None
        ):  # who pressed was shown the question
            until = rules.end_of_window(settings, ticket.finished_at or tx.at)
            store.add_prompt(
                tx.db, RatingPrompt(ticket.id, ticket.day, ticket.counter, officer, tx.at, until, "answered")
            )
        else:
            store.save_prompt_state(tx.db, ticket.id, "answered")
    text = tx.keep_text(comment_text, settings_store.get_settings(tx.db).retention.text_days) if comment_text else None
    place = counter if ticket is None else ticket.counter
    rating = Rating(
        0,
        ticket.id if ticket else None,
        ticket.day if ticket else tx.day,
        place,
        officer,
        value,
        source,
        status,
        tx.at,
        chosen,
        text,
    )
    number = store.add_rating(tx.db, rating)
    tx.emit(
        RatingGiven(
            rating=number,
            visit=rating.visit,
            counter=place,
            officer=officer,
            level=int(value),
            channel=source.value,
            status=status.value,
            reasons=list(chosen),
            text=text,
            replaced=earlier_rating.id if earlier_rating else None,
        )
    )
    return replace(rating, id=number)


def _visit(tx: Tx, visit: str, counter: int | None) -> Ticket:
    ticket = queue_store.find(tx.db, visit)
    if ticket is None or (counter is not None and ticket.counter != counter):
        raise Invalid("visit.unknown", "There is no such visit here.")
    return ticket
