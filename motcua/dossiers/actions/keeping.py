"""Data that a citizen lets the unit keep for the next visit: kept, used, erased; and a key that began anew."""

from datetime import date, timedelta

from motcua.copies import replace
from motcua.desk import Invalid, Tx, Unknown
from motcua.desk.vault import Vault
from motcua.dossiers.actions import common
from motcua.dossiers.events import DossierKeyReplaced
from motcua.dossiers.events.applicants import ApplicantErased, ApplicantKept, ApplicantOpened, ApplicantsPurged
from motcua.dossiers.model.applicant import Applicant
from motcua.dossiers.rules import applicants as rules
from motcua.dossiers.store import applicants


def keep_applicant(tx: Tx, vault: Vault, counter: int | None, applicant: Applicant) -> str:
    """Keep what a citizen declared, because they agreed; return the last day of its keeping.

    Raises `Invalid("applicant.number_needed" | …)`: without a number nobody could find it again.
    """
    settings = common.get_switched_on(tx)
    clean = rules.read_applicant(applicant, common.get_local_time(tx, settings).date())
    if not clean.number:
        raise Invalid("applicant.number_needed", "Without an ID number the data cannot be kept: nobody could find it.")
    erase_on = (date.fromisoformat(tx.day) + timedelta(days=settings.dossiers.applicant_days)).isoformat()
    number, digest = applicants.keep_applicant(tx, vault, clean, erase_on)
    tx.emit(ApplicantKept(number, digest=digest, erase_on=erase_on, counter=counter))
    return erase_on


def open_kept(tx: Tx, vault: Vault, counter: int | None, number: str) -> Applicant | None:
    """Return what the person with this ID number let the unit keep, and journal that it was read; None for nothing."""
    common.get_switched_on(tx)
    row = applicants.find_kept(tx.db, vault, rules.read_number(number))
    if row is None or row.key != vault.name or row.erase_on < tx.day:
        return None
    tx.emit(ApplicantOpened(row.id, counter=counter))
    return applicants.read_kept(vault, row)


def refresh_from_card(applicant: Applicant, card: Applicant) -> Applicant:
    """Return what is kept of somebody, with the name, day of birth, sex and address that their card says now."""
    sex, address = card.sex or applicant.sex, card.address or applicant.address
    return replace(applicant, name=card.name, birth=card.birth, sex=sex, address=address)


def erase_kept(tx: Tx, vault: Vault, number: str) -> None:
    """Erase what the person with this ID number let the unit keep. Raises `Unknown("applicant.none")`."""
    common.get_switched_on(tx)
    row = applicants.find_kept(tx.db, vault, rules.read_number(number))
    if row is None:
        raise Unknown("applicant.none", "Nothing is kept of the person with this ID number.")
    applicants.erase_kept(tx.db, row.id)
    tx.emit(ApplicantErased(row.id))


def purge_kept(tx: Tx) -> int:
    """Erase what citizens let the unit keep and whose time is over; return of how many."""
    if rows := applicants.purge_kept(tx.db, tx.day):
        tx.emit(ApplicantsPurged(tx.day, rows=rows))
    return rows


def tell_new_key(tx: Tx, name: str) -> None:
    """Say that a new key began; what the old one has written stays unreadable."""
    common.get_switched_on(tx)
    applicants.add_begun_key(tx.db, name, tx.at)
    tx.emit(DossierKeyReplaced(name))
