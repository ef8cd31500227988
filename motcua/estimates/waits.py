"""What is known now about waiting times, for whoever comes next and for each ticket that waits. Computed elsewhere, only kept here."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from motcua.queue.model import Ticket, WaitRange


@dataclass
class WaitEstimates:
    """The newest estimates; empty where too little was observed.

    `ranges` holds the wait of a new ticket by (service, rank), `tickets` the rest of the wait by ticket id; `looked_at` is the moment of
    the hall that they are about, a UTC stamp.
    """

    ranges: Mapping[tuple[str, int], WaitRange] = field(default_factory=dict)
    tickets: Mapping[str, WaitRange] = field(default_factory=dict)
    looked_at: str = ""

    def new(self, service: str, rank: int) -> WaitRange | None:
        """Return how long somebody of `rank` who takes a number for `service` now would wait, None when nobody knows."""
        return self.ranges.get((service, rank))

    def of(self, ticket: Ticket) -> WaitRange | None:
        """Return how long a waiting ticket will still wait, None when nobody knows. For some seconds it is what its number came with."""
        if ticket.issued_at > self.looked_at:
            return ticket.wait
        return self.tickets.get(ticket.id)
