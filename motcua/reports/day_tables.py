"""The tables and notes of the day report, from its JSON. Pure."""

from typing import Any

from motcua.desk.messages import mark
from motcua.reports.measures import round_to_tenths
from motcua.reports.notes import HALL_NOTES
from motcua.reports.values import (
    PERCENT,
    Cell,
    CellType,
    Phrase,
    ReportColumn,
    ReportTable,
    count_column,
    wait_columns,
)

Facts = dict[str, Any]
_NO_TICKETS = mark("No numbers yet.")
_TOO_LITTLE = mark("The journal does not tell enough about this day.")
_GROUP_COLUMNS = (
    ReportColumn("letter", CellType.TEXT, mark("Letter")),
    ReportColumn("name", CellType.TEXT, mark("Group")),
    count_column("issued", mark("Given")),
    count_column("served", mark("Served")),
    count_column("cancelled", mark("Cancelled")),
    count_column("absent", mark("Absent")),
    count_column("here", mark("Still here")),
)
_WAIT_COLUMNS = (
    count_column("n", mark("Numbers called")),
    *wait_columns(
        [("mean_s", mark("Mean")), ("p50_s", mark("Median")), ("p90_s", mark("P90")), ("longest_s", mark("Longest"))]
    ),
)
_CLASS_COLUMNS = (
    ReportColumn("rank", CellType.TEXT, mark("Rank")),
    ReportColumn("classes", CellType.TEXT, mark("Classes")),
    *_WAIT_COLUMNS,
)
_SHARE_COLUMNS = (
    ReportColumn("figure", CellType.TEXT, mark("Figure")),
    ReportColumn("percent_tenths", CellType.SHARE, mark("Share"), PERCENT),
    ReportColumn("low_tenths", CellType.SHARE, mark("Lower end"), PERCENT),
    ReportColumn("high_tenths", CellType.SHARE, mark("Upper end"), PERCENT),
    count_column("n", "n"),
)
_COUNTER_COLUMNS = (
    count_column("number", mark("Counter")),
    ReportColumn("label", CellType.TEXT, mark("Label")),
    count_column("served", mark("Served")),
    *wait_columns([("median_service_s", mark("Median service"))]),
    ReportColumn("busy_tenths", CellType.SHARE, mark("Busy while open"), PERCENT),
)
_HALF_HOUR_COLUMNS = (ReportColumn("at", CellType.TEXT, mark("From")), *_WAIT_COLUMNS)
_CALL_COLUMNS = (
    ReportColumn("number", CellType.TEXT, mark("Number")),
    ReportColumn("at", CellType.TIME, mark("Time")),
    count_column("counter", mark("Counter")),
    ReportColumn("officer", CellType.TEXT, mark("Officer")),
    ReportColumn("reason", CellType.TEXT, mark("Reason")),
    *wait_columns([("waited_s", mark("Waited"))]),
)


NOTES = (
    *HALL_NOTES,
    Phrase(mark("Busy while open: the share of a counter's open time in which it had a number called or served.")),
    Phrase(mark("An officer's own words for calling a number are not shown.")),
)
"""How the figures are computed."""


def build_tables(facts: Facts) -> tuple[ReportTable, ...]:
    """Return the tables of the day that `facts` describe."""
    figures = facts["figures"]
    untold = _TOO_LITTLE if facts["groups"] else _NO_TICKETS
    halves = tuple((half["at"], *_waits(half)) for half in figures["half_hours"]) if figures else ()
    classes = _classes(facts)
    groups = _groups(facts)
    return (
        ReportTable("groups", mark("Numbers by group"), _GROUP_COLUMNS, groups, _NO_TICKETS, total_rows=_last(groups)),
        ReportTable(
            "waits",
            mark("Waits by class"),
            _CLASS_COLUMNS,
            classes,
            untold,
            about=mark("from the number to its first call"),
            total_rows=_last(classes),
        ),
        ReportTable(
            "shares", mark("Promised waits and satisfaction"), _SHARE_COLUMNS, _shares(facts), mark("no data yet")
        ),
        ReportTable("counters", mark("Counters"), _COUNTER_COLUMNS, _counters(facts), mark("There is no counter.")),
        ReportTable(
            "half_hours",
            mark("Waits over the day"),
            _HALF_HOUR_COLUMNS,
            halves,
            untold,
            about=mark("by the half-hour of the number"),
        ),
        ReportTable(
            "out_of_order",
            mark("Called out of order"),
            _CALL_COLUMNS,
            _calls(facts),
            mark("Every number was called in its order."),
            about=mark("numbers that an officer called by name; each needs a reason"),
        ),
    )


def _last(rows: tuple[tuple[Cell, ...], ...]) -> tuple[int, ...]:
    return (len(rows) - 1,) if rows else ()


def _groups(facts: Facts) -> tuple[tuple[Cell, ...], ...]:
    if not facts["groups"]:
        return ()
    names = [column.name for column in _GROUP_COLUMNS]
    total = {"letter": "", "name": Phrase(mark("Total")), **facts["totals"]}
    return tuple(tuple(row[name] for name in names) for row in (*facts["groups"], total))


def _classes(facts: Facts) -> tuple[tuple[Cell, ...], ...]:
    """Return the waits of each rank, then those of everybody."""
    if facts["figures"] is None:
        return ()
    waits = facts["figures"]["waits"]
    labels = {str(item["rank"]): _joined(item["labels"]) for item in facts["ranks"]}
    ranks = sorted((rank for rank in waits if rank != "all"), key=int)
    rows: list[tuple[Cell, ...]] = [(rank, labels.get(rank, ""), *_waits(waits[rank])) for rank in ranks]
    return (*rows, ("", Phrase(mark("Everybody")), *_waits(waits["all"])))


def _joined(labels: list[dict[str, str]]) -> dict[str, str]:
    return {language: "; ".join(label[language] for label in labels) for language in ("vi", "en")}


def _waits(waits: Facts) -> tuple[Cell, ...]:
    return tuple(waits[column.name] for column in _WAIT_COLUMNS)


def _shares(facts: Facts) -> tuple[tuple[Cell, ...], ...]:
    shares = (
        (Phrase(mark("Promised waits held")), facts["coverage"]["rate"]),
        (Phrase(mark("Satisfied (4–5)")), facts["satisfaction"]),  # noqa: RUF001 -- from level 4 to level 5
    )
    names = [column.name for column in _SHARE_COLUMNS[1:]]
    return tuple(
        (name, *(share[key] if share else None for key in names[:-1]), share["n"] if share else 0)
        for name, share in shares
    )


def _counters(facts: Facts) -> tuple[tuple[Cell, ...], ...]:
    busy = facts["figures"]["utilisation"] if facts["figures"] else {}
    return tuple(
        (
            counter["number"],
            counter["label"],
            counter["served"],
            counter["median_service_s"],
            round_to_tenths(busy[number]) if (number := str(counter["number"])) in busy else None,
        )
        for counter in facts["counters"]
    )


def _calls(facts: Facts) -> tuple[tuple[Cell, ...], ...]:
    return tuple(
        (
            call["number"],
            call["at"],
            call["counter"],
            call["officer"] or Phrase(mark("not signed in")),
            call["reason_label"],
            call["waited_s"],
        )
        for call in facts["out_of_order"]["items"]
    )
