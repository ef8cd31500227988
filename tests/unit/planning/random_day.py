"""A day on which citizens, officers and leaders do anything at any time, through the real actions; refusals are part
of it.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any

from motcua.copies import replace
from motcua.counters import actions as counters
from motcua.counters import store as counter_store
from motcua.counters.model import CounterState
from motcua.desk import Desk, ManualClock, Refused, Tx, stamp
from motcua.desk.journal import read_rows
from motcua.feedback import actions as feedback_actions
from motcua.feedback import store as feedback_store
from motcua.queue import actions as queue
from motcua.queue import store as queue_store
from motcua.queue.model import TicketRequest, TicketState, find_no_wait
from motcua.settings.model import OpeningHours, Session
from motcua.setup import actions as setup
from motcua.setup.document import Document
from tests.conftest import GROUP_OF, RANKS, SERVED_AT, TODAY

SERVICES = sorted(GROUP_OF)
COUNTERS = sorted(SERVED_AT)
PAUSES_S = (0, 0, 0, 0, 0.001, 0.4, 3, 5, 20, 60, 150, 400, 1000)
ALWAYS = OpeningHours(*((Session(0, 1440),),) * 7)


class RandomDay:
    """One day in a real hall. `chance` decides everything."""

    def __init__(self, desk: Desk, clock: ManualClock, chance: Random) -> None:
        self.desk, self.clock, self.chance = desk, clock, chance
        self.bookings = 0

    def run(self, steps: int, *, ends: bool = True) -> list[dict[str, Any]]:
        """Do `steps` things and return the journal."""
        self.settings(always=True)
        for number in COUNTERS:
            self.attempt(counters.open_counter, number, 10 + number)
        kinds = list(self.things())
        weights = [weight for _thing, weight in self.things().values()]
        for kind in self.chance.choices(kinds, weights, k=steps):
            self.things()[kind][0]()
            self.clock.advance(self.chance.choice(PAUSES_S))
        if ends:
            self.desk.do(queue.close_day, TODAY)
        with self.desk.read() as db:
            return [dict(row) for row in read_rows(db)]

    def things(self) -> dict[str, tuple[Callable[[], None], int]]:
        """Return what can happen, and how often it does."""
        return {
            "issue": (self.issue, 24),
            "book": (self.book, 3),
            "next": (self.call_next, 30),
            "start": (lambda: self.attempt(queue.start, self.counter()), 18),
            "finish": (lambda: self.attempt(queue.finish, self.counter()), 8),
            "absent": (self.absent, 6),
            "return": (lambda: self.attempt(queue.come_back, self.ticket(TicketState.ABSENT)), 5),
            "hold": (lambda: self.attempt(queue.hold, self.counter(), None), 4),
            "resume": (self.resume, 5),
            "transfer": (lambda: self.attempt(queue.transfer, self.counter(), self.chance.choice(SERVICES), None), 4),
            "send": (lambda: self.attempt(queue.transfer, self.counter(), None, self.chance.choice(COUNTERS)), 5),
            "number": (self.call_number, 4),
            "undo": (self.undo, 5),
            "cancel": (lambda: self.attempt(queue.cancel, self.ticket(TicketState.WAITING, TicketState.HELD)), 2),
            "pause": (lambda: self.attempt(counters.pause, self.counter(), "break"), 3),
            "close": (lambda: self.attempt(counters.close, self.counter()), 1),
            "open": (self.open, 7),
            "settings": (self.settings, 1),
        }

    def attempt(self, action: Callable[..., object], *arguments: object) -> None:
        """Do something, if the hall lets it happen."""
        with suppress(Refused):
            self.desk.do(action, *arguments)

    def counter(self) -> int:
        return self.chance.choice(COUNTERS)

    def ticket(self, *states: TicketState) -> str:
        """Return a ticket in one of these states, any other name when there is none."""
        with self.desk.read() as db:
            tickets = queue_store.list_in_state(db, TODAY, *states)
        return self.chance.choice(tickets).id if tickets else "nobody"

    def issue(self) -> None:
        priority = self.chance.choice([None, None, None, *RANKS])
        self.attempt(queue.issue, self.chance.choice(SERVICES), priority)

    def book(self) -> None:
        self.bookings += 1
        code, service = f"CODE{self.bookings}", self.chance.choice(SERVICES)
        slot = stamp(self.clock.now() + timedelta(minutes=self.chance.choice([-20, -5, 0, 1, 10, 30])))

        def write(tx: Tx) -> None:
            tx.db.execute(
                "INSERT INTO bookings (code, service, day, slot_at, phone, email, language, state, made_at)"
                " VALUES (?,?,?,?,'','','vi','booked',?)",
                (code, service, tx.day, slot, tx.at),
            )

        self.desk.do(write)
        self.attempt(queue.take_number, TicketRequest(service, appointment=code), find_no_wait)

    def call_next(self) -> None:
        number = self.counter()
        self.attempt(queue.call_next, number)
        if self.chance.random() < 0.5:
            self.attempt(queue.start, number)

    def absent(self) -> None:
        number = self.counter()
        self.attempt(queue.recall, number)
        self.attempt(queue.mark_absent, number)
        if self.chance.random() < 0.3:
            self.undo(number)

    def resume(self) -> None:
        self.attempt(queue.resume, self.free_counter(), self.ticket(TicketState.HELD))

    def call_number(self) -> None:
        ticket = self.ticket(TicketState.WAITING, TicketState.ABSENT)
        self.attempt(queue.call_number, self.free_counter(), ticket, "waiting-inside")

    def free_counter(self) -> int:
        with self.desk.read() as db:
            numbers = [
                one.number
                for one in counter_store.list_all(db)
                if one.state is CounterState.OPEN and one.in_hand is None
            ]
        return self.chance.choice(numbers or COUNTERS)

    def undo(self, number: int | None = None) -> None:
        self.attempt(queue.undo, number or self.counter(), feedback_store.is_rated, feedback_actions.withdraw_end)

    def open(self) -> None:
        number = self.counter()
        self.attempt(
            counters.open_counter,
            number,
            self.chance.choice([None, 10 + number, 10 + number, self.chance.choice([11, 12, 13])]),
        )

    def settings(self, *, always: bool = False) -> None:
        """Put other rules in force: guard, returns, transfers, ranks, who serves, prefers and must serve what."""
        chance = self.chance
        with self.desk.read() as db:
            now = setup.get_document(db)
        rules = replace(
            now.settings.queue,
            guard_calls=chance.choice([0, 1, 2, 2, 3]),
            guard_wait_min=chance.choice([1, 5, 20]),
            absent_grace_min=chance.choice([1, 15, 60]),
            returned_first=chance.choice([True, False]),
            transfer_keeps_place=chance.choice([True, False]),
            transfer_binds=chance.choice([True, True, False]),
        )
        ranks = tuple(
            replace(item, rank=chance.randint(1, 4)) if chance.random() < 0.2 else item
            for item in now.settings.priorities
        )
        names = [*SERVICES, *set(GROUP_OF.values())]
        posts = [
            replace(
                item,
                services=tuple(chance.sample(SERVICES, chance.randint(1, 4)))
                if chance.random() < 0.5
                else item.services,
                prefer=tuple(chance.sample(names, chance.choice([0, 0, 1, 2]))),
                must=tuple(chance.sample(names, chance.choice([0, 0, 0, 0, 1]))),
            )
            for item in now.counters
        ]
        settings = replace(
            now.settings, queue=rules, priorities=ranks, hours=ALWAYS if always else now.settings.hours, days_off=()
        )
        self.attempt(setup.apply, Document(settings, now.groups, now.services, posts))
