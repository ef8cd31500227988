"""Whether anybody could wait for ever under a set-up.

Pure: what is refused comes with a witness, a ticket that is never called.

Under an accepted set-up every waiting ticket is called, as long as counters open as planned.
`queue.rules.fairness.count_calls_at_most` computes after how many calls at most.
"""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from motcua.counters import rules as counter_rules
from motcua.counters.model import Counter
from motcua.settings.model import Session, Settings
from motcua.settings.values import LATEST_CLOSING, WEEKDAYS, write_clock
from motcua.setup.mistakes import Mistake, make_mistake, write_place
from motcua.setup.shape import HallShape

Hours = tuple[tuple[int, int], ...]
"""Stretches of a day in minutes after local midnight."""


class Plan(Struct, frozen=True):
    """What decides whether anybody starves: who serves what and when, when numbers are given out, the ranks and the
    guard.

    `days` has the hall's hours for each weekday and for each day with hours of its own; a day ends `close_after_min`
    after them, at latest at `latest_min`. `ranks` names a class for each rank. `returns`: who was absent may come
    back and is then first in its class; `binds`: who is sent to a counter waits for that one alone.
    """

    counters: tuple[Counter, ...]
    group_of: dict[str, str]
    days: dict[str, Hours]
    ranks: dict[int, str]
    guard_calls: int
    returns: bool = True
    binds: bool = True
    close_after_min: int = 60
    latest_min: int = LATEST_CLOSING

    def list_lanes(self) -> list[Counter]:
        """Return the counters as the policy sees them."""
        return [counter_rules.resolve_lane(counter, self.counters, self.group_of) for counter in self.counters]

    def is_open(self, counter: Counter, day: str, minute: int) -> bool:
        """Say whether `counter` is planned to be open on `day` at `minute` or later; one without hours is until
        everybody is served.
        """
        hours = self.days[day]
        ends_min = min(max(end for _, end in hours) + self.close_after_min, self.latest_min) if hours else 0
        return bool(hours) and (
            not counter.hours or any(end > minute and start < ends_min for start, end in counter.hours)
        )


class Starving(Struct, frozen=True):
    """A class that could wait for ever: tickets of `service` (every service: None) and `rank` (every rank: None).

    `counter` is the index of the counter whose setting makes it so, None for the guard. The witness is a ticket of
    this class that takes its number on `day` at `minute`. Kind `unserved`, `hours`: no counter calls it. Without a
    guard, it is not called while others keep coming. `guard`: those of a higher rank. `lane`: those whom each counter
    prefers. `returns`: those who are called elsewhere, are absent and come back. Counters may differ in which it is.
    `bound`: it is sent to `counter`, where one of these happens.
    """

    kind: str
    service: str | None = None
    rank: int | None = None
    counter: int | None = None
    day: str = ""
    minute: int = 0


def find(plan: Plan) -> list[Starving]:
    """Return every class that could wait for ever under `plan`."""
    lanes = plan.list_lanes()
    starving: list[Starving] = []
    for service in plan.group_of:
        callers = [index for index, counter in enumerate(lanes) if service in counter.services]
        starving += _service(plan, service, callers)
    if not starving and plan.guard_calls == 0:
        starving += _unguarded(plan, lanes)
    return starving


def _service(plan: Plan, service: str, callers: Sequence[int]) -> Iterator[Starving]:
    days = {day: hours for day, hours in plan.days.items() if hours}
    if not callers and days:
        day, hours = next(iter(days.items()))
        names = {service, plan.group_of[service]}
        forced = next((index for index, counter in enumerate(plan.counters) if names & set(counter.must)), None)
        yield Starving("unserved", service, None, forced, day, _last(hours))
        return
    for day, hours in days.items():
        if not any(plan.is_open(plan.counters[index], day, _last(hours)) for index in callers):
            longest = max(callers, key=lambda index: (max(end for _, end in plan.counters[index].hours), -index))
            yield Starving("hours", service, None, longest, day, _last(hours))
            return


def _last(hours: Hours) -> int:
    """Return the last minute at which a number is given out."""
    return max(end for _, end in hours) - 1


def _end(counter: Counter) -> int:
    """Return until when `counter` is planned to be open; without hours of its own until everybody is served."""
    return max((end for _, end in counter.hours), default=2 * LATEST_CLOSING)


def _unguarded(plan: Plan, lanes: Sequence[Counter]) -> Iterator[Starving]:
    """Without a guard whoever is called before may keep coming: of a higher rank, of a preferred service, or back
    from being absent.
    """
    days = {day: hours for day, hours in plan.days.items() if hours}
    if len(plan.ranks) > 1 and days:
        day, hours = next(iter(days.items()))
        yield Starving("guard", None, max(plan.ranks), None, day, hours[0][0])
        return
    overtaken = [item for service in plan.group_of if (item := _overtaken(plan, lanes, service, days))]
    yield from overtaken or ([item] if plan.binds and (item := _overtaken_when_sent_on(plan, lanes, days)) else [])


def _overtaken(plan: Plan, lanes: Sequence[Counter], service: str, days: dict[str, Hours]) -> Starving | None:
    callers = [counter for counter in lanes if service in counter.services]
    for day, hours in days.items():
        last = _last(hours)
        steady = [
            one
            for one in callers
            if not is_second_choice(one, service) and not list_returning(plan, lanes, one, service, day, last)
        ]
        if not any(plan.is_open(counter, day, last) for counter in steady):
            kind = "lane" if all(is_second_choice(counter, service) for counter in callers) else "returns"
            return Starving(kind, service, None, None, day, last)
    return None


def _overtaken_when_sent_on(plan: Plan, lanes: Sequence[Counter], days: dict[str, Hours]) -> Starving | None:
    """Return a class that waits for ever when it is sent to one counter, which alone may call it then, until it
    closes.
    """
    for index, counter in enumerate(lanes):
        others = [other for other in lanes if other is not counter]
        shared = plan.returns and any(set(other.services) & set(counter.services) for other in others)
        for service in plan.group_of if others and days and not counter.hours else ():
            if shared or is_second_choice(counter, service):
                day, hours = next(iter(days.items()))
                return Starving("bound", service, None, index, day, hours[0][0])
    return None


def is_second_choice(counter: Counter, service: str) -> bool:
    """Say whether `counter` (a lane) takes other services before `service`."""
    return bool(counter.prefer) and service not in counter.prefer


def list_returning(
    plan: Plan, lanes: Sequence[Counter], counter: Counter, service: str, day: str, minute: int
) -> list[tuple[str, Counter]]:
    """Return who could come back at `counter` before a ticket of `service` that waits on `day` from `minute` on:
    each with who called them.

    They are of a service that `counter` may call. Another counter calls them while the ticket waits.
    That counter stays open as long, and does not serve `service` or prefers them.
    """
    return [
        (other, elsewhere)
        for other in counter.services
        for elsewhere in lanes
        if plan.returns and other in elsewhere.services and plan.is_open(elsewhere, day,
        minute) and _end(elsewhere) >= _end(counter)
        and (service not in elsewhere.services or (is_second_choice(elsewhere, service) and other in elsewhere.prefer))
    ]  # fmt: skip


def _plan(settings: Settings, shape: HallShape) -> Plan:
    days = {day: _hours(sessions) for day, sessions in zip(WEEKDAYS, settings.hours.week, strict=True)}
    days |= {item.date: _hours(item.sessions) for item in settings.working_days}
    classes = sorted(settings.priorities, key=lambda item: item.rank)
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
        {item.rank: item.label[0] for item in classes},
        settings.queue.guard_calls,
        settings.queue.returned_first and settings.queue.absent_returns > 0,
        settings.queue.transfer_binds,
        settings.day.close_after_min,
        settings.day.latest_min,
    )


def _hours(sessions: Sequence[Session]) -> Hours:
    return tuple((session.start_min, session.end_min) for session in sessions)


def list_mistakes(settings: Settings, shape: HallShape) -> list[Mistake]:
    """Return a mistake for each class that could wait for ever under a settings file, naming the class and the
    setting.
    """
    plan = _plan(settings, shape)
    names = {item.code: item.name.vi for item in shape.services}
    return [_mistake_of(item, plan, names) for item in find(plan)]


def _mistake_of(starving: Starving, plan: Plan, names: dict[str, str]) -> Mistake:
    service = names.get(starving.service or "", starving.service or "")
    if starving.kind == "unserved":
        where = (
            write_place("counters") if starving.counter is None else write_place("counters", starving.counter, "must")
        )
        return make_mistake(
            where,
            "starves.service",
            "Tickets of “%(service)s” would wait for ever: they must be called at counters that do not serve them.",
            service=service,
        )
    if starving.kind == "hours" and starving.counter is not None:
        key = (
            "must"
            if {starving.service, plan.group_of[starving.service or ""]} & set(plan.counters[starving.counter].must)
            else "hours"
        )
        return make_mistake(
            write_place("counters", starving.counter, key),
            "starves.hours",
            "Tickets of “%(service)s” taken at %(time)s (%(day)s) would wait for ever: no counter that may "
            "call them is open after that.",
            service=service,
            time=write_clock(starving.minute),
            day=f"hours.{starving.day}" if starving.day in WEEKDAYS else starving.day,
        )
    if starving.service is None:
        return make_mistake(
            write_place("queue", "guard_calls"),
            "starves.guard",
            "Without a guard, “%(class)s” could wait forever, because others who are called earlier keep coming.",
            **{"class": plan.ranks.get(starving.rank or 0, "")},
        )
    if starving.kind == "lane":
        return make_mistake(
            write_place("queue", "guard_calls"),
            "starves.lane",
            "Without a guard, “%(service)s” could wait for ever: every counter that may call it prefers others.",
            service=service,
        )
    if starving.kind == "bound":
        return make_mistake(
            write_place("queue", "guard_calls"),
            "starves.bound",
            "Without a guard, “%(service)s” sent on to counter %(counter)s could wait for ever: others are "
            "called there first.",
            service=service,
            counter=plan.counters[starving.counter or 0].number,
        )
    return make_mistake(
        write_place("queue", "guard_calls"),
        "starves.returns",
        "Without a guard, “%(service)s” could wait for ever: others are preferred, or come back after being "
        "absent and are called first.",
        service=service,
    )
