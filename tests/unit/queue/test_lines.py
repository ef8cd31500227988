"""Lines as screens show them: the same first tickets and numbers as from everybody who waits, read from few rows."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from motcua.counters.model import Counter, CounterState
from motcua.desk import Tx
from motcua.queue import store
from motcua.queue.model import WaitingTicket
from motcua.queue.rules import policy
from motcua.views.line import CounterLine, read_line
from tests.conftest import Hall
from tests.unit.queue.test_heads import LETTERS, TODAY, at, one_of_the_crowd

SHOWN = 12
LEFT_AT = {1: at(-10), 2: at(-5), 3: at(-60)}


def fill(tx: Tx, dice: Random, count: int) -> list[WaitingTicket]:
    """Let `count` tickets of all kinds be in the hall, issued in the order of their places; return who waits."""
    crowd = sorted((one_of_the_crowd(dice, place) for place in range(1, count + 1)), key=lambda one: one.issued_at)
    for place, ticket in enumerate(crowd, start=1):
        store.add(tx.db, ticket._replace(place=place))
    return store.list_waiting(tx.db, TODAY)


def any_lane(dice: Random) -> Counter:
    """Return a counter with some services, of which it may prefer some."""
    services = tuple(dice.sample(list(LETTERS), dice.randint(1, 4)))
    prefer = tuple(dice.sample(services, dice.randint(0, len(services))))
    return Counter(dice.randint(1, 3), "", services, state=CounterState.OPEN, prefer=prefer)


def compare_lines(tx: Tx, seed: int) -> int:
    """Compare what counters see in one hall with the definition; return how many are seen."""
    dice, now, seen = Random(seed), at(0), 0
    waiting = fill(tx, dice, dice.choice([0, 1, 5, 40, 150]))
    for _ in range(5):
        lane = any_lane(dice)
        queue = policy.list_eligible(waiting, lane, LEFT_AT, now)
        later = [item for item in waiting if not policy.is_due(item, now) and policy.can_call(lane, item, LEFT_AT)]
        later.sort(key=lambda item: (item.due_at or "", item.place))
        line = read_line(tx.db, TODAY, lane, LEFT_AT, now, SHOWN)
        assert line == CounterLine(queue[:SHOWN], len(queue), later), seed
        seen += line.count
    tx.db.execute("DELETE FROM tickets")
    return seen


def compare_letters(tx: Tx, seed: int) -> int:
    """Compare the letters of one hall with the definition; return how many have somebody waiting."""
    waiting = fill(tx, Random(seed), 80)
    letters = {item.letter for item in waiting}
    counts = {letter: sum(item.letter == letter for item in waiting) for letter in letters}
    assert store.count_waiting_by_letter(tx.db, TODAY) == counts, seed
    oldest = {letter: min(item.issued_at for item in waiting if item.letter == letter) for letter in letters}
    assert store.list_oldest(tx.db, TODAY) == oldest, seed
    tx.db.execute("DELETE FROM tickets")
    return len(letters)


def list_plans(tx: Tx, look: Callable[[Any], object]) -> list[str]:
    """Return how the store finds what `look` asks it for."""
    plans: list[str] = []

    class Watched:
        """The store, asked how it would answer."""

        def execute(self, query: str, values: tuple[object, ...] = ()) -> object:
            plans.extend(str(row[3]) for row in tx.db.execute(f"EXPLAIN QUERY PLAN {query}", values))
            return tx.db.execute(query, values)

    fill(tx, Random(1), 60)
    look(Watched())
    tx.db.execute("DELETE FROM tickets")
    return plans


@pytest.mark.thorough
def test_a_counter_sees_what_it_would_see_of_all(hall: Hall) -> None:
    assert sum(hall.desk.do(compare_lines, seed) for seed in range(40)) > 1_000


@pytest.mark.thorough
def test_letters_show_how_many_wait_and_since_when(hall: Hall) -> None:
    assert {hall.desk.do(compare_letters, seed) for seed in range(10)} == {3}


def test_no_row_is_read_of_those_that_are_not_shown(hall: Hall) -> None:
    lane = any_lane(Random(1))
    plans = hall.desk.do(list_plans, lambda db: read_line(db, TODAY, lane, LEFT_AT, at(0), SHOWN))
    assert {plan.partition(" (")[0] for plan in plans if " tickets " in plan} == {
        "SEARCH tickets USING INDEX tickets_bound",
        "SEARCH tickets USING INDEX tickets_first",
        "SEARCH tickets USING INDEX tickets_later",
    }
    assert [plan for plan in plans if "SCAN" in plan] == []


def test_a_pad_finds_its_last_visit_without_reading_the_others_of_the_day(hall: Hall) -> None:
    plans = hall.desk.do(list_plans, lambda db: store.find_last_served(db, TODAY, 1))
    assert plans == ["SEARCH tickets USING INDEX tickets_served (day=? AND counter=?)"]
