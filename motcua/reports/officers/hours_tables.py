"""The tables of officers' hours at counters: present as recorded and as corrected, pauses. Pure."""

from collections.abc import Iterator, Mapping, Sequence

from motcua.desk.messages import mark
from motcua.reports.officers.model import OfficerFigures
from motcua.reports.values import Cell, CellType, Phrase, ReportColumn, ReportTable, count_column, wait_columns

SECOND_MS = 1000
OFFICER = ReportColumn("officer", CellType.TEXT, mark("Officer"))
NUMBER = ReportColumn("account", CellType.TEXT, mark("Account"))
_PRESENCE = (
    NUMBER,
    OFFICER,
    *wait_columns(
        [
            ("present_s", mark("Present")),
            ("recorded_s", mark("As recorded")),
            ("service_s", mark("Serving")),
            ("calling_s", mark("Calling")),
            ("idle_s", mark("Free")),
            ("paused_s", mark("Paused")),
        ]
    ),
)
_CORRECTIONS = (
    NUMBER,
    OFFICER,
    ReportColumn("reason", CellType.TEXT, mark("Reason")),
    count_column("corrections", mark("Corrections")),
    *wait_columns([("added_s", mark("Time added")), ("removed_s", mark("Time taken off"))]),
)
_PAUSES = (
    NUMBER,
    OFFICER,
    ReportColumn("reason", CellType.TEXT, mark("Reason")),
    *wait_columns([("paused_s", mark("Paused"))]),
)
NOBODY = mark("nobody signed in")
LEFT = mark("%(name)s (account closed)")
NO_WORK = mark("Nobody worked at a counter on these days.")


def write_officer(figures: OfficerFigures) -> Cell:
    """Return how a table names an officer."""
    if figures.officer is None:
        return Phrase(NOBODY)
    return Phrase(LEFT, {"name": figures.name}) if figures.has_left else figures.name


def describe_who(figures: OfficerFigures) -> tuple[Cell, Cell]:
    """Return the account and the name of an officer as the first two cells of a row."""
    return "" if figures.officer is None else str(figures.officer), write_officer(figures)


def build_hours(
    everybody: Sequence[OfficerFigures], pauses: Mapping[str, Cell], corrections: Mapping[str, Cell]
) -> Iterator[ReportTable]:
    """Yield the tables of the officers in the order given; the labels of pauses and corrections are by their code."""
    yield ReportTable("presence", mark("Time at counters"), _PRESENCE, tuple(map(_presence, everybody)), NO_WORK)
    yield ReportTable(
        "corrections",
        mark("Corrected working hours, by reason"),
        _CORRECTIONS,
        tuple(row for one in everybody for row in _corrections(one, corrections)),
        mark("No working hours of these days were corrected."),
    )
    yield ReportTable(
        "pauses",
        mark("Pauses by reason"),
        _PAUSES,
        tuple(
            (*describe_who(one), pauses.get(reason, reason), lasted_ms / SECOND_MS)
            for one in everybody
            for reason, lasted_ms in one.presence.paused_ms.items()
        ),
        mark("Nobody paused on these days."),
    )


def _presence(one: OfficerFigures) -> tuple[Cell, ...]:
    service, presence = one.service, one.presence
    spans_ms = (presence.present_ms, presence.recorded_ms, service.service_ms, service.calling_ms, one.idle_ms)
    return (
        *describe_who(one),
        *(span_ms / SECOND_MS for span_ms in spans_ms),
        sum(presence.paused_ms.values()) / SECOND_MS,
    )


def _corrections(one: OfficerFigures, labels: Mapping[str, Cell]) -> list[tuple[Cell, ...]]:
    return [
        (
            *describe_who(one),
            labels.get(code, code),
            total.count,
            total.added_ms / SECOND_MS,
            total.removed_ms / SECOND_MS,
        )
        for code, total in one.presence.corrections.items()
    ]
