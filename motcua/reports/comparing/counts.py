"""What every comparison starts from: how many of somebody's answers were satisfied."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Answers:
    """`satisfied` of `n` answers, `0 <= satisfied <= n`. Raises `ValueError` for anything else."""

    satisfied: int
    n: int

    def __post_init__(self) -> None:
        if not 0 <= self.satisfied <= self.n:
            raise ValueError(f"{self.satisfied} of {self.n}")


def sum_answers(everybody: Sequence[Answers]) -> Answers:
    """Return all answers together."""
    return Answers(sum(one.satisfied for one in everybody), sum(one.n for one in everybody))
