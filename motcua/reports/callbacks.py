"""Call backs over some days: how many were asked for, called in time and reached, and how long it took.

Nothing here names anybody: a call back is a topic, days, tries and outcomes.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from msgspec import Struct

from motcua.callbacks import store
from motcua.callbacks.model import CALL_LABELS, REACHED, Callback, CallbackSource, CallbackState
from motcua.catalogue import store as catalogue_store
from motcua.desk import Reader, get_local_day, journal, parse
from motcua.desk.messages import mark
from motcua.reports.measures import measure_quantile, measure_rate
from motcua.reports.values import (
    PERCENT,
    Cell,
    CellType,
    Period,
    Phrase,
    ReportColumn,
    ReportSheet,
    ReportTable,
    count_column,
    wait_columns,
)
from motcua.settings import store as settings_store

GROUP_LEAST = 5
"""Groups of services with fewer wishes stand together in one row: so few say nothing about a group."""
HALF, MOST = 50, 90
NOBODY = mark("Nobody asked for a call.")
NOT_YET = mark("No call was due yet.")
NOT_ENDED = mark("No call back has ended yet.")
EVERYTHING = Phrase(mark("All together"))
SOMETHING_ELSE = mark("Something else")
EXPIRED = mark("Erased before anybody was reached")
NOTES = (
    Phrase(mark("Counted are the call backs that were asked for in the period.")),
    Phrase(
        mark(
            "Called in time: the first call was made by the day that was promised, whether anybody answered or not."
            " What is not called yet counts from the day after."
        )
    ),
    Phrase(
        mark(
            "Reached: a call ended with advice, an invitation, a filing online or another office."
            " It is a share of the call backs that have ended."
        )
    ),
    Phrase(
        mark(
            "Time until the first call: by the clock, nights and days off included. Who was never called is not in it."
        )
    ),
    Phrase(
        mark("Groups of services with fewer than %(least)s wishes stand together in one row."), {"least": GROUP_LEAST}
    ),
    Phrase(
        mark("Intervals of shares: 95 percent by Wilson (1927). Those of times suppose nothing about their spread.")
    ),
)
_SOURCES = {
    CallbackSource.PHONE: mark("On a phone"),
    CallbackSource.KIOSK: mark("At the kiosk"),
    CallbackSource.API: mark("By a program"),
}
_GROUP = ReportColumn("group", CellType.TEXT, mark("Group of services"))
_SHARE = (
    count_column("of", mark("of")),
    ReportColumn("share", CellType.SHARE, mark("Share"), PERCENT),
    ReportColumn("low", CellType.SHARE, mark("Lower end"), PERCENT),
    ReportColumn("high", CellType.SHARE, mark("Upper end"), PERCENT),
)
_TIMES = wait_columns(
    [
        ("median_s", mark("Median")), ("median_low_s", mark("Lower end")), ("median_high_s", mark("Upper end")),
        ("most_s", mark("90 percent took at most")), ("most_low_s", mark("Lower end")),
        ("most_high_s", mark("Upper end")),
    ]
)  # fmt: skip
Rows = tuple[tuple[Cell, ...], ...]


class CallbackFact(Struct, frozen=True):
    """One call back: its group of services (empty: none), whether it was called in time (None: not due yet), how many
    seconds passed until its first call (None: not called).
    """

    item: Callback
    letter: str
    is_in_time: bool | None
    waited_s: int | None

    @property
    def is_reached(self) -> bool:
        """Say whether a call ended with what the person asked for."""
        return self.item.outcome in REACHED


def build(db: Reader, period: Period) -> ReportSheet:
    """Return what became of the call backs that were asked for on the days of `period`."""
    facts = _read_facts(db, period)
    groups = list(_divide(db, facts)) if facts else []
    ended = [(name, [one for one in some if not one.item.state.is_open]) for name, some in groups]
    due = [(name, [one for one in some if one.is_in_time is not None]) for name, some in groups]
    called = [(name, [one.waited_s for one in some if one.waited_s is not None]) for name, some in groups]
    promised = tuple(_measure(name, sum(bool(one.is_in_time) for one in some), len(some)) for name, some in due if some)
    reached = tuple(_measure(name, sum(one.is_reached for one in some), len(some)) for name, some in ended if some)
    times: Rows = tuple((name, len(some), *_measure_times(some)) for name, some in called if some)
    return ReportSheet(
        Phrase(mark("Call backs from %(first)s to %(last)s"), period.as_params()),
        period,
        (
            _make_wishes(groups),
            ReportTable(
                "promised", mark("Called in time"), (_GROUP, count_column("count", mark("In time")), *_SHARE), promised,
                NOT_YET if facts else NOBODY, total_rows=_mark_total(promised),
            ),
            ReportTable(
                "reached", mark("Reached"), (_GROUP, count_column("count", mark("Reached")), *_SHARE), reached,
                NOT_ENDED if facts else NOBODY, total_rows=_mark_total(reached),
            ),
            ReportTable(
                "times", mark("Time until the first call"), (_GROUP, count_column("n", "n"), *_TIMES), times,
                mark("Nobody was called yet.") if facts else NOBODY, total_rows=_mark_total(times),
            ),
            _make_outcomes(facts),
            _make_days(facts),
        ),
        NOTES,
    )  # fmt: skip


def _read_facts(db: Reader, period: Period) -> list[CallbackFact]:
    """Return what is known of each. Today is the day of the last journal row: a rebuilt desk says the same."""
    zone, today = settings_store.get_timezone(db), journal.read_head(db).day
    letters = {service.code: service.group for service in catalogue_store.list_services(db)}
    facts: list[CallbackFact] = []
    for item in store.list_received(db, period.first, period.last):
        is_in_time: bool | None = None
        waited_s: int | None = None
        if item.called_at is not None:
            called_at = parse(item.called_at)
            is_in_time = get_local_day(called_at, zone) <= item.due_on
            waited_s = max(0, int((called_at - parse(item.received_at)).total_seconds()))
        elif not item.state.is_open or item.due_on < today:
            is_in_time = False
        facts.append(CallbackFact(item, letters.get(item.topic, ""), is_in_time, waited_s))
    return facts


def _divide(db: Reader, facts: Sequence[CallbackFact]) -> Iterator[tuple[Cell, list[CallbackFact]]]:
    """Yield the groups of services in the kiosk's order, what is too few together, then everything."""
    few: list[CallbackFact] = []
    names: dict[str, Cell] = {
        group.letter: {"vi": group.name[0], "en": group.name[1]} for group in catalogue_store.list_groups(db)
    }
    for letter, name in {**names, "": Phrase(SOMETHING_ELSE)}.items():
        some = [one for one in facts if one.letter == letter]
        if len(some) < GROUP_LEAST:
            few += some
        else:
            yield name, some
    if few:
        yield Phrase(mark("Groups with fewer than %(least)s wishes"), {"least": GROUP_LEAST}), few
    yield EVERYTHING, list(facts)


def _make_wishes(groups: Sequence[tuple[Cell, list[CallbackFact]]]) -> ReportTable:
    rows: Rows = tuple(
        (
            name,
            len(some),
            *(sum(one.item.source is source for one in some) for source in CallbackSource),
            sum(one.item.state.is_open for one in some),
        )
        for name, some in groups
    )
    columns = (
        _GROUP,
        count_column("asked", mark("Asked for a call")),
        *(count_column(source.value, label) for source, label in _SOURCES.items()),
        count_column("open", mark("Still to be called")),
    )
    return ReportTable("wishes", mark("Asked for a call"), columns, rows, NOBODY, total_rows=_mark_total(rows))


def _make_outcomes(facts: Sequence[CallbackFact]) -> ReportTable:
    """Return how those that ended did; the shares are of these."""
    ended = [one.item for one in facts if not one.item.state.is_open]
    counts = Counter(_name_end(item) for item in ended)
    columns = (
        ReportColumn("outcome", CellType.TEXT, mark("How it ended")),
        count_column("count", mark("Call backs")),
        *_SHARE,
    )
    labels = (*CALL_LABELS.values(), EXPIRED)
    rows = tuple(_measure(Phrase(label), counts[label], len(ended)) for label in labels) if ended else ()
    return ReportTable("outcomes", mark("How it ended"), columns, rows, NOT_ENDED if facts else NOBODY)


def _name_end(item: Callback) -> str:
    if item.state is CallbackState.EXPIRED or item.outcome is None:
        return EXPIRED
    return CALL_LABELS[item.outcome]


def _make_days(facts: Sequence[CallbackFact]) -> ReportTable:
    days: dict[str, list[CallbackFact]] = {}
    for one in facts:
        days.setdefault(one.item.received_on, []).append(one)
    rows: Rows = tuple(
        (
            day,
            len(some),
            sum(one.is_in_time is True for one in some),
            sum(one.is_in_time is False for one in some),
            sum(one.is_reached and not one.item.state.is_open for one in some),
            sum(one.item.state.is_open for one in some),
        )
        for day, some in days.items()
    )
    columns = (
        ReportColumn("day", CellType.DAY, mark("Day of the wish")),
        count_column("asked", mark("Asked for a call")),
        count_column("in_time", mark("Called in time")),
        count_column("late", mark("Called late or not at all")),
        count_column("reached", mark("Reached")),
        count_column("open", mark("Still to be called")),
    )
    return ReportTable("days", mark("By day"), columns, rows, NOBODY)


def _measure(name: Cell, count: int, total: int) -> tuple[Cell, ...]:
    rate = measure_rate(count, total)
    return name, count, total, rate.percent_tenths, rate.low_tenths, rate.high_tenths


def _measure_times(seconds: Sequence[int]) -> Iterator[Cell]:
    """Yield the median and the time that 90 percent kept, each with its interval; nothing where there are too few."""
    for percent in (HALF, MOST):
        quantile = measure_quantile(seconds, percent)
        yield from (quantile.value, quantile.low, quantile.high) if quantile else (None, None, None)


def _mark_total(rows: Rows) -> tuple[int, ...]:
    return (len(rows) - 1,) if rows else ()
