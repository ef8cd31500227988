"""The first of each class are enough: the same choice and the same reasons as from everybody who waits."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from motcua.audit.table import CHANGED, TableDifference
from motcua.copies import replace
from motcua.counters.model import Counter, CounterState
from motcua.desk import Tx, stamp
from motcua.queue import store
from motcua.queue.model import Ticket, TicketState
from motcua.queue.rules import policy
from motcua.settings.model import QueueRules
from tests.conftest import Hall, reopen
from tests.told import untold
from tests.unit.queue.at_the_desk import Day

NOW = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)
TODAY, YESTERDAY = "2026-11-23", "2026-11-20"
LETTERS = {"copy": "A", "birth": "B", "land": "A", "business": "C"}
CROWDS = (0, 1, 3, 8, 20, 60)
"""How many wait: nobody, few, and more than a reason names."""


def at(minutes: float) -> str:
    return stamp(NOW + timedelta(minutes=minutes))


def one_of_the_crowd(dice: Random, place: int) -> Ticket:
    """Return any ticket that may wait, or one that does not: also booked, sent on, come back, of another day."""
    service, waited = dice.choice(list(LETTERS)), dice.randint(0, 40)
    issued, slot = at(-waited), dice.choice([None, None, dice.randint(-30, 30)])
    number = f"{LETTERS[dice.choice(list(LETTERS))]}{place:03d}"
    bound = dice.choice([None, None, None, None, 1, 2, 3, 9])
    return Ticket(
        id=f"20261123-{number}",
        day=YESTERDAY if dice.random() < 0.05 else TODAY,
        number=number,
        letter=number[0],
        serial=place,
        service=service,
        rank=dice.randint(1, 4),
        priority=None,
        state=TicketState.SERVED if dice.random() < 0.1 else TicketState.WAITING,
        issued_at=issued,
        code=str(place),
        place=place,
        returned=dice.random() < 0.15,
        bound=bound,
        bound_at=None if bound is None else at(-dice.randint(0, 20)),
        arrived_at=at(-dice.randint(0, waited)) if dice.random() < 0.3 else issued if slot is None else at(slot - 10),
        due_at=None if slot is None or dice.random() < 0.2 else at(slot),
        asked_for=service,
    )


def count_slowly(tickets: list[Ticket], ticket: Ticket) -> int:
    """Return how many of its letter the policy would take first: the definition."""
    line = [one for one in tickets if (one.day, one.letter, one.state) == (ticket.day, ticket.letter, "waiting")]
    return sum(policy.order(one) < policy.order(ticket) for one in line)


def compare_halls(tx: Tx, seeds: range) -> int:
    """Compare in one hall for each seed; return in how many somebody was called."""
    calls = 0
    for seed in seeds:
        dice = Random(seed)
        tickets = [one_of_the_crowd(dice, place) for place in range(1, dice.choice(CROWDS) + 1)]
        newcomer = tickets.pop() if tickets else one_of_the_crowd(dice, 1)
        for ticket in dice.sample(tickets, len(tickets)):
            store.add(tx.db, ticket)
        assert store.count_people_ahead(tx.db, newcomer) == count_slowly(tickets, newcomer), seed
        for ticket in tickets[:: len(tickets) // 8 + 1]:
            if ticket.state is TicketState.WAITING:
                assert store.count_people_ahead(tx.db, ticket) == count_slowly(tickets, ticket), seed
        calls += compare_choices(tx, dice, seed)
        tx.db.execute("DELETE FROM tickets")
        assert store.count_waiting_classes(tx.db) == []
    return calls


def compare_choices(tx: Tx, dice: Random, seed: int) -> bool:
    services = tuple(dice.sample(list(LETTERS), dice.randint(0, len(LETTERS))))
    prefer = tuple(dice.sample(services, dice.randint(0, len(services))))
    lane = Counter(1, "", services, CounterState.OPEN, passes=dice.randint(0, 4), prefer=prefer)
    rules = replace(QueueRules(), guard_calls=dice.randint(0, 3), guard_wait_min=dice.choice([0, 5, 20, 35]))
    left_at = {1: "", 2: at(-10), 3: at(-dice.randint(0, 20))}
    everybody = store.list_waiting_for(tx.db, TODAY, services, 1)
    heads = store.list_heads(tx.db, TODAY, lane, rules, stamp(NOW))
    choice = policy.choose(everybody, lane, left_at, rules, stamp(NOW))
    assert policy.choose(heads, lane, left_at, rules, stamp(NOW)) == choice, seed
    return choice is not None


@pytest.mark.thorough
def test_heads_give_the_choice_and_the_reasons_of_the_whole_hall(hall: Hall) -> None:
    assert hall.desk.do(compare_halls, range(200)) > 100


@pytest.mark.thorough
@pytest.mark.parametrize("part", [0, 1, *(pytest.param(part, marks=pytest.mark.slow) for part in range(2, 8))])
def test_heads_give_the_choice_of_the_whole_hall_in_ten_thousand_halls(hall: Hall, part: int) -> None:
    assert hall.desk.do(compare_halls, range(1000 + part * 1250, 1000 + (part + 1) * 1250)) > 600


def count_heads(tx: Tx, crowd: int) -> int:
    for place in range(1, crowd + 1):
        ticket = one_of_the_crowd(Random(place), place)
        store.add(tx.db, ticket._replace(bound=None, due_at=None, day=TODAY, arrived_at=ticket.issued_at))
    lane = Counter(1, "", tuple(LETTERS), CounterState.OPEN, passes=2)
    heads = len(store.list_heads(tx.db, TODAY, lane, QueueRules(), stamp(NOW)))
    tx.db.execute("DELETE FROM tickets")
    return heads


@pytest.mark.thorough
def test_a_full_hall_has_no_more_heads_than_a_small_one(hall: Hall) -> None:
    """At most the first of each class of one rank, two of those who waited long, and twelve numbers of each rank."""
    most = 2 * len(LETTERS) + 2 + 12 * 4
    assert (hall.desk.do(count_heads, 400) <= most, hall.desk.do(count_heads, 800) <= most) == (True, True)


def list_plans(tx: Tx) -> list[str]:
    """Return how the store finds whom a call can fall on, and who was called last."""
    plans: list[str] = []

    class PlannedReader:
        """The store, asked how it would answer."""

        def execute(self, query: str, values: tuple[object, ...] = ()) -> object:
            plans.extend(str(row[3]) for row in tx.db.execute(f"EXPLAIN QUERY PLAN {query}", values))
            return tx.db.execute(query, values)

    for place in range(1, 61):
        store.add(tx.db, one_of_the_crowd(Random(place), place))
    lane = Counter(1, "", tuple(LETTERS), CounterState.OPEN, passes=2)
    reader: Any = PlannedReader()
    store.list_heads(reader, TODAY, lane, QueueRules(), stamp(NOW))
    store.list_recently_called(reader, TODAY, 5)
    tx.db.execute("DELETE FROM tickets")
    return plans


def test_no_call_reads_everybody_who_waits(hall: Hall) -> None:
    plans = hall.desk.do(list_plans)
    indexes = {word for plan in plans if " tickets " in plan for word in plan.split() if word.startswith("tickets_")}
    assert indexes == {"tickets_bound", "tickets_called", "tickets_earliest", "tickets_first", "tickets_moved"}
    assert [plan for plan in plans if plan.startswith("SCAN tickets")] == []


@pytest.mark.thorough
def test_the_counts_of_a_store_from_before_are_made_when_it_is_opened(day: Day, hall: Hall) -> None:
    """An older motcua did not count; what was added here is taken away again, and the store opened as a new one."""
    for service in ("copy", "copy", "birth"):
        day.issue(service)
    path: Path = hall.folder / "desk.db"
    hall.desk.stop()
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        added = db.execute("SELECT type, name FROM sqlite_master WHERE sql LIKE '%waiting_counts%'").fetchall()
        names = [(kind, name) for kind, name in added if not name.startswith("sqlite_")]
        names += [("index", f"tickets_{name}") for name in ("first", "earliest", "moved", "bound", "later")]
        for kind, name in sorted(names, key=lambda item: item[0] == "table"):
            db.execute(f"DROP {kind} {name}")
        db.execute("CREATE INDEX tickets_waiting ON tickets (day, place) WHERE state = 'waiting'")
        db.execute("DELETE FROM _sqlite_migrations WHERE name IN ('queue:heads', 'queue:later')")
    older = reopen(hall.folder)
    try:
        with older.desk.read() as db:
            assert store.count_waiting(db, TODAY) == {"copy": 2, "birth": 1}
            assert untold(db) == []
    finally:
        older.desk.stop()


def test_counts_that_another_program_changed_are_named(hall: Hall, day: Day) -> None:
    day.issue()
    with closing(sqlite3.connect(hall.folder / "desk.db", isolation_level=None)) as db:
        db.execute("UPDATE waiting_counts SET tickets = 7")
        try:
            with hall.desk.read() as reader:
                difference = TableDifference(
                    "waiting_counts", f"{TODAY}/A/copy/4/0", CHANGED, "tickets", journal=1, stored=7
                )
                assert untold(reader) == [difference]
        finally:
            db.execute("UPDATE waiting_counts SET tickets = 1")
