"""The observations behind the estimates: occupation times by service, arrivals by half-hour, kept promises."""

import logging
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from msgspec import Struct

from motcua.desk import Reader, get_zone, parse
from motcua.planning.work import calibrate, make_table

BUSY_ENDS = frozenset({"served", "absent", "held", "transferred"})
TURNOVER_MAX_MS = 120_000
"""A counter that calls again within two minutes worked on. A longer gap is a pause, or nobody waited."""
DEFAULT_GAP_MS = 15_000
REACTION_MAX_MS = 180_000
"""An officer who calls a newcomer later than this was away, not idle."""
DEFAULT_REACTIONS_MS = (5_000, 15_000, 45_000)
TARGETS = (0.5, 0.8)
HALF_HOURS = 48
logger = logging.getLogger(__name__)


@dataclass
class ObservedDay:
    """One day, in milliseconds.

    `busy` has how long a counter was busy with each call, by service; `gaps` the times until it called again.
    `reactions` are the times that an officer with nobody waiting took to call a new arrival. `arrivals` are counted
    by half-hour, `visits` by service.
    """

    busy: list[tuple[str, int]] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    reactions: list[int] = field(default_factory=list)
    arrivals: Counter[tuple[int, str, int]] = field(default_factory=Counter)
    visits: Counter[str] = field(default_factory=Counter)


class Observed(Struct, frozen=True):
    """What was learnt from the last days: `work` has a table of occupation times by service, `pooled` is one for all
    of them (None: nothing is known), `reactions` one of the times until a resting officer calls; `visits` counts
    finished visits by service, `coming` has the mean arrivals by (service, rank) for each half-hour of a day.
    """

    work: dict[str, list[int]]
    pooled: list[int] | None
    reactions: list[int]
    visits: dict[str, int]
    coming: list[dict[tuple[str, int], float]]


def observe_day(db: Reader, date_text: str, timezone: str) -> ObservedDay:
    """Return what happened on the day `date_text` (the desk's local date)."""
    observed_day = ObservedDay()
    called: dict[str, tuple[int, str]] = {}
    free: dict[int, int] = {}
    query = (
        "SELECT ticket, moves.at, move, moves.counter, service, asked_for, issued_at, first_called_at"
        " FROM moves JOIN tickets ON tickets.id = moves.ticket WHERE day = ? ORDER BY moves.id"
    )
    for ticket, at, move, counter, service, asked_for, issued_at, first_called_at in db.execute(query, (date_text,)):
        moment = round(parse(at).timestamp() * 1000)
        if move == "called" and counter is not None:
            since = free.pop(counter, None)
            came = round(parse(issued_at).timestamp() * 1000)
            if since is not None and came > since and at == first_called_at:
                observed_day.reactions += [moment - came] if moment - came <= REACTION_MAX_MS else []
            elif since is not None and moment - since <= TURNOVER_MAX_MS:
                observed_day.gaps.append(moment - since)
            called[ticket] = (moment, asked_for)
        elif move in BUSY_ENDS and ticket in called:
            began, first = called.pop(ticket)
            observed_day.busy.append((first if move == "transferred" else service, moment - began))
            if move == "served":
                observed_day.visits[service] += 1
            if counter is not None:
                free[counter] = moment
    local = get_zone(timezone)
    for issued_at, service, rank in db.execute(
        "SELECT issued_at, asked_for, rank FROM tickets WHERE day = ?", (date_text,)
    ):
        there = parse(issued_at).astimezone(local)
        observed_day.arrivals[there.hour * 2 + there.minute // 30, service, rank] += 1
    return observed_day


def observe_readable_day(db: Reader, date_text: str, timezone: str) -> ObservedDay | None:
    """Return what happened on a day; None if a row cannot be read: nothing is learnt from that day."""
    try:
        return observe_day(db, date_text, timezone)
    except (ValueError, TypeError, KeyError) as error:
        logger.warning("nothing is learnt from %s: %s", date_text, error)
        return None


def list_days_with_tickets(db: Reader, since: str) -> list[str]:
    """Return the days from `since` that have tickets, oldest first."""
    return [row[0] for row in db.execute("SELECT DISTINCT day FROM tickets WHERE day >= ? ORDER BY day", (since,))]


def get_first_day(today: str, window_days: int) -> str:
    """Return the first of the last `window_days` days."""
    return (date.fromisoformat(today) - timedelta(days=window_days - 1)).isoformat()


class PromiseHistory(Struct, frozen=True):
    """What was learnt from the waits that were promised: the two quantiles to promise next, and up to which call
    that is known.
    """

    levels: tuple[float, float] = TARGETS
    called_until: str = ""

    def learn(self, db: Reader) -> "PromiseHistory":
        """Return what is learnt with the calls that came since: each either kept what was promised with its number,
        or did not.
        """
        query = (
            "SELECT issued_at, first_called_at, wait_p50_s, wait_p80_s FROM tickets"
            " WHERE first_called_at > ? AND wait_p80_s IS NOT NULL ORDER BY first_called_at, place"
        )
        rows = db.execute(query, (self.called_until,)).fetchall()
        if not rows:
            return self
        waited = [(parse(row[1]) - parse(row[0])).total_seconds() for row in rows]
        low, high = (
            calibrate(target, level, [wait <= row[2 + end] for wait, row in zip(waited, rows, strict=True)])
            for end, (target, level) in enumerate(zip(TARGETS, self.levels, strict=True))
        )
        return PromiseHistory((low, high), rows[-1][1])


def sum_days(days: Iterable[ObservedDay]) -> Observed:
    """Return the sum of the observations of `days`."""
    listed = list(days)
    gaps = sorted(gap for observed_day in listed for gap in observed_day.gaps)
    gap = gaps[len(gaps) // 2] if gaps else DEFAULT_GAP_MS
    busy: dict[str, list[int]] = {}
    for observed_day in listed:
        for service, ms in observed_day.busy:
            busy.setdefault(service, []).append(ms + gap)
    visits = sum((observed_day.visits for observed_day in listed), Counter[str]())
    arrivals = sum((observed_day.arrivals for observed_day in listed), Counter[tuple[int, str, int]]())
    coming: list[dict[tuple[str, int], float]] = [{} for _ in range(HALF_HOURS)]
    for (slot, service, rank), count in arrivals.items():
        coming[slot][service, rank] = count / len(listed)
    every = [ms for times in busy.values() for ms in times]
    return Observed(
        {service: make_table(times) for service, times in busy.items()},
        make_table(every) if every else None,
        make_table([ms for observed_day in listed for ms in observed_day.reactions] or DEFAULT_REACTIONS_MS),
        dict(visits),
        coming,
    )
