"""The hall as the journal alone tells it: every event must be a legal step from what was before."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from motcua.counters import events as at_counters
from motcua.desk import Entry, Event
from motcua.queue import events

STEPS: dict[type[Event], tuple[set[str], str, bool]] = {
    events.TicketStarted: ({"called"}, "serving", False),
    events.TicketServed: ({"called", "serving"}, "served", True),
    events.TicketAbsent: ({"called"}, "absent", True),
    events.TicketReturned: ({"absent"}, "waiting", False),
    events.TicketHeld: ({"called", "serving"}, "held", True),
    events.TicketTransferred: ({"serving"}, "waiting", True),
    events.TicketCancelled: ({"waiting", "held"}, "cancelled", False),
}
"""What a ticket may be before the event, what it is after it, and whether it leaves the counter's hand."""


@dataclass
class Replay:
    """Ticket states, tickets in hand and counter states, rebuilt from events; an illegal step fails the test."""

    states: dict[str, str] = field(default_factory=dict)
    hand: dict[int, str] = field(default_factory=dict)
    counters: dict[int, str] = field(default_factory=dict)
    before: dict[str, str] = field(default_factory=dict)

    def hear(self, batch: Sequence[Entry[Event]]) -> None:
        """Take in the entries of one commit."""
        for entry in batch:
            self._one(entry.event)

    def _move(self, ticket: str, allowed: set[str], state: str) -> None:
        assert self.states[ticket] in allowed, f"{ticket} was {self.states[ticket]} and became {state}"
        self.before[ticket] = self.states[ticket]
        self.states[ticket] = state

    def _release(self, event: Any) -> None:
        assert self.hand.pop(event.counter) == event.ticket

    def _one(self, event: Event) -> None:
        if isinstance(event, events.TicketEvent) and type(event) in STEPS:
            allowed, state, leaves = STEPS[type(event)]
            self._move(event.ticket, allowed, state)
            if leaves:
                self._release(event)
        elif (special := self._special().get(type(event))) is not None:
            special(event)

    def _special(self) -> dict[type[Event], Callable[[Any], None]]:
        return {
            events.TicketIssued: self._issued,
            events.TicketCalled: self._called,
            events.TicketRecalled: self._recalled,
            events.MoveUndone: self._undone,
            events.DayClosed: self._day_closed,
            at_counters.CounterOpened: self._opened,
            at_counters.CounterPaused: lambda event: self._empty(event.counter, "paused"),
            at_counters.CounterClosed: lambda event: self._empty(event.counter, "closed"),
        }

    def _issued(self, event: events.TicketIssued) -> None:
        assert event.ticket not in self.states
        self.states[event.ticket] = "waiting"

    def _recalled(self, event: events.TicketRecalled) -> None:
        assert (self.states[event.ticket], self.hand[event.counter]) == ("called", event.ticket)

    def _opened(self, event: at_counters.CounterOpened) -> None:
        if event.left is not None:
            self._empty(event.left, "closed")
        self.counters[event.counter] = "open"

    def _empty(self, counter: int, state: str) -> None:
        assert counter not in self.hand
        self.counters[counter] = state

    def _called(self, event: events.TicketCalled) -> None:
        assert self.counters[event.counter] == "open"
        if event.finished is not None:
            self._move(event.finished, {"serving"}, "served")
            assert self.hand.pop(event.counter) == event.finished
        self._move(event.ticket, {"waiting", "held", "absent"}, "called")
        assert event.counter not in self.hand
        self.hand[event.counter] = event.ticket

    def _undone(self, event: events.MoveUndone) -> None:
        self._move(event.ticket, {"absent"} if event.move == "absent" else {"served"}, self.before[event.ticket])
        assert event.counter not in self.hand
        self.hand[event.counter] = event.ticket

    def _day_closed(self, event: events.DayClosed) -> None:
        ended = [str(ticket) for ticket in (*event.cancelled, *event.served)]
        for ticket in event.cancelled:
            self._move(str(ticket), {"waiting", "held", "called"}, "cancelled")
        for ticket in event.served:
            self._move(str(ticket), {"serving"}, "served")
        self.hand = {counter: ticket for counter, ticket in self.hand.items() if ticket not in ended}
        for number in event.counters:
            self.counters[int(str(number))] = "closed"
