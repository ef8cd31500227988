"""The desk and what it is compared with, by turns: A B B A …, so that what disturbs the machine meets both."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from statistics import median

from .hall import Hall
from .process import Server
from .report import Report

Measure = Callable[[], float]


def by_turns(turns: int, one: Measure, other: Measure, warm_up: int = 0) -> tuple[float, float]:
    """Return the medians of `one` and of `other`, each measured `turns` times; what warms up first does not count."""
    figures: tuple[list[float], list[float]] = ([], [])
    for turn in range(warm_up + turns):
        for place in in_turn(turn):
            figure = (one, other)[place]()
            if turn >= warm_up:
                figures[place].append(figure)
    return median(figures[0]), median(figures[1])


def in_turn(turn: int) -> tuple[int, int]:
    """Return which of two comes first in this turn, and which second."""
    return (1, 0) if turn % 2 else (0, 1)


@contextmanager
def both(hall: Hall) -> Iterator[tuple[Server, Server]]:
    """Serve `hall` by the desk and by the smallest server at once."""
    with ExitStack() as stack:
        yield stack.enter_context(hall.served()), stack.enter_context(hall.served_smallest())


class Effort:
    """The processor's time of two servers. A busy machine changes it far less than the time that passes."""

    def __init__(self, servers: Sequence[Server]) -> None:
        self._servers = servers
        self._seconds = [0.0 for _ in servers]
        self._requests = [0 for _ in servers]

    def measure(self, place: int, requests: int, work: Measure) -> float:
        """Return what `work` returns, which makes so many requests to the server at `place` in the sequence."""
        before = self._servers[place].processor_s()
        figure = work()
        self._seconds[place] += self._servers[place].processor_s() - before
        self._requests[place] += requests
        return figure

    def add_to(self, report: Report, name: str) -> None:
        """Put the milliseconds a request on the report, without a limit."""
        value, reference = (
            seconds / requests * 1000 for seconds, requests in zip(self._seconds, self._requests, strict=True)
        )
        report.add(f"  {name}: processor's time of a request", value, "ms", reference)
