"""Jobs: planned with their event, handed out once, ended once, never lost and never printed twice by themselves."""

import sqlite3
from pathlib import Path

import pytest

from motcua.copies import replace
from motcua.desk import DeviceJob, Invalid, Planned, Reader, Refused, Tx, Unknown, outbox
from motcua.desk import jobs as job_table
from motcua.desk.jobs import JobFinished
from motcua.desk.moment import stamp
from tests.unit.desk.notes import Noted, Pad, opened, write

PRINT = Planned("agent:1", "print", {"text": "A001, Chứng thực"}, 30_000)
SIGN = Planned("agent:1", "sign", {"counter": 3}, 15_000, newest_only=True)


def planned(pad: Pad, *jobs: Planned) -> list[int]:
    """Write a note from which `jobs` follow; return their numbers."""

    def plan(event: Noted, _db: Reader) -> list[Planned]:
        return list(jobs) if event.word == f"round {before}" else []

    before = pad.one("SELECT count(*) FROM jobs")[0][0]
    pad.desk.plan(Noted, plan)
    pad.desk.do(write, f"round {before}")
    return [int(str(row[0])) for row in pad.one(f"SELECT id FROM jobs WHERE id > {before}")]  # noqa: S608 -- a count


def states(pad: Pad) -> list[object]:
    return [row[0] for row in pad.one("SELECT state FROM jobs ORDER BY id")]


def test_a_job_is_written_with_its_event(pad: Pad) -> None:
    planned(pad, PRINT, SIGN)
    assert pad.one("SELECT device, kind, state, planned_at, expires_at, about FROM jobs ORDER BY id") == [
        ("agent:1", "print", "planned", "2026-11-23T01:00:00.000Z", "2026-11-23T01:00:30.000Z", "note:1"),
        ("agent:1", "sign", "planned", "2026-11-23T01:00:00.000Z", "2026-11-23T01:00:15.000Z", "note:1"),
    ]


def test_a_refused_command_plans_nothing(pad: Pad) -> None:
    pad.desk.plan(Noted, lambda _event, _db: [PRINT])
    with pytest.raises(Refused):
        pad.desk.do(write, "no")
    assert states(pad) == []


def test_a_planner_sees_what_the_action_wrote_and_its_failure_undoes_the_action(pad: Pad) -> None:
    def plan(_event: Noted, db: Reader) -> list[Planned]:
        raise LookupError(db.execute("SELECT word FROM notes").fetchone()[0])

    pad.desk.plan(Noted, plan)
    with pytest.raises(LookupError, match="một"):
        pad.desk.do(write, "một")
    assert (pad.notes(), pad.desk.head.seq) == ([], 0)


def test_jobs_are_handed_out_once_oldest_first_and_only_to_their_device(pad: Pad) -> None:
    first, second = planned(pad, PRINT, PRINT)
    assert pad.desk.do(job_table.hand_out, "agent:2") == []
    out = pad.desk.do(job_table.hand_out, "agent:1")
    job = DeviceJob(first, "agent:1", "print", PRINT.payload, "planned", "2026-11-23T01:00:30.000Z", None)
    assert out == [job, replace(job, id=second)]
    assert (pad.desk.do(job_table.hand_out, "agent:1"), states(pad)) == ([], ["sent", "sent"])


def test_what_makes_no_sense_any_more_is_not_handed_out(pad: Pad) -> None:
    planned(pad, PRINT, SIGN)
    pad.clock.advance(15)
    assert [job.kind for job in pad.desk.do(job_table.hand_out, "agent:1")] == ["print"]
    assert states(pad) == ["sent", "expired"]


def test_of_a_sign_only_the_newest_counts(pad: Pad) -> None:
    planned(pad, SIGN, PRINT)
    planned(pad, replace(SIGN, device="agent:2"), SIGN)
    assert states(pad) == ["replaced", "planned", "planned", "planned"]
    assert [job.id for job in pad.desk.do(job_table.hand_out, "agent:1")] == [2, 4]
    planned(pad, SIGN)
    assert states(pad)[3:] == ["sent", "planned"]


def test_a_result_is_journalled_and_the_first_counts(pad: Pad) -> None:
    (job,) = planned(pad, PRINT)
    pad.desk.do(job_table.hand_out, "agent:1")
    done = pad.desk.do(job_table.finish_job, job, "agent:1", "failed", "out of paper")
    assert (done.state, done.detail) == ("failed", "out of paper")
    head = pad.desk.head
    again = pad.desk.do(job_table.finish_job, job, "agent:1", "done", None)
    assert (again, pad.desk.head) == (done, head)
    assert pad.one("SELECT action, subject FROM journal WHERE seq = 2") == [("job.finished", f"job:{job}")]


def test_a_job_without_a_result_becomes_unknown_and_is_never_sent_again(pad: Pad) -> None:
    events: list[JobFinished] = []
    pad.desk.on(JobFinished, lambda entry: events.append(entry.event))
    (job,) = planned(pad, PRINT)
    pad.desk.do(job_table.hand_out, "agent:1")
    pad.clock.advance(59.999)
    with pad.desk.read() as db:
        assert job_table.list_overdue(db, stamp(pad.clock.now())) == []
        assert job_table.list_overdue(db, "2026-11-23T01:01:00.000Z") == [job]
    pad.desk.do(job_table.mark_unknown, job)
    assert pad.desk.do(job_table.mark_unknown, job).state == "unknown"
    assert pad.desk.do(job_table.hand_out, "agent:1") == []
    assert events == [JobFinished(job, "agent:1", "print", "unknown", "no result", "note:1")]


def test_a_late_result_completes_an_unknown_job(pad: Pad) -> None:
    (job,) = planned(pad, PRINT)
    pad.desk.do(job_table.hand_out, "agent:1")
    pad.desk.do(job_table.mark_unknown, job)
    assert pad.desk.do(job_table.finish_job, job, "agent:1", "done", None).state == "done"
    assert pad.desk.do(job_table.finish_job, job, "agent:1", "unknown", None).state == "done"


def test_a_job_is_ended_by_its_own_device_with_a_known_state(pad: Pad) -> None:
    (job,) = planned(pad, PRINT)
    with pytest.raises(Unknown):
        pad.desk.do(job_table.finish_job, job, "agent:2", "done", None)
    with pytest.raises(Unknown):
        pad.desk.do(job_table.finish_job, job + 1, "agent:1", "done", None)
    with pytest.raises(Invalid):
        pad.desk.do(job_table.finish_job, job, "agent:1", "perhaps", None)
    assert states(pad) == ["planned"]


def test_old_jobs_that_ended_are_removed(pad: Pad) -> None:
    def purge(tx: Tx) -> None:
        job_table.purge(tx.db, tx.at)

    first, _second = planned(pad, PRINT, SIGN)
    pad.desk.do(job_table.finish_job, first, "agent:1", "done", None)
    pad.desk.do(purge)
    assert states(pad) == ["done", "planned"]
    pad.clock.advance(1)
    pad.desk.do(purge)
    assert states(pad) == ["planned"]


def test_the_holder_of_a_job_is_read_from_its_address_and_from_nothing_else(pad: Pad) -> None:
    devices = ["sign:3:bang:2", "sign:30:bang:2", "3:sign:bang", "sign:*:bang:2", "printer:3", "3"]
    planned(pad, *(replace(PRINT, device=device) for device in devices))

    def names(holder: str) -> list[str]:
        with pad.desk.read() as db:
            return [job.device for job in job_table.list_waiting(db, holder, "")]

    assert names("3") == ["sign:3:bang:2", "printer:3", "3"]
    assert (names("30"), names("*"), names("sign:*:bang:2")) == (
        ["sign:30:bang:2"],
        ["sign:*:bang:2"],
        ["sign:*:bang:2"],
    )

    def withdraw(tx: Tx) -> None:
        job_table.withdraw(tx.db, "3", 2)

    pad.desk.do(withdraw)
    assert names("3") == ["printer:3", "3"]


def test_jobs_that_waited_in_a_store_from_before_are_handed_out(folder: Path) -> None:
    with opened(folder) as pad:
        planned(
            pad,
            *(replace(PRINT, device=device) for device in ("sign:3:bang:2", "printer:3", "notices:email", "printer")),
        )
    store = sqlite3.connect(folder / "desk.db")
    with store:
        store.execute("ALTER TABLE jobs DROP COLUMN holder")
        store.execute("ALTER TABLE jobs DROP COLUMN place")
        store.execute("DELETE FROM _sqlite_migrations WHERE name = 'desk:holders'")
    store.close()
    with opened(folder) as pad:
        rows = pad.one("SELECT device, holder, place FROM jobs ORDER BY id")
        assert rows == [
            ("sign:3:bang:2", "3", 2),
            ("printer:3", "3", None),
            ("notices:email", "email", None),
            ("printer", "printer", None),
        ]
        assert [job.device for job in pad.desk.do(job_table.hand_out, "3")] == ["sign:3:bang:2", "printer:3"]
        assert [job.device for job in pad.desk.do(job_table.hand_out, "notices:email")] == ["notices:email"]


def test_whoever_looks_for_what_waits_goes_through_open_jobs_alone(pad: Pad) -> None:
    """A desk keeps what ended for days, and looks for what waits each second."""
    asked: list[str] = []

    def look(tx: Tx) -> list[str]:
        tx.db.conn.set_trace_callback(asked.append)
        job_table.add_job(tx.db, SIGN, tx.at, "note:1")
        job_table.hand_out(tx, "1")
        job_table.withdraw(tx.db, "1", 3)
        job_table.list_overdue(tx.db, tx.at)
        outbox.count_failing(tx.db, 3)
        tx.db.conn.set_trace_callback(None)
        return [str(row[3]) for query in asked for row in tx.db.execute(f"EXPLAIN QUERY PLAN {query}")]

    reads = [plan for plan in pad.desk.do(look) if plan.startswith(("SEARCH", "SCAN"))]
    assert len(reads) >= 6
    assert [plan for plan in reads if "jobs_open" not in plan and "PRIMARY KEY" not in plan] == []
