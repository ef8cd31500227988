"""The stored monthly reports, as JSON: for the call and the leaders' page."""

from typing import Any

from motcua.desk import Reader, outbox
from motcua.filing import rules
from motcua.filing import store as filing_store
from motcua.filing.model import FiledReport
from motcua.reports.kinds import list_monthly
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.views.shapes import format_local
from motcua.wiring.report_notices import find_title, name_file

LISTED_MAX = 500
WAITING, FAILED = ("planned", "sent"), ("failed", "unknown", "expired")


def describe_monthly(db: Reader) -> dict[str, Any]:
    """Return whether reports are made, which, and the stored ones, the newest month first."""
    settings = settings_store.get_settings(db)
    states = outbox.count_states(db, "filing")
    ids = [report.id for report in list_monthly()]
    return {
        "is_on": settings.monthly.is_on,
        "reports": rules.list_chosen(settings, ids),
        "receivers": len(settings.monthly.receivers),
        "items": [
            _describe(filed, settings, states.get(f"filing:{filed.id}", {}))
            for filed in filing_store.list_newest(db, LISTED_MAX)
        ],
    }


def _describe(filed: FiledReport, settings: Settings, states: dict[str, int]) -> dict[str, Any]:
    return {
        "id": filed.id,
        "report": filed.report,
        "title": find_title(filed.report),
        "month": filed.month,
        "language": filed.language,
        "made_at": format_local(filed.made_at, settings.timezone),
        "has_figures": filed.has_figures,
        "digest": filed.digest,
        "bytes": filed.size,
        "file": f"/api/v1/reports/monthly/{filed.id}.pdf",
        "name": name_file(filed),
        "mails": {
            "sent": states.get("done", 0),
            "waiting": sum(states.get(state, 0) for state in WAITING),
            "failed": sum(states.get(state, 0) for state in FAILED),
        },
    }
