"""Asking for ratings and recording them."""

import hmac
from datetime import date, timedelta

from msgspec import Struct

from motcua.copies import replace
from motcua.counters import store as counter_store
from motcua.counters.model import CounterState
from motcua.desk import Invalid, Refused, Tx, parse, stamp
from motcua.feedback import rules, store
from motcua.feedback.actions.visits import get_visit
from motcua.feedback.channels import Channel
from motcua.feedback.events import RatingAsked, RatingGiven, RatingSkipped, ShortCodeRefused
from motcua.feedback.model import CodeRefusal, Rating, RatingPrompt, RatingRequest, Status
from motcua.feedback.rules.forms import derive_level, read_answers
from motcua.feedback.rules.quarantine import RatingFacts, count_seconds, find_rule
from motcua.queue import store as queue_store
from motcua.queue.model import Ticket, TicketState
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.typed.codes import clean_number

LOOK_BACK_MIN = 240
"""Quarantine rules look no further back at a counter."""


def record_prompt(tx: Tx, counter: int, visit: str) -> RatingPrompt:
    """Record that the pad of `counter` showed the question for `visit`; showing it again changes nothing.

    Raises `Invalid("visit.unknown")` unless the visit ended at this counter, `Refused("rating.window")` when its
    time is over.
    """
    ticket = get_visit(tx, visit, counter)
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
        get_visit(tx, visit, counter)
    prompt = store.find_prompt(tx.db, visit)
    if prompt is not None and prompt.state == "asked":
        store.save_prompt_state(tx.db, visit, "skipped")
        tx.emit(RatingSkipped(visit=visit, counter=prompt.counter, officer=prompt.officer, how=how))


class RatingSubject(Struct, frozen=True):
    """What a rating is about: where it was given, its visit, if any, its officer, and where the visit's question and
    rating stand. `at` is when it was given.
    """

    channel: Channel
    at: str
    place: int | None
    ticket: Ticket | None = None
    officer: int | None = None
    prompt: RatingPrompt | None = None
    counted: Rating | None = None


def rate(tx: Tx, request: RatingRequest) -> Rating:
    """Record what a citizen thought; the last press within the channel's window counts, others are kept and marked.

    A visit that ended after the keypad was pressed is not what the press was about. What a rule of `quarantine`
    applies to is set aside. Raises `Invalid`. Basis: LEGAL.md#rating-devices.
    """
    settings = settings_store.get_settings(tx.db)
    channel = rules.read_channel(request.channel)
    answers = read_answers(settings.rating_form, request.answers) if channel is Channel.FORM else None
    level = rules.read_level(request.level) if answers is None else derive_level(answers)
    reasons = rules.read_reasons(settings.rating, request.reasons)
    comment_text = rules.read_comment(request.comment)
    subject = _find_subject(tx, request, channel)
    ticket, place = subject.ticket, subject.place
    would_be = _decide(settings, request, tx.day, subject)
    rule = find_rule(_collect_facts(tx, request, subject, would_be), settings.quarantine)
    status = would_be if rule is None else Status.QUARANTINED
    replaced = subject.counted if status is Status.COUNTED else None
    if replaced is not None:
        store.mark_replaced(tx.db, replaced.id)
    if ticket and status is Status.COUNTED:
        mark_answered(tx, ticket, subject.officer, channel)
    text = tx.keep_text(comment_text, settings.retention.text_days) if comment_text else None
    visit_day = ticket.day if ticket else tx.day
    rating = Rating(
        0, ticket.id if ticket else None, visit_day, place, subject.officer, level, channel, status, tx.at, reasons,
        text,
    )  # fmt: skip
    number = store.add_rating(tx.db, rating)
    if answers:
        store.add_answers(tx.db, number, answers)
    if request.source is not None:
        store.add_source(tx.db, number, request.source, tx.day)
    if rule is not None:
        store.set_aside(tx.db, number, rule.code, would_be)
    tx.emit(
        RatingGiven(
            rating=number,
            visit=rating.visit,
            counter=place,
            officer=subject.officer,
            level=int(level),
            channel=channel.value,
            status=status.value,
            reasons=list(reasons),
            text=text,
            replaced=replaced.id if replaced else None,
            rule=rule.code if rule else None,
            would_be=would_be.value if rule else None,
            answers=dict(answers) if answers else None,
        )
    )
    return replace(rating, id=number)


def rate_by_number(tx: Tx, request: RatingRequest, number: str, short_code: str) -> Rating | CodeRefusal:
    """Record a rating that names its visit by today's ticket number and the four digits on its paper.

    A wrong code is counted; after five the ticket's code is void. Raises `Invalid("short_code.unknown")` for a number
    of today that does not exist or has no code (any more).
    """
    ticket = queue_store.find(tx.db, queue_store.make_visit_id(tx.day, clean_number(number)))
    tries = store.count_tries(tx.db, ticket.id) if ticket is not None else rules.CODE_TRIES
    if ticket is None or ticket.short_code is None or tries >= rules.CODE_TRIES:
        raise Invalid(
            "short_code.unknown",
            "This number and these four digits do not belong together today. Please look at the ticket again, or "
            "scan the code on the ticket itself.",
        )
    if not hmac.compare_digest(rules.clean_short_code(short_code), ticket.short_code):
        store.save_tries(tx.db, ticket.id, tries + 1)
        left = rules.CODE_TRIES - tries - 1
        tx.emit(ShortCodeRefused(visit=ticket.id, left=left))
        return CodeRefusal(left)
    return rate(tx, replace(request, visit=ticket.id, counter=None))


def mark_answered(tx: Tx, ticket: Ticket, officer: int | None, channel: Channel) -> None:
    """Write that a visit's question was answered; who pressed a device at the counter was shown the question."""
    if channel.implies_asked and ticket.counter is not None and store.find_prompt(tx.db, ticket.id) is None:
        until = rules.end_of_window(settings_store.get_settings(tx.db).rating, ticket.finished_at or tx.at)
        store.add_prompt(tx.db, RatingPrompt(ticket.id, ticket.day, ticket.counter, officer, tx.at, until, "answered"))
    else:
        store.save_prompt_state(tx.db, ticket.id, "answered")


def _find_subject(tx: Tx, request: RatingRequest, channel: Channel) -> RatingSubject:
    visit, counter, at = request.visit, request.counter, request.pressed_at or tx.at
    if visit is None and counter is not None:
        if counter_store.find(tx.db, counter) is None:
            raise Invalid("counter.unknown", "There is no counter %(counter)s.", counter=counter)
        if channel.implies_asked:
            last = queue_store.find_last_served(tx.db, tx.day, counter)
            visit = last.id if last and (last.finished_at or "") <= at else None
    if visit is None:
        return RatingSubject(channel, at, counter)
    ticket = get_visit(tx, visit, counter)
    officer = queue_store.find_last_officer(tx.db, ticket.id)
    prompt, counted = store.find_prompt(tx.db, ticket.id), store.find_counted(tx.db, ticket.id)
    return RatingSubject(channel, at, ticket.counter, ticket, officer, prompt, counted)


def _decide(settings: Settings, request: RatingRequest, today: str, subject: RatingSubject) -> Status:
    ticket, at = subject.ticket, subject.at
    is_served = ticket is not None and ticket.state is TicketState.SERVED
    day, finished_at = (ticket.day, ticket.finished_at) if ticket is not None and is_served else (None, None)
    status = rules.decide_status(
        settings.rating,
        subject.channel,
        at,
        today,
        day,
        finished_at,
        subject.prompt,
        must_be_asked=request.must_be_asked,
    )
    return rules.decide_order(at, subject.counted) if status is Status.COUNTED else status


def _collect_facts(tx: Tx, request: RatingRequest, subject: RatingSubject, would_be: Status) -> RatingFacts:
    channel, place = subject.channel, subject.place
    counter = counter_store.find(tx.db, place) if place is not None else None
    since = stamp(parse(tx.at) - timedelta(minutes=LOOK_BACK_MIN))
    yesterday = (date.fromisoformat(tx.day) - timedelta(days=1)).isoformat()
    at_counter = place if channel.implies_asked else None
    return RatingFacts(
        at=tx.at,
        counter=place,
        channel=channel,
        visit=subject.ticket.id if subject.ticket else None,
        status=would_be,
        asked_at=subject.prompt.asked_at if subject.prompt else None,
        source=request.source,
        by_staff=request.by_staff or (request.typist is not None and request.typist == subject.officer),
        is_counter_closed=counter is not None and counter.state is CounterState.CLOSED,
        age_s=count_seconds(subject.at, tx.at),
        recent=store.list_recent(tx.db, at_counter, request.source, since, yesterday),
    )
