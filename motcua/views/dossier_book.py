"""The rows of the book of dossiers, put together from the dossiers and from what is encrypted of them."""

from collections.abc import Sequence
from datetime import datetime

from motcua.desk import Reader, get_zone, parse
from motcua.desk.messages import translate_into_each
from motcua.desk.vault import Vault
from motcua.dossiers.model.dossier import DOSSIER_STATE_LABELS, Dossier
from motcua.dossiers.store import count_in_year, secrets
from motcua.procedures.store import find_procedure
from motcua.reports.forms.model import BookEntry
from motcua.settings import store as settings_store


def make_book_entries(db: Reader, vault: Vault, dossiers: Sequence[Dossier]) -> list[BookEntry]:
    """Return a row for each dossier, in their order. Numbers begin again with each year.

    Who was erased is left empty.
    """
    zone = get_zone(settings_store.get_timezone(db))
    entries: list[BookEntry] = []
    year, number = "", 0
    names: dict[tuple[str, str], str] = {}
    for dossier in dossiers:
        number = number + 1 if dossier.received_on[:4] == year else count_in_year(db, dossier)
        year = dossier.received_on[:4]
        place = dossier.procedure, dossier.received_on
        if place not in names:
            procedure = find_procedure(db, *place)
            names[place] = procedure.name if procedure else dossier.procedure
        person = secrets.find_applicant(db, vault, dossier.code)
        entries.append(
            BookEntry(
                number=number,
                code=dossier.provincial_code or dossier.code,
                procedure=names[place],
                sets=dossier.sets,
                applicant=person.name if person else "",
                contact="; ".join(filter(None, (person.address, person.phone))) if person else "",
                received_at=parse(dossier.received_at).astimezone(zone),
                due_at=datetime.fromisoformat(dossier.due_on).replace(tzinfo=zone) if dossier.due_on else None,
                returned_at=parse(dossier.returned_at).astimezone(zone) if dossier.returned_at else None,
                state=translate_into_each(DOSSIER_STATE_LABELS[dossier.state])["vi"],
            )
        )
    return entries
