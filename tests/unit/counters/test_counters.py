"""Counters open, pause and close; an officer sits at one."""

from collections.abc import Callable

import pytest

from motcua.copies import replace
from motcua.counters import actions, rules, store
from motcua.counters.events import CounterClosed, CounterOpened, CounterPaused
from motcua.counters.model import Counter, CounterState
from motcua.desk import Desk, Entry, Event, ManualClock, Refused, Tx
from motcua.queue import actions as queue

NOW = "2026-11-23T01:00:00.000Z"


@pytest.fixture
def recorded_events(desk: Desk) -> list[Event]:
    events: list[Event] = []

    def hear(batch: object) -> None:
        assert isinstance(batch, list)
        events.extend(entry.event for entry in batch if isinstance(entry, Entry))

    desk.on_commit(hear)
    return events


def at(desk: Desk, number: int) -> Counter:
    with desk.read() as db:
        return store.get(db, number)


def refusals(*attempts: Callable[[], object]) -> list[str]:
    codes = []
    for attempt in attempts:
        with pytest.raises(Refused) as caught:
            attempt()
        codes.append(caught.value.code)
    return codes


def called(desk: Desk, number: int) -> None:
    desk.do(queue.issue, "copy", None)
    desk.do(queue.call_next, number)


def test_a_counter_opens_pauses_opens_and_closes(desk: Desk, recorded_events: list[Event]) -> None:
    opened = desk.do(actions.open_counter, 1, 11)
    assert opened == at(desk, 1) == Counter(1, "", ("copy", "signature"), CounterState.OPEN, 11, state_at=NOW)
    paused = desk.do(actions.pause, 1, "break")
    assert paused == at(desk, 1) == replace(opened, state=CounterState.PAUSED, left_at=NOW, pause_reason="break")
    desk.do(actions.open_counter, 1, 11)
    closed = desk.do(actions.close, 1)
    assert closed == at(desk, 1) == replace(opened, state=CounterState.CLOSED, officer=None, left_at=NOW)
    assert recorded_events == [
        CounterOpened(1, 11, None),
        CounterPaused(1, 11, "break", None),
        CounterOpened(1, 11, None),
        CounterClosed(1, 11),
    ]


def test_opening_an_open_and_closing_a_closed_counter_writes_nothing(desk: Desk, recorded_events: list[Event]) -> None:
    desk.do(actions.close, 1)
    desk.do(actions.open_counter, 1, 11)
    desk.do(actions.open_counter, 1, 11)
    assert recorded_events == [CounterOpened(1, 11, None)]


def test_an_officer_sits_at_one_counter_and_leaving_closes_it(desk: Desk, recorded_events: list[Event]) -> None:
    desk.do(actions.open_counter, 1, 11)
    desk.do(actions.open_counter, 2, 11)
    assert [(at(desk, number).state, at(desk, number).officer) for number in (1, 2)] == [
        (CounterState.CLOSED, None),
        (CounterState.OPEN, 11),
    ]
    assert recorded_events[1:] == [CounterOpened(2, 11, 1)]


def test_a_new_sign_in_replaces_the_old_one(desk: Desk, recorded_events: list[Event]) -> None:
    desk.do(actions.open_counter, 1, 11)
    desk.do(actions.open_counter, 1, 12)
    assert (at(desk, 1).officer, recorded_events[-1]) == (12, CounterOpened(1, 12, None))


def test_with_a_ticket_in_hand_nobody_leaves_and_nobody_else_sits_down(desk: Desk) -> None:
    desk.do(actions.open_counter, 1, 11)
    called(desk, 1)
    before = at(desk, 1)
    codes = refusals(
        lambda: desk.do(actions.pause, 1, "break"),
        lambda: desk.do(actions.close, 1),
        lambda: desk.do(actions.open_counter, 1, 12),
        lambda: desk.do(actions.open_counter, 2, 11),
    )
    assert (codes, at(desk, 1)) == (["counter.has_ticket"] * 4, before)


def test_only_an_open_counter_pauses(desk: Desk) -> None:
    desk.do(actions.open_counter, 2, None)
    desk.do(actions.pause, 2, "break")
    assert (
        refusals(lambda: desk.do(actions.pause, 1, "break"), lambda: desk.do(actions.pause, 2, "break"))
        == ["counter.not_open"] * 2
    )


def test_own_words_for_a_pause_are_kept_apart(desk: Desk, recorded_events: list[Event]) -> None:
    desk.do(actions.open_counter, 1, 11)
    desk.do(actions.pause, 1, "Đón con ốm ở trường")
    event = recorded_events[-1]
    assert isinstance(event, CounterPaused)
    assert (event.reason, at(desk, 1).pause_reason) == ("other", "other")
    with desk.read() as db:
        body = db.execute("SELECT body FROM texts WHERE commitment = ?", (event.text,)).fetchone()[0]
        assert "ốm" not in "".join(row[0] for row in db.execute("SELECT data FROM journal"))
    assert body == "Đón con ốm ở trường"


def test_an_unknown_counter_is_unknown(desk: Desk) -> None:
    assert (
        refusals(
            lambda: desk.do(actions.open_counter, 9, None),
            lambda: desk.do(actions.pause, 9, "break"),
            lambda: desk.do(actions.close, 9),
        )
        == ["counter.unknown"] * 3
    )


def test_new_settings_keep_the_state_of_the_day(desk: Desk, clock: ManualClock) -> None:
    def move(tx: Tx) -> None:
        store.replace_all(tx.db, [Counter(1, "Cửa 1", ("birth",)), Counter(4, "", ("copy",))])

    before = desk.do(actions.open_counter, 1, 11)
    clock.advance(60)
    desk.do(move)
    with desk.read() as db:
        assert store.list_all(db) == [replace(before, label="Cửa 1", services=("birth",)), Counter(4, "", ("copy",))]


def test_a_service_is_unserved_once_the_last_counter_that_may_call_it_has_left_today() -> None:
    group_of = {"copy": "A", "birth": "H", "land": "D"}
    opened = Counter(1, "", ("copy", "birth"), CounterState.OPEN, state_at=NOW)
    gone = Counter(2, "", ("birth", "land"), CounterState.CLOSED, left_at=NOW)
    for counters, since, services in (
        ([opened, gone], NOW, {"land"}),
        ([opened, replace(gone, state=CounterState.OPEN)], NOW, set()),
        ([opened, replace(gone, left_at="2026-11-22T10:00:00.000Z")], NOW, set()),
        ([replace(opened, state=CounterState.PAUSED, left_at=NOW), gone], NOW, {"copy", "birth", "land"}),
        ([opened, replace(gone, must=("H",))], NOW, {"birth", "land"}),
        ([opened, replace(gone, must=("H",), left_at="")], NOW, set()),
    ):
        assert rules.list_unserved(counters, group_of, group_of, since) == services
    assert rules.list_unserved([opened, gone], group_of, ["copy"], NOW) == set()
