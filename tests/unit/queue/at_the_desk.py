"""Short sentences for tests of the queue: what citizens and officers do, by number."""

from dataclasses import dataclass

from motcua.counters import actions as counter_actions
from motcua.counters import store as counter_store
from motcua.counters.model import Counter
from motcua.desk import Entry, Event, Refused
from motcua.feedback import actions as feedback_actions
from motcua.feedback import store as feedback_store
from motcua.queue import actions, store
from motcua.queue.model import CallResult, Ticket, TicketState
from tests.conftest import TODAY, Hall


@dataclass
class Day:
    """A hall in which things are said by number (`A001`); `events` is what the journal heard since."""

    hall: Hall

    def __post_init__(self) -> None:
        self.desk = self.hall.desk
        self.events: list[Entry[Event]] = []
        self.desk.on_commit(self.events.extend)

    def opened(self, *numbers: int) -> "Day":
        """Open these counters, the officer of counter N being 10 + N."""
        for number in numbers:
            self.desk.do(counter_actions.open_counter, number, 10 + number)
        return self

    def issue(self, service: str = "copy", priority: str | None = None) -> str:
        return self.desk.do(actions.issue, service, priority).ticket.number

    def minutes(self, minutes: float) -> None:
        self.hall.clock.advance(minutes * 60)

    def next(self, counter: int = 1) -> str | None:
        ticket = self.desk.do(actions.call_next, counter).ticket
        return ticket.number if ticket else None

    def call(self, counter: int = 1) -> CallResult:
        return self.desk.do(actions.call_next, counter)

    def serve(self, counter: int = 1) -> str | None:
        """Call, start and finish whoever is next."""
        number = self.next(counter)
        if number is not None:
            self.desk.do(actions.start, counter)
            self.desk.do(actions.finish, counter)
        return number

    def absent(self, counter: int = 1) -> Ticket:
        self.desk.do(actions.recall, counter)
        return self.desk.do(actions.mark_absent, counter)

    def undo(self, counter: int = 1) -> Ticket:
        return self.desk.do(actions.undo, counter, feedback_store.is_rated, feedback_actions.withdraw_end)

    def ticket(self, number: str, day: str = TODAY) -> Ticket:
        with self.desk.read() as db:
            return store.get(db, store.make_visit_id(day, number))

    def state(self, number: str) -> TicketState:
        return self.ticket(number).state

    def counter(self, number: int = 1) -> Counter:
        with self.desk.read() as db:
            return counter_store.get(db, number)

    def ahead(self, number: str) -> int:
        with self.desk.read() as db:
            return store.count_people_ahead(db, self.ticket(number))

    def kinds(self) -> list[str]:
        return [entry.event.kind for entry in self.events]


def code(error: Refused) -> tuple[str, str]:
    """Return what kind of refusal it was and its code."""
    return type(error).__name__, error.code
