"""Rates of officers who serve different things, made comparable: what each would have with the desk's own mix.

Source: P. Armitage, G. Berry, J. N. S. Matthews, Statistical Methods in Medical Research, 4th ed. (2002), section
19.3: direct standardisation.
"""

from collections.abc import Mapping
from math import sqrt

from msgspec import Struct

from motcua.reports.comparing.counts import Answers
from motcua.reports.measures import Z_95


class MixedRate(Struct, frozen=True):
    """A rate with the desk's mix of services and its 95 % interval, as fractions.

    `n` are the answers behind it; `covered` is the part of the desk's answers in services for which there are own
    answers: with less than all, the rate speaks for these services only.
    """

    rate: float
    low: float
    high: float
    n: int
    covered: float


def standardise(officer: Mapping[str, Answers], desk: Mapping[str, Answers]) -> MixedRate | None:
    """Return somebody's rate, each group of services weighted by the desk's answers; None without common answers.

    The variance of a group takes two satisfied and two other answers more than there were (Agresti and Coull):
    a group with only satisfied answers is not taken for certain.
    """
    common = {
        group: desk[group].n for group, answers in officer.items() if answers.n and group in desk and desk[group].n
    }
    whole = sum(common.values())
    if not whole:
        return None
    rate = variance = 0.0
    for group, size in common.items():
        weight, answers = size / whole, officer[group]
        rate += weight * answers.satisfied / answers.n
        drawn, more = (answers.satisfied + 2) / (answers.n + 4), answers.n + 4
        variance += weight * weight * drawn * (1 - drawn) / more
    half = Z_95 * sqrt(variance)
    n = sum(officer[group].n for group in common)
    everything = sum(answers.n for answers in desk.values())
    return MixedRate(rate, max(0.0, rate - half), min(1.0, rate + half), n, whole / everything)
