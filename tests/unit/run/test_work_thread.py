"""The writer's thread: its work in order, each result to its own caller, whatever the work does."""

import threading

import gevent
import pytest

from motcua.run.work_thread import WorkThread


def test_work_runs_in_one_other_thread_in_the_order_in_which_it_was_asked_for() -> None:
    thread, order = WorkThread(), list[int]()

    def work(number: int) -> tuple[int, int]:
        order.append(number)
        return number, threading.get_ident()

    def call(number: int) -> tuple[int, int]:
        return thread.call(lambda: work(number))

    callers = [gevent.spawn(call, number) for number in range(100)]
    gevent.joinall(callers, raise_error=True)
    thread.stop()
    idents = {caller.value[1] for caller in callers if caller.value is not None}
    assert ([caller.value[0] for caller in callers if caller.value], order) == (list(range(100)), list(range(100)))
    assert len(idents) == 1
    assert idents != {threading.get_ident()}


def test_what_work_raises_comes_to_its_caller_and_the_next_work_goes_on() -> None:
    thread = WorkThread()
    for error in (ZeroDivisionError("one"), KeyboardInterrupt("two")):

        def fail(error: BaseException = error) -> None:
            raise error

        with pytest.raises(type(error), match=str(error)):
            thread.call(fail)
    assert thread.call(lambda: "three") == "three"
    thread.stop()


def test_the_loop_goes_on_while_work_lasts() -> None:
    thread, goes_on = WorkThread(), threading.Event()
    caller = gevent.spawn(thread.call, goes_on.wait)
    gevent.sleep(0)  # waits: not at all, it lets the other begin
    assert not caller.ready()
    goes_on.set()
    caller.get()
    thread.stop()


def test_a_caller_that_gives_up_takes_no_result_of_another() -> None:
    thread, goes_on = WorkThread(), threading.Event()
    hasty = gevent.spawn(thread.call, goes_on.wait)
    other = gevent.spawn(thread.call, lambda: "mine")
    gevent.sleep(0)  # waits: not at all, it lets the others begin
    hasty.kill()
    goes_on.set()
    assert other.get() == "mine"
    thread.stop()


def test_stopping_waits_for_the_work_before_it() -> None:
    thread, done = WorkThread(), list[str]()
    caller = gevent.spawn(thread.call, lambda: done.append("work"))
    gevent.sleep(0)  # waits: not at all, it lets the other begin
    thread.stop()
    assert done == ["work"]
    caller.get()
