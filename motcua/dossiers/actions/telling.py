"""Browsers of citizens that want to be told of a dossier. Nothing is journalled: it is personal data."""

from motcua.desk import Invalid, Refused, Tx
from motcua.desk.vault import Vault
from motcua.dossiers.actions import common
from motcua.dossiers.model.push import DossierPush
from motcua.dossiers.store import pushes
from motcua.settings import store as settings_store
from motcua.typed.push_subscription import is_of_known_service, is_subscription


def add_push(tx: Tx, vault: Vault, code: str, push: DossierPush) -> int:
    """Tell a browser of the dossier `code` from now on; return its number.

    Raises `Invalid("push.subscription")`, `Refused("dossier.over")` where nothing more is told.
    """
    _settings, dossier = common.get_current(tx, code)
    allow_local = settings_store.get_settings(tx.db).notices.allow_local
    is_usable = is_subscription(push.endpoint, push.p256dh, push.auth, allow_local=allow_local)
    if not (is_usable and (allow_local or is_of_known_service(push.endpoint))):
        raise Invalid("push.subscription", "This browser's subscription cannot be used. Switch messages on again.")
    if dossier.state.is_over:
        raise Refused("dossier.over", "This dossier has ended, so there is nothing more to tell.")
    return pushes.save_push(tx, vault, dossier.code, push)


def remove_push(tx: Tx, vault: Vault, code: str, endpoint: str) -> None:
    """Tell the browser at `endpoint` no more; nothing happens when it was not told."""
    _settings, dossier = common.get_current(tx, code)
    pushes.remove_push(tx.db, vault, dossier.code, endpoint)


def drop_push(tx: Tx, number: int) -> None:
    """Forget a browser that its push service no longer knows."""
    pushes.drop_push(tx.db, number)


def purge_pushes(tx: Tx) -> None:
    """Forget the browsers of dossiers that have ended."""
    pushes.purge_pushes(tx.db)
