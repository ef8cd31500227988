"""What every step of a dossier needs: the switch, the procedure, the history, what is encrypted, until when."""

from datetime import date, datetime, timedelta

from motcua.desk import Invalid, Json, Tx, Unknown, get_zone, parse
from motcua.desk.vault import Vault
from motcua.dossiers.model.dossier import Dossier, DossierMove
from motcua.dossiers.store import dossiers, secrets
from motcua.procedures.model import Procedure
from motcua.procedures.store import find_procedure
from motcua.settings import store as settings_store
from motcua.settings.model import Settings


def get_switched_on(tx: Tx) -> Settings:
    """Return the settings. Raises `Unknown("dossiers.off")` where no dossiers are taken in."""
    settings = settings_store.get_settings(tx.db)
    if not settings.dossiers.is_on:
        raise Unknown("dossiers.off", "There is nothing at this address.")
    return settings


def get_local_time(tx: Tx, settings: Settings) -> datetime:
    """Return the moment on the desk's own wall clock."""
    return parse(tx.at).astimezone(get_zone(settings.timezone)).replace(tzinfo=None)


def get_offered_procedure(tx: Tx, code: str, day: str) -> Procedure:
    """Return a procedure as it was on `day`. Raises `Invalid("procedure.unknown")`."""
    if (procedure := find_procedure(tx.db, code, day)) is None:
        raise Invalid("procedure.unknown", "There is no procedure %(procedure)s.", procedure=code[:40])
    return procedure


def get_current(tx: Tx, code: str) -> tuple[Settings, Dossier]:
    """Return the settings and a dossier. Raises `Unknown("dossiers.off" | "dossier.unknown")`."""
    return get_switched_on(tx), dossiers.get_dossier(tx.db, code)


def record(tx: Tx, move: str, dossier: Dossier, reason: str | None = None) -> Dossier:
    """Write a dossier and a line of its history."""
    dossiers.save_dossier(tx.db, dossier)
    line = DossierMove(tx.at, tx.day, move, dossier.state, dossier.step, dossier.holder, dossier.due_on, reason)
    dossiers.add_dossier_move(tx.db, dossier.code, line)
    secrets.keep_until(tx.db, dossier.code, compute_erase_on(tx, settings_store.get_settings(tx.db)))
    return dossier


def compute_erase_on(tx: Tx, settings: Settings) -> str:
    """Return until when what is encrypted now stays, counted from today; an open dossier keeps it in any case."""
    return (date.fromisoformat(tx.day) + timedelta(days=settings.dossiers.dossier_days)).isoformat()


def seal_words(tx: Tx, vault: Vault, code: str, move: str, words: str) -> list[Json]:
    """Encrypt what was written to the applicant; return what the journal says of it, nothing for no words."""
    if not words:
        return []
    erase_on = compute_erase_on(tx, settings_store.get_settings(tx.db))
    return [secrets.seal_row(tx, vault, secrets.RowPlace(code, secrets.WORDS, erase_on), {"move": move, "text": words})]
