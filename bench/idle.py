"""What the desk costs when nothing happens: memory, and the wait for its first answer."""

from statistics import median
from time import sleep

from . import limits
from .client import Http
from .hall import set_up
from .run import Run


def start_and_memory(run: Run) -> None:
    """Start the desk several times; time it to its first answer and weigh it half a second later."""
    hall = set_up(run.folder, "idle")
    starts, weights = [], []
    for _ in range(3 if run.quick else 7):
        with hall.served() as server, Http(server.address) as http:
            status, _answer = http.get("/api/v1/health")
            if status != 200:  # noqa: PLR2004 -- healthy
                raise RuntimeError(f"health {status}")
            starts.append(server.since_start())
            sleep(0.5)
            weights.append(server.memory_mib())
    run.report.put(limits.START.judge(median(starts)))
    run.report.put(limits.MEMORY.judge(max(weights)))
