"""Priority classes are forgotten day by day; the rank stays."""

from motcua.desk import Tx
from motcua.queue import store
from tests.conftest import Hall
from tests.unit.queue.at_the_desk import Day

DAYS = ["2026-11-23", "2026-11-30", "2026-12-07", "2026-12-14"]


def forget(tx: Tx, before: str) -> int:
    return store.forget_priorities(tx.db, before)


def list_priorities(hall: Hall) -> list[tuple[str, str | None, int]]:
    with hall.desk.read() as db:
        rows = db.execute("SELECT day, priority, rank FROM tickets ORDER BY place")
        return [(row[0], row[1], row[2]) for row in rows]


def test_priorities_of_all_days_before_one_are_forgotten(hall: Hall, day: Day) -> None:
    for _day in DAYS:
        day.issue(priority="elder75")
        day.issue()
        hall.clock.advance(7 * 24 * 3600)
    ranks = [rank for _day, _priority, rank in list_priorities(hall)]
    assert hall.desk.do(forget, DAYS[1]) == 2
    assert hall.desk.do(forget, DAYS[3]) == 4
    assert hall.desk.do(forget, DAYS[3]) == 0
    codes = [None] * 6 + ["elder75", "ordinary"]
    named = [name for name in DAYS for _ in range(2)]
    assert list_priorities(hall) == list(zip(named, codes, ranks, strict=True))
