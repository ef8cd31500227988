"""How the connection to the provincial system is: what waits, what it refused, what does not work."""

from collections.abc import Iterable

from motcua.desk import DeskFault, Reader, outbox
from motcua.desk.messages import mark, translate_into_each
from motcua.dossiers.store import dossiers
from motcua.exchange.actions.pushing import PUSH
from motcua.exchange.store import refusals
from motcua.settings import store as settings_store
from motcua.views.shapes import View, format_local
from motcua.wiring.province import ITEMS_FAULT, PULL_FAULT, PUSH_FAULT
from motcua.wiring.province_access import PROBLEMS

REFUSALS_MAX = 100
WAY_LABELS = {PULL_FAULT: mark("Fetching the list"), PUSH_FAULT: mark("Sending states")}
ELSE = mark("Something unexpected happened; the log of the server says what.")


def describe_connection(db: Reader, faults: Iterable[DeskFault]) -> View:
    """Return whether the province is connected, and what of it does not work now."""
    settings = settings_store.get_settings(db)
    rules, zone = settings.province, settings.timezone
    return {
        "is_on": rules.is_on,
        "fetches": bool(rules.list_url),
        "sends": bool(rules.status_url),
        "waiting": outbox.count_waiting(db, PUSH),
        "problems": [_describe_fault(fault, zone) for fault in faults if fault.code in {*WAY_LABELS, ITEMS_FAULT}],
        "refused": [
            {
                "code": item.dossier,
                "provincial_code": _find_code(db, item.dossier),
                "problem": translate_into_each(PROBLEMS.get(item.detail.partition(" ")[0], ELSE)),
                "status": item.detail.partition(" ")[2],
                "at": format_local(item.refused_at, zone),
            }
            for item in refusals.list_refusals(db, REFUSALS_MAX)
        ],
    }


def _describe_fault(fault: DeskFault, zone: str) -> View:
    problem = PROBLEMS.get(str(fault.params.get("code")), ELSE)
    is_of_items = fault.code == ITEMS_FAULT
    return {
        "way": translate_into_each(WAY_LABELS.get(fault.code, WAY_LABELS[PULL_FAULT])),
        "problem": translate_into_each(fault.message, dict(fault.params))
        if is_of_items
        else translate_into_each(problem),
        "since": format_local(fault.since, zone),
    }


def _find_code(db: Reader, code: str) -> str:
    dossier = dossiers.find_dossier(db, code)
    return (dossier.provincial_code or "") if dossier else ""
