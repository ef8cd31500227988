"""Whose turn it is: so much at once, the rest when nobody else is being served."""

import threading

import gevent
import pytest
from gevent.event import Event

from motcua.desk import Throttled
from motcua.run.hashing import ADDRESS_MAX, WAITING_MAX, Hashing
from motcua.run.pace import ALONE_MAX, REST_MAX_S, Bucket, Buckets, ServedClients, Turns
from tests.waiting import PATIENCE_S


def test_a_bucket_gives_what_it_has_and_fills_with_time() -> None:
    now = [100.0]
    bucket = Bucket(2, 3, lambda: now[0])
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]
    now[0] += 1
    assert [bucket.take() for _ in range(3)] == [True, True, False]
    now[0] += 3_600
    assert [bucket.take() for _ in range(4)] == [True, True, True, False]


def test_each_name_has_a_bucket_and_few_are_remembered() -> None:
    buckets = Buckets(1, 1, lambda: 0.0, size=2)
    assert [buckets.take(name) for name in "aabb"] == [True, False, True, False]
    assert buckets.take("c")
    assert buckets.take("a")


def test_turns_come_one_by_one_after_those_who_are_served() -> None:
    turns = Turns()
    order: list[str] = []

    def stranger(name: str) -> None:
        turns.wait()
        order.append(name)

    def counter() -> None:
        for step in range(20):
            gevent.sleep(0)  # waits: lets others go on, takes no time
            order.append(f"counter {step}")

    strangers = [gevent.spawn(stranger, name) for name in ("first", "second")]
    gevent.spawn(counter).join()
    gevent.joinall(strangers)
    assert order == [*(f"counter {step}" for step in range(20)), "first", "second"]


def test_after_a_turn_the_loop_rests_as_long_as_the_turn_took() -> None:
    now, rests = [100.0], []

    def sleep(seconds: float) -> None:
        rests.append(round(seconds, 6))
        now[0] += seconds

    turns = Turns(lambda: now[0], sleep)
    for work_s, pause_s in ((0.005, 0.0), (0.002, 0.0015), (0.002, 0.01), (3.0, 0.0), (0.0, 0.0)):
        turns.wait()
        now[0] += work_s
        gevent.idle()  # the work has ended
        gevent.idle()
        now[0] += pause_s
    assert rests == [0.005, 0.0005, REST_MAX_S]


def test_a_flood_of_messages_gets_less_than_half_of_the_time() -> None:
    now: list[float] = [100.0]
    rests: list[float] = []
    turns = Turns(lambda: now[0], lambda seconds: rests.append(round(seconds, 6)))
    for work_s in (0.005, 3.0, 0.0):
        turns.wait(rests=4)
        now[0] += work_s
        gevent.idle()
        gevent.idle()
    assert rests == [0.02, 4 * REST_MAX_S]


def test_after_a_turn_of_somebody_known_nobody_rests() -> None:
    now: list[float] = [100.0]
    rests: list[float] = []
    turns = Turns(lambda: now[0], rests.append)
    for _ in range(3):
        turns.wait(is_known=True)
        now[0] += 0.005
        gevent.idle()
        gevent.idle()
    assert rests == []


def test_who_asks_too_much_waits_for_others_and_not_for_itself_alone() -> None:
    served = ServedClients()
    assert served.is_alone("kiosk")
    for _ in range(ALONE_MAX):
        assert served.is_alone("kiosk")
        served.begin("kiosk")
    assert not served.is_alone("kiosk")
    served.end("kiosk")
    assert served.is_alone("kiosk")
    served.begin("counter")
    assert not served.is_alone("kiosk")
    served.end("counter")
    assert served.is_alone("kiosk")


def test_passwords_of_strangers_wait_in_a_short_line_and_known_browsers_in_none() -> None:
    hashing, go, may_end = Hashing(), Event(), threading.Event()
    results: list[object] = []

    def work() -> str:
        may_end.wait(PATIENCE_S)
        return "hashed"

    def ask(place: str) -> None:
        try:
            results.append(hashing(place, work))
        except Throttled as error:
            results.append(error.code)
        go.set()

    asking = [gevent.spawn(ask, "10.0.0.1") for _ in range(ADDRESS_MAX + 1)]
    assert go.wait(PATIENCE_S)
    assert results == ["attempts"]
    assert hashing("", lambda: "known") == "known"
    may_end.set()
    gevent.joinall(asking)
    assert results == ["attempts", *["hashed"] * ADDRESS_MAX]


def test_many_addresses_together_have_a_short_line_too() -> None:
    hashing, may_end = Hashing(), threading.Event()
    refused: list[str] = []

    def ask(number: int) -> None:
        try:
            hashing(f"10.0.0.{number}", may_end.wait, PATIENCE_S)
        except Throttled as error:
            refused.append(error.code)
            may_end.set()

    gevent.joinall([gevent.spawn(ask, number) for number in range(WAITING_MAX + 1)])
    assert refused == ["attempts"]


def test_what_hashing_raises_comes_back() -> None:
    def work() -> None:
        raise ValueError("no hash")

    with pytest.raises(ValueError, match="no hash"):
        Hashing()("10.0.0.1", work)
