"""What is known now about waiting times, for whoever comes next and for each ticket that waits. Computed elsewhere, only kept here."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from motcua.queue.model import Range


@dataclass
class Waits:
    """The newest estimates; empty where too little was observed.

    `ranges` holds the wait of a new ticket by (service, rank), `tickets` the rest of the wait by ticket id.
    """

    ranges: Mapping[tuple[str, int], Range] = field(default_factory=dict)
    tickets: Mapping[str, Range] = field(default_factory=dict)

    def new(self, service: str, rank: int) -> Range | None:
        """Return how long somebody of `rank` who takes a number for `service` now would wait, None when nobody knows."""
        return self.ranges.get((service, rank))

    def of(self, ticket: str) -> Range | None:
        """Return how long a waiting ticket will still wait, None when nobody knows."""
        return self.tickets.get(ticket)
