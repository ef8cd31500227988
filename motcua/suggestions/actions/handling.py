"""What the unit does with a suggestion. Each step checks that whoever acts may see it and may take the step."""

from motcua.copies import replace
from motcua.desk import Forbidden, Tx, Unknown
from motcua.settings import store as settings_store
from motcua.staff import rules as staff_rules
from motcua.staff import store as staff_store
from motcua.suggestions import rules, store
from motcua.suggestions.events import (
    SuggestionAnswered,
    SuggestionAssigned,
    SuggestionChanged,
    SuggestionClassified,
    SuggestionClosed,
    SuggestionOpened,
    SuggestionPublished,
    SuggestionQuestioned,
    SuggestionTaken,
    SuggestionUnpublished,
)
from motcua.suggestions.model import (
    MessageKind,
    Suggestion,
    SuggestionMessage,
    SuggestionState,
    Viewer,
)


def take(tx: Tx, viewer: Viewer, number: int) -> Suggestion:
    """Say that the unit deals with it. Raises `Unknown`, `Forbidden`, `Refused("suggestion.taken")`."""
    item = _get(tx, viewer, number, decides=True)
    rules.require_takable(item)
    taken = replace(item, state=SuggestionState.PROCESSING, taken_at=tx.at)
    store.save(tx.db, taken)
    tx.emit(SuggestionTaken(suggestion=item.id, answer_by=_answer_by(tx, item)))
    return taken


def assign(tx: Tx, viewer: Viewer, number: int, owner: int) -> Suggestion:
    """Make `owner` the one who has to answer; it counts as taken from then on.

    Raises `Unknown`, `Forbidden`, `Refused("suggestion.closed" | "suggestion.restricted" | "suggestion.concerned")`,
    `Invalid("suggestion.owner")`.
    """
    item = _get(tx, viewer, number, decides=True)
    account = next((account for account in staff_store.list_accounts(tx.db) if account.id == owner), None)
    rules.require_assignable(item, account)
    assigned = replace(item, state=SuggestionState.PROCESSING, owner=owner, taken_at=item.taken_at or tx.at)
    store.save(tx.db, assigned)
    tx.emit(SuggestionAssigned(suggestion=item.id, owner=owner, answer_by=_answer_by(tx, item)))
    return assigned


def classify(tx: Tx, viewer: Viewer, number: int, kind: str) -> Suggestion:
    """Say what it is by law. What becomes an appeal or a denunciation loses its owner and is not published.

    Raises `Unknown`, `Forbidden`, `Refused("suggestion.closed")`, `Invalid("suggestion.kind")`.
    """
    item = _get(tx, viewer, number, decides=True)
    rules.require_answerable(item)
    new_kind = rules.read_kind(settings_store.get_settings(tx.db), kind, "")
    if new_kind is item.kind:
        return item
    classified = replace(item, kind=new_kind)
    if new_kind.is_restricted:
        classified = replace(classified, owner=None, may_publish=False)
    store.save(tx.db, classified)
    tx.emit(SuggestionClassified(suggestion=item.id, type=new_kind.value))
    return classified


def ask(tx: Tx, viewer: Viewer, number: int, text: str) -> Suggestion:
    """Ask its sender for more, on the page that the code opens; it counts as taken from then on.

    Raises `Unknown`, `Refused("suggestion.closed")`, `Invalid("suggestion.message" | "suggestion.long")`.
    """
    item = _get(tx, viewer, number)
    rules.require_answerable(item)
    commitment = _keep(tx, item, MessageKind.QUESTION, text)
    asked = replace(item, state=SuggestionState.PROCESSING, taken_at=item.taken_at or tx.at)
    store.save(tx.db, asked)
    tx.emit(SuggestionQuestioned(suggestion=item.id, text=commitment))
    return asked


def answer(tx: Tx, viewer: Viewer, number: int, text: str) -> Suggestion:
    """Answer it. Whether the answer is published is decided afterwards.

    Raises `Unknown`, `Refused("suggestion.closed")`, `Invalid("suggestion.message" | "suggestion.long")`.
    """
    item = _get(tx, viewer, number)
    rules.require_answerable(item)
    commitment = _keep(tx, item, MessageKind.ANSWER, text)
    answered = replace(
        item,
        state=SuggestionState.ANSWERED,
        taken_at=item.taken_at or tx.at,
        closed_at=tx.at,
        closed_on=tx.day,
    )
    store.save(tx.db, answered)
    publish_by = rules.list_deadlines(settings_store.get_settings(tx.db), item.received_on, tx.day).publish_by
    tx.emit(
        SuggestionAnswered(suggestion=item.id, text=commitment, publish_by=publish_by if item.may_publish else None)
    )
    return answered


def refuse(tx: Tx, viewer: Viewer, number: int, text: str) -> Suggestion:
    """Refuse it with a reason for its sender.

    Raises `Unknown`, `Forbidden`, `Refused("suggestion.closed")`, `Invalid("suggestion.message" | "suggestion.long")`.
    """
    item = _get(tx, viewer, number, decides=True)
    rules.require_answerable(item)
    commitment = _keep(tx, item, MessageKind.REFUSAL, text)
    refused = replace(item, state=SuggestionState.REFUSED, closed_at=tx.at, closed_on=tx.day)
    store.save(tx.db, refused)
    tx.emit(SuggestionClosed(suggestion=item.id, how="refused", original=None, text=commitment))
    return refused


def mark_duplicate(tx: Tx, viewer: Viewer, number: int, original: int) -> Suggestion:
    """Say that `original` is about the same; its sender reads the answer of that one.

    Raises `Unknown`, `Forbidden`, `Refused("suggestion.closed")`, `Invalid("suggestion.original")`.
    """
    item = _get(tx, viewer, number, decides=True)
    rules.require_original(item, store.find(tx.db, original))
    duplicate = replace(item, state=SuggestionState.DUPLICATE, original=original, closed_at=tx.at, closed_on=tx.day)
    store.save(tx.db, duplicate)
    tx.emit(SuggestionClosed(suggestion=item.id, how="duplicate", original=original, text=None))
    return duplicate


def publish(tx: Tx, viewer: Viewer, number: int, is_public: bool) -> Suggestion:
    """Put the answer on the public page, or keep it off that page.

    Raises `Unknown`, `Forbidden`, `Refused("suggestion.private")`.
    """
    item = _get(tx, viewer, number, decides=True)
    rules.require_publishable(item)
    if item.is_public is is_public:
        return item
    published = replace(item, is_public=is_public)
    store.save(tx.db, published)
    tx.emit(SuggestionPublished(suggestion=item.id) if is_public else SuggestionUnpublished(suggestion=item.id))
    return published


def note_change(tx: Tx, viewer: Viewer, number: int, text: str) -> Suggestion:
    """Write for the result poster what the unit changed because of it; an empty text takes that back.

    Raises `Unknown`, `Forbidden`, `Invalid("suggestion.long")`.
    """
    item = _get(tx, viewer, number, decides=True)
    commitment = None
    if text.strip():
        days = settings_store.get_settings(tx.db).retention.suggestion_days
        commitment = tx.keep_text(rules.read_message(text), days)
    elif item.change is None:
        return item
    changed = replace(item, change=commitment, changed_on=tx.day if commitment else None)
    store.save(tx.db, changed)
    tx.emit(SuggestionChanged(suggestion=item.id, text=commitment))
    return changed


def open_part(tx: Tx, viewer: Viewer, number: int, part: str) -> Suggestion:
    """Record that somebody reads what is masked: the `text` or the `contact`. Raises `Unknown`."""
    item = _get(tx, viewer, number)
    if part not in {"text", "contact"}:
        raise Unknown("suggestion.unknown", "There is no such suggestion.")
    tx.emit(SuggestionOpened(suggestion=item.id, part=part))
    return item


def _get(tx: Tx, viewer: Viewer, number: int, *, decides: bool = False) -> Suggestion:
    """Return a suggestion that `viewer` may see. What nobody may know of looks as if it were not there."""
    item = store.get(tx.db, number)
    head = staff_rules.find_head(staff_store.list_accounts(tx.db), settings_store.get_settings(tx.db).suggestions.head)
    if not rules.can_see(viewer, item, head):
        raise Unknown("suggestion.unknown", "There is no such suggestion.")
    if decides and not rules.can_decide(viewer, item, head):
        raise Forbidden("auth.role", "You are not allowed to do this.")
    return item


def _keep(tx: Tx, item: Suggestion, kind: MessageKind, text: str) -> str:
    words = rules.read_message(text)
    commitment = tx.keep_text(words, settings_store.get_settings(tx.db).retention.suggestion_days)
    store.add_message(tx.db, item.id, SuggestionMessage(kind, tx.at, commitment))
    return commitment


def _answer_by(tx: Tx, item: Suggestion) -> str:
    return rules.list_deadlines(settings_store.get_settings(tx.db), item.received_on).answer_by
