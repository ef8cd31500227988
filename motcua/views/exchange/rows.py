"""Dossiers as rows of an export: masked, or whole for who took them so."""

from collections.abc import Generator, Mapping, Sequence
from typing import cast

from msgspec import Struct

from motcua.desk import Json, Reader
from motcua.desk.messages import mark, translate_into_each
from motcua.desk.vault import Vault
from motcua.dossiers.model.applicant import Applicant
from motcua.dossiers.model.dossier import DOSSIER_STATE_LABELS, Dossier, DossierState, FilingChannel
from motcua.dossiers.model.flow import DEFAULT_FLOW, Flow
from motcua.dossiers.rules.applicants import mask_applicant
from motcua.dossiers.store import list_flows, secrets
from motcua.dossiers.store.dossiers import list_by_codes
from motcua.exchange.rules.columns import EXPORT_COLUMNS, TABLE_COLUMNS
from motcua.procedures.store import find_procedure
from motcua.reports.sheet import defuse
from motcua.settings import store as settings_store
from motcua.staff import store as staff_store
from motcua.views.shapes import both, format_local

AT_ONCE = 200
CHANNEL_LABELS = {
    FilingChannel.IN_PERSON: mark("in person"),
    FilingChannel.ONLINE: mark("online"),
    FilingChannel.POST: mark("by post"),
    FilingChannel.DROP_OFF: mark("at the kiosk"),
}
ExportRow = dict[str, Json]


class _Names(Struct, frozen=True):
    people: Mapping[int, str]
    zone: str
    flows: Mapping[str, Flow]


def list_export_rows(db: Reader, vault: Vault | None, codes: Sequence[str], *, is_whole: bool) -> Generator[ExportRow]:
    """Yield a row of plain values for each dossier, in the order of `codes`. Without a key nobody is named."""
    names = _Names(staff_store.list_full_names(db), settings_store.get_timezone(db), list_flows(db))
    for first in range(0, len(codes), AT_ONCE):
        for dossier in list_by_codes(db, codes[first : first + AT_ONCE]):
            applicant = secrets.find_applicant(db, vault, dossier.code) if vault is not None else None
            yield {**_describe(db, dossier, names), **_describe_applicant(applicant, is_whole=is_whole)}


def _describe(db: Reader, dossier: Dossier, names: _Names) -> ExportRow:
    procedure = find_procedure(db, dossier.procedure, dossier.received_on)
    step = names.flows.get(dossier.flow, DEFAULT_FLOW)[dossier.step]
    return {
        "code": dossier.code,
        "provincial_code": dossier.provincial_code,
        "procedure": dossier.procedure,
        "procedure_name": procedure.name if procedure else None,
        "field": procedure.field if procedure else None,
        "state": dossier.state.value,
        "channel": dossier.channel.value,
        "received_on": dossier.received_on,
        "received_at": format_local(dossier.received_at, names.zone),
        "counted_from": dossier.counted_from,
        "due_on": dossier.due_on,
        "due_at": dossier.due_at or None,
        "first_due_on": dossier.first_due_on,
        "step": step.code,
        "step_name": {**both(step.name)},
        "holder": names.people.get(dossier.holder) if dossier.holder is not None else None,
        "supplements": dossier.supplements,
        "extensions": dossier.extensions,
        "fee": dossier.fee,
        "settled_at": format_local(dossier.settled_at, names.zone),
        "returned_at": format_local(dossier.returned_at, names.zone),
    }


def _describe_applicant(applicant: Applicant | None, *, is_whole: bool) -> ExportRow:
    if applicant is None:
        return {column.name: None for column in EXPORT_COLUMNS if column.is_personal}
    person = applicant if is_whole else mask_applicant(applicant)
    return {
        f"applicant_{name}": getattr(person, name) or None
        for name in ("name", "number", "phone", "birth", "address", "email")
    }


def write_cells(row: ExportRow, language: str) -> list[str]:
    """Return a row as the cells of a table in the reader's words, none of which a spreadsheet takes for a formula."""
    labels = {
        "state": DOSSIER_STATE_LABELS[DossierState(str(row["state"]))],
        "channel": CHANNEL_LABELS[FilingChannel(str(row["channel"]))],
    }
    words = {**row, **{name: translate_into_each(label)[language] for name, label in labels.items() if label}}
    words["step"] = cast(dict[str, str], row["step_name"])[language]
    cells = (words[column.name] for column in TABLE_COLUMNS)
    return ["" if cell is None else defuse(str(cell)) for cell in cells]
