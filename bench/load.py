"""Clients that take numbers as fast as they get them, in a process of their own: prints numbers per second."""

import json
import sys
import threading
import uuid
from time import perf_counter

from .client import Address, Http
from .hall import SERVICE


def run(address: Address, token: str, clients: int, each: int) -> float:
    """Return how many numbers a second `clients` get that take `each` one after the other.

    Raises `RuntimeError` for any refusal.
    """
    ready, refused = threading.Barrier(clients + 1), []

    def work() -> None:
        with Http(address, {"Authorization": f"Bearer {token}"}) as http:
            http.get("/api/v1/health")
            ready.wait()
            for _ in range(each):
                status, answer = http.post("/api/v1/tickets", SERVICE, {"Idempotency-Key": str(uuid.uuid4())})
                if status != 201:  # noqa: PLR2004 -- created
                    refused.append(answer)

    threads = [threading.Thread(target=work) for _ in range(clients)]
    for thread in threads:
        thread.start()
    ready.wait()
    start = perf_counter()
    for thread in threads:
        thread.join()
    took = perf_counter() - start
    if refused:
        raise RuntimeError(f"{len(refused)} refused: {refused[0].decode()}")
    return clients * each / took


if __name__ == "__main__":
    arguments = json.loads(sys.argv[1])
    print(
        run(
            (arguments["address"][0], arguments["address"][1]),
            arguments["token"],
            arguments["clients"],
            arguments["each"],
        )
    )
