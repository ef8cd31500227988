"""Call backs as people see them: what can be asked about, who waits, how it went. Numbers are masked in every list."""

from pathlib import Path

from motcua.bookings.rules import mask_phone
from motcua.callbacks import store
from motcua.callbacks.model import CALL_LABELS, CALLBACK_STATE_LABELS, OTHER, Callback, CallbackState
from motcua.callbacks.store import vaults
from motcua.catalogue import store as catalogue_store
from motcua.desk import Reader
from motcua.desk.messages import mark, translate_into_each
from motcua.settings import store as settings_store
from motcua.staff import store as staff_store
from motcua.views.shapes import View, both, format_local

OPEN_MAX, CLOSED_MAX = 200, 20
OTHER_LABEL = mark("Something else")


def list_topics(db: Reader) -> list[View]:
    """Return what a call can be about: each service, and something else."""
    services = [{"code": item.code, "name": both(item.name)} for item in catalogue_store.list_services(db)]
    return [*services, {"code": OTHER, "name": translate_into_each(OTHER_LABEL)}]


def describe_callbacks(db: Reader, folder: Path, today: str) -> View:
    """Return who waits, who is being called, and what ended last."""
    vault, zone = vaults.find_vault(folder), settings_store.get_timezone(db)
    topics = {item["code"]: item["name"] for item in list_topics(db)}
    names = staff_store.list_full_names(db)

    def describe(item: Callback) -> View:
        contact = store.find_contact(db, vault, item.id) if item.state.is_open else None
        return {
            "id": item.id,
            "topic": topics.get(item.topic) or both((item.topic, item.topic)),
            "phone": mask_phone(contact.phone) if contact else "",
            "is_readable": contact is not None or not item.state.is_open,
            "received_at": format_local(item.received_at, zone),
            "due_on": item.due_on,
            "is_late": item.state.is_open and item.due_on < today,
            "state": item.state.value,
            "state_label": translate_into_each(CALLBACK_STATE_LABELS[item.state]),
            "tries": item.tries,
            "outcome": translate_into_each(CALL_LABELS[item.outcome]) if item.outcome else None,
            "officer": item.officer,
            "officer_name": names.get(item.officer) if item.officer is not None else None,
            "closed_at": format_local(item.closed_at, zone) if item.closed_at else None,
        }

    return {
        "open": [describe(item) for item in store.list_open(db, OPEN_MAX)],
        "closed": [describe(item) for item in store.list_closed(db, CLOSED_MAX)],
        "count": store.count_open(db),
        "late": store.count_open(db, today),
        "is_key_lost": vaults.is_key_lost(db, folder),
    }


def describe_call(db: Reader, folder: Path, number: int, officer: int | None) -> View | None:
    """Return whom to call, for the officer who has it in hand; None for everybody else."""
    item = store.get_callback(db, number)
    if item.state is not CallbackState.TAKEN or item.officer != officer:
        return None
    contact = store.find_contact(db, vaults.find_vault(folder), number)
    topics = {topic["code"]: topic["name"] for topic in list_topics(db)}
    return {
        "id": number,
        "phone": contact.phone if contact else "",
        "question": contact.question if contact else "",
        "topic": topics.get(item.topic) or both((item.topic, item.topic)),
        "received_at": format_local(item.received_at, settings_store.get_timezone(db)),
        "tries": item.tries,
        "outcomes": [{"code": code.value, "label": translate_into_each(label)} for code, label in CALL_LABELS.items()],
    }
