"""When an officer sat at which counter on one day: as the journal has it, and as leaders corrected it."""

from datetime import datetime

from msgspec import Struct

from motcua.desk import Reader, get_day_begin, get_local_day, journal, parse
from motcua.desk.steps import STEPPED, put_rows_right, read_data
from motcua.reports import store
from motcua.settings import store as settings_store
from motcua.work import rules
from motcua.work import store as work_store
from motcua.work.model import PresenceCorrection, PresenceSpan
from motcua.work.rules.presence import ACTIONS

DAY_S = 24 * 60 * 60


class WorkingHours(Struct, frozen=True):
    """One officer's day: what was recorded, what leaders said of it, and what follows."""

    recorded: tuple[PresenceSpan, ...]
    corrections: tuple[PresenceCorrection, ...]
    corrected: tuple[PresenceSpan, ...]


def read_working_hours(db: Reader, officer: int, day: str, now: datetime) -> WorkingHours:
    """Return where `officer` sat on `day`, pauses left out.

    Who still sits at a counter sits there until `now`, on an earlier day until the last thing that happened on it.
    """
    timezone = settings_store.get_timezone(db)
    begin = parse(get_day_begin(day, timezone))

    def count_seconds(at: datetime) -> int:
        return min(DAY_S, max(0, int((at - begin).total_seconds())))

    rows = put_rows_right([*journal.list_day_rows(db, day, (*ACTIONS, STEPPED)), *store.list_last_row(db, day)])
    moves = [
        (count_seconds(parse(row["at"])), str(row["action"]), data)
        for row in rows
        if row["action"] in ACTIONS and (data := read_data(row)).get("closed", day) == day
    ]
    is_today = get_local_day(now, timezone) == day
    until_s = count_seconds(now) if is_today or not rows else count_seconds(parse(rows[-1]["at"]))
    recorded = rules.collect_presence(moves, officer, until_s)
    corrections = tuple(work_store.list_corrections(db, officer, day, day))
    return WorkingHours(recorded, corrections, rules.correct_presence(recorded, corrections))
