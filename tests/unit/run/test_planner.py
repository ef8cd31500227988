"""Long computations in processes of their own: refusals come back whole, and the line before them is short."""

import os
import signal
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import gevent
import pytest

from motcua.desk import Unavailable
from motcua.run import tasks
from motcua.run.planner import WAITING_MAX, Planner, TaskLane
from motcua.setup import drafts, template
from motcua.setup.document import write
from motcua.setup.mistakes import Mistakes
from tests.forked import PATIENT
from tests.waiting import PATIENCE_S


def test_a_lane_lets_one_through_and_few_wait() -> None:
    lane, order = TaskLane(), []

    def ask(number: int) -> None:
        try:
            with lane.turn():
                order.append(f"{number} begins")
                gevent.sleep(0)  # waits: lets others go on, takes no time
                order.append(f"{number} ends")
        except Unavailable as error:
            order.append(error.code)

    gevent.joinall([gevent.spawn(ask, number) for number in range(WAITING_MAX + 1)])
    assert sorted(order)[-1] == "compute.busy"
    steps = [step for step in order if step != "compute.busy"]
    assert steps == [f"{number} {what}" for number in range(WAITING_MAX) for what in ("begins", "ends")]
    with lane.turn():
        pass


@pytest.mark.thorough
def test_settings_that_were_read_apart_are_the_same() -> None:
    for name in template.list_names():
        document = template.load(name)
        assert drafts.read_answer(drafts.task(drafts.make_file_request(write(document), ()))) == document
    ward = template.load("ward")
    labels = {"seats": {"labels": ["Gh\u1ebf 1"]}}
    assert drafts.read_answer(
        drafts.task(drafts.make_section_request(ward, "seats", labels, ()))
    ).settings.seats.labels == ("Gh\u1ebf 1",)


@pytest.mark.thorough
def test_a_refusal_that_crosses_over_counts_all_mistakes() -> None:
    text = "version = 1\n" + "\n".join(f"strange{number} = 1" for number in range(2_000))
    with pytest.raises(Mistakes) as here:
        drafts.task(drafts.make_file_request(text, ()))
    with pytest.raises(Mistakes) as there:
        tasks.read_result(tasks.answer("settings", drafts.make_file_request(text, ())))
    assert len(there.value.mistakes) == tasks.FOUND_MAX
    assert str(there.value.params["count"]) == str(here.value.params["count"]) == str(len(here.value.mistakes))


def test_each_long_computation_is_found_by_its_name_and_back() -> None:
    functions = {
        name: getattr(import_module(place.partition(":")[0]), place.partition(":")[2])
        for name, place in tasks.TASKS.items()
    }
    assert {tasks.get_task_name(function): function for function in functions.values()} == functions


@pytest.mark.process
def test_a_process_of_its_own_reads_settings_and_says_what_is_wrong(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, limit in PATIENT.items():
        monkeypatch.setattr(name, limit)
    planner = Planner()
    try:
        document = template.load("minimal")
        assert (
            drafts.read_answer(planner.compute(drafts.task, drafts.make_file_request(write(document), ()))) == document
        )
        with pytest.raises(Mistakes) as refused:
            planner.compute(drafts.task, drafts.make_file_request("a = ", ()))
        assert [item.code for item in refused.value.mistakes] == ["toml.syntax"]
    finally:
        planner.stop()


CAN_STOP = pytest.mark.skipif(sys.platform == "win32", reason="Windows stops no process by a signal")


def bound(monkeypatch: pytest.MonkeyPatch, seconds: float, busy_times: int) -> None:
    """Let reading settings take so many seconds of the processor, and so many times as long by the clock."""
    monkeypatch.setattr("motcua.run.planner.LIMITS_S", {"settings": seconds})
    monkeypatch.setattr("motcua.run.planner.BUSY_TIMES", busy_times)


@pytest.fixture
def planner() -> Iterator[Planner]:
    made = Planner()
    yield made
    made.stop()


def ask_for_settings(planner: Planner) -> "gevent.Greenlet[..., dict[str, Any]]":
    """Let a helper read settings, and return who asks as soon as the helper is there, stopped as a busy computer
    stops it.
    """
    request = drafts.make_file_request(write(template.load("minimal")), ())
    asking = gevent.spawn(planner.compute, drafts.task, request)
    while not planner._asked:
        gevent.sleep(0)  # waits: lets who asks go on
    os.kill(next(iter(planner._asked)).pid, signal.SIGSTOP)
    return asking


@pytest.mark.process
@CAN_STOP
def test_a_helper_that_a_busy_computer_does_not_let_compute_is_waited_for(
    planner: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound(monkeypatch, 2.0, PATIENCE_S)
    asking = ask_for_settings(planner)
    asking.join(3.0)  # waits: longer than it may compute
    assert not asking.ready()
    os.kill(next(iter(planner._asked)).pid, signal.SIGCONT)
    assert drafts.read_answer(asking.get()) == template.load("minimal")


@pytest.mark.process
@CAN_STOP
def test_who_asks_a_computer_that_stays_busy_is_told_so_and_not_that_it_was_too_much(
    planner: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound(monkeypatch, 0.2, 2)
    asking = ask_for_settings(planner)
    with pytest.raises(Unavailable) as refused:
        asking.get()
    assert refused.value.code == "compute.busy"
    assert not planner._asked


@pytest.mark.process
def test_a_helper_that_computes_longer_than_it_may_is_ended(planner: Planner, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("motcua.run.planner.COMMAND", (sys.executable, "-c", "while True: pass"))
    bound(monkeypatch, 0.2, 1000 * PATIENCE_S)
    with pytest.raises(Unavailable) as refused:
        planner.compute(drafts.task, drafts.make_file_request(write(template.load("minimal")), ()))
    assert refused.value.code == "compute.late"
    assert not planner._asked
