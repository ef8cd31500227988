"""Opening and closing the camera's figures by officer: the head of the unit alone opens, with a written reason."""

from motcua.desk import Refused, Tx, texts
from motcua.feedback import store
from motcua.feedback.events import OfficerViewClosed, OfficerViewOpened
from motcua.feedback.model import OfficerView
from motcua.feedback.rules import officer_view as rules
from motcua.settings import store as settings_store
from motcua.staff import rules as staff_rules
from motcua.staff import store as staff_store


def open_officer_view(tx: Tx, account: int | None, reason: str) -> OfficerView:
    """Let figures by officer be shown, for the written `reason` of `account`, the head of the unit.

    Its words are erasable: once they are gone, the figures are closed, and this ends an earlier opening.

    Raises `Refused("camera.no_head" | "camera.off" | "camera.officer_view_open")`, `Forbidden("camera.not_head")`,
    `Invalid("camera.reason")`.
    """
    settings = settings_store.get_settings(tx.db)
    head = staff_rules.find_head(staff_store.list_accounts(tx.db), settings.suggestions.head)
    rules.require_head(account, head)
    assert account is not None  # noqa: S101 -- the head has an account
    words = rules.read_view_reason(reason)
    if not settings.camera.is_on:
        raise Refused("camera.off", "The camera is switched off in the settings.")
    last = store.find_last_officer_view(tx.db)
    if last is not None and last.closed_at is None and texts.find_text(tx.db, last.reason) is not None:
        raise Refused("camera.officer_view_open", "Figures by officer are open already. Close them first.")
    if last is not None and last.closed_at is None:
        store.end_officer_view(tx.db, last.id, tx.at, tx.actor)
    text = tx.keep_text(words, settings.retention.text_days)
    view = OfficerView(store.add_officer_view(tx.db, tx.at, account, text), tx.at, account, text)
    tx.emit(OfficerViewOpened(view=view.id, account=account, text=text))
    return view


def close_officer_view(tx: Tx) -> None:
    """Let figures by officer be hidden again. Raises `Refused("camera.officer_view_closed")`."""
    last = store.find_last_officer_view(tx.db)
    if last is None or last.closed_at is not None:
        raise Refused("camera.officer_view_closed", "Figures by officer are closed already.")
    store.end_officer_view(tx.db, last.id, tx.at, tx.actor)
    tx.emit(OfficerViewClosed(view=last.id))
