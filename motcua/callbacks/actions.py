"""What happens to call backs: somebody asks, an officer takes one, calls, notes how it went; numbers are erased."""

from datetime import date, datetime, timedelta

from motcua.callbacks import rules, store
from motcua.callbacks.events import (
    CallbackAsked,
    CallbackCalled,
    CallbackReleased,
    CallbacksExpired,
    CallbackTaken,
)
from motcua.callbacks.model import Callback, CallbackRequest, CallbackState
from motcua.catalogue import store as catalogue_store
from motcua.copies import replace
from motcua.desk import Tx, Unknown, get_zone, parse
from motcua.desk.vault import Vault
from motcua.settings import store as settings_store
from motcua.settings.model import Settings


def ask_callback(tx: Tx, vault: Vault, request: CallbackRequest) -> str:
    """Take somebody onto the list; return the day until which they are called.

    A number that waits already changes nothing and gets the same answer: nobody learns who waits. Raises
    `Unknown("callbacks.off")`, `Refused("callback.full")`, `Invalid("callback.phone" | "callback.question" |
    "callback.consent" | "callback.topic")`.
    """
    settings = _get_switched_on(tx)
    contact = rules.read_contact(request)
    topic = rules.read_topic(request.topic, {item.code for item in catalogue_store.list_services(tx.db)})
    due_on = rules.compute_due(settings, tx.day)
    if store.has_number(tx.db, vault, contact.phone):
        return due_on
    rules.require_room(settings.callbacks, store.count_open(tx.db))
    draft = Callback(0, tx.at, tx.day, topic, request.source, CallbackState.WAITING, due_on)
    item = replace(draft, id=store.add_callback(tx.db, draft))
    erase_on = (date.fromisoformat(tx.day) + timedelta(days=settings.callbacks.keep_days)).isoformat()
    digest = store.seal_contact(tx, vault, item.id, contact, erase_on)
    tx.emit(CallbackAsked(item.id, topic=topic, source=item.source.value, due_on=due_on, digest=digest))
    return due_on


def take_callback(tx: Tx, number: int, officer: int) -> Callback:
    """Let an officer call somebody. Raises `Unknown`, `Refused` as `rules.require_takeable` does."""
    settings = _get_switched_on(tx)
    item = store.get_callback(tx.db, number)
    rules.require_takeable(settings, item, _get_local(tx, settings), store.count_in_hand(tx.db, officer))
    taken = replace(item, state=CallbackState.TAKEN, officer=officer)
    store.save_callback(tx.db, taken)
    tx.emit(CallbackTaken(number, officer=officer))
    return taken


def release_callback(tx: Tx, number: int, officer: int | None) -> Callback:
    """Put a call back onto the list without a call; None for a leader, who may take it from whoever forgot it.

    Raises `Unknown`, `Forbidden("callback.not_yours")`.
    """
    _get_switched_on(tx)
    item = store.get_callback(tx.db, number)
    rules.require_holder(item, item.officer if officer is None else officer)
    waiting = replace(item, state=CallbackState.WAITING, officer=None)
    store.save_callback(tx.db, waiting)
    tx.emit(CallbackReleased(number))
    return waiting


def note_call(tx: Tx, number: int, officer: int, outcome: str) -> Callback:
    """Note how a call went; the number is erased unless it is tried again.

    Raises `Unknown`, `Forbidden("callback.not_yours")`, `Invalid("callback.outcome")`.
    """
    settings = _get_switched_on(tx)
    item = store.get_callback(tx.db, number)
    rules.require_holder(item, officer)
    called = rules.record_call(item, rules.read_outcome(outcome), settings.callbacks, tx.at)
    store.save_callback(tx.db, called)
    if not called.state.is_open:
        store.erase_contact(tx.db, number)
    tx.emit(CallbackCalled(number, outcome=outcome, tries=called.tries, state=called.state.value))
    return called


def purge_callbacks(tx: Tx) -> int:
    """Erase numbers whose time is over, whether anybody called or not; return how many."""
    numbers = store.list_overdue_contacts(tx.db, tx.day)
    for number in numbers:
        item = store.get_callback(tx.db, number)
        store.save_callback(tx.db, replace(item, state=CallbackState.EXPIRED, closed_at=tx.at, officer=None))
        store.erase_contact(tx.db, number)
    if numbers:
        tx.emit(CallbacksExpired(callbacks=[*numbers]))
    return len(numbers)


def _get_switched_on(tx: Tx) -> Settings:
    settings = settings_store.get_settings(tx.db)
    if not settings.callbacks.is_on:
        raise Unknown("callbacks.off", "There is nothing at this address.")
    return settings


def _get_local(tx: Tx, settings: Settings) -> datetime:
    return parse(tx.at).astimezone(get_zone(settings.timezone)).replace(tzinfo=None)
