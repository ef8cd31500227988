"""Alerts, calls for help, and browsers that ask to be told."""

from flask import Response
from flask_openapi3.blueprint import APIBlueprint

from motcua.alerts import actions, rules
from motcua.alerts import store as alert_store
from motcua.alerts.model import Alert, HelpAnswerer, HelpCall, PushSubscription
from motcua.api.answers import respond
from motcua.api.shapes.alerts import (
    AlertsAnswer,
    AlertShape,
    HelpShape,
    NewHelp,
    NewSubscription,
    NumberAnswer,
    NumberPath,
    OldSubscription,
    PushKeyAnswer,
)
from motcua.api.shapes.base import NoBody
from motcua.api.shapes.reports import ReportQuery
from motcua.counters import store as counter_store
from motcua.desk import Forbidden, Invalid, Reader
from motcua.desk.keys import Answer
from motcua.notify import vapid
from motcua.reports.periods import choose_period
from motcua.settings import store as settings_store
from motcua.staff import store as staff_store
from motcua.staff.model import Role
from motcua.views.alerts import describe_alert, describe_days, describe_help
from motcua.web.language import get_language
from motcua.web.site import Site

LISTED_MAX = 500


def install(api: APIBlueprint, site: Site) -> None:
    """Add the calls."""

    @api.post(
        "/help",
        endpoint="call_help",
        summary="Call for help at a counter",
        responses={200: NumberAnswer, 201: NumberAnswer},
    )
    def call_help(body: NewHelp) -> Response:
        counter = _find_counter(site, body.counter)
        if counter is None:
            raise Invalid("counter.unknown", "Name the counter.")
        with site.desk.read() as db:
            if counter_store.find(db, counter) is None:
                raise Invalid("counter.unknown", "There is no counter %(counter)s.", counter=counter)
        site.require_counter(counter)

        def view(_db: Reader, called: tuple[HelpCall, bool]) -> Answer:
            call, is_new = called
            return (201 if is_new else 200), {"id": call.id}

        return respond(site.request_door().do(actions.call_help, counter, answer=view))

    @api.post(
        "/help/<int:id>/answer",
        endpoint="answer_help",
        summary="Say that one comes to help",
        responses={200: HelpShape},
    )
    def answer_help(path: NumberPath, body: NoBody) -> Response:
        credential = site.caller.credential
        account = credential.account if credential is not None else None
        counter = _find_counter(site, None)
        if account is None and counter is not None:
            with site.desk.read() as db:
                account = counter_store.get(db, counter).officer
        answerer = HelpAnswerer(account, counter)
        return respond(site.request_door().do(actions.answer_help, path.id, answerer, answer=_show_help))

    @api.post("/help/<int:id>/end", endpoint="end_help", summary="End a call for help", responses={200: HelpShape})
    def end_help(path: NumberPath, body: NoBody) -> Response:
        _require_part_in(site, path.id)
        return respond(site.request_door().do(actions.end_help, path.id, "done", answer=_show_help))

    @api.get(
        "/alerts", endpoint="alerts", summary="Alerts and calls for help of some days", responses={200: AlertsAnswer}
    )
    def alerts(query: ReportQuery) -> Response:
        today, _behind = site.get_today()
        asked = (query.day, query.begin, query.end) if query.day or query.begin or query.end else (today, None, None)
        days = choose_period("days", today, *asked)
        with site.desk.read() as db:
            return respond((200, describe_days(db, days.first, days.last, LISTED_MAX)))

    @api.post(
        "/alerts/<int:id>/seen",
        endpoint="mark_alert_seen",
        summary="Take note of an alert",
        responses={200: AlertShape},
    )
    def mark_alert_seen(path: NumberPath, body: NoBody) -> Response:
        credential = site.caller.credential
        account = credential.account if credential is not None else None
        return respond(site.request_door().do(actions.mark_seen, path.id, account, answer=_show_alert))

    @api.get(
        "/alerts/push-key",
        endpoint="push_key",
        summary="The desk's public key for messages to browsers",
        responses={200: PushKeyAnswer},
    )
    def push_key() -> Response:
        return respond((200, {"key": vapid.get_public_key(site.desk.path.parent)}))

    @api.post(
        "/alerts/push", endpoint="subscribe", summary="Be told of alerts in this browser", responses={201: NumberAnswer}
    )
    def subscribe(body: NewSubscription) -> Response:
        account = _require_account(site)
        with site.desk.read() as db:
            allow_local = settings_store.get_settings(db).notices.allow_local
        rules.require_subscription(body.endpoint, body.keys.p256dh, body.keys.auth, allow_local=allow_local)
        subscription = PushSubscription(0, account, body.endpoint, body.keys.p256dh, body.keys.auth, get_language(), "")

        def view(_db: Reader, number: int) -> Answer:
            return 201, {"id": number}

        return respond(site.request_door().do(actions.save_subscription, subscription, answer=view))

    @api.post(
        "/alerts/push/end",
        endpoint="unsubscribe",
        summary="Be told no more in this browser",
        responses={204: {"description": "This browser is told no more."}},
    )
    def unsubscribe(body: OldSubscription) -> Response:
        account = _require_account(site)

        def view(_db: Reader, _nothing: None) -> Answer:
            return 204, None

        return respond(site.request_door().do(actions.remove_subscription, account, body.endpoint, answer=view))


def _find_counter(site: Site, named: int | None) -> int | None:
    """Return the counter that a caller means: the one it names, its own, or where the person sits."""
    credential = site.caller.credential
    if named is not None or credential is None:
        return named
    if credential.counter is not None and credential.role is Role.COUNTER:
        return credential.counter
    if credential.account is None:
        return None
    with site.desk.read() as db:
        seat = counter_store.find_of_officer(db, credential.account)
    return seat.number if seat is not None else None


def _require_account(site: Site) -> int:
    credential = site.caller.credential
    if credential is None or credential.account is None:
        raise Forbidden("auth.person", "Only a person who is signed in can do this.")
    return credential.account


def _require_part_in(site: Site, number: int) -> None:
    """Raise `Forbidden` unless the caller called for this help, answered it, or leads the hall."""
    credential = site.caller.credential
    if credential is None or credential.role in {Role.ADMIN, Role.LEADER}:
        return
    counter = _find_counter(site, None)
    with site.desk.read() as db:
        call = alert_store.find_help(db, number)
    if call is None:
        return  # the action says so
    is_answerer = credential.account is not None and credential.account == call.answered_by
    if counter is not None and counter in {call.counter, call.answered_counter}:
        return
    if not is_answerer:
        raise Forbidden("help.not_yours", "Only who called, who answered, or a leader can end this call.")


def _show_help(db: Reader, call: HelpCall) -> Answer:
    return 200, describe_help(call, staff_store.list_full_names(db), settings_store.get_timezone(db))


def _show_alert(db: Reader, alert: Alert) -> Answer:
    return 200, describe_alert(alert, staff_store.list_full_names(db), settings_store.get_timezone(db))
