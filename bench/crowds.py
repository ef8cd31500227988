"""Calls and visits in a full hall: many counters at once, and one counter before fifty and before thousands."""

import uuid
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from statistics import median
from time import perf_counter

from . import limits, pairs
from .client import Http
from .hall import COUNTERS, Hall, client, eight_counters, mixed_tickets, set_up_counters
from .issuing import CLIENTS, MS, WARM_UP, take
from .load import Load
from .process import Server
from .run import Run

WAITING = 500
PAIRS = 10
"""Calls of each counter before the hall is filled again."""
FEW, MANY = 50, 5_000


def counters(run: Run) -> None:
    """Count calls and finished visits at eight counters in a second, about 500 waiting, by turns with the smallest
    server.
    """
    hall = set_up_counters(run.folder, "counters")
    with pairs.both(hall) as servers:
        effort = pairs.Effort(servers)
        rates = [_rates(server, hall, place, effort) for place, server in enumerate(servers)]
        value, reference = pairs.by_turns(
            2 if run.quick else 9, lambda: next(rates[0]), lambda: next(rates[1]), warm_up=1
        )
    run.report.put(limits.SERVE_EIGHT.judge(value, reference))
    effort.add_to(run.report, "call + finish")


def _rates(server: Server, hall: Hall, place: int, effort: pairs.Effort) -> Iterator[float]:
    """Yield rates for ever; each begins before 540 and ends before 460 who wait."""
    open_all(server, hall)
    ahead = COUNTERS * PAIRS
    fill(server, hall, WAITING + ahead // 2)
    numbers = list(hall.counters)
    load = Load(server.address, list(hall.counters.values()), 2 * PAIRS, counters=numbers)
    while True:
        yield effort.measure(place, 2 * ahead, load.measure)
        fill(server, hall, ahead)


def crowd(run: Run) -> None:
    """Time one call and one number with 5,000 waiting, by turns with a desk where 50 wait."""
    many, few = (set_up_counters(run.folder, name) for name in ("many", "few"))
    bodies = mixed_tickets(WARM_UP + 300, eight_counters().counters[0].services)
    bodies = bodies[: WARM_UP + 60] if run.quick else bodies
    with ExitStack() as stack:
        servers = [stack.enter_context(hall.served()) for hall in (many, few)]
        effort = pairs.Effort(servers)
        visits: list[list[tuple[float, float]]] = [[], []]
        works = []
        for place, (hall, server) in enumerate(zip((many, few), servers, strict=True)):
            open_all(server, hall)
            fill(server, hall, FEW if place else MANY)
            kiosk, counter = (stack.enter_context(client(server, token)) for token in (hall.kiosk, hall.counter))
            works.append(partial(_visit, kiosk, counter, iter(bodies), visits[place]))
        for turn in range(len(bodies)):
            for place in pairs.in_turn(turn):
                effort.measure(place, 3, works[place])
    for figure, limit in enumerate((limits.ISSUE_CROWD, limits.CALL_CROWD)):
        value, reference = (median(visit[figure] for visit in each[WARM_UP:]) * MS for each in visits)
        run.report.put(limit.judge(value, reference))
    effort.add_to(run.report, "issue, call and finish with 5,000 waiting")


def _visit(kiosk: Http, counter: Http, bodies: Iterator[bytes], visits: list[tuple[float, float]]) -> float:
    """Take a number, call the next and finish; note the seconds of the first two."""
    visits.append((took := take(kiosk, next(bodies)), _ask(counter, "call-next")))
    _ask(counter, "finish")
    return took


def _ask(counter: Http, action: str) -> float:
    start = perf_counter()
    status, answer = counter.post(f"/api/v1/counters/1/{action}", b"{}", {"Idempotency-Key": str(uuid.uuid4())})
    if status != 200:  # noqa: PLR2004 -- done
        raise RuntimeError(f"{action}: {status} {answer.decode()}")
    return perf_counter() - start


def open_all(server: Server, hall: Hall) -> None:
    """Open every counter of `hall`."""
    for number, token in hall.counters.items():
        with client(server, token) as http:
            http.post(f"/api/v1/counters/{number}/open")


def fill(server: Server, hall: Hall, count: int) -> None:
    """Let `count` people take numbers, for every service alike."""
    bodies = [body.decode() for body in mixed_tickets(count)]
    clients = min(CLIENTS, count)
    Load(server.address, [hall.kiosk] * clients, -(-count // clients), bodies).measure()
