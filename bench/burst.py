"""A thousand ratings at once while eight counters work: none may be lost, and calls stay about as fast.

Run as `python -m bench.burst '{"address": […], "codes": […]}'` it is the phones, and prints how many of their ratings
counted.
"""

import json
import sqlite3
import subprocess
import sys
import uuid
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing
from functools import partial
from itertools import cycle
from threading import Thread

from . import limits
from .client import Address, Http
from .crowds import fill, open_all
from .hall import Hall, client, set_up_counters
from .process import Server
from .run import Run
from .spread import Spread
from .walls import SocketIo, Walls

PHONES, RATINGS, QUICK_RATINGS = 50, 1_000, 300
CALLS, QUICK_CALLS = 400, 100
GAP_S = 0.005
CREATED, DONE = 201, 200


def burst(run: Run) -> None:
    """Time calls until the wall has them, before and while 50 phones send ratings of served visits."""
    hall = set_up_counters(run.folder, "burst")
    count = QUICK_RATINGS if run.quick else RATINGS
    with hall.served() as server, ExitStack() as stack:
        open_all(server, hall)
        codes = list(_serve_visits(server, hall, count))
        calls = QUICK_CALLS if run.quick else CALLS
        fill(server, hall, 2 * calls + PHONES)
        wall = stack.enter_context(Walls(1, partial(SocketIo, server.address, "/wall", {"token": hall.wall})))
        desks = {number: stack.enter_context(client(server, token)) for number, token in hall.counters.items()}
        turns = cycle(desks.items())
        idle = Spread.of_seconds([_call(wall, *next(turns)) for _ in range(calls)])
        phones = _start_phones(server.address, codes)
        busy = []
        while phones.poll() is None:
            busy.append(_call(wall, *next(turns)))
        counted = json.loads(phones.communicate()[0])
        run.report.put(limits.BURST_LOST.judge(count - min(counted, _count_ratings(hall))))
        run.report.put(limits.BURST_CALL.judge(Spread.of_seconds(busy).p99, idle.p99))
        run.report.add("  calls while the ratings came", len(busy), "calls")


def _serve_visits(server: Server, hall: Hall, count: int) -> Iterator[str]:
    """Let `count` visits end at the counters, and yield the codes of their tickets."""
    body = b'{"service":"signature"}'
    with client(server, hall.kiosk) as kiosk, client(server, hall.counter) as counter:
        for _visit in range(count):
            status, answer = kiosk.post("/api/v1/tickets", body, {"Idempotency-Key": str(uuid.uuid4())})
            if status != CREATED:
                raise RuntimeError(f"{status} {answer.decode()}")
            yield json.loads(answer)["follow_url"].rpartition("/")[2]
            for step in ("call-next", "finish"):
                counter.post(f"/api/v1/counters/1/{step}")


def _call(wall: Walls, number: int, counter: Http) -> float:
    """Call the next at counter `number` and finish; return the seconds until the wall had the call."""
    took = wall.round(partial(counter.send, "POST", f"/api/v1/counters/{number}/call-next", b"{}"), b'["call",')
    status, answer = counter.receive()
    if status != DONE:
        raise RuntimeError(f"{status} {answer.decode()}")
    counter.post(f"/api/v1/counters/{number}/finish")
    wall.serve(GAP_S)
    return took


def _start_phones(address: Address, codes: Sequence[str]) -> "subprocess.Popen[str]":
    request = json.dumps({"address": address, "codes": codes})
    return subprocess.Popen([sys.executable, "-m", "bench.burst", request], stdout=subprocess.PIPE, text=True)  # noqa: S603


def _count_ratings(hall: Hall) -> int:
    with closing(sqlite3.connect(hall.data / "desk.db")) as db:
        return int(db.execute("SELECT count(*) FROM ratings WHERE status = 'counted'").fetchone()[0])


def rate(address: Address, codes: Sequence[str]) -> int:
    """Rate each visit once, from 50 phones at the same time; return how many answers said that it counts."""
    results: list[str] = []

    def send(part: Sequence[str]) -> None:
        with Http(address) as phone:
            for code in part:
                body = json.dumps({"level": 5, "channel": "qr", "token": code}).encode()
                status, answer = phone.post("/api/v1/ratings", body, {"Idempotency-Key": str(uuid.uuid4())})
                results.append(json.loads(answer)["status"] if status == CREATED else f"{status} {answer.decode()}")

    phones = [Thread(target=send, args=(codes[place::PHONES],)) for place in range(PHONES)]
    for phone in phones:
        phone.start()
    for phone in phones:
        phone.join()
    others = {result for result in results if result != "counted"}
    if others:
        print(*sorted(others)[:5], sep="\n", file=sys.stderr)
    return results.count("counted")


if __name__ == "__main__":
    wish = json.loads(sys.argv[1])
    print(json.dumps(rate(tuple(wish["address"]), wish["codes"])))
