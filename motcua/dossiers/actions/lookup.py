"""Looking a dossier up by its code and a second factor, which ends for an hour after five wrong ones."""

from dataclasses import dataclass, field
from datetime import datetime

from motcua.desk import Tx, parse, stamp
from motcua.desk.vault import Vault
from motcua.dossiers.actions import common
from motcua.dossiers.actions.reading import DossierContent
from motcua.dossiers.events import DossierLookedUp, DossierLookupFailed
from motcua.dossiers.model.lookup import LookupGuard
from motcua.dossiers.rules.lookup import count_failure, is_factor, is_locked
from motcua.dossiers.store import lookups, secrets


@dataclass(frozen=True)
class LookupAttempt:
    """What a try gives: the dossier, or nothing; `locked_until` while nobody may try."""

    content: DossierContent | None = field(default=None, repr=False)
    locked_until: datetime | None = None


def look_up(tx: Tx, vault: Vault, code: str, factor: str) -> LookupAttempt:
    """Return the dossier with this code for whoever has its second factor; a wrong one is counted.

    A refusal would take the count back, so a wrong factor is an answer. Raises `Unknown("dossiers.off" |
    "dossier.unknown")`.
    """
    _settings, dossier = common.get_current(tx, code)
    guard, now = lookups.get_guard(tx.db, dossier.code), parse(tx.at)
    if is_locked(guard, now):
        return LookupAttempt(locked_until=guard.locked_until)
    if not is_factor(secrets.find_applicant(tx.db, vault, dossier.code), factor):
        guard = count_failure(guard, now)
        lookups.save_guard(tx.db, dossier.code, guard)
        until = stamp(guard.locked_until) if guard.locked_until else None
        tx.emit(DossierLookupFailed(dossier.code, guard.failures, until))
        return LookupAttempt(locked_until=guard.locked_until)
    lookups.save_guard(tx.db, dossier.code, LookupGuard())
    tx.emit(DossierLookedUp(dossier.code))
    names = secrets.map_paper_names(tx.db, vault, dossier.code)
    return LookupAttempt(DossierContent(dossier, None, names, ()))
