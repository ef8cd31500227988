"""Raising and clearing alerts, calling for help, and asking to be told."""

from motcua.alerts import rules, store
from motcua.alerts.events import AlertCleared, AlertRaised, AlertSeen, HelpAnswered, HelpCalled, HelpEnded
from motcua.alerts.model import Alert, AlertReading, HelpAnswerer, HelpCall, PushSubscription
from motcua.copies import replace
from motcua.counters import store as counter_store
from motcua.desk import Tx, Unknown

BROWSERS_MAX = 10
"""How many browsers of one account are told; the oldest one goes."""


def raise_alert(tx: Tx, reading: AlertReading) -> int:
    """Raise the alert of `reading` and return its number; an open one of its kind and key stays as it is."""
    if (open_alert := store.find_open_alert(tx.db, reading.kind, reading.key)) is not None:
        return open_alert.id
    number = store.add_alert(tx.db, tx.day, tx.at, reading)
    value, limit = reading.stated_value, reading.stated_limit
    tx.emit(AlertRaised(number, reading.kind, reading.key, value, limit, dict(reading.details)))
    return number


def clear_alert(tx: Tx, number: int, value: int | None) -> None:
    """Clear an open alert; nothing happens when it is cleared already."""
    alert = store.find_alert(tx.db, number)
    if alert is not None and alert.cleared_at is None:
        store.mark_cleared(tx.db, number, tx.at)
        tx.emit(AlertCleared(number, alert.kind, alert.key, value))


def mark_seen(tx: Tx, number: int, account: int | None) -> Alert:
    """Record that somebody took note of an alert; the first one counts. Raises `Unknown("alert.unknown")`."""
    alert = store.find_alert(tx.db, number)
    if alert is None:
        raise Unknown("alert.unknown", "There is no such alert.")
    if alert.seen_at is not None:
        return alert
    store.mark_seen(tx.db, number, tx.at, account)
    tx.emit(AlertSeen(number, alert.kind, account))
    return replace(alert, seen_at=tx.at, seen_by=account)


def call_help(tx: Tx, counter: int) -> tuple[HelpCall, bool]:
    """Call for help at `counter`; return the call, and whether it is new: an open one there stays.

    Raises `Unknown("counter.unknown")`.
    """
    officer = counter_store.get(tx.db, counter).officer
    if (open_call := store.find_open_help(tx.db, counter)) is not None:
        return open_call, False
    call = HelpCall(0, tx.day, counter, officer, tx.at)
    number = store.add_help(tx.db, call)
    tx.emit(HelpCalled(number, counter, officer))
    return replace(call, id=number), True


def answer_help(tx: Tx, number: int, answerer: HelpAnswerer) -> HelpCall:
    """Record who comes to help. Raises `Unknown("help.unknown")`, `Refused`."""
    call = _get_help(tx, number)
    rules.require_answerable(call, answerer)
    answered = replace(call, answered_at=tx.at, answered_by=answerer.account, answered_counter=answerer.counter)
    store.save_help(tx.db, answered)
    tx.emit(HelpAnswered(number, call.counter, answerer.account, answerer.counter))
    return answered


def end_help(tx: Tx, number: int, how: str) -> HelpCall:
    """End a call for help; one that has ended stays as it is. Raises `Unknown("help.unknown")`."""
    call = _get_help(tx, number)
    if call.ended_at is not None:
        return call
    ended = replace(call, ended_at=tx.at, how=how)
    store.save_help(tx.db, ended)
    tx.emit(HelpEnded(number, call.counter, how))
    return ended


def _get_help(tx: Tx, number: int) -> HelpCall:
    call = store.find_help(tx.db, number)
    if call is None:
        raise Unknown("help.unknown", "There is no such call for help.")
    return call


def save_subscription(tx: Tx, subscription: PushSubscription) -> int:
    """Keep a browser that asked to be told, and return its number. Nothing is journalled: it is personal data."""
    number = store.save_subscription(tx.db, replace(subscription, confirmed_at=tx.at))
    while store.count_subscriptions(tx.db, subscription.account) > BROWSERS_MAX:
        store.remove_oldest_subscription(tx.db, subscription.account)
    return number


def remove_subscription(tx: Tx, account: int, endpoint: str) -> None:
    """Forget a browser of `account`; nothing happens when it is not known."""
    store.remove_subscription(tx.db, endpoint, account)


def drop_subscription(tx: Tx, number: int) -> None:
    """Forget a browser that its push service does not know any more."""
    store.drop_subscription(tx.db, number)
