"""An officer's ratings in one group of services, as a proposal rests on them. Pure.

The comparison is open only if the officer and somebody else reach the gate, and enough officers have answers.
"""

from collections.abc import Mapping

from motcua.copies import replace
from motcua.reports.comparing.counts import Answers, sum_answers
from motcua.reports.comparing.funnel import ChanceLimits, compute_limits
from motcua.reports.comparing.reliability import TWO, Reliability, measure_reliability
from motcua.reports.comparing.shrinkage import shrink, weigh_beliefs
from motcua.reports.measures import measure_rate, round_to_tenths
from motcua.work.model import GroupEvidence, Names, ProposalTerms, Span, SpannedRate
from motcua.work.rules import find_funnel_place

HUNDRED, THOUSAND = 100, 1000


def describe_group(
    letter: str, name: Names, officer: int, everybody: Mapping[int, Answers], terms: ProposalTerms
) -> GroupEvidence:
    """Return the group's evidence about `officer`, who has answers in it, as all have that are in `everybody`."""
    answers, numbers = list(everybody.values()), list(everybody)
    rated = everybody[officer]
    reliabilities = measure_reliability(answers, terms.reliability_percent / HUNDRED)
    reliability = reliabilities[numbers.index(officer)]
    is_shared = len(answers) >= terms.officers_least
    raw = measure_rate(rated.satisfied, rated.n)
    drawn = shrink(rated, weigh_beliefs(answers)) if is_shared else None
    evidence = GroupEvidence(
        letter=letter,
        name=name,
        n=rated.n,
        satisfied=rated.satisfied,
        raw=(raw.percent_tenths, raw.low_tenths, raw.high_tenths),
        shrunk=_write_rate(drawn.rate, drawn.low, drawn.high) if drawn else None,
        officers=len(answers),
        missing=reliability.missing,
    )
    if not (is_shared and _is_open(reliability, reliabilities)):
        return evidence
    together = sum_answers(answers)
    mean = together.satisfied / together.n
    inner, outer = (
        compute_limits(mean, rated.n, within / THOUSAND) for within in (terms.inner_tenths, terms.outer_tenths)
    )
    return replace(
        evidence,
        mean=round_to_tenths(mean),
        inner=_write_limits(inner),
        outer=_write_limits(outer),
        place=find_funnel_place(rated.satisfied / rated.n, (inner.low, inner.high), (outer.low, outer.high)),
    )


def _is_open(reliability: Reliability, everybody: list[Reliability]) -> bool:
    return reliability.is_open and sum(one.is_open for one in everybody) >= TWO


def _write_rate(rate: float, low: float, high: float) -> SpannedRate:
    return round_to_tenths(rate), round_to_tenths(low), round_to_tenths(high)


def _write_limits(limits: ChanceLimits) -> Span:
    return round_to_tenths(limits.low), round_to_tenths(limits.high)
