"""Satisfaction in settling dossiers by Decision 766/QĐ-TTg. Pure.

Basis: LEGAL.md#index-766.
"""

from collections.abc import Sequence

from motcua.dossiers.model.outcomes import Complaint, DossierOutcome
from motcua.reports.indices.model import DossierSatisfaction
from motcua.reports.measures import measure_rate

WHOLE = 10_000
"""100 percent in hundredths."""


def is_complained(dossier: DossierOutcome) -> bool:
    """Say whether somebody complained about it or was dissatisfied with it, however that was concluded."""
    return dossier.complaint in {Complaint.YES, Complaint.WRONG} or dossier.is_disliked is True


def is_troubled(dossier: DossierOutcome) -> bool:
    """Say whether it is late, complained about or rated as dissatisfied."""
    return dossier.is_late or is_complained(dossier)


def measure_satisfaction_of(dossiers: Sequence[DossierOutcome]) -> DossierSatisfaction | None:
    """Return the figure over the settled ones of these dossiers; None without any: no data is neither 0 nor 100."""
    settled = [item for item in dossiers if item.settled_on is not None]
    n = len(settled)
    if n == 0:
        return None
    late = sum(item.is_late for item in settled)
    complained = sum(is_complained(item) for item in settled)
    troubled = sum(is_troubled(item) for item in settled)
    return DossierSatisfaction(
        n=n,
        late=late,
        complained=complained,
        troubled=troubled,
        hundredths=round_to_hundredths(n - troubled, n),
        rate=measure_rate(n - troubled, n),
        operated=round_to_hundredths(max(0, n - late - complained), n),
        has_complaints=any(item.complaint is not None for item in settled),
        has_ratings=any(item.is_disliked is not None for item in settled),
    )


def round_to_hundredths(part: int, n: int) -> int:
    """Return `part` of `n` in hundredths of a percent, half rounded up."""
    return (2 * WHOLE * part + n) // (2 * n)
