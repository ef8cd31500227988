"""The one list of reports. Page, CSV, PDF, calls, access table and command read it."""

from collections.abc import Collection

from motcua.desk import Unknown
from motcua.reports.assistance import ASSISTANCE
from motcua.reports.callbacks import CALLBACKS
from motcua.reports.camera.report import CAMERA
from motcua.reports.day_report import DAY
from motcua.reports.dossiers.report import DOSSIERS
from motcua.reports.indices.report import INDICES
from motcua.reports.officers.report import OFFICERS
from motcua.reports.over_time.report import DESK
from motcua.reports.same_day import SAME_DAY
from motcua.reports.values import ReportKind, SwitchedPart
from motcua.settings.model import Settings
from motcua.staff.model import Role

REPORTS: tuple[ReportKind, ...] = (DAY, DESK, OFFICERS, CAMERA, INDICES, DOSSIERS, ASSISTANCE, CALLBACKS, SAME_DAY)


def list_parts_on(settings: Settings) -> frozenset[SwitchedPart]:
    """Return the parts of the program that are on, of those that a report may need; what needs none is always there."""
    parts: dict[SwitchedPart, bool] = {
        "": True, "dossiers": settings.dossiers.is_on, "callbacks": settings.callbacks.is_on,
    }  # fmt: skip
    return frozenset(part for part, is_on in parts.items() if is_on)


def is_report_on(settings: Settings, report: ReportKind) -> bool:
    """Say whether the part of the program that a report is about is switched on."""
    return report.needs in list_parts_on(settings)


def get_report(report_id: str, reports: Collection[ReportKind] = REPORTS) -> ReportKind:
    """Return the report with this id. Raises `Unknown("report.unknown")`."""
    for report in reports:
        if report.id == report_id:
            return report
    names = ", ".join(report.id for report in reports)
    raise Unknown(
        "report.unknown",
        "There is no report “%(report)s”. There are: %(reports)s.",
        report=report_id[:40],
        reports=names,
    )


def list_readers() -> frozenset[Role]:
    """Return the roles that may read at least one report."""
    return frozenset(role for report in REPORTS for role in report.roles)
