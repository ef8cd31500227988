"""What the desk costs when nothing happens: the wait for its first answer, memory, and what screens cost it."""

import json
from collections.abc import Callable
from functools import partial
from statistics import median
from time import perf_counter, sleep

from . import limits
from .client import Http
from .hall import Hall, client, set_up_counters
from .process import Server
from .run import Run
from .walls import SocketIo, WallLink, Walls

SCREENS = 200
QUIET, QUIET_S, SETTLE_MAX_S = 0.02, 3.0, 120.0
"""A desk has settled when it took at most this part of a core for so long. After a start it first makes its clips."""


def start_and_memory(run: Run) -> None:
    """Start the desk and the smallest server by turns; time each to its first answer, weigh it half a second later."""
    hall = set_up_counters(run.folder, "idle")
    starts: tuple[list[float], list[float]] = ([], [])
    weights: tuple[list[float], list[float]] = ([], [])
    for _ in range(3 if run.quick else 9):
        for place, serve in enumerate((hall.served, hall.served_smallest)):
            with serve() as server, Http(server.address) as http:
                status, _answer = http.get("/api/v1/health")
                if status != 200:  # noqa: PLR2004 -- healthy
                    raise RuntimeError(f"health {status}")
                starts[place].append(server.since_start())
                sleep(0.5)
                weights[place].append(server.memory_mib())
    run.report.put(limits.START.judge(median(starts[0]), median(starts[1])))
    run.report.put(limits.MEMORY.judge(max(weights[0]), max(weights[1])))


def screens(run: Run) -> None:
    """Measure the processor's time of a desk where nothing happens: alone, with 200 walls, with 200 phones."""
    seconds = 5.0 if run.quick else 30.0
    hall = set_up_counters(run.folder, "screens")
    with hall.served() as server:
        _settle(server)
        alone = _share(server, partial(sleep, seconds))
        walls = _watched(server, lambda turn: SocketIo(server.address, "/wall", {"token": hall.wall}), seconds)
        codes = _take_codes(server, hall)
        _settle(server)
        phones = _watched(server, lambda turn: SocketIo(server.address, "/follow", {"token": codes[turn]}), seconds)
    run.report.put(limits.IDLE_WALLS.judge(walls * 100))
    run.report.put(limits.IDLE_PHONES.judge(phones * 100))
    run.report.add("idle desk without a screen, of one core", alone * 100, "%")


def _watched(server: Server, join: Callable[[int], WallLink], seconds: float) -> float:
    turns = iter(range(SCREENS))
    with Walls(SCREENS, lambda: join(next(turns))) as links:
        links.serve(QUIET_S)
        return _share(server, lambda: links.serve(seconds))


def _settle(server: Server) -> None:
    """Wait until what starts with the desk is done."""
    while _share(server, partial(sleep, QUIET_S)) > QUIET:
        if server.since_start() > SETTLE_MAX_S:
            raise RuntimeError("the desk does not come to rest")


def _share(server: Server, wait: Callable[[], object]) -> float:
    """Return which part of one core the server takes during `wait`."""
    used, start = server.processor_s(), perf_counter()
    wait()
    return (server.processor_s() - used) / (perf_counter() - start)


def _take_codes(server: Server, hall: Hall) -> list[str]:
    """Take numbers and return the codes by which phones follow them."""
    codes = []
    with client(server, hall.kiosk) as kiosk:
        for _ in range(SCREENS):
            _status, answer = kiosk.post("/api/v1/tickets", b'{"service":"certified-copy"}')
            codes.append(json.loads(answer)["follow_url"].rpartition("/")[2])
    return codes
