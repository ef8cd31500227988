"""Tables of numbers, waits, services, counters and weekdays. Pure."""

from collections.abc import Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from motcua.desk.messages import mark
from motcua.planning.figures import P50, P90, SECOND_MS, find_nearest_rank, to_seconds
from motcua.reports.measures import measure_rate
from motcua.reports.model import Rate
from motcua.reports.over_time import sums
from motcua.reports.over_time.model import HallRecord, TicketClass, TicketCount, Volumes, WaitFigures
from motcua.reports.values import (
    PERCENT,
    Cell,
    CellType,
    Period,
    Phrase,
    ReportColumn,
    ReportTable,
    count_column,
    wait_columns,
)
from motcua.settings.values import write_clock

Rows = tuple[tuple[Cell, ...], ...]
Pair = Mapping[str, str]
WEEKDAYS = (
    mark("Monday"), mark("Tuesday"), mark("Wednesday"), mark("Thursday"), mark("Friday"), mark("Saturday"),
    mark("Sunday"),
)  # fmt: skip
NOTHING = mark("No numbers were given out in this period.")
_VOLUMES = (
    count_column("issued", mark("Given")),
    count_column("served", mark("Served")),
    count_column("cancelled", mark("Cancelled")),
    count_column("absent", mark("Absent")),
)
_UNDER = (
    ReportColumn("under_tenths", CellType.SHARE, mark("Within the target"), PERCENT),
    ReportColumn("low_tenths", CellType.SHARE, mark("Lower end"), PERCENT),
    ReportColumn("high_tenths", CellType.SHARE, mark("Upper end"), PERCENT),
)
_WAITS = (
    count_column("n", mark("Numbers called")),
    *wait_columns([("mean_s", mark("Mean")), ("p50_s", mark("Median")), ("p90_s", mark("P90"))]),
)
_FROM_TO = (
    ReportColumn("first", CellType.DAY, mark("From")),
    ReportColumn("last", CellType.DAY, mark("To")),
)
_SERVICE = ReportColumn("service", CellType.TEXT, mark("Service"))


class HallNames(Struct, frozen=True):
    """What groups, services, ranks and counters are called."""

    groups: Mapping[str, Pair]
    services: Mapping[str, Pair]
    ranks: Mapping[int, Pair]
    counters: Mapping[int, str]


class HallFacts(Struct, frozen=True, dict=True):
    """What the tables are made of; `target_ms` is the wait that should not be exceeded."""

    period: Period
    counts: Sequence[TicketCount]
    records: Sequence[HallRecord]
    target_ms: int
    names: HallNames

    @cached_property
    def waits(self) -> Mapping[TicketClass, Sequence[int]]:
        """Return the waits of all days by class."""
        return sums.sum_waits(self.records)

    @cached_property
    def all_waits(self) -> WaitFigures:
        """Return the waits of everybody."""
        return sums.measure_waits(self.waits.values(), self.target_ms)


def build_tables(facts: HallFacts) -> tuple[ReportTable, ...]:
    """Return the tables about tickets, services and counters."""
    groups, classes = _groups(facts), _classes(facts)
    timeline = _timeline(facts)
    return (
        ReportTable(
            "timeline", mark("Over time"), (*_FROM_TO, *_VOLUMES, *_WAITS, *_UNDER), timeline, NOTHING,
            about=mark("numbers, and waits until the first call"), total_rows=_last(timeline),
        ),
        ReportTable(
            "groups", mark("By group"),
            (
                ReportColumn("letter", CellType.TEXT, mark("Letter")),
                ReportColumn("name", CellType.TEXT, mark("Group")),
                *_VOLUMES, *_WAITS, *_UNDER,
            ),
            groups, NOTHING, total_rows=_last(groups),
        ),
        ReportTable(
            "classes", mark("Waits by class"),
            (
                ReportColumn("rank", CellType.TEXT, mark("Rank")),
                ReportColumn("classes", CellType.TEXT, mark("Classes")),
                *_WAITS, *_UNDER,
            ),
            classes, NOTHING, total_rows=_last(classes),
        ),
        ReportTable(
            "services", mark("By service"),
            (
                _SERVICE,
                count_column("issued", mark("Given")),
                count_column("n", mark("Visits timed")),
                *wait_columns([("mean_s", mark("Mean")), ("p50_s", mark("Median")), ("p90_s", mark("P90"))]),
                count_column("absent", mark("Absent")),
                ReportColumn("absent_tenths", CellType.SHARE, mark("Absent, share"), PERCENT),
                ReportColumn("low_tenths", CellType.SHARE, mark("Lower end"), PERCENT),
                ReportColumn("high_tenths", CellType.SHARE, mark("Upper end"), PERCENT),
            ),
            _services(facts), NOTHING, about=mark("time from the start to the finish of a visit"),
        ),
        _counters(facts),
        *_weekdays(facts),
    )  # fmt: skip


def describe_rate(rate: Rate | None) -> tuple[Cell, Cell, Cell]:
    """Return share, lower and upper end, nothing without a rate."""
    return (None, None, None) if rate is None else (rate.percent_tenths, rate.low_tenths, rate.high_tenths)


def _last(rows: Rows) -> tuple[int, ...]:
    return (len(rows) - 1,) if rows else ()


def _volumes(volumes: Volumes) -> tuple[Cell, ...]:
    return volumes.issued, volumes.served, volumes.cancelled, volumes.absent


def _waits(waits: WaitFigures) -> tuple[Cell, ...]:
    return waits.n, waits.mean_s, waits.p50_s, waits.p90_s, *describe_rate(waits.under)


def _timeline(facts: HallFacts) -> Rows:
    rows: list[tuple[Cell, ...]] = []
    period = facts.period
    by_day = sums.group_counts(facts.counts, lambda item: item.day)
    for span in sums.split_period(period.first, period.last):
        counts = [item for day, items in by_day.items() if span.first <= day <= span.last for item in items]
        if counts:
            days = [day for day in facts.records if span.first <= day.day <= span.last]
            waits = sums.measure_waits((part for day in days for part in day.waits.values()), facts.target_ms)
            rows.append((span.first, span.last, *_volumes(sums.count_volumes(counts)), *_waits(waits)))
    if not rows:
        return ()
    return (*rows, (period.first, period.last, *_volumes(sums.count_volumes(facts.counts)), *_waits(facts.all_waits)))


def _groups(facts: HallFacts) -> Rows:
    rows: list[tuple[Cell, ...]] = []
    for letter, counts in sorted(sums.group_counts(facts.counts, lambda item: item.letter).items()):
        waits = sums.measure_waits(sums.list_waits(facts.waits, letter=letter), facts.target_ms)
        name = facts.names.groups.get(letter, letter)
        rows.append((letter, name, *_volumes(sums.count_volumes(counts)), *_waits(waits)))
    if not rows:
        return ()
    return (*rows, ("", Phrase(mark("Total")), *_volumes(sums.count_volumes(facts.counts)), *_waits(facts.all_waits)))


def _classes(facts: HallFacts) -> Rows:
    ranks = sorted({rank for _letter, rank in facts.waits})
    rows: list[tuple[Cell, ...]] = [
        (
            str(rank),
            facts.names.ranks.get(rank, ""),
            *_waits(sums.measure_waits(sums.list_waits(facts.waits, rank=rank), facts.target_ms)),
        )
        for rank in ranks
    ]
    return (*rows, ("", Phrase(mark("Everybody")), *_waits(facts.all_waits))) if rows else ()


def _services(facts: HallFacts) -> Rows:
    times: dict[str, list[int]] = {}
    for day in facts.records:
        for code, lengths in day.service_times.items():
            times.setdefault(code, []).extend(lengths)
    rows: list[tuple[Cell, ...]] = []
    listed = list(facts.names.services)
    by_service = sums.group_counts(facts.counts, lambda item: item.service)
    codes = {*times, *by_service}
    for code in sorted(codes, key=lambda code: (listed.index(code) if code in listed else len(listed), code)):
        counts = by_service.get(code, [])
        ordered = sorted(times.get(code, ()))
        volumes = sums.count_volumes(counts)
        rows.append(
            (
                facts.names.services.get(code, code),
                volumes.issued,
                len(ordered),
                *describe_times(ordered),
                volumes.absent,
                *describe_rate(sums.measure_no_shows(counts)),
            )
        )
    return tuple(rows)


def describe_times(ordered: Sequence[int]) -> tuple[Cell, Cell, Cell]:
    """Return mean, median and P90 of ascending milliseconds in seconds, nothing for none."""
    if not ordered:
        return None, None, None
    mean = round(sum(ordered) / len(ordered) / SECOND_MS, 3)
    return mean, to_seconds(find_nearest_rank(ordered, P50)), to_seconds(find_nearest_rank(ordered, P90))


def _counters(facts: HallFacts) -> ReportTable:
    rows = tuple(
        (
            number,
            facts.names.counters.get(number, ""),
            *(
                to_seconds(spent)
                for spent in (use.open_ms, use.serving_ms, use.calling_ms, use.waited_ms, use.idle_ms, use.paused_ms)
            ),
            measure_rate(use.serving_ms, use.open_ms).percent_tenths if use.open_ms else None,
        )
        for number, use in sums.sum_counters(facts.records).items()
    )
    columns = (
        count_column("number", mark("Counter")),
        ReportColumn("label", CellType.TEXT, mark("Label")),
        *wait_columns(
            [
                ("open_s", mark("Open")),
                ("serving_s", mark("Serving")),
                ("calling_s", mark("Calling")),
                ("waited_s", mark("Idle while somebody waited")),
                ("idle_s", mark("Idle")),
                ("paused_s", mark("Paused")),
            ]
        ),
        ReportColumn("serving_tenths", CellType.SHARE, mark("Serving while open"), PERCENT),
    )
    return ReportTable("counters", mark("Counters' time"), columns, rows, mark("No counter was open."))


def build_delay_table(facts: HallFacts) -> ReportTable:
    """Return how long it took from a call until the visit was started."""
    ordered = sorted(delay for day in facts.records for delay in day.start_delays)
    columns = (
        count_column("n", mark("Calls that were started")),
        *wait_columns([("mean_s", mark("Mean")), ("p50_s", mark("Median")), ("p90_s", mark("P90"))]),
    )
    rows: Rows = ((len(ordered), *describe_times(ordered)),) if ordered else ()
    return ReportTable("delays", mark("From the call to the start"), columns, rows, NOTHING)


def _weekdays(facts: HallFacts) -> tuple[ReportTable, ReportTable]:
    """Return how many numbers, and which mean waits, each half-hour of each weekday had."""
    weekdays = sums.sum_weekdays(facts.records)
    halves = [half for _days, arrivals, _waits_by_half in weekdays.values() for half in arrivals]
    used = range(min(halves), max(halves) + 1) if halves else range(0)
    clocks = [(half, write_clock(half * 30)) for half in used]
    leading = (
        ReportColumn("weekday", CellType.TEXT, mark("Weekday")),
        count_column("days", mark("Days")),
    )
    names = {half: f"h{clock.replace(':', '')}" for half, clock in clocks}
    numbers: Rows = tuple(
        (Phrase(WEEKDAYS[weekday]), days, *(arrivals.get(half, 0) for half in used))
        for weekday, (days, arrivals, _waits_by_half) in weekdays.items()
    )
    waits: Rows = tuple(
        (Phrase(WEEKDAYS[weekday]), days, *(_mean(by_half.get(half)) for half in used))
        for weekday, (days, _arrivals, by_half) in weekdays.items()
    )
    return (
        ReportTable(
            "arrivals", mark("When people come"),
            (*leading, *(count_column(names[half], clock) for half, clock in clocks)), numbers, NOTHING,
            about=mark("numbers given in each half-hour, all days together"), is_heat=True,
        ),
        ReportTable(
            "heat_waits", mark("When people wait"),
            (*leading, *(ReportColumn(names[half], CellType.DURATION, clock) for half, clock in clocks)),
            waits, NOTHING,
            about=mark("mean wait in minutes, by the half-hour of the number"), is_heat=True,
        ),
    )  # fmt: skip


def _mean(total: tuple[int, int] | None) -> Cell:
    return round(total[1] / total[0] / SECOND_MS, 3) if total and total[0] else None
