"""What leaders decide: ratings that were set aside, and who may type in slips."""

from msgspec import Struct

from motcua.copies import replace
from motcua.desk import Refused, Tx, Unknown
from motcua.feedback import rules, store
from motcua.feedback.actions.rating import mark_answered
from motcua.feedback.events import RatingReviewed, TypistNamed, TypistRemoved
from motcua.feedback.model import QuarantinedRating, Rating, Status
from motcua.queue import store as queue_store
from motcua.queue.model import TicketState
from motcua.settings import store as settings_store
from motcua.staff import store as staff_store
from motcua.staff.model import Role

RELEASED, CONFIRMED = "released", "confirmed"


def release(tx: Tx, rating: int, reason: str) -> Rating:
    """Let a rating be what it would be without the rule that set it aside.

    Raises `Unknown("rating.unknown")`, `Refused("quarantine.decided")`, `Invalid` for the reason.
    """
    clean_reason = rules.require_reason(reason)
    item = _require_waiting(tx, rating)
    ticket = queue_store.find(tx.db, item.rating.visit) if item.rating.visit is not None else None
    is_served = ticket is not None and ticket.state is TicketState.SERVED
    finished_at = ticket.finished_at if ticket is not None and is_served else None
    counted = store.find_counted(tx.db, ticket.id) if ticket is not None else None
    status = rules.decide_release(item.would_be, item.rating, finished_at, counted)
    replaced = counted if status is Status.COUNTED else None
    if replaced is not None:
        store.mark_replaced(tx.db, replaced.id)
    store.save_status(tx.db, rating, status)
    if ticket is not None and status is Status.COUNTED:
        mark_answered(tx, ticket, item.rating.officer, item.rating.channel)
    review = _Review(RELEASED, status, replaced.id if replaced else None, clean_reason)
    return _record(tx, item, review)


def confirm(tx: Tx, rating: int, reason: str) -> Rating:
    """Let a rating stay set aside. Raises as `release` does."""
    clean_reason = rules.require_reason(reason)
    review = _Review(CONFIRMED, Status.QUARANTINED, None, clean_reason)
    return _record(tx, _require_waiting(tx, rating), review)


def name_typist(tx: Tx, account: int) -> None:
    """Let an officer type in slips. Raises `Unknown("account.unknown")`, `Refused("typist.not_needed")`."""
    if staff_store.get_account(tx.db, account).role is not Role.OFFICER:
        raise Refused("typist.not_needed", "Leaders may type in slips anyway. Choose an officer.")
    if not store.is_typist(tx.db, account):
        store.save_typist(tx.db, account, may_type=True)
        tx.emit(TypistNamed(account=account))


def remove_typist(tx: Tx, account: int) -> None:
    """No longer let an officer type in slips; one who may not stays as they are."""
    if store.is_typist(tx.db, account):
        store.save_typist(tx.db, account, may_type=False)
        tx.emit(TypistRemoved(account=account))


def _require_waiting(tx: Tx, rating: int) -> QuarantinedRating:
    item = store.find_quarantined(tx.db, rating)
    if item is None:
        raise Unknown("rating.unknown", "No rating with this number was set aside.")
    if item.decision is not None:
        raise Refused("quarantine.decided", "This rating has been decided on already.")
    return item


class _Review(Struct, frozen=True):
    """What a leader decided and why; `status` is what the rating is now, `replaced` the one that no longer counts."""

    decision: str
    status: Status
    replaced: int | None
    reason: str


def _record(tx: Tx, item: QuarantinedRating, review: _Review) -> Rating:
    text = tx.keep_text(review.reason, settings_store.get_settings(tx.db).retention.text_days)
    rating = item.rating
    store.save_decision(tx.db, rating.id, review.decision, tx.at, tx.actor, text)
    tx.emit(
        RatingReviewed(
            rating=rating.id,
            visit=rating.visit,
            counter=rating.counter,
            officer=rating.officer,
            decision=review.decision,
            status=review.status.value,
            replaced=review.replaced,
            text=text,
        )
    )
    return replace(rating, status=review.status)
