"""The ward's catalogue of procedures as its keepers and programs see it: all of a procedure, and its versions."""

from collections.abc import Iterable

from motcua.desk import Reader
from motcua.desk.messages import mark, translate_into_each
from motcua.procedures import store
from motcua.procedures.model import Checklist, ChecklistItem, Fee, PaperForm, Procedure, ProcedureSource, TimeLimit
from motcua.procedures.rules.versions import compute_digest, require_offered
from motcua.settings import store as settings_store
from motcua.staff import store as staff_store
from motcua.views.procedure_words import write_fee, write_limit
from motcua.views.procedures import FORMS
from motcua.views.shapes import View, format_local

FORM_LABELS = {PaperForm.UNSTATED: mark("not stated"), **FORMS}
SOURCE_LABELS = {
    ProcedureSource.PAGE: mark("changed here"),
    ProcedureSource.PROGRAM: mark("changed by a program"),
    ProcedureSource.FILE: mark("from a file"),
}
PRODUCT = mark("from the product's list")


def get_procedure_detail(db: Reader, code: str, day: str) -> View:
    """Return all of a procedure as it is on `day`. Raises `Unknown("procedure.unknown")`."""
    return describe_detail(require_offered(store.find_procedure(db, code, day), code))


def describe_detail(procedure: Procedure) -> View:
    """Return all of a procedure; `basis` is what a change names that was made from it."""
    return {
        "code": procedure.code,
        "name": procedure.name,
        "official_name": procedure.official_name,
        "field": procedure.field,
        "level": procedure.level,
        "time_limit": procedure.time_limit,
        "fee": procedure.fee,
        "limits": [_describe_limit(item) for item in procedure.limits],
        "fees": [_describe_fee(item) for item in procedure.fees],
        "is_immediate": procedure.is_immediate,
        "checklist": None if procedure.checklist is None else _describe_checklist(procedure.checklist),
        "forms": list(procedure.forms),
        "words": list(procedure.words),
        "marks": list(procedure.marks),
        "online": procedure.online.value,
        "online_page": procedure.online_page,
        "since": procedure.since or None,
        "basis": compute_digest(procedure),
    }


def list_version_views(db: Reader, code: str) -> list[View]:
    """Return the ward's versions of a procedure, the newest day first; the product's own one comes last.

    Raises `Unknown("procedure.unknown")`.
    """
    zone, names = settings_store.get_timezone(db), staff_store.list_full_names(db)
    versions: list[View] = [
        {
            "since": item.since,
            "is_withdrawn": item.procedure is None,
            "source": item.source.value,
            "source_label": translate_into_each(SOURCE_LABELS[item.source]),
            "changed_at": format_local(item.changed_at, zone),
            "by": names.get(item.account) if item.account is not None else None,
            "file": item.file or None,
        }
        for item in store.list_versions(db, code)
    ]
    if code in store.load_procedures():
        product = {"since": None, "is_withdrawn": False, "source": "product", "changed_at": None, "by": None}
        versions.append({**product, "source_label": translate_into_each(PRODUCT), "file": None})
    if not versions:
        require_offered(None, code)
    return versions


def _describe_limit(limit: TimeLimit) -> View:
    return {
        "unit": limit.unit.value,
        "count": limit.count,
        "case": _write_pair(limit.case),
        "is_added": limit.is_added,
        "is_verified": limit.is_verified,
        "source": limit.source,
        "text": write_limit(limit),
    }


def _describe_fee(fee: Fee) -> View:
    return {
        "amount": fee.amount,
        "per": _write_pair(fee.per),
        "case": _write_pair(fee.case),
        "tiers": [{"first": tier.first, "amount": tier.amount} for tier in fee.tiers],
        "maximum": fee.maximum,
        "maximum_per": _write_pair(fee.maximum_per),
        "is_verified": fee.is_verified,
        "source": fee.source,
        "text": write_fee(fee),
    }


def _describe_checklist(checklist: Checklist) -> View:
    return {
        "source": checklist.source,
        "checked_on": checklist.checked_on,
        "questions": [
            {
                "code": item.code,
                "text": _write_pair(item.text),
                "choices": [{"code": choice.code, "text": _write_pair(choice.text)} for choice in item.choices],
                "when": _write_conditions(item.when),
            }
            for item in checklist.questions
        ],
        "items": [_describe_item(item) for item in checklist.items],
    }


def _describe_item(item: ChecklistItem) -> View:
    return {
        "code": item.code,
        "name": _write_pair(item.name),
        "form": item.form.value,
        "count": item.count,
        "from_data": item.from_data,
        "is_required": item.is_required,
        "when": _write_conditions(item.when),
        "note": _write_pair(item.note),
        "is_verified": item.is_verified,
    }


def _write_pair(pair: tuple[str, str]) -> View:
    return {"vi": pair[0], "en": pair[1]}


def _write_conditions(when: Iterable[tuple[str, str]]) -> list[View]:
    return [{"question": question, "choice": choice} for question, choice in when]
