"""How fast numbers are given out, and what else can be done meanwhile."""

import json
import subprocess
import sys
import uuid
from contextlib import ExitStack
from time import perf_counter, sleep

from . import floor, limits
from .client import Http
from .disk import SlowConnection
from .hall import DESK, SERVICE, SLOW_DESK, Hall, client, set_up
from .history import fill
from .process import Server
from .run import Run
from .spread import Spread

CLIENTS = 8
GET_GAP_S = 0.004
RUNS = 3


def one_client(run: Run) -> None:
    """Time one client that takes numbers one after the other."""
    hall = set_up(run.folder, "one")
    with hall.served() as server, client(server, hall.kiosk) as http:
        spread = Spread.middle(
            Spread.of_seconds(_issue(http) for _ in range(60 if run.quick else 300)) for _ in range(RUNS)
        )
    run.report.add("issue, 1 client, p50", spread.p50, "ms", run.floor.commit.p50)
    run.report.put(limits.ISSUE_ONE.judge(spread.p99, run.floor.commit.p99))


def eight_clients(run: Run) -> None:
    """Count what eight clients get in a second on the disk as it is, then on one that is 20 ms slower, reading
    beside them.
    """
    hall = set_up(run.folder, "eight")
    each = 40 if run.quick else 120
    with hall.served(DESK) as server:
        _load(server, hall, 20)
        rates = sorted(_load(server, hall, each) for _ in range(RUNS))
    run.report.put(limits.ISSUE_EIGHT.judge(rates[RUNS // 2], 1000 / run.floor.commit.p50))
    slow = set_up(run.folder, "slow")
    commit = floor.measure_commit(run.folder, 50, SlowConnection)
    gets: list[float] = []
    with slow.served(SLOW_DESK) as server:
        _load(server, slow, 10)
        rate = _load(server, slow, 30 if run.quick else 100, gets)
    run.report.put(limits.ISSUE_EIGHT_SLOW.judge(rate, 1000 / commit.p50))
    run.report.put(limits.GET_SLOW.judge(Spread.of_seconds(gets).p99))


def with_history(run: Run) -> None:
    """Time one client at a desk with 100,000 old tickets and at a new one, turn by turn."""
    old, new = set_up(run.folder, "old"), set_up(run.folder, "new")
    fill(old.data, days=50 if run.quick else 500, tickets=200)
    timings: tuple[list[float], list[float]] = ([], [])
    with ExitStack() as stack:
        desks = [stack.enter_context(client(stack.enter_context(hall.served()), hall.kiosk)) for hall in (old, new)]
        for turn in range(100 if run.quick else 400):
            for place, http in enumerate(desks):
                took = _issue(http)
                if turn >= floor.WARM_UP:
                    timings[place].append(took)
    run.report.put(limits.HISTORY.judge(Spread.of_seconds(timings[0]).p50, Spread.of_seconds(timings[1]).p50))


def _issue(http: Http) -> float:
    start = perf_counter()
    status, answer = http.post("/api/v1/tickets", SERVICE, {"Idempotency-Key": str(uuid.uuid4())})
    if status != 201:  # noqa: PLR2004 -- created
        raise RuntimeError(f"{status} {answer.decode()}")
    return perf_counter() - start


def _load(server: Server, hall: Hall, each: int, gets: list[float] | None = None) -> float:
    """Let eight clients in a process of their own take `each` numbers; return how many they got in a second.

    Meanwhile the calling process times unrelated light GETs into `gets`, when it is given.
    """
    arguments = json.dumps({"address": server.address, "token": hall.kiosk, "clients": CLIENTS, "each": each})
    loader = subprocess.Popen([sys.executable, "-m", "bench.load", arguments], stdout=subprocess.PIPE, text=True)  # noqa: S603
    with loader, client(server, hall.wall) as http:
        while gets is not None and loader.poll() is None:
            start = perf_counter()
            http.get("/api/v1/priorities")
            gets.append(perf_counter() - start)
            sleep(GET_GAP_S)
        out, _ = loader.communicate()
    return float(out)
