"""One odd row or notice never ends what is done with the others."""

import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from motcua.desk import Planned, Refused
from motcua.desk import jobs as job_table
from motcua.equipment import store as equipment_store
from motcua.equipment.model import DeclaredDevice
from motcua.estimates import observed
from motcua.estimates.waits import WaitEstimates
from motcua.planning.computing import Given, Task
from motcua.queue import actions
from motcua.run.estimating import FAILED, EstimateRefresher
from motcua.wiring.courier import Courier
from motcua.wiring.ways import EMAIL
from tests.conftest import TODAY, Hall
from tests.server.programs import command


def harm(hall: Hall, sql: str, *values: object) -> None:
    with sqlite3.connect(hall.desk.path) as db:
        for (name,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'journal'"
        ).fetchall():
            db.execute(f"DROP TRIGGER {name}")
        db.execute(sql, values)
    db.close()


def test_a_device_with_odd_counters_hides_no_other(hall: Hall) -> None:
    hall.desk.do(
        lambda tx: equipment_store.declare(
            tx.db, 1, [DeclaredDevice(1, "may-in", "printer", (1,)), DeclaredDevice(1, "phim", "keypad", (2,))]
        )
    )
    harm(hall, "UPDATE equipment SET counters = '[' WHERE name = 'may-in'")
    with hall.desk.read() as db:
        assert [(item.name, item.counters) for item in equipment_store.list_devices(db)] == [
            ("may-in", ()),
            ("phim", (2,)),
        ]


def test_a_job_that_cannot_be_read_holds_up_none_of_the_others(hall: Hall) -> None:
    for number in (1, 2):
        planned = Planned("printer", "print", {"n": number}, 60_000)
        hall.desk.do(lambda tx, planned=planned: job_table.add_job(tx.db, planned, tx.at, "ticket:x"))  # type: ignore[misc]
    harm(hall, "UPDATE jobs SET payload = '{' WHERE id = 1")
    assert [job.payload for job in hall.desk.do(job_table.hand_out, "printer")] == [{}, {"n": 2}]


def test_notices_that_cannot_be_written_end_one_by_one(hall: Hall) -> None:
    for payload in ({"booking": 1, "about": "booking.made"}, {"booking": "x" * 9}, {}):
        hall.desk.do(
            lambda tx, payload=payload: job_table.add_job(  # type: ignore[misc]
                tx.db, Planned(EMAIL, "notify", payload, 3_600_000), tx.at, "booking:1"
            )
        )
    Courier(hall.desk, hall.folder, lambda work, way: work(way), lambda work, *given: work(*given)).tick()
    with hall.desk.read() as db:
        assert [tuple(row) for row in db.execute("SELECT state, detail FROM jobs ORDER BY id")] == [
            ("failed", "notices.erased")
        ] * 3


def test_a_day_that_cannot_be_read_is_not_learnt_from_and_a_helper_that_is_gone_is_told(hall: Hall) -> None:
    hall.desk.do(actions.issue, "copy", None)
    harm(hall, "UPDATE tickets SET issued_at = 'this morning'")

    def gone(task: Task, given: Given) -> Given:
        raise Refused("compute.failed", "The computation failed. Please try again.")

    EstimateRefresher(hall.desk, WaitEstimates(), gone, lambda work, *given: work(*given)).refresh()
    assert {fault.code for fault in hall.desk.faults.list_all()} <= {FAILED}


@pytest.mark.parametrize("issued_at", ["this morning", "", "2026-11-23T25:00:00+07:00"])
def test_a_forecast_learns_nothing_from_a_day_that_cannot_be_read(hall: Hall, issued_at: object) -> None:
    hall.desk.do(actions.issue, "copy", None)
    with hall.desk.read() as db:
        assert observed.observe_readable_day(db, TODAY, "Asia/Ho_Chi_Minh") == observed.ObservedDay(
            arrivals=Counter({(16, "copy", 4): 1})
        )
    harm(hall, "UPDATE tickets SET issued_at = ?", issued_at)
    with hall.desk.read() as db:
        assert observed.observe_readable_day(db, TODAY, "Asia/Ho_Chi_Minh") is None


@pytest.fixture
def chained(hall: Hall) -> Path:
    """Lend the folder of a stopped desk with three rows, of which the second cannot be read."""
    for _turn in range(3):
        hall.desk.do(actions.issue, "copy", None)
    hall.desk.stop()
    harm(hall, "UPDATE journal SET data = '{' WHERE seq = 2")
    return hall.folder


def test_a_row_that_cannot_be_read_is_named_by_verify_and_export_goes_on(chained: Path) -> None:
    verified = command("journal", "verify", "--data", chained)
    assert (verified.returncode, verified.stdout.splitlines()[0]) == (1, "Row 2: its content does not match its hash.")
    exported = command("journal", "export", "--data", chained)
    assert (exported.returncode, len(exported.stdout.splitlines()), exported.stderr) == (
        1,
        2,
        "Row 2: its data cannot be read.\n",
    )
