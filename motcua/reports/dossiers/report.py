"""The report of dossiers: what came, how it was settled, what waits, which letters were written, what is digital."""

from datetime import date, datetime, time, timedelta

from motcua.desk import Reader, Unknown, get_zone, stamp
from motcua.desk.messages import mark
from motcua.dossiers.store import reported
from motcua.procedures.store import find_procedure
from motcua.reports.dossiers import digital, tables
from motcua.reports.dossiers.figures import DossierCounts, ReportedFacts, count_groups
from motcua.reports.dossiers.notes import write_notes
from motcua.reports.values import Cell, Period, Phrase, ReportSheet
from motcua.settings import store as settings_store
from motcua.settings.model import Settings
from motcua.staff import store as staff_store

NOBODY = mark("not signed in")
CAUTION = mark(
    "These figures show where to look. They are no ranking. Before a word of praise or blame, talk with the officer."
)


def require_dossiers(db: Reader, _period: Period, _today: str) -> None:
    """Raise `Unknown("report.off")` where no dossiers are taken in: then there is no such report."""
    if not settings_store.get_settings(db).dossiers.is_on:
        raise Unknown("report.off", "There is nothing at this address.")


def build(db: Reader, period: Period) -> ReportSheet:
    """Return the report of the days of `period`. 100,000 dossiers take the processor for some seconds."""
    settings = settings_store.get_settings(db)
    facts = read_reported(db, settings, period)
    procedures = {code: _describe_procedure(db, code, period.last) for code in _list_procedures(facts)}
    groups = group_dossiers(settings, facts, {code: field for code, (_name, field) in procedures.items()})
    names = {code: name for code, (name, _field) in procedures.items()}
    days = {"first": date.fromisoformat(period.first), "last": date.fromisoformat(period.last)}
    shares = digital.measure_shares(facts, settings.dossiers)
    return ReportSheet(
        heading=Phrase(mark("Dossiers from %(first)s to %(last)s"), days),
        period=period,
        tables=(
            *tables.build_tables(settings, facts, groups, _order_officers(db), names),
            tables.build_digital(shares),
        ),
        notes=tuple(write_notes(settings.dossiers, digital.count_unknown_results(facts))),
        caution=Phrase(CAUTION),
    )


def read_reported(db: Reader, settings: Settings, period: Period) -> ReportedFacts:
    """Return what the store says of the days of `period`."""
    first, last = period.first, period.last
    midnight = datetime.combine(date.fromisoformat(last) + timedelta(days=1), time(), get_zone(settings.timezone))
    return ReportedFacts(
        last=last,
        received=reported.count_received(db, first, last),
        refused_at_once=reported.count_refused_at_once(db, first, last),
        settled=reported.list_settled_here(db, first, last),
        waiting=reported.list_waiting_at(db, last, stamp(midnight)),
        requests=reported.list_requests(db, first, last),
        pauses=reported.list_pauses(db, first, last),
        papers=reported.list_paper_counts(db, first, last),
        results=reported.list_results(db, first, last),
    )


def group_dossiers(settings: Settings, facts: ReportedFacts, fields: dict[str, str]) -> tables.DossierGroups:
    """Return the counts by everything that the report divides by. `fields` are those of procedures."""
    everything = count_groups(settings, facts, lambda _procedure, _officer: "")
    return tables.DossierGroups(
        everything=everything.get("", DossierCounts()),
        fields=count_groups(settings, facts, lambda procedure, _officer: fields.get(procedure, "")),
        procedures=count_groups(settings, facts, lambda procedure, _officer: procedure),
        officers=count_groups(settings, facts, lambda _procedure, officer: officer),
        pairs=count_groups(settings, facts, lambda procedure, officer: (fields.get(procedure, ""), officer)),
    )


def _list_procedures(facts: ReportedFacts) -> list[str]:
    return sorted(
        {code for code, _officer, _count in (*facts.received, *facts.refused_at_once)}
        | {one.procedure for one in facts.settled}
        | {one.procedure for one in facts.waiting}
        | {one.procedure for one in facts.requests}
    )


def _describe_procedure(db: Reader, code: str, day: str) -> tuple[str, str]:
    procedure = find_procedure(db, code, day)
    return (procedure.name, procedure.field) if procedure else (code, "")


def _order_officers(db: Reader) -> dict[int | None, Cell]:
    """Return everybody's name by account, in the order of the names; who did not sign in is last."""
    named = sorted(staff_store.list_full_names(db).items(), key=lambda item: (item[1].casefold(), item[0]))
    return {**dict(named), None: Phrase(NOBODY)}
