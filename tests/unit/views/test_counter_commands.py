"""The counter's screen says beforehand what the actions would say: for every command, in every state, by the same
rules.
"""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from motcua.copies import replace
from motcua.counters import actions as counters
from motcua.counters import store as counter_store
from motcua.desk import Refused, Tx
from motcua.feedback import actions as feedback
from motcua.feedback import store as feedback_store
from motcua.feedback.model import RatingRequest
from motcua.queue import actions as queue
from motcua.queue import store as queue_store
from motcua.queue.model import TicketState
from motcua.settings import store as settings_store
from motcua.settings.model import OpeningHours, QueueRules, Session
from motcua.views.camera import CameraConditions
from motcua.views.counter import show_counter
from tests.conftest import SERVED_AT, SETTINGS, TODAY, Hall, build
from tests.run_folder import MEMORY

ALWAYS_OPEN = replace(SETTINGS, hours=OpeningHours(*((Session(0, 1440),),) * 7), days_off=(), working_days=())
COMMANDS = (
    "next",
    "call",
    "recall",
    "start",
    "finish",
    "absent",
    "hold",
    "resume",
    "transfer",
    "undo",
    "open",
    "pause",
    "close",
)
NOBODY = "A999"
WORKING = CameraConditions(lambda _device: True)
Action = Callable[[Tx], object]


class Taken(Exception):  # noqa: N818 -- what was tried worked, and is taken back
    """Ends a transaction that would have been accepted."""


@dataclass
class Floor:
    """A hall and what people do in it."""

    hall: Hall

    def now(self, counter: int) -> dict[str, Any]:
        """Return the screen of `counter`."""
        with self.hall.desk.read() as db:
            return show_counter(db, counter, self.hall.clock.now(), TODAY, WORKING)

    def somebody(self, *states: TicketState) -> str:
        """Return the last ticket in one of `states`, a number that nobody has where there is none."""
        with self.hall.desk.read() as db:
            tickets = queue_store.list_in_state(db, TODAY, *states)
        return tickets[-1].id if tickets else NOBODY

    def action(self, command: str, counter: int) -> Action:
        """Return what does `command` at `counter`, with whatever must be chosen for it chosen well."""
        callable_now = self.somebody(TicketState.WAITING)
        listed = self.now(counter)["absent"]
        number = listed[-1]["id"] if listed else callable_now
        held = self.somebody(TicketState.HELD)
        with self.hall.desk.read() as db:
            in_hand = counter_store.get(db, counter).in_hand
            service = queue_store.get(db, in_hand).service if in_hand else ""
        target = next(code for code in ("copy", "birth") if code != service)
        actions: dict[str, Action] = {
            "next": lambda tx: queue.call_next(tx, counter),
            "call": lambda tx: queue.call_number(tx, counter, number, "waiting-inside"),
            "recall": lambda tx: queue.recall(tx, counter),
            "start": lambda tx: queue.start(tx, counter),
            "finish": lambda tx: queue.finish(tx, counter),
            "absent": lambda tx: queue.mark_absent(tx, counter),
            "hold": lambda tx: queue.hold(tx, counter, "documents"),
            "resume": lambda tx: queue.resume(tx, counter, held),
            "transfer": lambda tx: queue.transfer(tx, counter, target, None),
            "undo": lambda tx: queue.undo(tx, counter, feedback_store.is_rated, feedback.withdraw_end),
            "open": lambda tx: counters.open_counter(tx, counter, None),
            "pause": lambda tx: counters.pause(tx, counter, "break"),
            "close": lambda tx: counters.close(tx, counter),
        }
        return actions[command]

    def do(self, action: Action) -> str | None:
        """Do `action`; return the code of its refusal."""
        try:
            self.hall.desk.by("officer:1").do(action)
        except Refused as error:
            return error.code
        return None

    def attempt(self, action: Action) -> tuple[str, str] | None:
        """Return code and sentence of the refusal that `action` meets now, None where it would be done; nothing
        changes.
        """

        def taken(tx: Tx) -> None:
            action(tx)
            raise Taken

        try:
            self.hall.desk.by("officer:1").do(taken)
        except Taken:
            return None
        except Refused as error:
            return error.code, str(error)
        raise AssertionError("it was neither done nor refused")


STEPS: dict[str, Callable[[Floor], object]] = {
    "citizen": lambda floor: floor.do(lambda tx: queue.issue(tx, "copy", None)),
    "citizen with priority": lambda floor: floor.do(lambda tx: queue.issue(tx, "birth", "elder75")),
    "rating": lambda floor: floor.do(lambda tx: feedback.rate(tx, RatingRequest(5, "pad", None, 1))),
    "return": lambda floor: floor.do(lambda tx: queue.come_back(tx, floor.somebody(TicketState.ABSENT))),
    "a moment": lambda floor: floor.hall.clock.advance(3),
    "some moments": lambda floor: floor.hall.clock.advance(6),
    "a while": lambda floor: floor.hall.clock.advance(16 * 60),
    "evening": lambda floor: floor.do(lambda tx: queue.close_day(tx, TODAY)),
}


def walk(floor: Floor, steps: list[tuple[str, int]]) -> None:
    """Let these things happen; what is refused does not."""
    for step, counter in steps:
        if step in STEPS:
            STEPS[step](floor)
        else:
            floor.do(floor.action(step, counter))


OFTEN = ["citizen", "next", "next", "recall", "absent", "start", "finish", "undo"]
STEP = st.tuples(st.sampled_from([*OFTEN, *STEPS, *COMMANDS]), st.sampled_from([1, 1, 2]))
RULES = st.builds(
    lambda recalls, undo_s: replace(SETTINGS.queue, absent_recalls=recalls, undo_s=undo_s),
    st.integers(0, 3),
    st.sampled_from([0, 5, 60]),
)
CALLED = [("open", 1), ("citizen", 1), ("citizen", 1), ("next", 1)]


@pytest.mark.thorough
@example(rules=replace(SETTINGS.queue, absent_recalls=0), steps=CALLED)
@example(rules=replace(SETTINGS.queue, absent_recalls=2), steps=[*CALLED, ("recall", 1)])
@example(rules=SETTINGS.queue, steps=[*CALLED, ("recall", 1), ("absent", 1), ("return", 1)])
@example(rules=SETTINGS.queue, steps=[*CALLED, ("start", 1), ("finish", 1), ("rating", 1)])
@example(rules=SETTINGS.queue, steps=[("open", 2), *CALLED, ("start", 1)])
@example(rules=SETTINGS.queue, steps=[*CALLED, ("recall", 1), ("absent", 1), ("evening", 1), ("open", 1)])
@given(rules=RULES, steps=st.lists(STEP, max_size=25))
@settings(max_examples=2, database=None)
def test_a_command_is_refused_on_the_screen_exactly_when_doing_it_is(
    rules: QueueRules, steps: list[tuple[str, int]]
) -> None:
    compare(rules, steps)


@pytest.mark.thorough
@given(rules=RULES, steps=st.lists(STEP, max_size=40))
@settings(max_examples=60, database=None)
def test_a_command_is_refused_on_the_screen_exactly_when_doing_it_is_on_long_days(
    rules: QueueRules, steps: list[tuple[str, int]]
) -> None:
    compare(rules, steps)


def compare(rules: QueueRules, steps: list[tuple[str, int]]) -> None:
    """Let `steps` happen in a new hall, then try every command at every counter against what its screen says."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        floor = Floor(build(Path(name), replace(ALWAYS_OPEN, queue=rules)))
        try:
            walk(floor, [("open", 1), *steps])
            for counter in SERVED_AT:
                compare_at(floor, counter)
        finally:
            floor.hall.desk.stop()


def compare_at(floor: Floor, counter: int) -> None:
    screen = floor.now(counter)
    assert tuple(screen["commands"]) == COMMANDS
    for command, refusal in screen["commands"].items():
        outcome = floor.attempt(floor.action(command, counter))
        if (
            outcome is not None
            and outcome[0] in {"ticket.unknown", "ticket.wrong_state"}
            and command in {"call", "resume"}
        ):
            assert refusal is None or refusal["code"] == "hall.closed"  # there is nobody who could be called
        else:
            assert (refusal and (refusal["code"], refusal["detail"]["en"])) == outcome, command
    assert (screen["undo"] is None) is (screen["commands"]["undo"] is not None)
    if screen["commands"]["transfer"] is None:
        compare_targets(floor, counter, screen)


def compare_targets(floor: Floor, counter: int, screen: dict[str, Any]) -> None:
    for number in SERVED_AT:
        sent = floor.attempt(partial(queue.transfer, counter_number=counter, service=None, to_counter=number))
        assert (number in {other["number"] for other in screen["counters"]}) is (sent is None), number
    for service in screen["services"]:
        sent = floor.attempt(partial(queue.transfer, counter_number=counter, service=service["code"], to_counter=None))
        assert (service["code"] not in screen["same_services"]) is (sent is None), service


@pytest.mark.thorough
@pytest.mark.parametrize(("recalls", "missing"), [(0, [None]), (1, ["Recall A001 once more first.", None])])
def test_absent_waits_for_as_many_recalls_as_the_settings_say(
    hall: Hall, recalls: int, missing: list[str | None]
) -> None:
    assert said_of_absent(hall, recalls) == missing


@pytest.mark.thorough
def test_absent_says_how_many_recalls_are_missing(hall: Hall) -> None:
    assert said_of_absent(hall, 3) == [
        "Recall A001 3 more times first.",
        "Recall A001 2 more times first.",
        "Recall A001 once more first.",
        None,
    ]


def said_of_absent(hall: Hall, recalls: int) -> list[str | None]:
    """Return what the screen says of *absent* after each recall."""
    floor = Floor(hall)
    hall.desk.do(change_rules, replace(SETTINGS.queue, absent_recalls=recalls))
    walk(floor, CALLED)
    sentences = []
    for turn in range(recalls + 1):
        if turn:
            floor.do(floor.action("recall", 1))
        refusal = floor.now(1)["commands"]["absent"]
        sentences.append(refusal["detail"]["en"] if refusal else None)
    return sentences


def change_rules(tx: Tx, rules: QueueRules) -> None:
    settings_store.save(tx.db, replace(SETTINGS, queue=rules))


def test_a_screen_hears_refusals_in_both_languages_outside_of_any_request(hall: Hall) -> None:
    refusal = Floor(hall).now(1)["commands"]["undo"]
    detail = {"vi": "Không còn gì để hoàn tác.", "en": "There is nothing left to undo."}
    assert refusal == {"code": "undo.nothing", "detail": detail}
