"""Messages that leave the building, as jobs: put back, ended in or beside the journal, sent once more."""

from collections.abc import Iterator

import pytest

from motcua.desk import Desk, Planned, Refused, Tx, Unknown, outbox, stamp
from motcua.desk import jobs as job_table
from tests.conftest import Hall

WAY = "notices:webhook"


@pytest.fixture
def desk(hall: Hall) -> Iterator[Desk]:
    yield hall.desk
    hall.desk.stop()


def plan(tx: Tx, kind: str = outbox.NOTIFY, n: int = 1) -> None:
    for _ in range(n):
        outbox.plan_now(tx, Planned(WAY, kind, {"about": "x"}, outbox.TTL_MS), "desk")


def log(desk: Desk) -> list[tuple[str, str | None, int]]:
    with desk.read() as db:
        return [(item.state, item.detail, item.tries) for item in outbox.list_deliveries(db, 50)]


def test_what_was_put_back_waits_for_its_time_and_counts_its_tries(desk: Desk, hall: Hall) -> None:
    desk.do(plan)
    (job,) = desk.do(job_table.hand_out, WAY)
    later = stamp(hall.clock.now().replace(minute=5))
    desk.do(lambda tx: outbox.put_back(tx, job.id, later, "webhook.timeout"))
    assert log(desk) == [("planned", "webhook.timeout", 1)]
    assert desk.do(job_table.hand_out, WAY) == []
    hall.clock.advance(301)
    (again,) = desk.do(job_table.hand_out, WAY)
    assert (again.id, again.tries) == (job.id, 1)
    desk.do(lambda tx: outbox.put_back(tx, job.id, later, "quiet", counts=False))
    with desk.read() as db:
        assert outbox.count_failing(db, 1) == 1
        assert outbox.count_failing(db, 2) == 0


def test_at_most_so_many_are_handed_out_at_once_the_oldest_first(desk: Desk) -> None:
    desk.do(plan, outbox.EVENT, 5)
    first = desk.do(job_table.hand_out, WAY, 3)
    assert [job.id for job in first] == [1, 2, 3]
    assert [job.id for job in desk.do(job_table.hand_out, WAY, 3)] == [4, 5]


def test_only_the_end_of_a_notice_is_a_row_of_the_journal(desk: Desk) -> None:
    desk.do(plan, outbox.EVENT)
    desk.do(plan, outbox.NOTIFY)
    before = desk.head.seq
    event, notice = desk.do(job_table.hand_out, WAY)
    desk.do(outbox.end_job, event, "done", None)
    assert (log(desk)[1], desk.head.seq) == (("done", None, 0), before)
    desk.do(outbox.end_job, notice, "failed", "webhook.refused")
    assert (log(desk)[0], desk.head.seq) == (("failed", "webhook.refused", 0), before + 1)


def test_what_ended_is_sent_once_more_as_the_same_message(desk: Desk) -> None:
    desk.do(plan)
    with pytest.raises(Refused):
        desk.do(outbox.send_again, 1)
    (job,) = desk.do(job_table.hand_out, WAY)
    desk.do(outbox.end_job, job, "failed", "webhook.refused")
    assert desk.do(outbox.send_again, 1) == 2
    (copy,) = desk.do(job_table.hand_out, WAY)
    assert copy.payload == {"about": "x", "again": 1}
    desk.do(outbox.end_job, copy, "failed", "webhook.refused")
    assert desk.do(outbox.send_again, 2) == 3
    assert desk.do(job_table.hand_out, WAY)[0].payload["again"] == 1
    with pytest.raises(Unknown):
        desk.do(outbox.send_again, 99)
