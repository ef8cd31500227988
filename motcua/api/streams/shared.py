"""What the states of several streams have in common."""

from typing import Literal

from motcua.api.shapes.base import ApiShape, Both

CounterWord = Literal["closed", "open", "paused"]
TicketWord = Literal["waiting", "called", "serving", "held", "absent", "served", "cancelled"]


class StreamState(ApiShape):
    """What every snapshot has: which start of which database, how many changes since, when, and how fast the desk's
    clock goes.
    """

    epoch: str
    revision: int
    at: str
    speed: float


class UnitName(ApiShape):
    """Whose desk this is."""

    name: str
    centre: str


class UnitContact(UnitName):
    """Whose desk this is, and how to reach it."""

    address: str
    phone: str


class LabelledCode(ApiShape):
    """A code with its words: one choice of a list."""

    code: str
    label: Both


class PriorityClass(LabelledCode):
    """A priority class; `has_priority` says whether it is called before the ordinary one."""

    rank: int
    has_priority: bool


class NamedService(ApiShape):
    """A service's code and name."""

    code: str
    name: Both


class OpenOrClosed(StreamState):
    """Whether numbers are given out now, why not, and when they are again."""

    open: bool
    closed_reason: str | None
    next_opening: str | None


class ShownTransfer(ApiShape):
    """What a transfer needs beside the amount."""

    bank: str
    account: str
    owner: str
    purpose: str


class ShownFee(ApiShape):
    """The fee that a counter's screens show: due with the data of a transfer (null: no account), or paid."""

    charge: int
    code: str
    amount: int
    state: Literal["due", "paid"]
    transfer: ShownTransfer | None
