"""Which figures of the smile index may be seen. Pure. Basis: LEGAL.md#camera-and-ai."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence

from motcua.reports.camera.model import ClosedBecause, HiddenBecause
from motcua.reports.measures import Coefficient

SHARE_MAX_PERCENT = 75
"""No one officer and no one counter may have more of the visits: else the desk's figure is theirs.

The dominance rule of official statistics; A. Hundepool and others, Statistical Disclosure Control (2012), section 4.2.
"""
AGREEMENT_LEAST = 0.3
"""Below this rho figures by officer are closed."""
AGREEMENT_DAYS = 90
"""Over so many days, today included, it is measured."""
OFFICER_LEAST = 30
"""Visits of one officer with an index, from which a median may be seen."""

Place = tuple[int | None, int]
"""The officer (None: nobody had signed in) and the counter of a visit."""


def find_hidden(readings: Sequence[Place], pairs: Sequence[Place], minimum_pairs: int) -> HiddenBecause | None:
    """Return why the desk's figures must be hidden, None where they may be seen.

    `readings` are the visits with an index, `pairs` those that also have a rating that counts.
    """
    if len(pairs) < minimum_pairs:
        return HiddenBecause.FEW
    for visits in (readings, pairs):
        if is_one_sided(officer if officer is not None else -counter for officer, counter in visits):
            return HiddenBecause.ONE_OFFICER
        if is_one_sided(counter for _officer, counter in visits):
            return HiddenBecause.ONE_COUNTER
    return None


def is_one_sided(names: Iterable[Hashable]) -> bool:
    """Say whether one name has more of the visits than anybody may have."""
    counts = Counter(names)
    return max(counts.values(), default=0) * 100 > counts.total() * SHARE_MAX_PERCENT


def find_closing(rho: Coefficient | None) -> ClosedBecause | None:
    """Return why the measured agreement closes figures by officer, None where it does not."""
    if rho is None:
        return ClosedBecause.NOT_MEASURED
    return ClosedBecause.LOW_AGREEMENT if rho.value < AGREEMENT_LEAST else None
