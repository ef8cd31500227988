"""A counter of the hall."""

from enum import StrEnum

from msgspec import Struct, field


class CounterState(StrEnum):
    """Whether a counter calls."""

    CLOSED = "closed"
    OPEN = "open"
    PAUSED = "paused"


class LastMove(Struct, frozen=True):
    """The counter's last finish or absent, which can be taken back for some seconds: what, which ticket, when."""

    move: str
    ticket: str
    at: str


class Counter(Struct, frozen=True):
    """A counter.

    `in_hand` is the one ticket called or served there; `left_at` is its last pause or close, after which transfers
    to it fall
    back to the service. `passes` counts calls in a row that passed over a ticket that waited too long; one more than
    the guard allows is a turn owed (see `queue.rules.policy`).

    `prefer` and `must` name groups (letters) or services: the counter takes the preferred ones first, and what some
    counter must serve is called at such counters only. `hours` are the minutes after local midnight at which
    somebody is to sit here; empty: as the hall.
    """

    number: int
    label: str
    services: tuple[str, ...]
    state: CounterState = CounterState.CLOSED
    officer: int | None = None
    in_hand: str | None = None
    passes: int = 0
    left_at: str = ""
    state_at: str = ""
    pause_reason: str | None = None
    last: LastMove | None = field(default=None)
    prefer: tuple[str, ...] = ()
    must: tuple[str, ...] = ()
    hours: tuple[tuple[int, int], ...] = ()
