"""What something costs by a fee of the catalogue. Pure."""

from motcua.procedures.model import Fee


def compute_sum(fee: Fee, units: int, sets: int = 1) -> int:
    """Return what `units` (pages, copies, cases) cost in VND, `sets` times; the maximum bounds each set.

    Certified copies of five pages, twice: `compute_sum(fee, 5, 2)`.
    """
    prices = [(1, fee.amount), *((tier.first, tier.amount) for tier in fee.tiers)]
    ends = [first - 1 for first, _amount in prices[1:]] + [units]
    total = sum(amount * max(0, min(end, units) - first + 1) for (first, amount), end in zip(prices, ends, strict=True))
    return sets * (total if fee.maximum is None else min(total, fee.maximum))
