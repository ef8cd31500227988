"""What a form of a dossier names, put together from the dossier and from what is encrypted of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from motcua.desk import Reader, get_zone, parse
from motcua.desk.messages import translate_into_each
from motcua.desk.vault import Vault
from motcua.dossiers.actions import DossierContent
from motcua.dossiers.model.dossier import DEFAULT_FLOW, DOSSIER_STATE_LABELS, Dossier, DossierMove
from motcua.dossiers.store import count_in_year, dossiers, lookups, secrets
from motcua.procedures.model import LimitUnit, TimeLimit
from motcua.procedures.store import find_procedure
from motcua.reports.forms.model import BookEntry, FormApplicant, FormFacts, FormKind, FormPaper, FormStep
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.staff import store as staff_store
from motcua.views.dossiers import map_paper_names

MOVES_OF = {
    FormKind.SUPPLEMENT: ("supplement_asked", "lodged"),
    FormKind.REFUSAL: ("refused", "lodged"),
    FormKind.EXTENSION: ("extended",),
    FormKind.STOP: ("stopped",),
}
"""With which moves the words of a form were written."""
LIMIT_WORDS = {LimitUnit.WORKING_DAYS: "{count} ngày làm việc", LimitUnit.DAYS: "{count} ngày"}


def make_form_facts(db: Reader, content: DossierContent, kind: FormKind, now: datetime, base: str) -> FormFacts:
    """Return what the form names. What is erased is left to be written by hand. `now` is by the desk's clock.

    `base` is the address for phones, empty where they reach no page.
    """
    settings, dossier = settings_store.get_settings(db), content.dossier
    zone = get_zone(settings.timezone)
    procedure = find_procedure(db, dossier.procedure, dossier.received_on)
    names = {**map_paper_names(procedure), **content.names}
    words = [text for move, text in content.words if move in MOVES_OF.get(kind, ())]
    missing = [names.get(code, code) for code in dossier.missing]
    person = content.applicant
    is_extension, token = kind is FormKind.EXTENSION, lookups.find_token(db, dossier.code)
    return FormFacts(
        unit=replace(settings.unit, phone=settings.dossiers.phone or settings.unit.phone),
        code=dossier.provincial_code or dossier.code,
        procedure=procedure.name if procedure else dossier.procedure,
        applicant=FormApplicant(person.name, person.address, person.phone, person.email)
        if person
        else FormApplicant(""),
        at=now.astimezone(zone),
        officer=_find_name(db, dossier.officer),
        papers=tuple(
            FormPaper(names.get(one.code, one.code), one.originals, one.copies, one.from_data) for one in dossier.papers
        ),
        sets=dossier.sets,
        limit="; ".join(map(write_limit, dossier.limits)),
        received_at=parse(dossier.received_at).astimezone(zone),
        due_at=_make_moment(settings, dossier.first_due_on if is_extension else dossier.due_on, dossier.due_at),
        new_due_at=_make_moment(settings, dossier.due_on, dossier.due_at) if is_extension else None,
        missing=(*missing, *(words if kind is FormKind.SUPPLEMENT else ())),
        reason=" ".join(words[-1:]),
        legal=_find_reason(settings, dossier.reason),
        book=dossier.received_on[:4],
        book_number=str(dossiers.count_in_year(db, dossier)),
        steps=_list_steps(db, settings, dossier) if kind is FormKind.CONTROL else (),
        follow_url=f"{base}/d/{token}" if base and token else "",
    )


def write_limit(limit: TimeLimit) -> str:
    """Return a time limit in Vietnamese, as forms say it."""
    return LIMIT_WORDS.get(limit.unit, "trong ngày").format(count=limit.count)


def _make_moment(settings: Settings, day: str | None, hour: str) -> datetime | None:
    if day is None:
        return None
    return datetime.fromisoformat(f"{day}T{hour}").replace(tzinfo=get_zone(settings.timezone))


def _find_name(db: Reader, account: int | None) -> str:
    return next((one.full_name for one in staff_store.list_accounts(db) if one.id == account), "")


def _find_reason(settings: Settings, code: str | None) -> str:
    return next((choice.label[0] for choice in settings.dossiers.refusal_reasons if choice.code == code), "")


def _list_steps(db: Reader, settings: Settings, dossier: Dossier) -> tuple[FormStep, ...]:
    """Return the steps of the control slip: each begins when the dossier came to it and ends when it left it."""
    zone = get_zone(settings.timezone)
    moves = dossiers.list_dossier_moves(db, dossier.code)
    steps = []
    for place, step in enumerate(DEFAULT_FLOW):
        begun, done, holder = _find_stretch(moves, place)
        steps.append(
            FormStep(
                translate_into_each(step.label)["vi"],
                _find_name(db, holder),
                parse(begun).astimezone(zone) if begun else None,
                None,
                parse(done).astimezone(zone) if done else None,
            )
        )
    return tuple(steps)


def _find_stretch(moves: Sequence[DossierMove], step: int) -> tuple[str | None, str | None, int | None]:
    """Return when a dossier came to a step, when it left it for the last time, and who had it there."""
    places = [place for place, move in enumerate(moves) if move.step == step]
    if not places:
        return None, None, None
    first, last = moves[places[0]], moves[places[-1]]
    after = moves[places[-1] + 1] if places[-1] + 1 < len(moves) else None
    is_over = last.state.is_over
    return first.at, after.at if after else (last.at if is_over else None), last.holder


def make_book_entries(db: Reader, vault: Vault, listed: Sequence[Dossier]) -> list[BookEntry]:
    """Return a row for each dossier, in their order. Numbers begin again with each year.

    Who was erased is left empty.
    """
    zone = get_zone(settings_store.get_timezone(db))
    entries: list[BookEntry] = []
    year, number = "", 0
    names: dict[tuple[str, str], str] = {}
    for dossier in listed:
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
