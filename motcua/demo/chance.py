"""Chance for simulated people: the same for the same seed. It guards nothing."""

import math
import random
import uuid
from collections.abc import Mapping, Sequence
from typing import TypeVar

T = TypeVar("T")


class Chance:
    """A stream of chance; streams of different names are independent, streams of one name are equal."""

    def __init__(self, name: str) -> None:
        self._random = random.Random(name)  # noqa: S311 -- a simulated day must be repeatable; secrets come from the desk's entropy

    def share(self, share: float) -> bool:
        """Say yes in this share of the cases (0 to 1)."""
        return self._random.random() < share

    def draw_between(self, low: float, high: float) -> float:
        """Return a number between both."""
        return low + (high - low) * self._random.random()

    def draw_whole(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return self._random.randint(low, high)

    def pick(self, items: Sequence[T]) -> T:
        """Return one of `items`."""
        return items[self._random.randrange(len(items))]

    def pick_weighted(self, weights: Mapping[T, float]) -> T:
        """Return one of the keys, each as often as its weight says."""
        threshold = self._random.random() * sum(weights.values())
        for item, weight in weights.items():
            threshold -= weight
            if threshold < 0:
                return item
        return next(reversed(list(weights)))

    def draw_factor(self, sigma: float) -> float:
        """Return a log-normal factor around 1 (its median): how long things take."""
        return math.exp(sigma * self._random.gauss(0.0, 1.0))

    def make_key(self) -> str:
        """Return an idempotency key: a UUID of this stream."""
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))
