"""The page of exchange: mappings, imports, what differs, and what a file would do."""

from datetime import date

from motcua.desk import Reader
from motcua.desk.messages import mark, translate_into_each
from motcua.dossiers.model.dossier import DOSSIER_STATE_LABELS, DossierState
from motcua.dossiers.rules import board
from motcua.dossiers.rules.board import BoardBox
from motcua.exchange.model.mappings import DateOrder
from motcua.exchange.model.records import DifferenceKind, MergePlan, RecordDifference, RecordOutcome
from motcua.exchange.store import mappings, records
from motcua.procedures.store import find_procedure
from motcua.settings import store as settings_store
from motcua.staff import store as staff_store
from motcua.views.dossier_board import BOX_LABELS
from motcua.views.shapes import View, format_local

SHOWN_MAX, BATCHES_MAX, ROWS_MAX = 200, 30, 50
OUTCOME_LABELS = {
    RecordOutcome.ADDED: mark("new"),
    RecordOutcome.CHANGED: mark("changed there"),
    RecordOutcome.SAME: mark("as before"),
    RecordOutcome.OLDER: mark("older than what is here"),
    RecordOutcome.OWN: mark("taken in at this desk"),
}
DIFFERENCE_LABELS = {
    DifferenceKind.OLDER: mark("The other system says an earlier state"),
    DifferenceKind.ENDED: mark("It ended in another way"),
    DifferenceKind.OWN_STATE: mark("This desk took it in and has another state"),
    DifferenceKind.OWN_DUE: mark("This desk took it in and promised another day"),
}
ORDER_LABELS = {
    DateOrder.DAY_FIRST: mark("day, month, year: 02/11/2026"),
    DateOrder.MONTH_FIRST: mark("month, day, year: 11/02/2026"),
    DateOrder.YEAR_FIRST: mark("year, month, day: 2026/11/02"),
}
WAY_LABELS = {"file": mark("file"), "pull": mark("fetched")}


def describe_exchange(db: Reader) -> View:
    """Return what stands on the page before anybody chose a file."""
    names, zone = staff_store.list_full_names(db), settings_store.get_timezone(db)
    return {
        "mappings": [
            {
                "id": one.id,
                "name": one.name,
                "system": one.system,
                "saved_at": format_local(one.saved_at, zone),
                "by": names.get(one.account or 0, ""),
            }
            for one in mappings.list_mappings(db)
        ],
        "batches": [
            {
                "at": format_local(one.imported_at, zone),
                "way": translate_into_each(WAY_LABELS[one.way]),
                "system": one.system,
                "mapping": one.mapping,
                "by": names.get(one.account or 0, ""),
                "counts": [one.rows, one.added, one.changed, one.older, one.own],
            }
            for one in records.list_batches(db, BATCHES_MAX)
        ],
        "differences": [describe_difference(one, zone) for one in records.list_differences(db, SHOWN_MAX)],
        "difference_count": records.count_differences(db),
    }


def describe_difference(item: RecordDifference, zone: str) -> View:
    """Return a difference in words: states by their names, days as they are."""
    return {
        "code": item.code,
        "kind": item.kind.value,
        "label": translate_into_each(DIFFERENCE_LABELS[item.kind]),
        "ours": _say_state(item.ours),
        "theirs": _say_state(item.theirs),
        "system": item.system,
        "at": format_local(item.noted_at or None, zone),
    }


def _say_state(value: str) -> dict[str, str]:
    if value in set(DossierState):
        return translate_into_each(DOSSIER_STATE_LABELS[DossierState(value)])
    day = "/".join(reversed(value.split("-")))
    return {"vi": day, "en": day}


def describe_plan(db: Reader, plan: MergePlan) -> View:
    """Return what an import would do: how many of each outcome, the first changes, what differs."""
    before = records.map_stored(db, [record.code for record in plan.written[:SHOWN_MAX]])
    zone = settings_store.get_timezone(db)
    return {
        "system": plan.system,
        "mapping": plan.mapping,
        "rows": plan.rows,
        "counts": [
            {"label": translate_into_each(label), "count": plan.counts[outcome], "code": outcome.value}
            for outcome, label in OUTCOME_LABELS.items()
        ],
        "written_count": len(plan.written),
        "written": [
            {
                "code": record.code,
                "before": _say_state(before[record.code].state.value) if record.code in before else None,
                "after": _say_state(record.state.value),
                "due_on": record.due_on,
            }
            for record in plan.written[:SHOWN_MAX]
        ],
        "difference_count": len(plan.differences),
        "differences": [describe_difference(one, zone) for one in plan.differences[:SHOWN_MAX]],
    }


def describe_foreign(db: Reader, box: BoardBox, today: str) -> View:
    """Return the board's part about other systems: how many are in each box, and the rows of one box.

    What steps they are at is not known, so that none is in the box of late steps.
    """
    settings = settings_store.get_settings(db)
    ranges = board.list_ranges(today, board.find_soon_until(settings, date.fromisoformat(today)))
    counts = dict.fromkeys(BOX_LABELS, 0)
    for state, due_on, count in records.count_of_states(db):
        for name, where in ranges.items():
            if state in where.states and where.first <= (due_on or "") <= where.last:
                counts[name] += count
                break
    rows = records.list_of_range(db, ranges[box], ROWS_MAX) if box in ranges else []
    return {
        "total": sum(counts.values()),
        "counts": {name.value: count for name, count in counts.items()},
        "rows": [
            {
                "code": one.record.code,
                "procedure": _name_procedure(db, one.record.procedure, one.record.received_on),
                "state": translate_into_each(DOSSIER_STATE_LABELS[one.record.state]),
                "received_on": one.record.received_on,
                "due_on": one.record.due_on,
                "system": one.system,
                "seen_at": format_local(one.seen_at, settings.timezone),
            }
            for one in rows
        ],
    }


def _name_procedure(db: Reader, code: str | None, day: str) -> str:
    procedure = find_procedure(db, code, day) if code else None
    return procedure.name if procedure else code or ""
