"""What one day of the hall was like, from its rebuilt journal. Pure."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from motcua.desk.steps import parse_ms, put_rows_right
from motcua.planning.day import RebuiltDay
from motcua.planning.plan import find_midnight
from motcua.planning.record import Record, record_day
from motcua.reports.over_time.model import CounterUse, HallRecord

HALF_HOUR_MS = 30 * 60_000
PAUSED, OPENED, CLOSED = "counter.paused", "counter.opened", "counter.closed"
Spent = dict[int, int]
Name = TypeVar("Name")


def record_hall(day: RebuiltDay, pauses: Mapping[int, int]) -> HallRecord:
    """Return what `day` adds to a report; `pauses` are milliseconds by counter."""
    record, midnight = record_day(day), find_midnight(day)
    waits: dict[tuple[str, int], list[int]] = {}
    half_waits: dict[int, list[int]] = {}
    arrivals: dict[int, int] = {}
    service_times: dict[str, list[int]] = {}
    delays: list[int] = []
    serving: Spent = {}
    for ticket, visit in day.visits.items():
        half = (visit.issued - midnight) // HALF_HOUR_MS
        arrivals[half] = arrivals.get(half, 0) + 1
        if (first := record.happened.firsts.get(ticket)) is not None:
            waits.setdefault((get_letter(ticket), visit.rank), []).append(first - visit.issued)
            half_waits.setdefault(half, []).append(first - visit.issued)
        for turn in visit.turns:
            start = turn.called if turn.started is None and turn.how == "served" else turn.started
            if start is None:
                continue
            end = day.end if turn.ended is None else turn.ended
            serving[turn.counter] = serving.get(turn.counter, 0) + end - start
            if turn.started is not None:
                delays.append(turn.started - turn.called)
            if turn.how == "served":
                service_times.setdefault(turn.service, []).append(end - start)
    return HallRecord(
        day.day,
        _freeze(waits),
        _freeze(half_waits),
        arrivals,
        _freeze(service_times),
        tuple(sorted(delays)),
        _use_counters(record, serving, pauses),
    )


def get_letter(ticket: str) -> str:
    """Return the letter of a ticket's group from its id."""
    return ticket.partition("-")[2][:1]


def _freeze(lists: dict[Name, list[int]]) -> dict[Name, tuple[int, ...]]:
    return {key: tuple(sorted(values)) for key, values in lists.items()}


def _use_counters(record: Record, serving: Spent, pauses: Mapping[int, int]) -> dict[int, CounterUse]:
    waited = {
        number: habits.rest + sum(press.after for press in habits.presses) for number, habits in record.habits.items()
    }
    for silence in record.silences:
        waited[silence.counter] = waited.get(silence.counter, 0) + silence.end[0] - silence.begin[0]
    happened = record.happened
    uses = {}
    for number in sorted({*happened.open_ms, *pauses}):
        opened, busy = happened.open_ms.get(number, 0), happened.busy_ms.get(number, 0)
        if not opened and number not in pauses:
            continue
        served = min(serving.get(number, 0), busy)
        idle = max(0, opened - busy)
        uses[number] = CounterUse(
            opened, served, busy - served, min(waited.get(number, 0), idle), pauses.get(number, 0)
        )
    return uses


def sum_pauses(rows: Iterable[Mapping[str, Any]], end: int) -> Spent:
    """Return for how long each counter was paused, from a day's journal rows; a pause that nothing ends lasts until
    the day's `end`.
    """
    begun: Spent = {}
    spent: Spent = {}
    for row in put_rows_right(rows):
        if row["action"] not in {PAUSED, OPENED, CLOSED}:
            continue
        data = json.loads(row["data"])
        for number in _list_counters(data):
            at = parse_ms(row["at"])
            if number in begun:
                spent[number] = spent.get(number, 0) + max(0, at - begun.pop(number))
            if row["action"] == PAUSED and number == data["counter"]:
                begun[number] = at
    for number, at in begun.items():
        spent[number] = spent.get(number, 0) + max(0, end - at)
    return spent


def _list_counters(data: Mapping[str, Any]) -> Sequence[int]:
    left = data.get("left")
    return (data["counter"],) if left is None else (data["counter"], left)
