"""Changing the ward's catalogue of procedures, each time from a day on; having a checklist printed."""

from collections.abc import Mapping
from typing import cast

from motcua.copies import replace
from motcua.desk import Invalid, Refused, Tx
from motcua.desk.event import Json
from motcua.procedures import store
from motcua.procedures.events import (
    ChecklistPrinted,
    FormTemplateAdded,
    FormTemplateRemoved,
    ProcedureChanged,
    ProceduresImported,
    ProcedureWithdrawn,
)
from motcua.procedures.model import (
    Procedure,
    ProcedureFile,
    ProcedureRequest,
    ProcedureSource,
    ProcedureVersion,
    WithdrawalRequest,
)
from motcua.procedures.model.plain import to_plain
from motcua.procedures.model.template import TemplateRequest
from motcua.procedures.rules.situations import find_open_question, list_questions
from motcua.procedures.rules.versions import (
    compute_digest,
    require_basis,
    require_day,
    require_new,
    require_offered,
)
from motcua.procedures.store import templates
from motcua.typed.lines import clean_line

TEMPLATES_MAX, TEMPLATE_NAME_MAX = 200, 100


def change_procedure(tx: Tx, request: ProcedureRequest) -> ProcedureVersion:
    """Add or change a procedure from a day on, in the place of a version of the same day.

    Raises `Invalid("procedure.day" | "procedure.wrong")`, `Refused("procedure.same" | "procedure.changed")`.
    """
    procedure = request.procedure
    require_day(procedure.since)
    before = store.find_procedure(tx.db, procedure.code, procedure.since)
    require_basis(before, request.basis)
    require_new(before, procedure)
    version = ProcedureVersion(procedure.code, procedure.since, procedure, request.source, tx.at, request.account)
    store.save_versions(tx.db, [version])
    tx.emit(
        ProcedureChanged(
            code=procedure.code,
            since=procedure.since,
            source=request.source.value,
            account=request.account,
            procedure=cast(dict[str, Json], to_plain(procedure)),
        )
    )
    return version


def withdraw_procedure(tx: Tx, request: WithdrawalRequest) -> ProcedureVersion:
    """Offer a procedure no more from a day on.

    Raises `Invalid("procedure.day")`, `Unknown("procedure.unknown")` where it is not offered on that day.
    """
    require_day(request.since)
    require_offered(store.find_procedure(tx.db, request.code, request.since), request.code)
    version = ProcedureVersion(request.code, request.since, None, request.source, tx.at, request.account)
    store.save_versions(tx.db, [version])
    tx.emit(
        ProcedureWithdrawn(code=request.code, since=request.since, source=request.source.value, account=request.account)
    )
    return version


def import_procedures(tx: Tx, file: ProcedureFile) -> int:
    """Put the procedures of a file in force from a day on; return how many it changed.

    Raises `Invalid("procedure.day" | "procedure.wrong")`, `Refused("procedures.same" | "procedure.changed")`.
    """
    require_day(file.since)
    offered = store.list_procedures(tx.db, file.since)
    changed: list[Procedure] = []
    for item in file.procedures:
        before, procedure = offered.get(item.code), replace(item, since=file.since)
        require_basis(before, file.basis.get(item.code))
        if compute_digest(before) != compute_digest(procedure):
            require_new(before, procedure)
            changed.append(procedure)
    if not changed:
        raise Refused("procedures.same", "The catalogue is already as the file says. Nothing was changed.")
    source, digest = ProcedureSource.FILE, file.digest
    store.save_versions(
        tx.db,
        [ProcedureVersion(item.code, file.since, item, source, tx.at, file.account, digest) for item in changed],
    )
    procedures = [cast(Json, to_plain(item)) for item in changed]
    tx.emit(ProceduresImported(since=file.since, digest=digest, procedures=procedures, account=file.account))
    return len(changed)


def print_checklist(tx: Tx, code: str, choices: Mapping[str, str]) -> Procedure:
    """Have the papers of a procedure printed for the situation that `choices` name; other answers count for nothing.

    Raises `Unknown("procedure.unknown")`, `Refused("checklist.none" | "checklist.open")`.
    """
    procedure = require_offered(store.find_procedure(tx.db, code, tx.day), code)
    if procedure.checklist is None:
        raise Refused("checklist.none", "There is no list of papers for this procedure.")
    if find_open_question(procedure.checklist, choices) is not None:
        raise Refused("checklist.open", "Answer every question about the situation first.")
    asked = list_questions(procedure.checklist, choices)
    answered: dict[str, Json] = {item.code: choices[item.code] for item in asked}
    tx.emit(ChecklistPrinted(code=procedure.code, choices=answered, today=tx.day))
    return procedure


def add_template(tx: Tx, request: TemplateRequest) -> int:
    """Add a form of the ward's own, in the place of one of the same procedure, name and day; return its number.

    Raises `Invalid("template.name" | "procedure.day")`, `Unknown("procedure.unknown")`, `Refused("template.same" |
    "template.many")`.
    """
    clean = replace(request, name=clean_line(request.name))
    if not clean.name or len(clean.name) > TEMPLATE_NAME_MAX:
        raise Invalid(
            "template.name", "Write the form's name with at most %(count)s characters.", count=TEMPLATE_NAME_MAX
        )
    require_day(clean.since)
    if clean.procedure:
        require_offered(store.find_procedure(tx.db, clean.procedure, clean.since), clean.procedure)
    earlier = templates.find_same_day(tx.db, clean)
    if earlier is not None:
        if earlier.digest == clean.digest:
            raise Refused("template.same", "Exactly this form is there already. Nothing was changed.")
        templates.remove_template(tx.db, earlier.id)
    elif templates.count_templates(tx.db) >= TEMPLATES_MAX:
        raise Refused("template.many", "There are %(count)s forms. Remove one first.", count=TEMPLATES_MAX)
    number = templates.add_template(tx.db, clean, tx.at)
    tx.emit(
        FormTemplateAdded(
            template=number,
            procedure=clean.procedure,
            name=clean.name,
            since=clean.since,
            digest=clean.digest,
            replaces=earlier.id if earlier else None,
            account=clean.account,
        )
    )
    return number


def remove_template(tx: Tx, number: int, account: int | None) -> None:
    """Remove a form of the ward's own. Raises `Unknown("template.unknown")`."""
    templates.get_template(tx.db, number)
    templates.remove_template(tx.db, number)
    tx.emit(FormTemplateRemoved(template=number, account=account))
