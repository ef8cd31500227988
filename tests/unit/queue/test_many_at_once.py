"""Kiosks and counters at the same time: one writer, so no gap, no double, no lock error."""

import threading

import pytest

from motcua.desk.journal import find_broken_link, read_rows
from motcua.queue import actions
from motcua.queue.rules import moves
from tests.unit.queue.at_the_desk import Day


@pytest.mark.thorough
def test_eight_threads_issue_and_call_without_a_gap_or_a_double(day: Day) -> None:
    day.opened(1, 2, 3)
    start = threading.Barrier(8)
    issued: list[str] = []
    called: list[str] = []
    errors: list[BaseException] = []

    def kiosk() -> None:
        start.wait()
        for _ in range(8):
            issued.append(day.issue("birth"))

    def counter(number: int) -> None:
        start.wait()
        for _ in range(20):
            if (who := day.next(number)) is not None:
                called.append(who)
                day.desk.do(actions.start, number)

    def guarded(work: object, *args: object) -> None:
        try:
            assert callable(work)
            work(*args)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=guarded, args=(kiosk,)) for _ in range(6)]
    threads += [threading.Thread(target=guarded, args=(counter, number)) for number in (2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    while (who := day.next(2)) is not None:
        called.append(who)
        day.desk.do(actions.start, 2)
    everybody = [moves.format_number("H", serial) for serial in range(1, 49)]
    assert errors == []
    assert sorted(issued) == everybody
    assert sorted(called) == everybody
    assert [entry.seq for entry in day.events] == list(range(1, day.desk.head.seq + 1))
    with day.desk.read() as db:
        assert find_broken_link(read_rows(db)) is None
