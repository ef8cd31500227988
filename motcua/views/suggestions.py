"""Suggestions as their senders and the unit see them. What is masked is masked here, before it leaves the desk."""

from collections.abc import Sequence
from datetime import date

from motcua.desk import Reader, get_zone, parse, texts
from motcua.desk.messages import translate_into_each
from motcua.settings import rules as calendar
from motcua.settings.model import Settings
from motcua.suggestions import rules, store
from motcua.suggestions.model import (
    KIND_LABELS,
    SOURCE_LABELS,
    STATE_LABELS,
    MessageKind,
    Suggestion,
    SuggestionState,
    Viewer,
)
from motcua.views.shapes import View, format_local

EXCERPT_MAX = 160


def describe_for_sender(db: Reader, settings: Settings, item: Suggestion) -> View:
    """Return what whoever holds its code reads: state, deadlines, messages, their own words whole."""
    deadlines = rules.list_deadlines(settings, item.received_on, _answered_on(item))
    contact = texts.find_text(db, item.contact)
    return {
        "code": item.code,
        "shown_code": rules.write_code(item.code),
        "kind": item.kind.value,
        "kind_label": translate_into_each(KIND_LABELS[item.kind]),
        "is_restricted": item.kind.is_restricted,
        "state": item.state.value,
        "state_label": translate_into_each(STATE_LABELS[item.state]),
        "received_at": format_local(item.received_at, settings.timezone),
        "closed_at": format_local(item.closed_at, settings.timezone),
        "deadlines": {
            "take_by": deadlines.take_by,
            "supplement_by": deadlines.supplement_by,
            "answer_by": deadlines.answer_by,
            "publish_by": deadlines.publish_by if item.may_publish else None,
        },
        "text": texts.find_text(db, item.text),
        "contact": contact,
        "has_contact": bool(contact),
        "has_email": bool(settings.notices.smtp_host and rules.find_email(contact or "")),
        "has_photo": store.find_photo(db, item.photo) is not None,
        "messages": _list_messages(db, settings, item),
        "answer": _find_answer(db, item),
        "may_publish": item.may_publish,
        "is_public": bool(item.is_public),
        "rating": item.rating,
        "can_rate": item.state in {SuggestionState.ANSWERED, SuggestionState.REFUSED}
        and item.rating is None
        and item.erased_at is None,
        "can_add": item.state.is_open and _is_asked(db, item),
        "is_erased": item.erased_at is not None,
    }


def _list_messages(db: Reader, settings: Settings, item: Suggestion) -> list[View]:
    """Return the messages about a suggestion; a duplicate also has the answer of its original."""
    messages = [
        {"kind": one.kind.value, "at": format_local(one.at, settings.timezone), "text": texts.find_text(db, one.text)}
        for one in store.list_messages(db, item.id)
    ]
    if item.original is not None and (original := store.find(db, item.original)) is not None:
        messages += [
            {"kind": one.kind.value, "at": format_local(one.at, settings.timezone), "text": _cover(db, one.text)}
            for one in store.list_messages(db, original.id)
            if one.kind is MessageKind.ANSWER
        ]
    return messages


def _cover(db: Reader, commitment: str) -> str | None:
    """Return the words of an answer to somebody else, masked for good."""
    text = texts.find_text(db, commitment)
    return None if text is None else "".join(piece.mask for piece in rules.mask(text))


def _find_answer(db: Reader, item: Suggestion) -> str | None:
    answers = [one for one in store.list_messages(db, item.id) if one.kind is MessageKind.ANSWER]
    return texts.find_text(db, answers[-1].text) if answers else None


def _is_asked(db: Reader, item: Suggestion) -> bool:
    return any(one.kind is MessageKind.QUESTION for one in store.list_messages(db, item.id))


def _answered_on(item: Suggestion) -> str | None:
    return item.closed_on if item.state is SuggestionState.ANSWERED else None


def describe_row(db: Reader, settings: Settings, item: Suggestion, today: str, names: dict[int, str]) -> View:
    """Return a suggestion as a row of the unit's list, with the deadline that comes next."""
    return {
        "id": item.id,
        "kind": item.kind.value,
        "kind_label": translate_into_each(KIND_LABELS[item.kind]),
        "is_restricted": item.kind.is_restricted,
        "state": item.state.value,
        "state_label": translate_into_each(STATE_LABELS[item.state]),
        "received_on": item.received_on,
        "owner": names.get(item.owner or 0, ""),
        "due": describe_due(settings, item, today),
        "excerpt": describe_pieces(settings, _cut(texts.find_text(db, item.text))),
        "is_public": bool(item.is_public),
        "is_erased": item.erased_at is not None,
        "has_photo": item.photo is not None,
    }


def describe_due(settings: Settings, item: Suggestion, today: str) -> View | None:
    """Return the deadline that comes next: its day, how many working days are left, `late`, `near` or nothing."""
    due = rules.find_due(settings, item)
    if due is None:
        return None
    name, last = due
    stages = {stage.stage for stage in rules.list_stages(settings, item, today)}
    left = calendar.count_working_days(settings, date.fromisoformat(today), date.fromisoformat(last))
    return {
        "deadline": name,
        "day": last,
        "left": left,
        "stage": "late" if rules.LATE in stages else "near" if stages else "",
    }


def _cut(text: str | None) -> str | None:
    if text is None or len(text) <= EXCERPT_MAX:
        return text
    return text[:EXCERPT_MAX].rsplit(" ", 1)[0] + " …"


def describe_pieces(settings: Settings, text: str | None, *, is_open: bool = False) -> list[View] | None:
    """Return a text in pieces for a page: masked numbers and addresses, abusive words apart; None where it is erased.

    `is_open` shows what is masked; an abusive word stays behind its tap.
    """
    if text is None:
        return None
    pieces = rules.hide(rules.mask(text), settings.suggestions.abusive)
    return [
        {
            "kind": piece.kind,
            "text": piece.text if is_open or piece.kind in {"plain", "abuse"} else piece.mask,
        }
        for piece in pieces
    ]


def describe_for_unit(
    db: Reader, settings: Settings, item: Suggestion, today: str, names: dict[int, str], opened: Sequence[str] = ()
) -> View:
    """Return one suggestion for whoever deals with it; `opened` are the parts that are shown whole."""
    contact = texts.find_text(db, item.contact)
    is_open = "text" in opened
    return {
        **describe_row(db, settings, item, today, names),
        "source_label": translate_into_each(SOURCE_LABELS[item.source]),
        "received_at": format_local(item.received_at, settings.timezone),
        "visit": item.visit,
        "is_visit_proven": item.is_visit_proven,
        "counter": item.counter,
        "text": describe_pieces(settings, texts.find_text(db, item.text), is_open=is_open),
        "contact": None if contact is None else describe_contact(contact, is_open="contact" in opened),
        "has_contact": contact is not None,
        "messages": [
            {
                "kind": one.kind.value,
                "at": format_local(one.at, settings.timezone),
                "text": describe_pieces(settings, texts.find_text(db, one.text), is_open=is_open),
            }
            for one in store.list_messages(db, item.id)
        ],
        "deadlines": rules.list_deadlines(settings, item.received_on, _answered_on(item)),
        "may_publish": item.may_publish,
        "decided": item.is_public is not None,
        "rating": item.rating,
        "change": texts.find_text(db, item.change),
        "original": item.original,
        "owner_id": item.owner,
        "opened": list(opened),
    }


def describe_contact(contact: str, *, is_open: bool) -> str:
    """Return a contact, whole or as a list shows it: whatever is in it, all but its first letter is covered."""
    return contact if is_open else f"{contact[:1]}{'•' * min(12, max(3, len(contact) - 1))}"


def describe_public(db: Reader, settings: Settings, item: Suggestion) -> View | None:
    """Return a public answer: what it is about and what the unit answered, masked for good; None where it is erased."""
    text, answer = texts.find_text(db, item.text), _find_answer(db, item)
    if text is None or answer is None:
        return None
    return {
        "kind_label": translate_into_each(KIND_LABELS[item.kind]),
        "received_on": item.received_on,
        "closed_on": item.closed_on,
        "text": describe_pieces(settings, text),
        "answer": describe_pieces(settings, answer),
        "change": texts.find_text(db, item.change),
        "rating": item.rating,
    }


def list_visible(db: Reader, items: Sequence[Suggestion], viewer: Viewer, head: int | None) -> list[Suggestion]:
    """Return those of `items` that `viewer` may see."""
    return [item for item in items if rules.can_see(viewer, item, head)]


def export_stored(db: Reader, settings: Settings, item: Suggestion) -> View:
    """Return all that is stored under a code, for its sender."""
    stored = describe_for_sender(db, settings, item)
    keys = ("code", "kind", "state", "received_at", "closed_at", "deadlines", "text", "contact", "has_photo")
    more = ("messages", "may_publish", "is_public", "rating", "is_erased")
    local = parse(item.received_at).astimezone(get_zone(settings.timezone))
    return {
        **{key: stored[key] for key in (*keys, *more)},
        "language": item.language,
        "visit": item.visit,
        "counter": item.counter,
        "erased_on": (local.date().fromordinal(local.toordinal() + settings.retention.suggestion_days)).isoformat(),
    }
