"""Letters that wait for an officer's confirmation: what they would say, reckoned from the dossier as it is now."""

from datetime import date, timedelta

from motcua.desk import Reader
from motcua.desk.messages import mark, translate_into_each
from motcua.dossiers.model.dossier import Dossier
from motcua.dossiers.model.flow import DEFAULT_FLOW, Flow, FlowStep
from motcua.dossiers.rules.board import find_soon_until
from motcua.dossiers.rules.letters import ApologyDraft, StopDraft, propose_apology, propose_stop
from motcua.dossiers.store import BoardFilter, letters, list_flows
from motcua.procedures.store import find_procedure
from motcua.settings.model import Settings
from motcua.views.dossiers import describe_due
from motcua.views.shapes import View, list_choices

LETTERS_SHOWN, CANDIDATES = 50, 400
"""How many letters the board lists, and among how many dossiers it looks for them."""
APOLOGY, STOP = "apology", "stop"
STEP_WORDS = mark("The dossier is at the step “%(step)s”. What is left to do takes %(count)s more working days.")
STOP_WORDS = mark("The papers that were asked for on %(asked)s were not handed in by %(until)s.")
STOP_BASIS = mark("Basis: %(basis)s.")
"""What the applicant would read. Letters are always in Vietnamese."""


def describe_letter(settings: Settings, dossier: Dossier, flow: Flow, today: str) -> View | None:
    """Return the letter that a dossier needs now, with what its form is filled in with; None for none."""
    day = date.fromisoformat(today)
    if (apology := propose_apology(settings, dossier, day, flow)) is not None:
        return _describe_apology(settings, flow[dossier.step], apology, day)
    if (stop := propose_stop(settings, dossier, day)) is not None:
        return _describe_stop(settings, stop)
    return None


def list_letters(db: Reader, settings: Settings, which: BoardFilter, today: str) -> View:
    """Return the letters that wait, as the board lists them: `items` in the order of their days, and `has_more`."""
    day = date.fromisoformat(today)
    last = max(today, find_soon_until(settings, day))
    late = letters.list_without_new_day(db, last, which, CANDIDATES)
    answer_by = (day - timedelta(days=settings.dossiers.supplement_days)).isoformat()
    asked = letters.list_asked(db, settings.dossiers.supplement_since, answer_by, which, CANDIDATES)
    items, flows = [], list_flows(db)
    for dossier in (*late, *asked):
        if (letter := describe_letter(settings, dossier, flows.get(dossier.flow, DEFAULT_FLOW), today)) is not None:
            procedure = find_procedure(db, dossier.procedure, dossier.received_on)
            name = procedure.name if procedure else dossier.procedure
            items.append({**letter, "code": dossier.code, "procedure": name, "due_on": dossier.due_on})
        if len(items) > LETTERS_SHOWN:
            break
    has_more = len(items) > LETTERS_SHOWN or CANDIDATES in {len(late), len(asked)}
    return {"items": items[:LETTERS_SHOWN], "has_more": has_more}


def _describe_apology(settings: Settings, step: FlowStep, draft: ApologyDraft, today: date) -> View:
    words = translate_into_each(STEP_WORDS, {"step": step.name[0], "count": draft.needed_days})["vi"]
    return {
        "kind": APOLOGY,
        "count": draft.count,
        "due": describe_due(settings, draft.due),
        "needed_days": draft.needed_days,
        "left_days": draft.left_days,
        "is_late": draft.is_late,
        "notice_on": draft.notice_on.isoformat(),
        "is_in_time": today <= draft.notice_on,
        "words": words,
        "reasons": list_choices(settings.dossiers.delay_reasons),
    }


def _describe_stop(settings: Settings, draft: StopDraft) -> View:
    days = {"asked": f"{draft.asked_on:%d/%m/%Y}", "until": f"{draft.answer_until:%d/%m/%Y}"}
    words = translate_into_each(STOP_WORDS, days)["vi"]
    if settings.dossiers.supplement_basis:
        words += " " + translate_into_each(STOP_BASIS, {"basis": settings.dossiers.supplement_basis})["vi"]
    return {
        "kind": STOP,
        "asked_on": draft.asked_on.isoformat(),
        "answer_until": draft.answer_until.isoformat(),
        "words": words,
    }
