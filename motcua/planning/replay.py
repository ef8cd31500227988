"""Past days run again: what happened, compared with what would have happened. Pure."""

import base64
import json
import zlib
from typing import Any

from motcua.desk.errors import Invalid
from motcua.desk.messages import mark
from motcua.planning import changes
from motcua.planning.day import RebuiltDay
from motcua.planning.figures import Tally, list_longer_waits
from motcua.planning.hall import DayOutcome
from motcua.planning.history import rebuild
from motcua.planning.plan import ReplayTrial, find_midnight
from motcua.planning.record import Record, record_day
from motcua.planning.rerun import ReplayPlan, Rerun

DAYS_MAX = 31
NOTED = "expression.noted"
"""A camera spoke of a visit. A day with such rows has smile scores, which no replay can have."""
DayRows = dict[str, Any]
"""A day as the journal tells it: `day`, `rows`, `settings` (the operational ones before it, or None)."""


def pack(day_rows: DayRows) -> DayRows:
    """Return `day_rows` small, so that another process gets it quickly; `task` accepts both forms."""
    text = json.dumps([day_rows["rows"], day_rows["settings"]], ensure_ascii=False)
    return {"day": day_rows["day"], "packed": base64.b64encode(zlib.compress(text.encode(), 1)).decode()}


def _unpack(day_rows: DayRows) -> DayRows:
    if "packed" not in day_rows:
        return day_rows
    rows, settings = json.loads(zlib.decompress(base64.b64decode(day_rows["packed"])))
    return {"day": day_rows["day"], "rows": rows, "settings": settings}


def rerun_day(day: RebuiltDay, record: Record, plan: ReplayPlan) -> DayOutcome:
    """Return how `day` goes once more."""
    return Rerun(day, record, plan).run()


def task(request: dict[str, Any]) -> dict[str, Any]:
    """Return what happened on some days and their replay, as plain values.

    `request` has `days` (each as `DayRows`, or `packed`) and perhaps `settings` (other operational ones), `changes`
    (as `changes.Changes`) and `calls`: false leaves the single calls out. The result has `day` or `days`, `happened`
    and `replayed` (`figures.Tally`), `same_calls`, `longer`, `longer_count`, `shorter_count`, `notes`, and for
    several days `each` of them. Raises `Invalid`: nothing in the journal, a service that is missing, changes that do
    not fit.
    """
    requested_days = request["days"]
    if not 1 <= len(requested_days) <= DAYS_MAX:
        raise Invalid("days.number", "From 1 to %(most)s days can be replayed at once.", most=DAYS_MAX)
    trial = ReplayTrial(request.get("settings"), changes.read_changes(request.get("changes", {})))
    happened, replayed = Tally(), Tally()
    compared: list[tuple[RebuiltDay, DayOutcome, DayOutcome]] = []
    each = []
    for one in map(_unpack, requested_days):
        if any(row["action"] == NOTED for row in one["rows"]):
            trial.note("smiles.excluded", mark("Smile scores are not in the journal, so a replay has none."))
        day = rebuild(one["day"], one["rows"], one["settings"])
        day_record = record_day(day)
        rerun_outcome = rerun_day(day, day_record, trial.plan(day))
        compared.append((day, day_record.happened, rerun_outcome))
        pair = []
        for tally, outcome in ((happened, day_record.happened), (replayed, rerun_outcome)):
            tally.add(day.visits, outcome, find_midnight(day))
            alone = Tally()
            alone.add(day.visits, outcome, find_midnight(day))
            pair.append(alone.to_figures(with_calls=False))
        each.append(
            {
                "day": day.day,
                "happened": pair[0],
                "replayed": pair[1],
                "same_calls": day_record.happened.calls == rerun_outcome.calls,
            }
        )
    is_one = len(requested_days) == 1
    with_calls = is_one and bool(request.get("calls", True))
    longer_waits, longer_count, shorter_count = list_longer_waits(
        (day.visits, before, after) for day, before, after in compared
    )
    return {
        **({"day": requested_days[0]["day"]} if is_one else {"days": [one["day"] for one in requested_days]}),
        "happened": happened.to_figures(with_calls=with_calls),
        "replayed": replayed.to_figures(with_calls=with_calls),
        "same_calls": all(one["same_calls"] for one in each),
        "longer": longer_waits,
        "longer_count": longer_count,
        "shorter_count": shorter_count,
        "notes": [note.to_json() for note in trial.notes],
        **({} if is_one else {"each": each}),
    }
