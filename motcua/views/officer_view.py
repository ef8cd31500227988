"""What leaders see of the camera beside its report: figures by officer, who opened them and why, and who may."""

from datetime import date

from motcua.desk import Reader
from motcua.desk.messages import mark
from motcua.reports.camera import gates
from motcua.reports.camera.model import ClosedBecause
from motcua.reports.camera.readings import read_officer_view
from motcua.settings import store as settings_store
from motcua.staff import rules as staff_rules
from motcua.staff import store as staff_store
from motcua.views.shapes import View, format_local

CLOSED_LABELS = {
    ClosedBecause.NEVER: mark("Closed. Nobody has opened them."),
    ClosedBecause.BY_HAND: mark("Closed. Somebody closed them."),
    ClosedBecause.REASON_ERASED: mark("Closed by itself: the words of the reason were erased."),
    ClosedBecause.NOT_MEASURED: mark(
        "Closed by itself: the agreement of the desk's index with pressed ratings cannot be measured yet."
    ),
    ClosedBecause.LOW_AGREEMENT: mark(
        "Closed by itself: the desk's index agrees too little with pressed ratings. Rho must be at least %(least)s."
    ),
    ClosedBecause.CAMERA_OFF: mark("Closed by itself: the camera is switched off."),
}


def show_officer_view(db: Reader, today: str, account: int | None) -> View:
    """Return whether figures by officer are open, who opened them when and why, and whether `account` may.

    `rho` has its interval and n as hundredths; None where it cannot be measured. `is_unclosed`: somebody opened them
    and nobody closed them since, though they may have closed by themselves.
    """
    settings = settings_store.get_settings(db)
    state = read_officer_view(db, today)
    names = staff_store.list_full_names(db)
    head = staff_rules.find_head(staff_store.list_accounts(db), settings.suggestions.head)
    rho = state.rho
    return {
        "is_open": state.closed is None,
        "is_unclosed": state.closed not in {ClosedBecause.NEVER, ClosedBecause.BY_HAND},
        "closed": CLOSED_LABELS[state.closed] if state.closed else None,
        "opened_at": format_local(state.opened_at, settings.timezone) if state.opened_at else None,
        "opened_by": names.get(state.opened_by, str(state.opened_by)) if state.opened_by is not None else None,
        "reason": state.reason,
        "first": date.fromisoformat(state.first),
        "last": date.fromisoformat(state.last),
        "least": gates.AGREEMENT_LEAST,
        "rho": None if rho is None else {"value": rho.value, "low": rho.low, "high": rho.high, "n": rho.n},
        "head": names.get(head) if head is not None else None,
        "is_head": head is not None and head == account,
    }
