"""The camera question and its answers, and what a camera says once a visit has ended."""

from motcua.counters import store as counter_store
from motcua.desk import Invalid, Reader, Refused, Tx, scrubbing
from motcua.feedback import store
from motcua.feedback.actions.visits import get_visit
from motcua.feedback.events import CameraConsentGiven, CameraDataErased, ExpressionNoted
from motcua.feedback.model import (
    NOTICE_VERSION,
    CameraConsent,
    CameraData,
    ConsentAnswer,
    ExpressionReading,
    ExpressionRecord,
    ScoreObstacle,
)
from motcua.feedback.rules import camera as rules
from motcua.queue import store as queue_store
from motcua.queue.model import Ticket, TicketState
from motcua.settings import store as settings_store
from motcua.typed.lines import clean_line

MODEL_LETTERS = 12
"""How much of the model's hash an event holds."""


def find_consent(db: Reader, ticket: Ticket) -> CameraConsent | None:
    """Return the answer that counts for a ticket now, None where this turn of its visit was not asked."""
    consent = store.find_last_consent(db, ticket.id)
    is_now = consent is not None and (consent.counter, consent.turn) == (
        ticket.counter,
        queue_store.count_turns(db, ticket.id),
    )
    return consent if is_now else None


def show_camera_notice(tx: Tx, counter: int, visit: str, has_camera: bool) -> ConsentAnswer:
    """Record that the pad of `counter` shows the notice: until somebody answers, the answer is none, which means no.

    Shown again it changes nothing. Raises `Invalid("visit.unknown")` and `Refused`.
    """
    ticket = get_visit(tx, visit, counter)
    rules.require_being_served(ticket)
    rules.require_camera(is_on=settings_store.get_settings(tx.db).camera.is_on, has_camera=has_camera)
    consent = find_consent(tx.db, ticket)
    return consent.answer if consent is not None else _record(tx, ticket, counter, ConsentAnswer.NONE)


def answer_consent(tx: Tx, counter: int, visit: str, answer: str, has_camera: bool) -> ConsentAnswer:
    """Record the citizen's `yes` or `no`; return the answer that counts. The same answer again changes nothing.

    Raises `Invalid("visit.unknown" | "consent.answer")`, and `Refused` where no camera may look or a no came before.
    """
    ticket, choice = get_visit(tx, visit, counter), rules.read_choice(answer)
    current = _find_answer(tx, ticket)
    if choice is ConsentAnswer.NO and current is ConsentAnswer.YES:
        return withdraw_consent(tx, counter, visit)
    rules.require_being_served(ticket)
    if choice is ConsentAnswer.YES:
        rules.require_camera(is_on=settings_store.get_settings(tx.db).camera.is_on, has_camera=has_camera)
    following = rules.find_next_answer(current, choice)
    return _record(tx, ticket, counter, following) if following is not None else current or choice


def withdraw_consent(tx: Tx, counter: int, visit: str) -> ConsentAnswer:
    """Record that a citizen takes back the yes; a score that is there already is erased.

    A second time it changes nothing. Raises `Invalid("visit.unknown")`, `Refused("consent.none")` where nobody agreed
    and there is no score.
    """
    ticket = get_visit(tx, visit, counter)
    current, record = _find_answer(tx, ticket), store.find_expression(tx.db, visit)
    if current is ConsentAnswer.WITHDRAWN:
        return current
    if record is None or not record.has_score:  # the answer may be erased before the score
        rules.require_answered_yes(current)
    return _close(tx, ticket, counter, ConsentAnswer.WITHDRAWN)


def erase_score_by_number(tx: Tx, day: str, number: str) -> ConsentAnswer:
    """Erase the smile index of the ticket `number` of a day, because its citizen asks for that later.

    It counts as a withdrawal. Raises `Invalid("ticket.not_on_day")`, `Refused("consent.none")` where nothing is kept.
    """
    visit = f"{day.replace('-', '')}-{clean_line(number).upper()}"
    ticket = queue_store.find(tx.db, visit)
    if ticket is None or ticket.counter is None:
        raise Invalid(
            "ticket.not_on_day", "No ticket with this number was served on that day. Check the day and the number."
        )
    return withdraw_consent(tx, ticket.counter, visit)


def let_consent_lapse(tx: Tx, counter: int, visit: str) -> ConsentAnswer | None:
    """Let a yes count as no answer, because no pad is left on which it could be taken back; return what counts now.

    A pad that comes back asks once more. Without a yes it changes nothing. Raises `Invalid("visit.unknown")`.
    """
    ticket = get_visit(tx, visit, counter)
    current = _find_answer(tx, ticket)
    if current is not ConsentAnswer.YES or ticket.state is not TicketState.SERVING:
        return current
    return _record(tx, ticket, counter, ConsentAnswer.NONE)


def has_lapsed(db: Reader, visit: str) -> bool:
    """Say whether the last answer of a visit is none, after a yes in the same turn."""
    answers = store.list_last_consents(db, visit, 2)
    return [item.answer for item in answers] == [ConsentAnswer.NONE, ConsentAnswer.YES] and answers[0].turn == answers[
        1
    ].turn


def switch_off_for_visit(tx: Tx, counter: int) -> ConsentAnswer:
    """Switch the camera off for the ticket in hand at `counter`, as for a child: nobody is asked any more.

    Raises `Unknown("counter.unknown")`, `Refused("counter.idle")`.
    """
    in_hand = counter_store.get(tx.db, counter).in_hand
    if in_hand is None:
        raise Refused("counter.idle", "No ticket has been called to this counter.")
    ticket = queue_store.get(tx.db, in_hand)
    if _find_answer(tx, ticket) is ConsentAnswer.CHILD:
        return ConsentAnswer.CHILD
    return _close(tx, ticket, counter, ConsentAnswer.CHILD)


def note_expression(tx: Tx, reading: ExpressionReading, speed: float = 1.0) -> ExpressionRecord:
    """Keep what a camera says of a visit that has ended, if its citizen agreed; else only that there is no consent.

    One a visit: a second one changes nothing. Raises `Invalid("visit.unknown" | "expression.shape")`,
    `Refused("expression.not_ended" | "expression.late")`, and keeps nothing then.
    """
    obstacle = rules.read_reading(reading)
    ticket = get_visit(tx, reading.visit)
    if (earlier := store.find_expression(tx.db, ticket.id)) is not None:
        return earlier
    rules.require_in_time(rules.require_ended(ticket), tx.at, speed)
    assert ticket.counter is not None  # noqa: S101 -- a visit ends at a counter
    is_on = settings_store.get_settings(tx.db).camera.is_on
    has_consent = is_on and rules.is_agreed(find_consent(tx.db, ticket))
    record = ExpressionRecord(
        visit=ticket.id,
        day=ticket.day,
        counter=ticket.counter,
        officer=queue_store.find_last_officer(tx.db, ticket.id),
        score=reading.score if has_consent else None,
        quality=reading.quality if has_consent else None,
        valid_frames=reading.valid_frames if has_consent else 0,
        seen_frames=reading.seen_frames if has_consent else 0,
        reason=obstacle if has_consent else ScoreObstacle.NO_CONSENT,
        model_hash=reading.model_hash,
        at=tx.at,
    )
    store.add_expression(tx.db, record)
    tx.emit(
        ExpressionNoted(
            visit=ticket.id,
            counter=ticket.counter,
            kept=record.has_score,
            reason=record.reason.value if record.reason else None,
            model=reading.model_hash[:MODEL_LETTERS],
        )
    )
    return record


def withdraw_end(db: Reader, visit: str) -> None:
    """Take back what followed from the end of a visit that was not over after all: its question and its score."""
    store.remove_prompt(db, visit)
    if store.remove_expression(db, visit):
        scrubbing.soil(db)


def erase_camera_data(tx: Tx, what: CameraData, before: str) -> int:
    """Erase scores or answers of visits before the day `before`; return how many. Where there are none, say nothing."""
    purge = store.purge_expressions if what is CameraData.SCORES else store.purge_consents
    count = purge(tx.db, before)
    if count:
        scrubbing.soil(tx.db)
        tx.emit(CameraDataErased(what=what.value, before=before, count=count))
    return count


def _find_answer(tx: Tx, ticket: Ticket) -> ConsentAnswer | None:
    consent = find_consent(tx.db, ticket)
    return consent.answer if consent is not None else None


def _close(tx: Tx, ticket: Ticket, counter: int, answer: ConsentAnswer) -> ConsentAnswer:
    """Record an answer that ends an agreement, and erase a score that is there."""
    if store.has_expression(tx.db, ticket.id):
        store.erase_score(tx.db, ticket.id)
        scrubbing.soil(tx.db)
    return _record(tx, ticket, counter, answer)


def _record(tx: Tx, ticket: Ticket, counter: int, answer: ConsentAnswer) -> ConsentAnswer:
    turn = queue_store.count_turns(tx.db, ticket.id)
    store.add_consent(tx.db, CameraConsent(ticket.id, ticket.day, counter, answer, NOTICE_VERSION, turn, tx.at))
    officer = counter_store.get(tx.db, counter).officer
    tx.emit(
        CameraConsentGiven(
            visit=ticket.id, counter=counter, officer=officer, answer=answer.value, notice=NOTICE_VERSION
        )
    )
    return answer
