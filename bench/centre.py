"""A centre's day on the virtual clock: what one PC carries, and how it grows from one ward to thirty in one hall."""

import json
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime, timedelta
from math import log
from pathlib import Path
from statistics import linear_regression

from motcua.copies import replace
from motcua.counters.model import Counter
from motcua.desk import get_zone, system_clock
from motcua.setup import template
from motcua.setup.document import Document

from . import limits
from .centre_day import BEGINS_AT, CentreDay, Clock, DayRecord, Size
from .hall import Hall, set_up_counters
from .process import Server
from .run import Run
from .spread import Spread

SCALES, QUICK_SCALES = (1, 3, 10, 30), (1, 3)
CENTRE = 10
"""A city's centre is as large as ten wards."""
WARM_SHARE = 0.5
"""So much of a day passes before its memory counts: what is loaded at first use is no growth."""


def centre(run: Run) -> None:
    """Let a day happen in halls of one, three, ten and thirty wards; report the costs and how they grow."""
    figures: dict[str, list[float]] = {}
    scales = QUICK_SCALES if run.quick else SCALES
    wrong = 0
    for scale in scales:
        print(f"  {scale} × a ward …", file=sys.stderr)  # noqa: RUF001 -- for people
        record, lost = run_day(run.folder, Size.of(scale))
        wrong += lost
        for name, (value, unit) in _costs(record).items():
            figures.setdefault(name, []).append(value)
            run.report.add(f"a day of {scale} wards: {name}", value, unit)
    run.report.put(limits.CENTRE_LOST.judge(wrong))
    for name, values in figures.items():
        exponent = grow(scales, values)
        if exponent is not None:
            run.report.add(f"growth with the hall: {name}", exponent, "exponent")


def grow(scales: Sequence[int], values: Sequence[float]) -> float | None:
    """Return the exponent with which `values` grow; None where one of them is no positive number."""
    if min(values) <= 0:
        return None
    return linear_regression([log(scale) for scale in scales], [log(value) for value in values]).slope


def measure_slope(memory: Sequence[tuple[int, float]]) -> float:
    """Return the growth in MiB for each thousand tickets, after the day's beginning."""
    late = memory[round(len(memory) * WARM_SHARE) :]
    return linear_regression([float(count) for count, _mib in late], [mib for _count, mib in late]).slope * 1000


def _costs(record: DayRecord) -> dict[str, tuple[float, str]]:
    spread = Spread.of_seconds(record.calls_s)
    thousands = len(record.issued) / 1000
    return {
        "call to last wall, p50": (spread.p50, "ms"),
        "call to last wall, p99": (spread.p99, "ms"),
        "processor's time of 1,000 tickets": (record.processor_s / thousands, "s"),
        "memory at the end": (record.memory[-1][1], "MiB"),
        "memory for 1,000 tickets more": (measure_slope(record.memory), "MiB"),
        "time that the day took here": (record.took_s, "s"),
    }


def run_day(folder: Path, size: Size) -> tuple[DayRecord, int]:
    """Let a day happen at a new desk, and return what it was and how much was lost or doubled."""
    document = _hall_of(size)
    hall = set_up_counters(folder, f"centre-{size.scale}", document)
    here = get_zone(document.settings.timezone)
    begin = datetime.combine(system_clock.now().astimezone(here).date() + timedelta(days=1), BEGINS_AT, here)
    with Server("bench.centre_serve", [str(hall.data), begin.isoformat()], hall.data.parent) as server:
        clock = Clock(_clock_address(hall), begin)
        services = {counter.number: counter.services for counter in document.counters}
        record = CentreDay(size, server, hall, clock, services).run()
        clock.close()
    return record, record.unheard + record.unprinted + count_wrong(hall.data, record)


def count_wrong(data: Path, record: DayRecord) -> int:
    """Return how many tickets the store and the journal of a stopped desk do not have as they were answered."""
    with closing(sqlite3.connect(f"file:{data / 'desk.db'}?mode=ro", uri=True)) as db:
        rows = db.execute("SELECT id, number, letter, serial, state, called_at FROM tickets").fetchall()
        calls = db.execute("SELECT data FROM journal WHERE action = 'ticket.called' ORDER BY seq").fetchall()
    stored = {row[0]: row[1] for row in rows}
    wrong = sum(stored.get(ticket) != number for ticket, number in record.issued.items())
    wrong += len(stored) - len(record.issued)
    wrong += sum(row[5] is None for row in rows)
    for letter in {row[2] for row in rows}:
        serials = sorted(row[3] for row in rows if row[2] == letter)
        wrong += serials != list(range(1, len(serials) + 1))
    wrong += [json.loads(call[0])["number"] for call in calls] != record.called
    command = [sys.executable, "-m", "motcua", "journal", "verify", "--data", str(data)]
    verified = subprocess.run(command, check=False, capture_output=True)  # noqa: S603
    return int(wrong) + (verified.returncode != 0)


def _clock_address(hall: Hall) -> tuple[str, int]:
    output = (hall.data.parent / "server.out").read_text(encoding="utf-8")
    host, _colon, port = (
        next(line for line in output.splitlines() if line.startswith("clock ")).split()[1].partition(":")
    )
    return host, int(port)


def _hall_of(size: Size) -> Document:
    """Return an always open hall; each counter serves every second service."""
    ward = template.open_always(template.load("ward"))
    codes = [service.code for service in ward.services]
    counters = [Counter(number, "", tuple(codes[number % 2 :: 2])) for number in range(1, size.counters + 1)]
    settings = replace(ward.settings, web=replace(ward.settings.web, connections=4000))
    return replace(ward, counters=counters, settings=settings)
