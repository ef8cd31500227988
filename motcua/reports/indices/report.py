"""The report on official indices: each with its basis, its numerator and its denominator."""

from collections.abc import Iterator
from datetime import date

from motcua.desk import Reader
from motcua.desk.messages import mark
from motcua.reports.indices import circular, tables
from motcua.reports.indices.satisfaction import measure_satisfaction_of
from motcua.reports.indices.store import IndexFacts, read_facts
from motcua.reports.indices.words import write_notes
from motcua.reports.values import (
    CellType,
    Period,
    Phrase,
    ReportColumn,
    ReportSheet,
    ReportTable,
    count_column,
)
from motcua.staff import store as staff_store

_SOURCES = (
    ReportColumn("source", CellType.TEXT, mark("Source")),
    ReportColumn("from", CellType.DAY, mark("From")),
    ReportColumn("to", CellType.DAY, mark("To")),
    count_column("count", mark("Number")),
)


def build(db: Reader, period: Period) -> ReportSheet:
    """Return the official indices over the days of `period`. 5,000 dossiers take the processor for some 50 ms."""
    facts = read_facts(db, period)
    sources = facts.sources
    days = {"first": date.fromisoformat(period.first), "last": date.fromisoformat(period.last)}
    return ReportSheet(
        heading=Phrase(mark("Official indices from %(first)s to %(last)s"), days),
        period=period,
        tables=tuple(_build_tables(db, facts)),
        notes=(*write_notes(facts.rules, sources.history, period), *_write_own(facts)),
        caution=_write_caution(facts),
    )


def _build_tables(db: Reader, facts: IndexFacts) -> Iterator[ReportTable]:
    sources, rules, period = facts.sources, facts.rules, facts.period
    dossiers = sources.dossiers or ()
    if rules.decision_766 and is_applied(period, rules.decision_766_since, rules.decision_766_until):
        yield tables.build_satisfaction(measure_satisfaction_of(dossiers))
    yield tables.build_ratings(sources.levels, sources.doubtful_levels)
    if rules.circular_2018 and is_applied(period, rules.circular_2018_since, rules.circular_2018_until):
        scores = circular.measure_unit(sources)
        yield tables.build_indices(scores)
        yield tables.build_totals(circular.sum_unit(scores, sources.choices), scores)
        yield tables.build_officers(dossiers, staff_store.list_full_names(db), sources.history, sources.choices)
    yield _build_sources(facts)


def is_applied(period: Period, since: str, until: str) -> bool:
    """Say whether a method with these first and last days applies on every day of `period`."""
    return since <= period.first and (not until or period.last <= until)


def _build_sources(facts: IndexFacts) -> ReportTable:
    rules, sources = facts.rules, facts.sources
    rows: list[tuple[str | int | Phrase | None, ...]] = [
        (Phrase(mark("Dossiers, from file %(file)s"), {"file": item.id}), item.first, item.last, item.count)
        for item in facts.files
    ]
    if facts.own_since is not None:
        first = max(facts.own_since, facts.period.first)
        rows.append((Phrase(mark("Dossiers taken in here")), first, facts.period.last, facts.own_count))
    if sources.unit is not None:
        rows.append(
            (Phrase(mark("Declared by the unit: %(source)s"), {"source": rules.source}), rules.declared_on, None, None)
        )
    rows.append((Phrase(mark("Reports and petitions in this program")), None, None, len(sources.reports)))
    rows.extend(
        (
            Phrase(mark("Answers of citizens to the form, for index %(index)s"), {"index": index}),
            None,
            None,
            len(answers),
        )
        for index, answers in sorted(sources.answers.items())
    )
    rows.append((Phrase(mark("Ratings that count")), None, None, sum(sources.levels.values())))
    rows.append((Phrase(mark("Ratings that were set aside")), None, None, sum(sources.doubtful_levels.values())))
    return ReportTable("sources", mark("Where the figures come from"), _SOURCES, tuple(rows), "")


def _write_own(facts: IndexFacts) -> Iterator[Phrase]:
    if facts.own_since is not None:
        yield Phrase(
            mark(
                "From %(since)s on the dossiers taken in here count, and no imported file does. Where a new day was"
                " promised, the day that was promised before it counts. Dossiers that were withdrawn are not settled."
            ),
            {"since": date.fromisoformat(facts.own_since)},
        )


def _write_caution(facts: IndexFacts) -> Phrase | None:
    """Return which days no file of dossiers covers; None where all are covered."""
    missing = facts.period.count_days() - facts.covered_days
    if not facts.files and facts.own_since is None:
        return Phrase(mark("No dossiers were imported for these days. What needs them is left out."))
    if missing > 0:
        return Phrase(
            mark("No file of dossiers covers %(count)s of the %(days)s days. The figures are over the other days."),
            {"count": missing, "days": facts.period.count_days()},
        )
    return None
