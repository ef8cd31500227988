"""Whether there is anything to exchange."""

from motcua.desk import Tx, Unknown
from motcua.settings import store as settings_store


def require_dossiers(tx: Tx) -> None:
    """Raise `Unknown("dossiers.off")` where no dossiers are taken in."""
    if not settings_store.get_settings(tx.db).dossiers.is_on:
        raise Unknown("dossiers.off", "There is nothing at this address.")
