"""Officers side by side, within one group of services at a time, and only where the answers carry it. Pure.

A rate stands there from the reliability `GATE` on. What is below it says how many answers are missing.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from motcua.reports.comparing.counts import Answers, sum_answers
from motcua.reports.comparing.funnel import WITHIN_95, WITHIN_998, ChanceLimits, compute_limits
from motcua.reports.comparing.mix import MixedRate, standardise
from motcua.reports.comparing.reliability import TWO, Reliability, measure_reliability
from motcua.reports.comparing.shrinkage import Shrunk, shrink_each, weigh_beliefs

GRID_POINTS = 40
"""For so many numbers of answers the limits of a funnel are computed."""
REMEMBERED = 128


class ComparedOfficer(Struct, frozen=True):
    """One officer in a group of services; `shrunk` and both limits are None below the gate."""

    officer: int
    answers: Answers
    reliability: Reliability
    shrunk: Shrunk | None = None
    inner: ChanceLimits | None = None
    outer: ChanceLimits | None = None

    @property
    def is_outside(self) -> bool:
        """Say whether the rate lies outside the wide limits: somebody should look into it."""
        return self.outer is not None and not self.outer.has(self.answers.satisfied / self.answers.n)


class GroupComparison(Struct, frozen=True):
    """The officers of one group of services, in the order given. `together` are the answers of all of them.

    `funnel` has the inner and outer limits by the number of answers; it is empty while the comparison is closed.
    """

    letter: str
    together: Answers
    officers: tuple[ComparedOfficer, ...]
    funnel: tuple[tuple[ChanceLimits, ChanceLimits], ...]

    @property
    def is_open(self) -> bool:
        """Say whether at least two officers reach the gate."""
        return bool(self.funnel)


def compare_group(letter: str, everybody: Mapping[int, Answers]) -> GroupComparison:
    """Return the officers of a group of services in the order given.

    One officer alone is no comparison: it opens when two reach the gate.
    """
    return _compare(letter, tuple(everybody.items()))


@lru_cache(maxsize=REMEMBERED)
def _compare(letter: str, everybody: tuple[tuple[int, Answers], ...]) -> GroupComparison:
    """Return what `compare_group` does: the same answers are compared for the page, its files and the next reader."""
    names, answers = [name for name, _rated in everybody], [rated for _name, rated in everybody]
    together, reliabilities = sum_answers(answers), measure_reliability(answers)
    is_open = sum(one.is_open for one in reliabilities) >= TWO
    beliefs = weigh_beliefs(answers) if is_open else []
    mean = together.satisfied / together.n if together.n else 0.0
    reaching = [rated for rated, one in zip(answers, reliabilities, strict=True) if one.is_open]
    shrunk = iter(shrink_each(reaching, beliefs) if is_open else ())
    officers = []
    for name, rated, reliability in zip(names, answers, reliabilities, strict=True):
        if is_open and reliability.is_open:
            limits = (compute_limits(mean, rated.n, within) for within in (WITHIN_95, WITHIN_998))
            officers.append(ComparedOfficer(name, rated, reliability, next(shrunk), *limits))
        else:
            officers.append(ComparedOfficer(name, rated, reliability))
    return GroupComparison(letter, together, tuple(officers), _draw_funnel(mean, officers) if is_open else ())


def _draw_funnel(mean: float, officers: Sequence[ComparedOfficer]) -> tuple[tuple[ChanceLimits, ChanceLimits], ...]:
    sizes = sorted(one.answers.n for one in officers if one.outer is not None)
    low, high = max(1, sizes[0] // 2), sizes[-1] + max(1, sizes[-1] // 10)
    step = max(1, (high - low) // GRID_POINTS)
    numbers = sorted({*range(low, high + 1, step), high, *sizes})
    return tuple((compute_limits(mean, n, WITHIN_95), compute_limits(mean, n, WITHIN_998)) for n in numbers)


class MixedOfficer(Struct, frozen=True):
    """One officer over all groups of services; `rate` is None below the gate."""

    officer: int
    letters: tuple[str, ...]
    answers: Answers
    reliability: Reliability
    rate: MixedRate | None


def compare_mixed(everybody: Mapping[int, Mapping[str, Answers]]) -> list[MixedOfficer]:
    """Return the officers in the order given, each with the rate that the desk's mix of services would give.

    Nothing where everybody serves one and the same group: there is nothing to put right then.
    """
    letters = {letter for groups in everybody.values() for letter, answers in groups.items() if answers.n}
    if len(letters) < TWO:
        return []
    desk = {
        letter: sum_answers([groups[letter] for groups in everybody.values() if letter in groups])
        for letter in sorted(letters)
    }
    sums = {officer: sum_answers(list(groups.values())) for officer, groups in everybody.items()}
    reliabilities = measure_reliability(list(sums.values()))
    is_open = sum(one.is_open for one in reliabilities) >= TWO
    return [
        MixedOfficer(
            officer,
            tuple(sorted(letter for letter, answers in groups.items() if answers.n)),
            sums[officer],
            reliability,
            standardise(groups, desk) if is_open and reliability.is_open else None,
        )
        for (officer, groups), reliability in zip(everybody.items(), reliabilities, strict=True)
    ]
