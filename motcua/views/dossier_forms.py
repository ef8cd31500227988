"""What a form of a dossier names, put together from the dossier and from what is encrypted of it."""

from collections.abc import Sequence
from datetime import datetime
from itertools import zip_longest

from msgspec import Struct

from motcua.copies import replace
from motcua.desk import Reader, get_zone, parse
from motcua.desk.messages import translate_into_each
from motcua.desk.vault import Vault
from motcua.dossiers.actions import DossierContent
from motcua.dossiers.model.dossier import DOSSIER_STATE_LABELS, Dossier, DossierMove
from motcua.dossiers.model.flow import STEP_ROLE_LABELS, Flow
from motcua.dossiers.store import count_in_year, dossiers, get_flow, lookups, secrets
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
        steps=_list_steps(db, settings, content) if kind is FormKind.CONTROL else (),
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


SENT_BACK = "Trả lại bước trước: {words}"
HANDED_TO = "Bàn giao cho {name}"


def _list_steps(db: Reader, settings: Settings, content: DossierContent) -> tuple[FormStep, ...]:
    """Return the rows of the control slip: each stay of the dossier at a step of its flow, then the steps to come."""
    dossier = content.dossier
    flow, zone = get_flow(db, dossier.flow), get_zone(settings.timezone)
    stays = list_stays(dossiers.list_dossier_moves(db, dossier.code))
    reasons = iter([text for move, text in content.words if move == "sent_back"])
    rows, reached = [], -1
    for stay, after in zip_longest(stays, stays[1:]):
        rows += [_make_blank_step(settings, dossier, flow, place) for place in range(reached + 1, stay.step)]
        reached, is_last = max(reached, stay.step), stay.step == len(flow) - 1
        begun = parse(stay.begun).astimezone(zone)
        blank = _make_blank_step(settings, dossier, flow, stay.step)
        note = ""
        if after is not None and after.is_sent_back:
            note = SENT_BACK.format(words=next(reasons, "…"))
        elif after is not None and after.holder not in {None, stay.holder}:
            note = HANDED_TO.format(name=_find_name(db, after.holder))
        rows.append(
            replace(
                blank,
                officer=_find_name(db, stay.holder) or blank.officer,
                begun_at=begun,
                done_at=parse(stay.done).astimezone(zone) if stay.done else None,
                note=note,
                is_judged_by_day=is_last,
                judged_at=begun if is_last else None,
            )
        )
    rows += [_make_blank_step(settings, dossier, flow, place) for place in range(reached + 1, len(flow))]
    return tuple(rows)


def _make_blank_step(settings: Settings, dossier: Dossier, flow: Flow, place: int) -> FormStep:
    """Return a step that the dossier has not been at, or passed over: whose it is, and its due moment."""
    role = translate_into_each(STEP_ROLE_LABELS[flow[place].role])["vi"]
    return FormStep(flow[place].name[0], role, due_at=_find_step_due(dossier, place, settings))


def _find_step_due(dossier: Dossier, step: int, settings: Settings) -> datetime | None:
    if step >= len(dossier.dues):
        return None
    return datetime.fromisoformat(dossier.dues[step]).replace(tzinfo=get_zone(settings.timezone))


class StepStay(Struct, frozen=True):
    """A stay of a dossier at a step with one person: stored moments, `done` None while it is there."""

    step: int
    holder: int | None
    begun: str
    done: str | None
    is_sent_back: bool = False


def list_stays(moves: Sequence[DossierMove]) -> list[StepStay]:
    """Return where a dossier was and who had it, in order. What ended it ends its last stay."""
    stays: list[StepStay] = []
    for move in moves:
        if move.state.is_over:
            stays[-1:] = [replace(stay, done=move.at) for stay in stays[-1:]]
            if stays:
                continue
        if not stays or (move.step, move.holder) != (stays[-1].step, stays[-1].holder):
            stays[-1:] = [replace(stay, done=move.at) for stay in stays[-1:]]
            stays.append(StepStay(move.step, move.holder, move.at, None, move.move == "sent_back"))
    return stays


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
