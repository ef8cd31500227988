"""How the figures of the report of dossiers are computed, in words. Pure."""

from collections.abc import Iterator
from datetime import date

from motcua.desk.messages import mark
from motcua.reports.comparing.reliability import GATE
from motcua.reports.values import Phrase
from motcua.settings.model import DossierRules

NOTES = (
    mark(
        "Settled: the result was ready, or the dossier was refused or stopped after its time had begun, on these days."
        " What was refused when it came had no promised day; it counts as received and refused."
    ),
    mark(
        "Early, on the day and late are by the day that was promised before any new one, as in the official indices."
        " The day moves while the applicant is waited for."
    ),
    mark(
        "Working days count from the day after the dossier was complete to the one on which it was settled. Days in"
        " which papers or a payment were waited for are taken off. Results of the same day count 0."
    ),
    mark(
        "Intervals are 95 percent: of shares by Wilson (1927), of the median and the 90th percentile by ranks, whatever"
        " the spread (Conover 1999). Fewer than 6 dossiers give no median, fewer than 36 no 90th percentile."
    ),
    mark(
        "An apology was due for each dossier that was settled late in these days, or is late at their end. It is in"
        " time when it was written at least one working day before the promised day."
    ),
    mark(
        "The officer is the one who took the dossier in; who settles it can be somebody else. Officers are ordered by"
        " name. No figure here is a rank."
    ),
    mark(
        "Satisfaction by Decision 766 and the nine indices count the same dossiers in the report “Official indices”."
        " They are not computed here again."
    ),
    mark(
        "Digital: papers and dossiers are those that came in these days and were taken in; results are those handed out"
        " in these days. How the national targets count exactly is not known here; compare before you report."
    ),
)
_GATE = mark(
    "Shares stand side by side only within one field and from a reliability of %(gate)s percent on: at least that part"
    " of the difference between officers must be no chance."
)
_UNKNOWN = mark("Of %(count)s results nobody said whether they are electronic. They are in neither part of the share.")
_TARGET = mark("Targets: %(basis)s.")
_TARGET_SINCE = mark("Targets: %(basis)s, from %(since)s on.")


def write_notes(rules: DossierRules, unknown_results: int) -> Iterator[Phrase]:
    """Yield the notes. `unknown_results` is of how many results nobody said what they are."""
    yield from map(Phrase, NOTES)
    yield Phrase(_GATE, {"gate": round(GATE * 100)})
    if unknown_results:
        yield Phrase(_UNKNOWN, {"count": unknown_results})
    if rules.targets_basis and rules.targets_since:
        since = date.fromisoformat(rules.targets_since)
        yield Phrase(_TARGET_SINCE, {"basis": rules.targets_basis, "since": since})
    elif rules.targets_basis:
        yield Phrase(_TARGET, {"basis": rules.targets_basis})
