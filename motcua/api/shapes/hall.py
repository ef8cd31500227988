"""Answers of the calls about the whole hall."""

from typing import Literal

from pydantic import ConfigDict

from motcua.api.shapes.base import ApiShape
from motcua.api.shapes.tickets import TicketShape


class Standing(ApiShape):
    """A ticket that stands at a counter; with a seat the officer comes there."""

    number: str
    counter: int | None
    state: str
    called_at: str | None
    seat: str | None


class RecentCall(ApiShape):
    """A call of a moment ago."""

    number: str
    counter: int | None
    called_at: str | None
    seat: str | None


class WaitingCount(ApiShape):
    """How many wait for a service."""

    service: str
    count: int


class WallAnswer(ApiShape):
    """What the wall shows."""

    model_config = ConfigDict(extra="allow")

    revision: int
    epoch: str
    now: list[Standing]
    recent: list[RecentCall]
    waiting: list[WaitingCount]


class ServiceItem(ApiShape):
    """A service in the reader's language; `group` is its letter."""

    code: str
    name: str
    group: str


class CounterItem(ApiShape):
    """A counter."""

    model_config = ConfigDict(extra="allow")

    number: int
    label: str
    state: Literal["closed", "open", "paused"]
    services: list[str]


class PriorityItem(ApiShape):
    """A priority class in the reader's language."""

    code: str
    label: str
    rank: int


class Services(ApiShape):
    """All services."""

    items: list[ServiceItem]


class Counters(ApiShape):
    """All counters."""

    items: list[CounterItem]


class Priorities(ApiShape):
    """All priority classes."""

    items: list[PriorityItem]


class QueueAnswer(ApiShape):
    """Everybody who is in the hall: waiting in the order of the policy, then at counters, held and absent."""

    items: list[TicketShape]
    counts: dict[str, int]


class Fault(ApiShape):
    """Something that does not work just now, though the desk goes on. `since` is when it was first seen."""

    code: str
    detail: str
    since: str


class Health(ApiShape):
    """Whether the desk can work.

    It is `failing` only while no number can be issued, `degraded` while something else is wrong.

    The checks are `store`, `clock`, `journal`, `devices`, `address`, `backup`, `digests` and `voice`, each with one
    word.
    """

    status: Literal["ok", "degraded", "failing"]
    checks: dict[str, str]
    problems: list[Fault]
