"""What the sender of a suggestion does: writes it, adds to it, rates the answer, has it erased."""

from datetime import date, timedelta

from motcua.copies import replace
from motcua.counters import store as counter_store
from motcua.desk import Invalid, Refused, Tx, scrubbing, texts
from motcua.queue import store as queue_store
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.suggestions import rules, store
from motcua.suggestions.events import (
    SuggestionErased,
    SuggestionRated,
    SuggestionReceived,
    SuggestionSupplemented,
)
from motcua.suggestions.model import (
    MessageKind,
    Suggestion,
    SuggestionMessage,
    SuggestionRequest,
    SuggestionState,
)


def receive(tx: Tx, request: SuggestionRequest) -> Suggestion:
    """Take what somebody wrote. Its deadlines begin with today.

    Raises `Refused("suggestion.off" | "suggestion.photos")`, `Invalid("suggestion.text" | "suggestion.long" |
    "suggestion.contact" | "suggestion.kind" | "token.unknown" | "visit.unknown" | "counter.unknown")`.
    """
    settings = settings_store.get_settings(tx.db)
    if not settings.suggestions.is_open:
        raise Refused("suggestion.off", "This unit takes no suggestions here at the moment.")
    if request.photo is not None and not settings.suggestions.photos:
        raise Refused("suggestion.photos", "No photo can be attached here. Please send the text alone.")
    text, contact = rules.read_text(request.text), rules.read_contact(request.contact)
    kind = rules.read_kind(settings, request.kind, text)
    visit, is_proven = _find_visit(tx, request)
    counter, concerned = _find_place(tx, request, visit)
    days = settings.retention.suggestion_days
    photo = None
    if request.photo is not None:
        photo = store.keep_photo(tx.db, request.photo, tx.entropy(16).hex(), _erase_on(settings, tx.day))
    while store.find_by_code(tx.db, code := rules.make_suggestion_code(tx.entropy)) is not None:
        pass
    new_item = Suggestion(
        0,
        code,
        kind,
        SuggestionState.WAITING,
        request.source,
        tx.at,
        tx.day,
        tx.keep_text(text, days),
        tx.keep_text(contact, days) if contact else None,
        photo,
        visit,
        is_proven,
        counter,
        concerned,
        may_publish=request.may_publish and not kind.is_restricted,
        language=request.language,
    )
    item = replace(new_item, id=store.add(tx.db, new_item))
    deadlines = rules.list_deadlines(settings, item.received_on)
    tx.emit(
        SuggestionReceived(
            suggestion=item.id,
            type=item.kind.value,
            source=item.source.value,
            visit=item.visit,
            counter=item.counter,
            may_publish=item.may_publish,
            text=item.text,
            contact=item.contact,
            photo=item.photo,
            take_by=deadlines.take_by,
            supplement_by=deadlines.supplement_by,
            answer_by=deadlines.answer_by,
        )
    )
    return item


def _find_visit(tx: Tx, request: SuggestionRequest) -> tuple[str | None, bool]:
    """Return the visit that it is about, and whether its sender held the ticket's code."""
    if request.ticket:
        if (ticket := queue_store.find_by_code(tx.db, request.ticket)) is None:
            raise Invalid("token.unknown", "This ticket's page is no longer open.")
        return ticket.id, True
    if not request.visit:
        return None, False
    if (ticket := queue_store.find(tx.db, request.visit)) is None:
        raise Invalid("visit.unknown", "There is no such visit here.")
    return ticket.id, False


def _find_place(tx: Tx, request: SuggestionRequest, visit: str | None) -> tuple[int | None, int | None]:
    """Return the counter that it is about, and the officer whom it may concern."""
    seated = None
    if request.counter is not None:
        if (counter := counter_store.find(tx.db, request.counter)) is None:
            raise Invalid("counter.unknown", "There is no counter %(counter)s.", counter=request.counter)
        seated = counter.officer
    ticket = queue_store.find(tx.db, visit) if visit else None
    number = request.counter if request.counter is not None else (ticket.counter if ticket else None)
    officer = queue_store.find_last_officer(tx.db, visit) if visit else None
    return number, officer if officer is not None else seated


def _erase_on(settings: Settings, day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=settings.retention.suggestion_days)).isoformat()


def supplement(tx: Tx, code: str, text: str) -> Suggestion:
    """Add what the unit asked for.

    Raises `Unknown("suggestion.code")`, `Refused("suggestion.closed" | "suggestion.not_asked")`,
    `Invalid("suggestion.message" | "suggestion.long")`.
    """
    item = store.get_by_code(tx.db, rules.clean_suggestion_code(code))
    messages = store.list_messages(tx.db, item.id)
    rules.require_supplement(item, is_asked=any(message.kind is MessageKind.QUESTION for message in messages))
    words = rules.read_message(text)
    commitment = tx.keep_text(words, settings_store.get_settings(tx.db).retention.suggestion_days)
    store.add_message(tx.db, item.id, SuggestionMessage(MessageKind.SUPPLEMENT, tx.at, commitment))
    tx.emit(SuggestionSupplemented(suggestion=item.id, text=commitment))
    return item


def rate(tx: Tx, code: str, level: int) -> Suggestion:
    """Record what its sender thinks of the answer, once.

    Raises `Unknown("suggestion.code")`, `Refused("suggestion.unanswered" | "suggestion.rated")`,
    `Invalid("rating.level")`.
    """
    item = store.get_by_code(tx.db, rules.clean_suggestion_code(code))
    rules.require_ratable(item)
    rated = replace(item, rating=rules.read_rating(level))
    store.save(tx.db, rated)
    tx.emit(SuggestionRated(suggestion=item.id, level=level))
    return rated


def erase(tx: Tx, code: str) -> Suggestion:
    """Erase all words, the contact and the photo that `code` names. Erasing again changes nothing.

    An open one is withdrawn, a public answer is taken off its page. That there was one stays, without words.
    Raises `Unknown("suggestion.code")`.
    """
    item = store.get_by_code(tx.db, rules.clean_suggestion_code(code))
    if item.erased_at is not None:
        return item
    messages = store.list_messages(tx.db, item.id)
    texts.erase_texts(tx, [item.text, *([item.contact] if item.contact else []), *(one.text for one in messages)])
    if item.photo:
        store.erase_photo(tx.db, item.photo)
    scrubbing.soil(tx.db)
    erased = replace(item, erased_at=tx.at, is_public=False)
    if item.state.is_open:
        erased = replace(erased, state=SuggestionState.WITHDRAWN, closed_at=tx.at, closed_on=tx.day)
    store.save(tx.db, erased)
    tx.emit(SuggestionErased(suggestion=item.id, state=erased.state.value))
    return erased
