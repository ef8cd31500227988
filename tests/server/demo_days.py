"""Days of the demo as fast as they go, for all tests that look at them."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from motcua.server import PING_INTERVAL_S, PING_TIMEOUT_S
from tests.run_folder import MEMORY, once
from tests.waiting import PATIENCE_S, wait_until

SEED = 7
DAY_S = 9 * PATIENCE_S
"""A simulated day is computed for many seconds, and for minutes on a busy computer."""
SILENT_S = 1.5 * (PING_INTERVAL_S + PING_TIMEOUT_S)


def motcua(*given: str, **environment: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(  # noqa: S603 -- our own command
        [sys.executable, "-m", "motcua", *given],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "LC_ALL": "en_US.UTF-8", **environment},
    )


def said(*given: str) -> tuple[int, str]:
    process = motcua(*given)
    out, _err = process.communicate(timeout=DAY_S)
    return process.returncode, out


@dataclass
class Day:
    folder: Path
    summary: str
    aside: str
    rows: list[dict[str, object]]
    export: str


def days(*seeds: int) -> Iterator[list[Day]]:
    """Lend a day of each seed, run at the same time."""
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        run_days(Path(name), *seeds)
        yield read_days(Path(name), len(seeds))


def run_days(name: Path, *seeds: int) -> None:
    """Let the days happen in folders of `name`, and keep beside each what it printed."""
    started = [
        (motcua("demo", "--once", "--seed", str(seed), "--data", str(name / str(place))), name / f"{place}.json")
        for place, seed in enumerate(seeds)
    ]
    if len(started) > 1:
        stand_still(started[-1][0], name / str(len(started) - 1))
    for process, printed in started:
        summary, aside = process.communicate(timeout=DAY_S)
        assert process.returncode == 0, aside
        printed.write_text(json.dumps([summary, aside]), encoding="utf-8")


def stand_still(demo: "subprocess.Popen[str]", folder: Path) -> None:
    """Let a demo in the middle of its day stand still for longer than a line may be silent, as a busy computer may."""
    wait_until(lambda: demo.poll() is not None or count_rows(folder) > 500, DAY_S)
    demo.send_signal(signal.SIGSTOP)
    time.sleep(SILENT_S)  # waits: the lines of a desk that serves people would be given up meanwhile
    demo.send_signal(signal.SIGCONT)


def count_rows(folder: Path) -> int:
    """Return how many rows the journal of a desk has that may just be founded."""
    try:
        with closing(sqlite3.connect(f"file:{folder / 'desk.db'}?mode=ro", uri=True)) as db:
            return int(db.execute("SELECT count(*) FROM journal").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def read_days(name: Path, count: int) -> list[Day]:
    """Return what happened in `count` days that ran in `name`."""
    read = []
    for place in range(count):
        folder = name / str(place)
        code, export = said("journal", "export", "--data", str(folder))
        assert code == 0
        summary, aside = json.loads((name / f"{place}.json").read_text(encoding="utf-8"))
        read.append(Day(folder, summary, aside, [json.loads(line) for line in export.splitlines()], export))
    return read


def usual_days() -> list[Day]:
    """Return two days of one seed, which nobody may change: they are run once for all tests that look at them."""
    return read_days(once("usual-days", lambda name: run_days(name, SEED, SEED)), 2)
