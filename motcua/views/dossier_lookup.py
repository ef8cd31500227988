"""A dossier as whoever has its second factor sees it: where it is and what comes next, and nobody's name."""

from datetime import datetime, time

from motcua.desk import Reader, get_zone, parse
from motcua.desk.messages import translate_into_each
from motcua.dossiers.actions import DossierContent
from motcua.dossiers.model.dossier import DOSSIER_STATE_LABELS, Dossier
from motcua.dossiers.model.mailings import MAILING_LABELS, MailingState
from motcua.dossiers.rules.due import compute_due
from motcua.dossiers.rules.same_day import compute_same_day_due
from motcua.dossiers.store import get_flow, mailings
from motcua.procedures.store import find_procedure
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.views.dossiers import describe_due, map_paper_names
from motcua.views.shapes import View, both, format_local


def describe_lookup(db: Reader, content: DossierContent) -> View:
    """Return what a citizen reads of a dossier."""
    settings, dossier = settings_store.get_settings(db), content.dossier
    procedure = find_procedure(db, dossier.procedure, dossier.received_on)
    names = {**map_paper_names(procedure), **content.names}
    return {
        "code": dossier.provincial_code or dossier.code,
        "procedure": procedure.name if procedure else dossier.procedure,
        "state": dossier.state.value,
        "state_label": translate_into_each(DOSSIER_STATE_LABELS[dossier.state]),
        "received_at": format_local(dossier.received_at, settings.timezone),
        "due_on": dossier.due_on,
        "due_at": dossier.due_at,
        "first_due_on": dossier.first_due_on,
        "reckoning": list_reckoning(settings, dossier),
        "is_extended": dossier.extensions > 0,
        "step": both(get_flow(db, dossier.flow)[dossier.step].name) if not dossier.state.is_over else None,
        "missing": [names.get(code, code) for code in dossier.missing],
        "fee": dossier.fee if dossier.state.value == "fee_due" else None,
        "mailing": describe_mailing(db, dossier.code, settings.timezone),
        "settled_at": format_local(dossier.settled_at, settings.timezone) if dossier.settled_at else None,
        "returned_at": format_local(dossier.returned_at, settings.timezone) if dossier.returned_at else None,
        "reason": next(
            (both(choice.label) for choice in settings.dossiers.refusal_reasons if choice.code == dossier.reason), None
        ),
        "results_until": settings.dossiers.results_until,
        "place": settings.unit.centre or settings.unit.name,
        "phone": settings.dossiers.phone or settings.unit.phone,
    }


def describe_mailing(db: Reader, code: str, zone: str) -> View | None:
    """Return where the letter with a result is, None where it is fetched. It names nobody."""
    mailing = mailings.find_mailing(db, code)
    if mailing is None or mailing.state is MailingState.CANCELLED:
        return None
    return {
        "state": mailing.state.value,
        "label": translate_into_each(MAILING_LABELS[mailing.state]),
        "tracking": mailing.tracking,
        "sent_at": format_local(mailing.sent_at, zone),
        "can_cancel": mailing.state is MailingState.ASKED,
    }


def list_reckoning(settings: Settings, dossier: Dossier) -> list[View]:
    """Return how the first promised day was reckoned; nothing where it was moved since, as by a supplement."""
    if not dossier.limits or dossier.due_on is None or dossier.due_on != dossier.first_due_on:
        return []
    local = parse(dossier.received_at).astimezone(get_zone(settings.timezone)).replace(tzinfo=None)
    begin = datetime.combine(datetime.fromisoformat(dossier.counted_from), time()) if dossier.counted_from else local
    for moment in (local, begin):
        due = compute_due(settings, moment, dossier.limits)
        if due.due_on.isoformat() == dossier.due_on:
            steps: list[View] = describe_due(settings, due)["steps"]
            return steps
    if dossier.due_on == dossier.received_on:
        same_day: list[View] = describe_due(settings, compute_same_day_due(settings, local.date()))["steps"]
        return same_day
    return []
