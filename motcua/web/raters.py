"""Taking a rating by any channel: what shows that the citizen was here, which browser it was, how many a minute."""

import hashlib
import secrets
from collections.abc import Mapping

from flask import current_app, request
from msgspec import Struct
from werkzeug.wrappers.response import Response

from motcua.copies import replace
from motcua.desk import Forbidden, Invalid, Json, Reader, Refused, Tx
from motcua.desk.keys import Answer
from motcua.feedback import actions
from motcua.feedback import store as feedback_store
from motcua.feedback.channels import Channel, Proof
from motcua.feedback.model import CodeRefusal, Rating, RatingRequest
from motcua.feedback.rules import read_channel
from motcua.queue import store as queue_store
from motcua.staff.model import Role
from motcua.web.codes import throttle_codes
from motcua.web.cookies import RATER
from motcua.web.site import Site
from motcua.wiring.bindings import require_device

AT_COUNTER = frozenset({Role.PAD, Role.AGENT, Role.ADMIN})
SOURCE_LENGTH = 32
CREATED, REFUSED = 201, 422


class RatingWish(Struct, frozen=True):
    """What a call or a form says of a rating."""

    level: int
    channel: str
    visit: str | None = None
    token: str | None = None
    counter: int | None = None
    number: str | None = None
    short_code: str | None = None
    reasons: tuple[str, ...] = ()
    comment: str | None = None
    answers: Mapping[str, str] | None = None

    def request(self, visit: str | None, counter: int | None, *, by_staff: bool = False) -> RatingRequest:
        """Return what the action takes."""
        return RatingRequest(
            self.level, self.channel, visit, counter, self.reasons, self.comment, by_staff=by_staff,
            source=find_source_name(), answers=self.answers,
        )  # fmt: skip


def take(site: Site, wish: RatingWish) -> Answer:
    """Record the rating of this request; return 201 and its number and status.

    Raises `Invalid`, `Forbidden`, `Throttled`.
    """
    channel = read_channel(wish.channel)
    if wish.token is not None:
        return _take_by_ticket(site, channel, wish)
    if channel.has_proof("short_code"):
        return _take_at_counter_code(site, wish)
    if channel.has_proof("typist"):
        return _take_slip(site, wish)
    return _take_by_device(site, channel, wish)


def name_browser(site: Site, response: Response) -> Response:
    """Give the browser a name by chance, for two days, so that one browser that rates many tickets is seen."""
    if not find_source():
        name = site.cookies.name(RATER, is_secure=request.is_secure)
        response.set_cookie(
            name, secrets.token_urlsafe(16), max_age=2 * 24 * 3600, httponly=True, samesite="Lax",
            secure=request.is_secure,
        )  # fmt: skip
    return response


def find_source() -> str | None:
    """Return the name by chance that this request's browser was given, None where it keeps none."""
    site: Site = current_app.extensions["motcua"]
    return site.cookies.get_value(request, RATER) or None


def find_source_name() -> str | None:
    """Return what is stored of that name: a digest, so that nobody can send it in the browser's place."""
    source = find_source()
    return hashlib.sha256(source.encode()).hexdigest()[:SOURCE_LENGTH] if source else None


def _view(_db: Reader, rating: Rating) -> Answer:
    return CREATED, {"id": rating.id, "status": rating.status.value}


def _require_proof(channel: Channel, proof: Proof) -> None:
    if not channel.has_proof(proof):
        raise Invalid(
            "rating.channel", "Ratings by the channel %(channel)s are not taken this way.", channel=channel.value
        )


def _take_by_ticket(site: Site, channel: Channel, wish: RatingWish) -> Answer:
    """The ticket's code alone opens its rating, on the channels of its page; it comes along as it is kept."""
    with throttle_codes(site, long=True), site.desk.read() as db:
        ticket = queue_store.find_by_code(db, wish.token or "")
        if ticket is None:
            raise Invalid("token.unknown", "This ticket's page is no longer open.")
    names_other = wish.visit is not None and wish.visit != ticket.id
    if not channel.has_proof("ticket") or names_other or wish.counter is not None or wish.number is not None:
        raise Invalid("rating.channel", "A ticket's own page rates its own visit, on the channel qr.")
    rating = wish.request(ticket.id, None, by_staff=site.identity.is_from_staff(request))
    return site.request_door(ticket.code).do(actions.rate, rating, answer=_view)


def _take_at_counter_code(site: Site, wish: RatingWish) -> Answer:
    """Who scanned a counter's code rates the visit whose number and short code they type, else only the counter."""
    rating = wish.request(None, wish.counter, by_staff=site.identity.is_from_staff(request))
    whose = rating.source or ""
    if wish.visit is not None:
        raise Invalid("rating.channel", "A counter's code names a visit by its number and its short code.")
    if not wish.number and not wish.short_code:
        if wish.counter is None:
            raise Invalid("counter.unknown", "Name the counter.")
        _limit(site, whose)
        return site.request_door(whose).do(actions.rate, rating, answer=_view)
    if not wish.number or not wish.short_code:
        raise Invalid("short_code.missing", "Please type both the number and the four digits of your ticket.")
    number, short_code = wish.number, wish.short_code

    def view(db: Reader, result: Rating | CodeRefusal) -> Answer:
        return (REFUSED, {"left": result.left}) if isinstance(result, CodeRefusal) else _view(db, result)

    with throttle_codes(site):
        status, body = site.request_door(whose).do(actions.rate_by_number, rating, number, short_code, answer=view)
        if status == REFUSED:
            raise _wrong_code(body["left"])
    return status, body


def _wrong_code(left: int) -> Refused:
    if left == 0:
        return Invalid(
            "short_code.void",
            "These four digits were wrong too often. Please scan the code on the ticket itself to rate.",
        )
    return Invalid(
        "short_code.wrong",
        "The four digits are wrong. You may try %(left)s more times.",
        left=left,
    )


def _limit(site: Site, source: str) -> None:
    """Raise `Throttled` for more ratings without a visit than one browser, or one hall behind one address, sends."""
    address = request.remote_addr or ""
    counted = [
        (table, name) for table, name in ((site.rating_browsers, source), (site.rating_addresses, address)) if name
    ]
    for table, name in counted:
        table.check(name)
    for table, name in counted:
        table.record_failure(name)


def _take_slip(site: Site, wish: RatingWish) -> Answer:
    """A leader, or an officer whom a leader named, types what a paper says; the journal says who."""
    account = require_typist(site)
    visit, counter = wish.visit, wish.counter
    if wish.number is not None:
        visit, counter = wish.number, None
    if visit is None and counter is None:
        raise Invalid("counter.unknown", "Name the counter.")
    with site.desk.read() as db:
        day, _behind = site.get_today()
        ticket = queue_store.get_by_reference(db, day, visit) if visit is not None else None
    rating = replace(wish.request(ticket.id if ticket else None, counter), source=None, typist=account)
    return site.request_door().do(actions.rate, rating, answer=_view)


def require_typist(site: Site) -> int | None:
    """Return the account of a caller who may type in slips, None for a program. Raises `Forbidden`."""
    credential = site.caller.credential
    if credential is None:
        raise Forbidden("auth.required", "Please sign in first.")
    account = credential.account
    if credential.role not in (Channel.SLIP.users or frozenset()):
        raise Forbidden("auth.role", "You are not allowed to do this.")
    if credential.role is Role.OFFICER:
        with site.desk.read() as db:
            if account is None or not feedback_store.is_typist(db, account):
                raise Forbidden("slips.not_named", "Ask your leader to name you as one who types in paper slips.")
    return account


def _take_by_device(site: Site, channel: Channel, wish: RatingWish) -> Answer:
    """A pad rates at its own counter; an agent's keypad and an administrator name it."""
    credential = site.caller.credential
    if credential is None:
        raise Forbidden("auth.required", "Please sign in first.")
    if credential.role not in AT_COUNTER:
        raise Forbidden("auth.role", "You are not allowed to do this.")
    counter = credential.counter if credential.counter is not None else wish.counter
    if counter is None:
        raise Invalid("counter.unknown", "Name the counter.")
    if wish.counter is not None and wish.counter != counter:
        raise Forbidden("counter.not_yours", "You are not signed in at counter %(counter)s.", counter=wish.counter)
    if channel is Channel.QR:
        raise Invalid("rating.channel", "A ticket's own page rates its own visit, on the channel qr.")
    _require_proof(channel, "device")
    agent = credential if credential.role is Role.AGENT else None
    rating = replace(wish.request(wish.visit, counter), source=None, must_be_asked=agent is not None)

    def act(tx: Tx) -> Rating:
        if agent is not None:
            require_device(tx.db, agent.id, "pad", counter)
        return actions.rate(tx, rating)

    via: dict[str, Json] | None = None if agent is None else {"agent": agent.id, "device": None}
    return site.request_door("", via).do(act, answer=_view)
