"""Why a result that was promised for the same day was not handed out on it."""

from motcua.desk import Tx
from motcua.dossiers.actions import common
from motcua.dossiers.events import DossierPromiseMissed
from motcua.dossiers.rules import same_day as rules
from motcua.dossiers.store import promises


def note_missed_promise(tx: Tx, code: str, reason: str) -> str:
    """Note why a promise was not kept; return the dossier's code.

    Raises `Unknown`, `Invalid("dossier.same_day_reason")`, `Refused("dossier.same_day_none" |
    "dossier.same_day_kept")`.
    """
    settings, dossier = common.get_current(tx, code)
    clean = rules.read_reason(settings, reason)
    promise = promises.find_promise(tx.db, dossier.code)
    is_kept = promise is not None and rules.is_kept(promise, dossier, promises.find_returned_on(tx.db, dossier.code))
    rules.require_unkept(promise, is_promise_kept=is_kept)
    promises.save_reason(tx.db, dossier.code, clean)
    tx.emit(DossierPromiseMissed(dossier.code, reason=clean))
    return dossier.code
