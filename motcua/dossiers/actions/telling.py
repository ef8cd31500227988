"""Browsers of citizens that want to be told of a dossier. Nothing is journalled: it is personal data."""

from motcua.desk import Invalid, Reader, Refused, Tx
from motcua.desk.vault import Vault
from motcua.dossiers.actions import common
from motcua.dossiers.dropoffs import store as dropoffs
from motcua.dossiers.dropoffs.model import DropOffState
from motcua.dossiers.model.push import DossierPush
from motcua.dossiers.store import dossiers, pushes
from motcua.settings import store as settings_store
from motcua.typed.push_subscription import is_of_known_service, is_subscription


def add_push(tx: Tx, vault: Vault, code: str, push: DossierPush) -> int:
    """Tell a browser from now on of the dossier `code`, or of what was handed in at a kiosk; return its number.

    Raises `Invalid("push.subscription")`, `Refused("dossier.over")` where nothing more is told.
    """
    common.get_switched_on(tx)
    current = find_current_code(tx.db, code)
    allow_local = settings_store.get_settings(tx.db).notices.allow_local
    is_usable = is_subscription(push.endpoint, push.p256dh, push.auth, allow_local=allow_local)
    if not (is_usable and (allow_local or is_of_known_service(push.endpoint))):
        raise Invalid("push.subscription", "This browser's subscription cannot be used. Switch messages on again.")
    if _is_over(tx.db, current):
        raise Refused("dossier.over", "This dossier has ended, so there is nothing more to tell.")
    return pushes.save_push(tx, vault, current, push)


def remove_push(tx: Tx, vault: Vault, code: str, endpoint: str) -> None:
    """Tell the browser at `endpoint` no more; nothing happens when it was not told."""
    common.get_switched_on(tx)
    pushes.remove_push(tx.db, vault, find_current_code(tx.db, code), endpoint)


def find_current_code(db: Reader, code: str) -> str:
    """Return under which code browsers are told: a drop-off's own until it is a dossier, then the dossier's."""
    dropoff = dropoffs.find_dropoff(db, code)
    return dropoff.dossier or dropoff.code if dropoff else code


def _is_over(db: Reader, code: str) -> bool:
    """Say whether nothing more is told. Raises `Unknown("dossier.unknown")`."""
    if (dropoff := dropoffs.find_dropoff(db, code)) is not None:
        return dropoff.state is not DropOffState.WAITING
    return dossiers.get_dossier(db, code).state.is_over


def drop_push(tx: Tx, number: int) -> None:
    """Forget a browser that its push service no longer knows."""
    pushes.drop_push(tx.db, number)


def purge_pushes(tx: Tx) -> None:
    """Forget the browsers of dossiers that have ended."""
    pushes.purge_pushes(tx.db)
