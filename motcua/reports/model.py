"""Figures, each with its n."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rate:
    """A share in tenths of a percent with its 95 % interval and the number of answers behind it."""

    percent_tenths: int
    low_tenths: int
    high_tenths: int
    n: int


@dataclass(frozen=True)
class OfficerDay:
    """One officer's day: visits served, and how their citizens were asked."""

    officer: int
    served: int
    asked: int
    answered: int
    skipped: int


@dataclass(frozen=True)
class DeskDay:
    """The desk's day. `rate` is None without answers."""

    served: int
    asked: int
    answered: int
    skipped: int
    unprompted: int
    rate: Rate | None
