"""How fast numbers are given out while somebody attacks the desk."""

import json
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from time import perf_counter, sleep

from . import limits
from .attackers import ATTACKS
from .client import Http
from .hall import SERVICE, client, motcua, set_up
from .process import Server
from .run import Run
from .spread import Spread

ROUNDS = 3
BEGIN_S = 1.5
"""How long an attack gets to be under way."""
GAP_S = 0.005


def attacks(run: Run) -> None:
    """Time one client that takes numbers, before and during each attack, turn by turn."""
    hall = set_up(run.folder, "attacks")
    device_tokens = {
        role: motcua("token", "add", "--data", str(hall.data), "--role", role) for role in ("admin", "agent")
    }
    tokens = {"wall": hall.wall, **device_tokens}
    each = 60 if run.quick else 200
    for name in ATTACKS:
        with hall.served() as server:
            idle, attacked = [], []
            with client(server, hall.kiosk) as http:
                _timings(http, 20)
                for _ in range(1 if run.quick else ROUNDS):
                    idle.append(Spread.of_seconds(_timings(http, each)))
                    with _attack(name, server, tokens):
                        attacked.append(Spread.of_seconds(_timings(http, each)))
            limit = limits.attacked(name)
            run.report.put(limit.judge(Spread.middle(attacked).p99, Spread.middle(idle).p99))


def _timings(http: Http, count: int) -> list[float]:
    timings = []
    for _ in range(count):
        start = perf_counter()
        status, answer = http.post("/api/v1/tickets", SERVICE, {"Idempotency-Key": str(uuid.uuid4())})
        timings.append(perf_counter() - start)
        if status != 201:  # noqa: PLR2004 -- created
            raise RuntimeError(f"{status} {answer.decode()}")
        sleep(GAP_S)
    return timings


@contextmanager
def _attack(name: str, server: Server, tokens: dict[str, str]) -> Iterator[None]:
    """Let the attack `name` run until the end of the block."""
    arguments = json.dumps({"attack": name, "address": server.address, "tokens": tokens})
    attacker = subprocess.Popen([sys.executable, "-m", "bench.attackers", arguments])  # noqa: S603
    try:
        sleep(BEGIN_S)
        if attacker.poll() is not None:
            raise RuntimeError(f"the attack {name} has ended")
        yield
    finally:
        attacker.kill()
        attacker.wait()
