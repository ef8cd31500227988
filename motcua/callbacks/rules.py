"""Who is taken onto the list, who may call, and what follows from a call. Pure; times are the desk's own."""

from collections.abc import Collection
from datetime import date, datetime

from motcua.bookings.rules import read_phone
from motcua.callbacks.model import (
    OTHER,
    Callback,
    CallbackContact,
    CallbackRequest,
    CallbackState,
    CallOutcome,
)
from motcua.copies import replace
from motcua.desk.errors import Forbidden, Invalid, Refused
from motcua.settings.model import CallbackRules, Settings
from motcua.settings.rules import add_working_days, is_break, is_open
from motcua.typed.lines import clean_line

QUESTION_MAX = 200
IN_HAND_MAX = 1
"""An officer calls one person at a time."""


def read_contact(request: CallbackRequest) -> CallbackContact:
    """Return whom to call. Raises `Invalid("callback.phone" | "callback.question" | "callback.consent")`."""
    try:
        phone = read_phone(request.phone)
    except Invalid as error:
        raise Invalid("callback.phone", error.message) from None
    question = clean_line(request.question)
    if len(question) > QUESTION_MAX:
        raise Invalid("callback.question", "Write at most %(most)s characters.", most=QUESTION_MAX)
    if not request.agrees:
        raise Invalid("callback.consent", "Without your consent the number is not stored. Tick the box to be called.")
    return CallbackContact(phone, question)


def read_topic(topic: str, services: Collection[str]) -> str:
    """Return the topic. Raises `Invalid("callback.topic")` for none of the list."""
    if topic != OTHER and topic not in services:
        raise Invalid("callback.topic", "Choose what the call is about.")
    return topic


def require_room(rules: CallbackRules, open_count: int) -> None:
    """Raise `Refused("callback.full")` while so many wait that nobody more could be called in time."""
    if open_count >= rules.open_most:
        raise Refused(
            "callback.full", "So many people wait for a call that we cannot promise one today. Please come or call us."
        )


def compute_due(settings: Settings, received_on: str) -> str:
    """Return the last day on which a call is in time."""
    return add_working_days(settings, date.fromisoformat(received_on), settings.callbacks.due_days).isoformat()


def require_takeable(settings: Settings, item: Callback, local: datetime, in_hand: int) -> None:
    """Raise `Refused` unless somebody may call now.

    `callback.taken`, `callback.over`, `callback.in_hand` (the officer has one already), `callback.hours` (the unit
    calls on days and at hours at which it is open).
    """
    if item.state is CallbackState.TAKEN:
        raise Refused("callback.taken", "Somebody is calling this person already.")
    if not item.state.is_open:
        raise Refused("callback.over", "This call back is over, and its number is erased.")
    if in_hand >= IN_HAND_MAX:
        raise Refused("callback.in_hand", "You have a call in hand. Note how it went first.")
    if not (is_open(settings, local) or is_break(settings, local)):
        raise Refused("callback.hours", "People are called at hours at which the unit is open.")


def require_holder(item: Callback, officer: int | None) -> None:
    """Raise `Forbidden("callback.not_yours")` unless `officer` has it in hand."""
    if item.state is not CallbackState.TAKEN or item.officer != officer:
        raise Forbidden("callback.not_yours", "You do not have this call in hand.")


def read_outcome(code: str) -> CallOutcome:
    """Return how a call went. Raises `Invalid("callback.outcome")`."""
    if code not in set(CallOutcome):
        raise Invalid("callback.outcome", "Choose how the call went.")
    return CallOutcome(code)


def record_call(item: Callback, outcome: CallOutcome, rules: CallbackRules, at: str) -> Callback:
    """Return a call back after a call: waiting for the next try, done, or given up after so many tries."""
    called = replace(item, tries=item.tries + 1, called_at=item.called_at or at, tried_at=at, outcome=outcome)
    if outcome is not CallOutcome.NO_ANSWER:
        return replace(called, state=CallbackState.DONE, closed_at=at)
    if called.tries >= rules.tries_most:
        return replace(called, state=CallbackState.FAILED, closed_at=at)
    return replace(called, state=CallbackState.WAITING, officer=None)
