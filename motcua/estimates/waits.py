"""The current wait estimates: for a new ticket and for each waiting ticket.

They are computed elsewhere and only stored here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from motcua.queue.model import Ticket, WaitRange


@dataclass
class WaitEstimates:
    """The newest estimates; empty where too little was observed.

    `ranges` holds the wait of a new ticket by (service, rank), `tickets` the rest of the wait by ticket id;
    `looked_at` is the moment of the hall that they are about, a UTC stamp.
    """

    ranges: Mapping[tuple[str, int], WaitRange] = field(default_factory=dict)
    tickets: Mapping[str, WaitRange] = field(default_factory=dict)
    looked_at: str = ""

    def estimate_new(self, service: str, rank: int) -> WaitRange | None:
        """Return the wait of a new ticket of `rank` for `service`, None if there is no estimate."""
        return self.ranges.get((service, rank))

    def estimate_ticket(self, ticket: Ticket) -> WaitRange | None:
        """Return the remaining wait of a ticket, None if there is no estimate.

        A new ticket has its first estimate for some seconds.
        """
        if ticket.issued_at > self.looked_at:
            return ticket.wait
        return self.tickets.get(ticket.id)
