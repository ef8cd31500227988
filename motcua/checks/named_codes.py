"""Settings that name what the desk does not have any more: procedures out of use, a head who does not sign in."""

from collections.abc import Collection, Iterator

from msgspec import Struct, field

from motcua.catalogue import store as catalogue_store
from motcua.desk import Reader
from motcua.desk.messages import mark
from motcua.dossiers.store import linked
from motcua.procedures.store import list_procedures
from motcua.settings import store as settings_store
from motcua.staff import rules as staff_rules
from motcua.staff import store as staff_store

SHOWN = 5
"""How many codes a sentence names."""
SERVICES, DOSSIERS, SUGGESTIONS, LINKED = "services", "dossiers", "suggestions", "linked"
"""The pages on which it is mended: sections of the settings, and that of linked procedures."""


class GoneName(Struct, frozen=True):
    """What is named and not there, as a sentence, and the page on which it is mended."""

    page: str
    message: str
    params: dict[str, object] = field(default_factory=dict)


def list_gone_names(db: Reader, day: str) -> list[GoneName]:
    """Return what the settings name that is not there on `day`. None of it stops the desk."""
    offered = list_procedures(db, day).keys()
    return [*_of_services(db, offered), *_of_dossiers(db, day, offered), *_of_head(db)]


def _of_services(db: Reader, offered: Collection[str]) -> Iterator[GoneName]:
    sentence = mark("The service “%(name)s” names procedures that are not in use today: %(codes)s.")
    for service in catalogue_store.list_services(db):
        if gone := [code for code in service.procedures if code not in offered]:
            yield GoneName(SERVICES, sentence, {"name": service.name[0], "codes": _write(gone)})


def _of_dossiers(db: Reader, day: str, offered: Collection[str]) -> Iterator[GoneName]:
    settings = settings_store.get_settings(db)
    if gone := [code for code in settings.same_day.procedures if code not in offered]:
        sentence = mark("The no-appointment days name procedures that are not in use today: %(codes)s.")
        yield GoneName(DOSSIERS, sentence, {"codes": _write(gone)})
    for group in linked.list_groups(db, day).values() if settings.dossiers.is_on else ():
        if gone := [code for code in group.procedures if code not in offered]:
            sentence = mark("“%(name)s” cannot be taken in together: these procedures are not in use today: %(codes)s.")
            yield GoneName(LINKED, sentence, {"name": group.name[0], "codes": _write(gone)})


def _of_head(db: Reader) -> Iterator[GoneName]:
    """The sentence has no sign-in name: sheets of the check are kept, and one says who somebody is."""
    head = settings_store.get_settings(db).suggestions.head
    if head.strip() and staff_rules.find_head(staff_store.list_accounts(db), head) is None:
        yield GoneName(
            SUGGESTIONS,
            mark(
                "The head of the unit is no leader who can sign in: every leader reads appeals and denunciations."
                " Correct the sign-in name."
            ),
        )


def _write(codes: list[str]) -> str:
    return ", ".join(codes[:SHOWN]) + (" …" if len(codes) > SHOWN else "")
