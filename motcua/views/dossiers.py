"""Dossiers as officers see them: masked in every list, whole only in the answer to who opened one."""

from datetime import date

from motcua.desk import Reader
from motcua.desk.messages import mark, translate_into_each
from motcua.desk.vault import Vault
from motcua.dossiers.actions import DossierContent
from motcua.dossiers.model.applicant import Applicant
from motcua.dossiers.model.dossier import DOSSIER_STATE_LABELS, Dossier
from motcua.dossiers.rules import applicants as rules
from motcua.dossiers.rules.due import Due, DueStepKind
from motcua.dossiers.rules.intake import find_usual_limit
from motcua.dossiers.rules.moves import list_possible
from motcua.dossiers.store import dossiers, flows, secrets
from motcua.procedures.model import Checklist, Procedure, TimeLimit
from motcua.procedures.rules.situations import Choices, list_papers, list_questions
from motcua.procedures.store import find_procedure
from motcua.reports.forms.model import FormKind
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.staff import store as staff_store
from motcua.views.fees import list_steps
from motcua.views.flow_steps import find_step_due, list_step_labels
from motcua.views.shapes import View, both, format_local, list_choices

STEP_TEXTS = {
    DueStepKind.FILED_ON_DAY_OFF: mark("Filed on a day off: it counts as filed on %(day)s."),
    DueStepKind.AFTER_CUT_OFF: mark("Filed after 15:00: results of the same day move to %(day)s."),
    DueStepKind.SAME_DAY: mark("Settled on the same day, %(day)s."),
    DueStepKind.RECEIPT_NOT_COUNTED: mark("The day of receipt, %(day)s, is not counted."),
    DueStepKind.WORKING_DAYS: mark("%(count)s working days end on %(day)s."),
    DueStepKind.DAYS: mark("%(count)s days end on %(day)s."),
    DueStepKind.NO_APPOINTMENT: mark("%(day)s is a no-appointment day: the result is handed out on the same day."),
    DueStepKind.MOVED_FROM_DAY_OFF: mark("That is a day off: it moves to %(day)s."),
}
"""How the reckoning of a due day is explained, step by step."""


def describe_dossier(db: Reader, vault: Vault | None, dossier: Dossier) -> View:
    """Return a dossier for a list: who handed it in is masked, and empty when that was erased or cannot be read."""
    settings = settings_store.get_settings(db)
    applicant = secrets.find_applicant(db, vault, dossier.code) if vault is not None else None
    procedure = find_procedure(db, dossier.procedure, dossier.received_on)
    names = map_paper_names(procedure)
    holder = next((one for one in staff_store.list_accounts(db) if one.id == dossier.holder), None)
    return {
        "code": dossier.code,
        "provincial_code": dossier.provincial_code,
        "procedure": {"code": dossier.procedure, "name": procedure.name if procedure else dossier.procedure},
        "state": dossier.state.value,
        "state_label": translate_into_each(DOSSIER_STATE_LABELS[dossier.state]),
        "channel": dossier.channel.value,
        "received_at": format_local(dossier.received_at, settings.timezone),
        "due_on": dossier.due_on,
        "due_at": dossier.due_at,
        "first_due_on": dossier.first_due_on,
        "visit": dossier.visit,
        "counter": dossier.counter,
        "sets": dossier.sets,
        "step": dossier.step,
        "steps": list_step_labels(flows.get_flow(db, dossier.flow)),
        "step_due": find_step_due(dossier),
        "holder": {"id": holder.id, "name": holder.full_name} if holder else None,
        "supplements": dossier.supplements,
        "extensions": dossier.extensions,
        "missing": list(dossier.missing),
        "missing_names": [names.get(code, code) for code in dossier.missing],
        "possible": list_steps(db, dossier, list_possible(dossier)),
        "fee": dossier.fee,
        "is_immediate": dossier.is_immediate,
        "forms": [kind.value for kind in list_forms(dossier)],
        "applicant": describe_masked(applicant) if applicant else None,
    }


def list_forms(dossier: Dossier) -> list[FormKind]:
    """Return the forms that can be printed of a dossier now, the one that comes next first."""
    state = dossier.state.value
    forms = [
        (FormKind.REFUSAL, state == "refused"),
        (FormKind.STOP, state == "stopped"),
        (FormKind.SUPPLEMENT, state == "supplement"),
        (FormKind.EXTENSION, dossier.extensions > 0),
        (FormKind.RECEIPT, dossier.due_on is not None),
        (FormKind.CONTROL, dossier.due_on is not None),
    ]
    return [kind for kind, is_there in forms if is_there]


def describe_masked(applicant: Applicant) -> View:
    """Return an applicant as lists show them."""
    masked = rules.mask_applicant(applicant)
    return {"name": masked.name, "number": masked.number, "phone": masked.phone}


def describe_applicant(applicant: Applicant) -> View:
    """Return an applicant whole, with what does not fit together."""
    doubts = [translate_into_each(doubt) for doubt in rules.list_doubts(applicant)]
    return {**secrets.describe_applicant(applicant), "doubts": doubts}


def describe_content(db: Reader, content: DossierContent) -> View:
    """Return a dossier with everything that is encrypted of it, for who opened it."""
    dossier = content.dossier
    names = {**map_paper_names(find_procedure(db, dossier.procedure, dossier.received_on)), **content.names}
    papers = [
        {
            "code": paper.code,
            "name": names.get(paper.code, paper.code),
            "originals": paper.originals,
            "copies": paper.copies,
            "from_data": paper.from_data,
            "is_scanned": paper.is_scanned,
        }
        for paper in dossier.papers
    ]
    return {
        **describe_dossier(db, None, dossier),
        "applicant": describe_applicant(content.applicant) if content.applicant else None,
        "papers": papers,
        "asked": [names.get(code, code) for code in dossier.missing],
        "words": [{"move": move, "text": text} for move, text in content.words],
        "moves": _list_moves(db, dossier),
    }


def map_paper_names(procedure: Procedure | None) -> dict[str, str]:
    """Return the official names of the papers of a checklist, by code."""
    items = procedure.checklist.items if procedure and procedure.checklist else ()
    return {item.code: item.name[0] for item in items}


def _list_moves(db: Reader, dossier: Dossier) -> list[View]:
    zone = settings_store.get_timezone(db)
    return [
        {
            "at": format_local(move.at, zone),
            "move": move.move,
            "state_label": translate_into_each(DOSSIER_STATE_LABELS[move.state]),
            "step": move.step,
            "due_on": move.due_on,
        }
        for move in dossiers.list_dossier_moves(db, dossier.code)
    ]


def describe_intake(settings: Settings, procedure: Procedure, choices: Choices, due: Due | None) -> View:
    """Return what an officer fills in for a procedure: its papers, questions, limits, and the day that follows."""
    usual = find_usual_limit(procedure)
    return {
        "procedure": {"code": procedure.code, "name": procedure.name, "field": procedure.field},
        "time_limit": procedure.time_limit,
        "fee": procedure.fee,
        "limits": [_describe_limit(limit) for limit in procedure.limits if not limit.is_added],
        "usual": _describe_limit(usual) if usual else None,
        "is_immediate": procedure.is_immediate,
        "checklist": _describe_checklist(procedure.checklist, choices) if procedure.checklist else None,
        "reasons": list_choices(settings.dossiers.refusal_reasons),
        "due": describe_due(settings, due) if due else None,
    }


def describe_due(settings: Settings, due: Due) -> View:
    """Return a due day with its reckoning in sentences."""
    at = min(due.due_at, settings.dossiers.results_until)
    steps = [
        translate_into_each(STEP_TEXTS[step.kind], {"day": _write_day(step.day), "count": step.count})
        for step in due.steps
    ]
    return {"on": due.due_on.isoformat(), "at": at, "steps": steps}


def _describe_limit(limit: TimeLimit) -> View:
    return {
        "unit": limit.unit.value,
        "count": limit.count,
        "case": both(limit.case),
        "is_verified": limit.is_verified,
    }


def _describe_checklist(checklist: Checklist, choices: Choices) -> View:
    """Return the questions that are asked after `choices`, and the papers that the situation needs."""
    return {
        "source": checklist.source,
        "checked_on": checklist.checked_on,
        "questions": [
            {
                "code": question.code,
                "text": both(question.text),
                "choices": [{"code": choice.code, "label": both(choice.text)} for choice in question.choices],
                "chosen": choices.get(question.code),
            }
            for question in list_questions(checklist, choices)
        ],
        "items": [
            {
                "code": item.code,
                "name": both(item.name),
                "note": both(item.note),
                "form": item.form.value,
                "count": item.count,
                "from_data": item.from_data,
                "is_required": item.is_required,
                "is_verified": item.is_verified,
            }
            for item in list_papers(checklist, choices)
        ],
    }


def _write_day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
