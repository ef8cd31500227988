"""The one list of reports. Page, CSV, PDF, calls, access table and command read it."""

from collections.abc import Collection

from motcua.desk import Unknown
from motcua.desk.messages import mark
from motcua.reports import not_rebuilt
from motcua.reports.values import CAUTION, EVERYTHING, LEADERS, ReportKind, SwitchedPart
from motcua.settings.model import Settings
from motcua.staff.model import Role

DAY = ReportKind(
    "day", mark("Day report"), LEADERS, "day", "day_report", requires="require_tickets", page="/leaders/day"
)
DESK = ReportKind("desk", mark("The desk over time"), LEADERS, "days", "over_time.report", page="/leaders/report")
OFFICERS = ReportKind("officers", mark("Officers"), LEADERS, "days", "officers.report", page="/leaders/officers")
CAMERA = ReportKind(
    "camera",
    mark("Smile index"),
    LEADERS,
    "days",
    "camera.report",
    page="/leaders/camera",
    beside_journal={EVERYTHING: not_rebuilt.SMILES},
)
INDICES = ReportKind(
    "indices",
    mark("Official indices"),
    LEADERS,
    "days",
    "indices.report",
    page="/leaders/indices",
    beside_journal=dict.fromkeys(
        ("satisfaction_766", "indices", "total", "officers", "sources", CAUTION), not_rebuilt.DOSSIERS
    ),
)
DOSSIERS = ReportKind(
    "dossiers",
    mark("Dossiers"),
    LEADERS,
    "days",
    "dossiers.report",
    requires="require_dossiers",
    page="/leaders/dossiers",
    needs="dossiers",
)
ASSISTANCE = ReportKind(
    "assistance",
    mark("Help team"),
    LEADERS,
    "days",
    "assistance",
    beside_journal={"online": mark("It also reads imported files of dossiers, which the journal knows by a digest.")},
)
CALLBACKS = ReportKind("callbacks", mark("Call backs"), LEADERS, "days", "callbacks", needs="callbacks")
SAME_DAY = ReportKind("same_day", mark("No-appointment days"), LEADERS, "days", "same_day", needs="dossiers")
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


def list_monthly(reports: Collection[ReportKind] = REPORTS) -> tuple[ReportKind, ...]:
    """Return the reports that can be of a month: all that are of several days."""
    return tuple(report for report in reports if report.period == "days")


def list_readers() -> frozenset[Role]:
    """Return the roles that may read at least one report."""
    return frozenset(role for report in REPORTS for role in report.roles)
