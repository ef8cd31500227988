"""Reading who an applicant is, which is journalled, and erasing it."""

from dataclasses import dataclass, field

from motcua.desk import Invalid, Refused, Tx, parse_day
from motcua.desk.vault import Vault
from motcua.dossiers.actions import common
from motcua.dossiers.events import DossierBookRead, DossierErased, DossierOpened, DossierSlipPrinted
from motcua.dossiers.model.applicant import Applicant
from motcua.dossiers.model.dossier import Dossier
from motcua.dossiers.store import dossiers, pushes, secrets

BOOK_ROWS_MAX = 3_000
"""A book of more is taken in parts: it is decrypted row by row."""


@dataclass(frozen=True)
class DossierContent:
    """A dossier with what is encrypted of it. `applicant` is None when it was erased or its key is lost."""

    dossier: Dossier
    applicant: Applicant | None = field(repr=False)
    names: dict[str, str] = field(repr=False)
    words: tuple[tuple[str, str], ...] = field(repr=False)


def open_dossier(tx: Tx, vault: Vault, code: str) -> DossierContent:
    """Return a dossier with what is encrypted of it, and journal that somebody read it.

    Raises `Unknown("dossiers.off" | "dossier.unknown")`.
    """
    _settings, dossier = common.get_current(tx, code)
    content = DossierContent(
        dossier,
        secrets.find_applicant(tx.db, vault, dossier.code),
        secrets.map_paper_names(tx.db, vault, dossier.code),
        tuple(secrets.list_words(tx.db, vault, dossier.code)),
    )
    tx.emit(DossierOpened(dossier.code))
    return content


def read_book(tx: Tx, first: str, last: str) -> list[Dossier]:
    """Return the dossiers in the book of the days from `first` to `last`, and journal that somebody took it.

    Raises `Unknown("dossiers.off")`, `Invalid("dossier.book_days" | "dossier.book_long")`.
    """
    common.get_switched_on(tx)
    if parse_day(first) is None or parse_day(last) is None or last < first:
        raise Invalid("dossier.book_days", "Choose the first and the last day of the book, in this order.")
    items = dossiers.list_received(tx.db, first, last, BOOK_ROWS_MAX + 1)
    if len(items) > BOOK_ROWS_MAX:
        raise Invalid(
            "dossier.book_long",
            "These days have more than %(most)s dossiers. Take the book in several parts.",
            most=BOOK_ROWS_MAX,
        )
    tx.emit(DossierBookRead(first, last, len(items)))
    return items


def print_slip(tx: Tx, code: str) -> Dossier:
    """Let the slip of a dossier be printed: code, day and hour, nobody's name. Raises `Refused("dossier.no_day")`."""
    _settings, dossier = common.get_current(tx, code)
    if dossier.due_on is None:
        raise Refused("dossier.no_day", "Nothing is promised yet, so there is no slip to print.")
    tx.emit(DossierSlipPrinted(dossier.code))
    return dossier


def erase_dossier(tx: Tx, code: str) -> Dossier:
    """Erase everything about the applicant of a dossier; its code, days and steps stay. Erasing again changes nothing.

    Raises `Unknown("dossiers.off" | "dossier.unknown")`.
    """
    _settings, dossier = common.get_current(tx, code)
    pushes.erase_pushes(tx.db, dossier.code)
    if rows := secrets.erase_sealed(tx.db, dossier.code):
        tx.emit(DossierErased(dossier.code, rows=rows))
    return dossier
