"""What this machine can do at best: C, a durable commit; E, an echo; F(n), a commit told to n walls.

The limits were set against a broadcast through a WebSocket library, so E and F(n) use one (`bench.reference`). The same
with hand-made frames (`bench.bare`) is shown beside them and is the reference of nothing.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from time import perf_counter

from .client import Address, Http
from .journal import Journal, message
from .process import Server
from .report import Report
from .spread import Spread
from .walls import WallLink, Walls

WALLS = (5, 50, 500)
GAP_S = 0.01
"""Rest between two rounds, the same for the floor and for the desk: whatever a server tidies up afterwards ends in
it."""
RUNS = 3
WARM_UP = 20


@dataclass(frozen=True)
class Floor:
    """C, E and F(n) of one run, in milliseconds; `bare` is F(n) with hand-made frames."""

    commit: Spread
    echo: Spread
    walls: dict[int, Spread]
    bare: dict[int, Spread]


def measure(folder: Path, quick: bool = False, walls: Sequence[int] = WALLS) -> Floor:
    """Measure the floor on the disk that holds `folder` (an existing folder; files are left in it)."""
    runs, rounds = (1, 60) if quick else (RUNS, 300)
    commit = Spread.middle(measure_commit(folder, 300 if quick else 2000) for _ in range(runs))
    with Server("bench.reference", [str(folder)], folder) as server:
        echo = Spread.middle(measure_echo(server.address, 300 if quick else 2000) for _ in range(runs))
        spread_by_count = {count: measure_walls(server.address, count, rounds, runs) for count in walls}
    with Server("bench.bare", [str(folder)], folder) as server:
        bare = {count: measure_walls(server.address, count, rounds, runs) for count in walls}
    return Floor(commit, echo, spread_by_count, bare)


def measure_commit(
    folder: Path, count: int = 2000, connection: type[sqlite3.Connection] = sqlite3.Connection
) -> Spread:
    """Time `count` commits in `folder`; `connection` may be a slowed one (`bench.disk`)."""
    journal = Journal(folder / "commit.db", connection)
    timings = []
    for _ in range(count + WARM_UP):
        start = perf_counter()
        journal.append()
        timings.append(perf_counter() - start)
    journal.close()
    return Spread.of_seconds(timings[WARM_UP:])


def measure_echo(address: Address, count: int) -> Spread:
    """Time `count` echoes of 300 bytes over one WebSocket of the reference server."""
    link, text, timings = WallLink(address, "/echo"), message(1), []
    for _ in range(count + WARM_UP):
        start = perf_counter()
        link.send(text)
        link.next()
        timings.append(perf_counter() - start)
    link.close()
    return Spread.of_seconds(timings[WARM_UP:])


def measure_walls(address: Address, count: int, rounds: int, runs: int = RUNS) -> Spread:
    """Time `rounds` commits, each until the last of `count` walls of the reference server has read it."""
    with Http(address) as http, Walls(count, partial(WallLink, address, "/wall")) as walls:
        return Spread.middle(time_walls(walls, http, "/commit", b"{}", b'["change",', rounds) for _ in range(runs))


def time_walls(walls: Walls, http: Http, path: str, body: bytes, needle: bytes, rounds: int) -> Spread:
    """Time POST `path` until the last wall has read `needle`: the one method for the floor and for the desk.

    Clocked in this process alone, from just before the request is sent. Raises `RuntimeError` unless every request is
    answered 200 or 201.
    """
    timings = []
    for _ in range(rounds + WARM_UP):
        timings.append(walls.round(partial(http.send, "POST", path, body), needle))
        status, answer = http.receive()
        if status not in (200, 201):
            raise RuntimeError(f"POST {path}: {status} {answer.decode()}")
        walls.serve(GAP_S)
    return Spread.of_seconds(timings[WARM_UP:])


def add_to(report: Report, floor: Floor) -> None:
    """Put the floor's figures on the report; they are references and have no limit."""
    every = {"C: one durable commit": floor.commit, "E: WebSocket echo": floor.echo}
    every |= {f"F({count}): commit, last of {count} walls": wall_spread for count, wall_spread in floor.walls.items()}
    every |= {f"F({count}) with hand-made frames": wall_spread for count, wall_spread in floor.bare.items()}
    for name, spread in every.items():
        report.add(f"{name}, p50", spread.p50, "ms")
        report.add(f"{name}, p99", spread.p99, "ms")
