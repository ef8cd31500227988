"""Every moment that is stored is put right when the computer's clock was set, or is none by that clock."""

import re

from motcua.desk.tables import DESK
from motcua.setup.rooms import ROOMS
from tests.conftest import Hall

MOMENT = re.compile(r"[._](at|until|since|expires|ms)$")
NOT_BY_THE_CLOCK = {
    "tickets.due_at",  # a slot: a time of day that was promised
    "bookings.slot_at",
    "desk_dossiers.due_at",
    "procedure_versions.since",  # a day of effect
    "form_templates.since",
    "flow_versions.since",
    "linked_groups.since",
    "journal.at",  # evidence: it stays, and a row says that the clock was set
    "filed_reports.made_at",  # printed on the pages of the file
    "clock.offset_ms",  # how the clock stands
    "clock.began_ms",
    "_sqlite_migrations.applied_at",
}
WITHIN = {"counters.last"}
"""Not named like a moment, with one inside."""


def test_no_stored_moment_is_forgotten_when_the_clock_is_set(hall: Hall) -> None:
    with hall.desk.read() as db:
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_'"
        tables = [row[0] for row in db.execute(query)]
        columns = {f"{table}.{row[1]}" for table in tables for row in db.execute(f"PRAGMA table_info({table})")}
    moments = {column for column in columns if MOMENT.search(column)} | WITHIN
    declared = [
        f"{stamps.table}.{column}"
        for room in (DESK, *ROOMS)
        for stamps in room.stamps
        for column in (
            *stamps.columns,
            *(until for until, _since in stamps.until),
            *([stamps.also.split(" =")[0]] if stamps.also else ()),
        )
    ]
    assert len(declared) == len(set(declared))
    assert set(declared) | NOT_BY_THE_CLOCK == moments
