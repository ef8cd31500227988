"""Alerts and calls for help, as screens show them."""

from collections.abc import Mapping
from urllib.parse import quote

from motcua.alerts import store as alert_store
from motcua.alerts.kinds import KINDS, AlertKind, find_kind
from motcua.alerts.model import Alert, HelpCall
from motcua.desk import Reader
from motcua.desk.messages import LANGUAGES, translate_into_each
from motcua.settings import store as settings_store
from motcua.staff import store as staff_store
from motcua.views.shapes import View, both, format_local

SHOWN = 8
"""How many open alerts and calls a screen lists; the view stays small."""
UNKNOWN_ICON = "bell"
OFFICERS_KINDS = frozenset(kind.code for kind in KINDS if kind.path.startswith("/dossiers"))
"""What officers read as well, of their own dossiers."""


def describe_alert(alert: Alert, names: Mapping[int, str], zone: str) -> View:
    """Return an alert with its sentence in both languages."""
    kind = find_kind(alert.kind)
    holder = alert.details.get("holder")
    return {
        "id": alert.id,
        "kind": alert.kind,
        "label": translate_into_each(kind.label) if kind else both((alert.kind, alert.kind)),
        "icon": kind.icon if kind else UNKNOWN_ICON,
        "text": _write_text(kind, alert) if kind else both((alert.kind, alert.kind)),
        "at": format_local(alert.raised_at, zone),
        "cleared_at": format_local(alert.cleared_at, zone),
        "seen_at": format_local(alert.seen_at, zone),
        "seen_by": names.get(alert.seen_by) if alert.seen_by is not None else None,
        "officer": names.get(holder) if isinstance(holder, int) else None,
        "path": _find_path(kind, alert) if kind else None,
    }


def _write_text(kind: AlertKind, alert: Alert) -> dict[str, str]:
    """Return what happened, in each language; a detail may have a text for each."""
    return {name: translate_into_each(kind.message, alert.list_params(name))[name] for name in LANGUAGES}


def _find_path(kind: AlertKind, alert: Alert) -> str | None:
    """Return the page that lists what an alert is about. A result that is ready is with nobody: it has no filter.

    Earlier versions of the program named a step by its number, which says nothing where flows differ.
    """
    path, holder, step = kind.path, alert.details.get("holder"), alert.details.get("step")
    if not path:
        return None
    if isinstance(holder, int) and "box=ready" not in path:
        path += f"{'&' if '?' in path else '?'}holder={holder}"
    return f"{path}&step={quote(step)}" if isinstance(step, str) else path


def list_own_alerts(db: Reader, account: int, zone: str) -> list[View]:
    """Return the open alerts about the dossiers of an officer, and about those that nobody has."""
    names = staff_store.list_full_names(db)
    return [
        describe_alert(alert, names, zone)
        for alert in alert_store.list_open_alerts(db)
        if alert.kind in OFFICERS_KINDS and alert.details.get("holder", account) == account
    ]


def describe_help(call: HelpCall, names: Mapping[int, str], zone: str) -> View:
    """Return a call for help: from where, and who answers it."""
    answerer = names.get(call.answered_by) if call.answered_by is not None else None
    return {
        "id": call.id,
        "counter": call.counter,
        "officer": names.get(call.officer) if call.officer is not None else None,
        "at": format_local(call.called_at, zone),
        "answered_at": format_local(call.answered_at, zone),
        "answered_by": answerer,
        "answered_counter": call.answered_counter,
        "ended_at": format_local(call.ended_at, zone),
    }


def describe_open_help(db: Reader, zone: str) -> list[View]:
    """Return the open calls for help, the oldest first."""
    calls = alert_store.list_open_help(db)[:SHOWN]
    names = staff_store.list_full_names(db) if calls else {}
    return [describe_help(call, names, zone) for call in calls]


def describe_open(db: Reader, zone: str) -> View:
    """Return what needs somebody now: `alerts`, their count, and `help`."""
    alerts = alert_store.list_open_alerts(db)
    names = staff_store.list_full_names(db) if alerts else {}
    return {
        "alerts": [describe_alert(alert, names, zone) for alert in alerts[:SHOWN]],
        "alerts_count": len(alerts),
        "help": describe_open_help(db, zone),
    }


def describe_days(db: Reader, first: str, last: str, most: int) -> View:
    """Return the alerts and calls for help of the days from `first` to `last`, the newest first."""
    zone, names = settings_store.get_timezone(db), staff_store.list_full_names(db)
    return {
        "items": [describe_alert(alert, names, zone) for alert in alert_store.list_alerts(db, first, last, most)],
        "help": [describe_help(call, names, zone) for call in alert_store.list_help(db, first, last, most)],
    }


def describe_kinds() -> list[View]:
    """Return every kind of alert, for the settings page."""
    return [{"code": kind.code, "label": translate_into_each(kind.label)} for kind in KINDS]
