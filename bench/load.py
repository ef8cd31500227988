"""Clients that ask as fast as they are answered, in a process of their own: prints requests per second."""

import json
import subprocess
import sys
import threading
import uuid
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from time import perf_counter

from .client import Address, Http


@dataclass(frozen=True)
class Load:
    """What is asked of the server at `address`: each client has one of `tokens` and asks `each` times.

    Without `counters` each request takes a number, with `bodies` in turn. With them, client N calls the next and
    finishes at the N-th of `counters` by turns.
    """

    address: Address
    tokens: Sequence[str]
    each: int
    bodies: Sequence[str] = ()
    counters: Sequence[int] = ()

    def start(self) -> subprocess.Popen[str]:
        """Let the clients ask in a process of their own; `finish` waits for it."""
        command = [sys.executable, "-m", "bench.load"]
        loader = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603
        assert loader.stdin is not None  # noqa: S101 -- a pipe
        with loader.stdin:
            json.dump(asdict(self), loader.stdin)
        return loader

    def measure(self) -> float:
        """Return the requests per second of clients in a process of their own. Raises `RuntimeError`."""
        return finish(self.start())

    def run(self) -> float:
        """Return the requests per second. Raises `RuntimeError` for any refusal."""
        host, port = self.address
        ready, refused = threading.Barrier(len(self.tokens) + 1), list[bytes]()

        def work(client: int) -> None:
            token = self.tokens[client]
            with Http((host, port), {"Authorization": f"Bearer {token}"}) as http:
                http.get("/api/v1/health")
                request = self._serve(http, client) if self.counters else self._take(http, client)
                ready.wait()
                for turn in range(self.each):
                    status, answer = request(turn)
                    if status not in (200, 201):
                        refused.append(f"{status} ".encode() + answer)

        threads = [threading.Thread(target=work, args=(client,)) for client in range(len(self.tokens))]
        for thread in threads:
            thread.start()
        ready.wait()
        start = perf_counter()
        for thread in threads:
            thread.join()
        took = perf_counter() - start
        if refused:
            raise RuntimeError(f"{len(refused)} refused: {refused[0].decode()}")
        return len(self.tokens) * self.each / took

    def _take(self, http: Http, client: int) -> Callable[[int], tuple[int, bytes]]:
        bodies = [body.encode() for body in self.bodies]

        def take(turn: int) -> tuple[int, bytes]:
            body = bodies[(turn * len(self.tokens) + client) % len(bodies)]
            return http.post("/api/v1/tickets", body, {"Idempotency-Key": str(uuid.uuid4())})

        return take

    def _serve(self, http: Http, client: int) -> Callable[[int], tuple[int, bytes]]:
        place = f"/api/v1/counters/{self.counters[client]}"

        def serve(turn: int) -> tuple[int, bytes]:
            action = "finish" if turn % 2 else "call-next"
            return http.post(f"{place}/{action}", b"{}", {"Idempotency-Key": str(uuid.uuid4())})

        return serve


def finish(loader: subprocess.Popen[str]) -> float:
    """Return what a started load prints. Raises `RuntimeError` when it failed; its reason is on stderr."""
    assert loader.stdout is not None  # noqa: S101 -- a pipe
    with loader.stdout:
        out = loader.stdout.read()
    if loader.wait():
        raise RuntimeError("the clients failed")
    return float(out)


if __name__ == "__main__":
    print(Load(**json.load(sys.stdin)).run())
