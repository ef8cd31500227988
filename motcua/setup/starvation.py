"""Whether anybody could wait for ever under a set-up. Pure: what is refused comes with a witness, a ticket that is never called.

Under an accepted set-up every waiting ticket is called after a number of calls that `queue.rules.fairness.bound` computes, as long as
counters are open when they are planned to be.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from motcua.counters import rules as counter_rules
from motcua.counters.model import Counter
from motcua.setup.mistakes import Mistake, mistake, place
from motcua.setup.shape import FileShape
from motcua.setup.values import WEEKDAYS, clock, session

Hours = tuple[tuple[int, int], ...]
"""Stretches of a day in minutes after local midnight."""


@dataclass(frozen=True)
class Plan:
    """What decides whether anybody starves: who serves what and when, when numbers are given out, the ranks and the guard.

    `days` has the hall's hours for each weekday and for each day with hours of its own; `ranks` names a class for each rank.
    """

    counters: tuple[Counter, ...]
    group_of: dict[str, str]
    days: dict[str, Hours]
    ranks: dict[int, str]
    guard_calls: int


@dataclass(frozen=True)
class Starving:
    """A class that could wait for ever: tickets of `service` (every service: None) and `rank` (every rank: None).

    `counter` is the index of the counter whose setting makes it so, None for the guard. The witness is a ticket of this class that takes
    its number on `day` at `minute`: no counter calls it, or only while nobody of a class that is called before keeps coming.
    """

    kind: str
    service: str | None = None
    rank: int | None = None
    counter: int | None = None
    day: str = ""
    minute: int = 0


def find(plan: Plan) -> list[Starving]:
    """Return every class that could wait for ever under `plan`."""
    lanes = [counter_rules.lane(counter, plan.counters, plan.group_of) for counter in plan.counters]
    found: list[Starving] = []
    for service in plan.group_of:
        callers = [index for index, counter in enumerate(lanes) if service in counter.services]
        found += _service(plan, service, callers)
    if plan.guard_calls == 0:
        found += _unguarded(plan, lanes)
    return found


def _service(plan: Plan, service: str, callers: Sequence[int]) -> Iterator[Starving]:
    days = {day: hours for day, hours in plan.days.items() if hours}
    if not callers and days:
        day, hours = next(iter(days.items()))
        names = {service, plan.group_of[service]}
        forced = next((index for index, counter in enumerate(plan.counters) if names & set(counter.must)), None)
        yield Starving("unserved", service, None, forced, day, max(end for _, end in hours) - 1)
        return
    if any(not plan.counters[index].hours for index in callers):
        return  # open as long as the hall, and until everybody is served
    ends = {index: max(end for _, end in plan.counters[index].hours) for index in callers}
    for day, hours in days.items():
        last = max(end for _, end in hours) - 1
        if max(ends.values()) <= last:
            yield Starving("hours", service, None, max(ends, key=lambda index: (ends[index], -index)), day, last)
            return


def _unguarded(plan: Plan, lanes: Sequence[Counter]) -> Iterator[Starving]:
    """Without a guard whoever is called before may keep coming: of a higher rank, or of a service that the counter prefers."""
    day, hours = next(((day, hours) for day, hours in plan.days.items() if hours), ("", ()))
    if not hours:
        return
    if len(plan.ranks) > 1:
        yield Starving("guard", None, max(plan.ranks), None, day, hours[0][0])
        return
    for service in plan.group_of:
        callers = [counter for counter in lanes if service in counter.services]
        if callers and all(counter.prefer and service not in counter.prefer for counter in callers):
            yield Starving("guard", service, None, None, day, hours[0][0])


def _plan(shape: FileShape) -> Plan:
    days = {day: _hours(getattr(shape.hours, day)) for day in WEEKDAYS}
    days |= {item.date: _hours(item.hours) for item in shape.working_days}
    classes = sorted(shape.priorities, key=lambda item: item.rank)
    return Plan(
        tuple(
            Counter(
                item.number,
                item.label,
                tuple(item.services),
                prefer=tuple(item.prefer),
                must=tuple(item.must),
                hours=_hours(item.hours),
            )
            for item in shape.counters
        ),
        {item.code: item.group for item in shape.services},
        days,
        {item.rank: item.label.vi for item in classes},
        shape.queue.guard_calls,
    )


def _hours(texts: Sequence[str]) -> Hours:
    return tuple(found for text in texts if (found := session(text)))


def mistakes(shape: FileShape) -> list[Mistake]:
    """Return a mistake for each class that could wait for ever under a settings file, naming the class and the setting."""
    plan = _plan(shape)
    names = {item.code: item.name.vi for item in shape.services}
    return [_said(item, plan, names) for item in find(plan)]


def _said(found: Starving, plan: Plan, names: dict[str, str]) -> Mistake:
    service = names.get(found.service or "", found.service or "")
    if found.kind == "unserved":
        where = place("counters") if found.counter is None else place("counters", found.counter, "must")
        return mistake(
            where,
            "starves.service",
            "Tickets of “%(service)s” would wait for ever: they must be called at counters that do not serve them.",
            service=service,
        )
    if found.kind == "hours" and found.counter is not None:
        key = "must" if {found.service, plan.group_of[found.service or ""]} & set(plan.counters[found.counter].must) else "hours"
        return mistake(
            place("counters", found.counter, key),
            "starves.hours",
            "Tickets of “%(service)s” taken at %(time)s (%(day)s) would wait for ever: no counter that may call them is open after that.",
            service=service,
            time=clock(found.minute),
            day=found.day,
        )
    if found.service is None:
        return mistake(
            place("queue", "guard_calls"),
            "starves.guard",
            "Without a guard, “%(class)s” could wait for ever while others keep coming who are called before.",
            **{"class": plan.ranks.get(found.rank or 0, "")},
        )
    return mistake(
        place("queue", "guard_calls"),
        "starves.lane",
        "Without a guard, “%(service)s” could wait for ever: every counter that may call it prefers others.",
        service=service,
    )


def opened(counter: Counter, hours: Hours) -> Counter:
    """Return `counter` with the hours at which it is planned to be open on a day with the hall's `hours`."""
    return counter if counter.hours else replace(counter, hours=hours)
