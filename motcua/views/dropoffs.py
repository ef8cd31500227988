"""What was handed in at kiosks, as kiosks, officers and citizens see it."""

from datetime import datetime

from motcua.desk import Reader, get_zone
from motcua.desk.messages import mark, translate_into_each
from motcua.desk.vault import Vault
from motcua.dossiers.dropoffs import rules, store
from motcua.dossiers.dropoffs.actions import is_hall_opened
from motcua.dossiers.dropoffs.content import read_content
from motcua.dossiers.dropoffs.model import DROPOFF_STATE_LABELS, OTHER_PAPER, DropOff, DropOffContent
from motcua.procedures.model import Procedure
from motcua.procedures.rules.situations import list_papers
from motcua.procedures.store import find_procedure
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.typed.situation import write_situation
from motcua.views.dossiers import describe_applicant, describe_due, describe_masked, map_paper_names
from motcua.views.shapes import View, both, format_local

OTHER = mark("Other papers")


def is_open_now(db: Reader, settings: Settings, now: datetime, day: str) -> bool:
    """Say whether a kiosk takes papers at `now`, which is on the desk's day `day`."""
    local = now.astimezone(get_zone(settings.timezone)).replace(tzinfo=None)
    return rules.is_open(settings, local, is_hall_opened=is_hall_opened(db, day))


def list_papers_to_scan(procedure: Procedure, choices: dict[str, str]) -> list[View]:
    """Return the papers that a situation needs, and at the end what no checklist has."""
    items = list_papers(procedure.checklist, choices) if procedure.checklist else ()
    papers: list[View] = [
        {"code": item.code, "name": both(item.name), "note": both(item.note), "is_required": item.is_required}
        for item in items
        if not item.from_data
    ]
    nothing = {"vi": "", "en": ""}
    return [*papers, {"code": OTHER_PAPER, "name": translate_into_each(OTHER), "note": nothing, "is_required": False}]


def describe_hand_in(db: Reader, dropoff: DropOff, *, is_printed: bool) -> View:
    """Return what a kiosk shows of what was handed in just now."""
    settings = settings_store.get_settings(db)
    procedure = find_procedure(db, dropoff.procedure, dropoff.dropped_on)
    due = rules.compute_promise(settings, procedure, datetime.fromisoformat(dropoff.counts_from)) if procedure else None
    promise = describe_due(settings, due) if due else None
    return {
        "code": rules.write_dropoff_code(dropoff.code),
        "path": f"/d/{dropoff.token}",
        "counts_from": dropoff.counts_from,
        "pages": dropoff.pages,
        "due": {"on": promise["on"], "at": promise["at"]} if promise else None,
        "has_box": settings.dropoffs.has_box,
        "is_printed": is_printed,
    }


def describe_row(db: Reader, dropoff: DropOff) -> View:
    """Return a drop-off for a list: nobody's name, no picture."""
    settings = settings_store.get_settings(db)
    procedure = find_procedure(db, dropoff.procedure, dropoff.dropped_on)
    return {
        "code": rules.write_dropoff_code(dropoff.code),
        "procedure": procedure.name if procedure else dropoff.procedure,
        "state": dropoff.state.value,
        "state_label": translate_into_each(DROPOFF_STATE_LABELS[dropoff.state]),
        "dropped_at": format_local(dropoff.dropped_at, settings.timezone),
        "counts_from": dropoff.counts_from,
        "pages": dropoff.pages,
        "dossier": dropoff.dossier,
        "erase_on": dropoff.erase_on,
    }


def describe_dropoff_page(db: Reader, content: DropOffContent, *, is_whole: bool) -> View:
    """Return a drop-off as an officer sees it; masked unless it `is_whole`."""
    dropoff, person = content.dropoff, content.applicant
    procedure = find_procedure(db, dropoff.procedure, dropoff.dropped_on)
    names = {**map_paper_names(procedure), OTHER_PAPER: OTHER}
    pages = [
        {"n": place, "paper": names.get(paper, paper), "is_other": paper == OTHER_PAPER}
        for place, paper in enumerate(store.list_page_papers(db, dropoff.code))
    ]
    applicant = None if person is None else describe_applicant(person) if is_whole else describe_masked(person)
    return {
        **describe_row(db, dropoff),
        "plain_code": dropoff.code,
        "scans": pages,
        "situation": write_situation(dict(dropoff.choices)),
        "applicant": applicant,
        "is_whole": is_whole,
        "words": content.words if is_whole else "",
    }


def describe_opened(content: DropOffContent) -> View:
    """Return a drop-off whole, for the intake."""
    dropoff = content.dropoff
    return {
        "code": dropoff.code,
        "procedure": dropoff.procedure,
        "choices": dict(dropoff.choices),
        "counts_from": dropoff.counts_from,
        "papers": store.describe_dropped(dropoff.papers),
        "applicant": describe_applicant(content.applicant) if content.applicant else None,
    }


def describe_dropoff_lookup(db: Reader, content: DropOffContent) -> View:
    """Return what a citizen reads of what they handed in: where it is and what comes next, and nobody's name."""
    dropoff, settings = content.dropoff, settings_store.get_settings(db)
    procedure = find_procedure(db, dropoff.procedure, dropoff.dropped_on)
    papers = list_papers_to_scan(procedure, dict(dropoff.choices)) if procedure else []
    names = {paper["code"]: paper["name"] for paper in papers}
    return {
        "code": rules.write_dropoff_code(dropoff.code),
        "procedure": procedure.name if procedure else dropoff.procedure,
        "state": dropoff.state.value,
        "state_label": translate_into_each(DROPOFF_STATE_LABELS[dropoff.state]),
        "dropped_at": format_local(dropoff.dropped_at, settings.timezone),
        "counts_from": dropoff.counts_from,
        "due": describe_hand_in(db, dropoff, is_printed=False)["due"],
        "papers": [
            {"name": names.get(paper.code, translate_into_each(OTHER)), "pages": paper.pages}
            for paper in dropoff.papers
        ],
        "words": content.words,
        "place": settings.unit.centre or settings.unit.name,
        "phone": settings.dossiers.phone or settings.unit.phone,
    }


def read_masked(db: Reader, vault: Vault | None, dropoff: DropOff) -> DropOffContent:
    """Return a drop-off for a page that masks who handed it in."""
    return read_content(db, vault, dropoff) if vault else DropOffContent(dropoff, None)
