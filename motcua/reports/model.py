"""Figures, each with its n."""

from collections.abc import Mapping

from msgspec import Struct, field


class Rate(Struct, frozen=True):
    """A share in tenths of a percent with its 95 % interval and the number of answers behind it."""

    percent_tenths: int
    low_tenths: int
    high_tenths: int
    n: int


class OfficerDay(Struct, frozen=True):
    """One officer's day: visits served, and rating prompts by their result."""

    officer: int
    served: int
    asked: int
    answered: int
    skipped: int


class DeskDay(Struct, frozen=True):
    """The desk's day. `rate` is None without answers.

    `quarantined` ratings do not count. `replaced` counts the ratings that replaced an earlier one, by channel.
    """

    served: int
    asked: int
    answered: int
    skipped: int
    unprompted: int
    rate: Rate | None
    quarantined: int = 0
    replaced: Mapping[str, int] = field(default_factory=dict)


class PromiseCoverage(Struct, frozen=True):
    """The share of waits from the day `first` to `last` that were not longer than the promised P80.

    `rate` is None without waits.
    """

    first: str
    last: str
    rate: Rate | None


class GroupDay(Struct, frozen=True):
    """The results of a group's tickets of one day. `here` counts those whose visit has not ended."""

    letter: str
    issued: int
    served: int
    cancelled: int
    absent: int
    here: int


class OutOfOrder(Struct, frozen=True):
    """A number called out of its order: when, where, by whom (None: nobody signed in), why (a code), how many
    seconds after being taken.
    """

    ticket: str
    number: str
    at: str
    counter: int
    officer: int | None
    reason: str
    waited_s: int
