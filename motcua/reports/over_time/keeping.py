"""What a day adds to a report of many, as JSON and back: the same value, bit for bit. Pure."""

import json
from typing import Any

from motcua.reports.over_time.model import CounterUse, DayFacts, HallRecord, TicketCount


def write_facts(facts: DayFacts) -> str:
    """Return a day as JSON."""
    counts = [[item.letter, item.service, item.state, item.count] for item in facts.counts]
    record = None if facts.record is None else _describe(facts.record)
    return json.dumps([counts, facts.promised, record], separators=(",", ":"), ensure_ascii=False)


def _describe(record: HallRecord) -> list[Any]:
    return [
        [[letter, rank, lengths] for (letter, rank), lengths in record.waits.items()],
        list(record.half_waits.items()),
        list(record.arrivals.items()),
        list(record.service_times.items()),
        record.start_delays,
        [
            [number, use.open_ms, use.serving_ms, use.calling_ms, use.waited_ms, use.paused_ms]
            for number, use in record.counters.items()
        ],
    ]


def read_facts(day: str, text: str) -> DayFacts:
    """Return the day that `write_facts` wrote."""
    counts, (kept_count, total), record = json.loads(text)
    return DayFacts(
        day,
        tuple(TicketCount(day, *item) for item in counts),
        (kept_count, total),
        None if record is None else _read_record(day, *record),
    )


def _read_record(
    day: str,
    waits: list[Any],
    half_waits: list[Any],
    arrivals: list[Any],
    service_times: list[Any],
    start_delays: list[int],
    counters: list[Any],
) -> HallRecord:
    return HallRecord(
        day,
        {(letter, rank): tuple(lengths) for letter, rank, lengths in waits},
        {half: tuple(lengths) for half, lengths in half_waits},
        dict(arrivals),
        {service: tuple(lengths) for service, lengths in service_times},
        tuple(start_delays),
        {number: CounterUse(*spans) for number, *spans in counters},
    )
