"""The part of a hall's settings that decides who is called, made ready for a replay from what the journal keeps of
them.

Durations are whole milliseconds. A journal written before a setting was known has that setting's default.
"""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from motcua.counters.model import Counter
from motcua.counters.rules import resolve_lane
from motcua.planning.line import MINUTE_MS, Guard
from motcua.settings.model import Appointments, QueueRules

Operational = Mapping[str, Any]
"""The operational settings as `settings.changed` holds them: `setup.actions.make_operational`."""
ORDINARY = "ordinary"
_RULES = QueueRules()
_BOOKED = Appointments()


class CounterLane(Struct, frozen=True):
    """What a counter may call, and which of it first."""

    services: tuple[str, ...]
    preferred: frozenset[str]


class Terms(Struct, frozen=True):
    """Settings in force: the guard, what becomes of absent and transferred tickets, each counter's lane, each
    class's rank.

    `services` gives each service's letter.
    """

    guard: Guard
    absent_grace: int
    absent_returns: int
    returned_first: bool
    keeps_place: bool
    binds: bool
    booked_grace: int
    lanes: Mapping[int, CounterLane]
    services: Mapping[str, str]
    ranks: Mapping[str, int]

    def list_services(self) -> set[str]:
        """Return every service that some counter may call."""
        return {service for lane in self.lanes.values() for service in lane.services}


def compile_terms(settings: Operational) -> Terms:
    """Return what `settings` decide."""
    rules = {**vars(_RULES), **settings.get("queue", {})}
    services = {str(item["code"]): str(item["group"]) for item in settings.get("services", ())}
    counters = [read_counter(item) for item in settings.get("counters", ())]
    lanes = {}
    for one in counters:
        counter_lane = resolve_lane(one, counters, services)
        lanes[one.number] = CounterLane(counter_lane.services, frozenset(counter_lane.prefer))
    booked = {**vars(_BOOKED), **settings.get("appointments", {})}
    return Terms(
        Guard.of(int(rules["guard_calls"]), int(rules["guard_wait_min"])),
        int(rules["absent_grace_min"]) * MINUTE_MS,
        int(rules["absent_returns"]),
        bool(rules["returned_first"]),
        bool(rules["transfer_keeps_place"]),
        bool(rules["transfer_binds"]),
        int(booked["grace_min"]) * MINUTE_MS,
        lanes,
        services,
        {str(item["code"]): int(item["rank"]) for item in settings.get("priorities", ())},
    )


def read_counter(item: Mapping[str, Any]) -> Counter:
    """Return a counter as the settings in the journal name it."""
    return Counter(
        int(item["number"]),
        "",
        tuple(item["services"]),
        prefer=tuple(item.get("prefer", ())),
        must=tuple(item.get("must", ())),
    )


def map_rank(rank: int, before: Terms, after: Terms) -> tuple[int, bool]:
    """Return the rank under `after` of somebody who had `rank` under `before`, and whether that is certain.

    The journal keeps ranks only: when the classes of a rank went to several ranks, the lowest of them is taken, and
    nothing is certain.
    """
    ranks = {after.ranks[code] for code, old in before.ranks.items() if old == rank and code in after.ranks}
    if len(ranks) == 1:
        return ranks.pop(), True
    if ranks:
        return max(ranks), False
    return after.ranks.get(ORDINARY, rank), False
