"""How fast numbers are given out, and what else can be done meanwhile."""

import uuid
from contextlib import ExitStack
from functools import partial
from time import perf_counter, sleep

from . import floor, limits, pairs
from .client import Http
from .disk import SlowConnection
from .hall import DESK, SERVICE, SLOW_DESK, Hall, client, set_up, set_up_counters
from .history import fill
from .load import Load, finish
from .process import Server
from .run import Run
from .spread import Spread

CLIENTS = 8
GET_GAP_S = 0.004
WARM_UP = 20
MS = 1000


def one_client(run: Run) -> None:
    """Time one client that takes numbers one after the other, at the desk and at the smallest server by turns."""
    hall = set_up_counters(run.folder, "one")
    turns = 60 if run.quick else 900
    with pairs.both(hall) as (desk, smallest), client(desk, hall.kiosk) as here, client(smallest, "") as there:
        value, reference = pairs.by_turns(turns, partial(take, here), partial(take, there), warm_up=WARM_UP)
    run.report.put(limits.ISSUE_ONE.judge(value * MS, reference * MS))


def eight_clients(run: Run) -> None:
    """Count what eight clients get in a second, at the desk and at the smallest server by turns."""
    hall = set_up_counters(run.folder, "eight")
    each = 20 if run.quick else 100
    with pairs.both(hall) as servers:
        effort = pairs.Effort(servers)
        loads = [
            partial(effort.measure, place, CLIENTS * each, _load(server, hall, each).measure)
            for place, server in enumerate(servers)
        ]
        value, reference = pairs.by_turns(2 if run.quick else 7, loads[0], loads[1], warm_up=1)
    run.report.put(limits.ISSUE_EIGHT.judge(value, reference))
    effort.add_to(run.report, "issue, 8 clients")


def slow_disk(run: Run) -> None:
    """Count what eight clients get in a second on a disk that is 20 ms slower, with somebody who reads meanwhile."""
    slow = set_up(run.folder, "slow")
    commit = floor.measure_commit(run.folder, 50, SlowConnection)
    gets: list[float] = []
    with slow.served(SLOW_DESK) as server:
        _load(server, slow, 10).measure()
        loader = _load(server, slow, 30 if run.quick else 100).start()
        with client(server, slow.wall) as http:
            while loader.poll() is None:
                start = perf_counter()
                http.get("/api/v1/priorities")
                gets.append(perf_counter() - start)
                sleep(GET_GAP_S)
        rate = finish(loader)
    run.report.put(limits.ISSUE_EIGHT_SLOW.judge(rate, MS / commit.p50))
    run.report.put(limits.GET_SLOW.judge(Spread.of_seconds(gets).p99))


def with_history(run: Run) -> None:
    """Time one client at a desk with 100,000 old tickets and at a new one, turn by turn."""
    old, new = set_up(run.folder, "old"), set_up(run.folder, "new")
    fill(old.data, days=50 if run.quick else 500, tickets=200)
    with ExitStack() as stack:
        desks = [stack.enter_context(client(stack.enter_context(hall.served(DESK)), hall.kiosk)) for hall in (old, new)]
        value, reference = pairs.by_turns(
            100 if run.quick else 400, partial(take, desks[0]), partial(take, desks[1]), warm_up=WARM_UP
        )
    run.report.put(limits.HISTORY.judge(value * MS, reference * MS))


def take(http: Http, body: bytes = SERVICE) -> float:
    """Take a number and return the seconds. Raises `RuntimeError` when it is refused."""
    start = perf_counter()
    status, answer = http.post("/api/v1/tickets", body, {"Idempotency-Key": str(uuid.uuid4())})
    if status != 201:  # noqa: PLR2004 -- created
        raise RuntimeError(f"{status} {answer.decode()}")
    return perf_counter() - start


def _load(server: Server, hall: Hall, each: int) -> Load:
    return Load(server.address, [hall.kiosk] * CLIENTS, each, [SERVICE.decode()])
