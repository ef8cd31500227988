"""A day of 200 tickets at 8 counters, written into a real desk's journal by its own actions, and then replayed."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush
from pathlib import Path
from random import Random
from typing import Any

from motcua.copies import replace
from motcua.counters import actions as counter_actions
from motcua.counters.model import Counter
from motcua.desk import Desk, ManualClock, SeededEntropy, journal
from motcua.planning.changes import read_changes as no_changes
from motcua.planning.history import rebuild
from motcua.planning.plan import ReplayTrial
from motcua.planning.record import record_day
from motcua.planning.replay import rerun_day
from motcua.queue import actions
from motcua.setup import actions as setup_actions
from motcua.setup import template
from motcua.setup.document import Document
from motcua.setup.rooms import open_desk

DAY, BEGIN, TICKETS, COUNTERS = "2026-11-23", datetime(2026, 11, 23, 1, 0, tzinfo=UTC), 200, 8
WALK_S, WORK_S, SIGMA, GAP_S = 15, 540, 0.5, 130
CLASSES = (None, "elder60", "elder75")


def replayed_day(folder: Path) -> Callable[[], object]:
    """Return what runs the rebuilt day again under its own settings.

    Raises `RuntimeError` unless the calls are the same.
    """
    place = folder / "day"
    place.mkdir()
    desk = open_desk(place, clock := ManualClock(BEGIN), SeededEntropy(1))
    desk.do(setup_actions.apply, eight_counters())
    _work(desk, clock, Random(1))  # noqa: S311 -- the same day each time
    with desk.read() as db:
        rows = list(journal.read_rows(db))
    desk.stop()
    day = rebuild(DAY, [row for row in rows if row["day"] == DAY], _settings(rows))
    recorded = record_day(day)
    plan = ReplayTrial(None, no_changes({})).plan(day)
    if rerun_day(day, recorded, plan).calls != recorded.happened.calls:
        raise RuntimeError("the replayed day is another one")
    return lambda: rerun_day(day, recorded, plan)


def _settings(rows: list[dict[str, Any]]) -> dict[str, Any]:
    operational: dict[str, Any] = next(
        row["data"]["operational"] for row in rows if row["action"] == "settings.changed"
    )
    return operational


def eight_counters() -> Document:
    """Return the ward always open, with eight counters that share its services."""
    ward = template.open_always(template.load("ward"))
    codes = [service.code for service in ward.services]
    counters = [Counter(number, "", tuple(codes[number % 2 :: 2])) for number in range(1, COUNTERS + 1)]
    return replace(ward, counters=counters)


def _work(desk: Desk, clock: ManualClock, dice: Random) -> None:
    """Let 200 citizens come and 8 officers serve them, a minute of rest when nobody waits."""
    with desk.read() as db:
        codes = [service.code for service in setup_actions.get_document(db).services]
    agenda: list[tuple[float, int, str, int]] = []
    now = 0.0
    for number in range(TICKETS):
        now += dice.expovariate(1 / GAP_S)
        heappush(agenda, (now, number, "come", 0))
    for counter in range(1, COUNTERS + 1):
        desk.do(counter_actions.open_counter, counter, None)
        heappush(agenda, (1.0 + counter, -counter, "call", counter))
    served = count = 0
    while served < TICKETS:
        at, _order, what, counter = heappop(agenda)
        clock.set(BEGIN + timedelta(milliseconds=round(at * 1000)))
        count += 1
        order = TICKETS + count
        if what == "come":
            desk.do(actions.issue, dice.choice(codes), dice.choices(CLASSES, (80, 12, 8))[0])
        elif what == "start":
            desk.do(actions.start, counter)
            heappush(agenda, (at + WORK_S * dice.lognormvariate(0, SIGMA), order, "finish", counter))
        elif what == "finish":
            desk.do(actions.finish, counter)
            served += 1
            heappush(agenda, (at + dice.uniform(2, 20), order, "call", counter))
        elif desk.do(actions.call_next, counter).ticket is None:
            heappush(agenda, (at + 60, order, "call", counter))
        else:
            heappush(agenda, (at + WALK_S, order, "start", counter))
