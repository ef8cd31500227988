"""Which dossiers stand behind a figure of the report of dossiers, in groups that count alike. Pure."""

from collections.abc import Iterable, Iterator

from motcua.desk.errors import Unknown
from motcua.desk.messages import mark
from motcua.reports.dossiers.digital import LABELS, REUSED, SCANNED, measure_shares
from motcua.reports.dossiers.figures import ReportedFacts, is_in_time
from motcua.reports.indices.behind import BehindGroup
from motcua.reports.values import Phrase
from motcua.settings.model import Settings

SETTLED, WAITING, APOLOGIES = "settled", "waiting", "apologies"
FIGURES = {
    SETTLED: mark("Settled before the day, on the day and late"),
    WAITING: mark("Waiting at the end of the period"),
    APOLOGIES: mark("Late, settled or waiting: an apology was due"),
    **LABELS,
}
"""The figures that open, with their titles."""
PAGE = "/dossiers/"


def list_behind(figure: str, settings: Settings, facts: ReportedFacts) -> Iterator[BehindGroup]:
    """Yield the groups behind `figure`. Raises `Unknown("report.figure")`."""
    if figure == SETTLED:
        timed = facts.timed
        yield _group(mark("Before the day"), (one.code for one in timed if one.settled_on < (one.due_on or "")))
        yield _group(mark("On the day"), (one.code for one in timed if one.settled_on == one.due_on))
        yield _group(mark("Late"), (one.code for one in timed if facts.is_late(one)))
    elif figure == WAITING:
        yield _group(mark("Waiting and late"), (one.code for one in facts.waiting if facts.is_late(one)))
        yield _group(mark("Waiting, not late"), (one.code for one in facts.waiting if not facts.is_late(one)))
    elif figure == APOLOGIES:
        over = facts.over_day
        in_time = {one.code for one in over if is_in_time(settings, one)}
        yield _group(mark("With an apology in time"), in_time)
        later = (one.code for one in over if one.apologised_on is not None and one.code not in in_time)
        yield _group(mark("With a later apology"), later)
        yield _group(mark("Without an apology"), (one.code for one in over if one.apologised_on is None))
    elif figure in LABELS:
        share = next(one for one in measure_shares(facts, settings.dossiers) if one.id == figure)
        are_papers = figure in {SCANNED, REUSED}
        yield _group(mark("Dossiers with such a paper") if are_papers else mark("In the numerator"), share.counted)
        rest = mark("Dossiers of the denominator without one") if are_papers else mark("In the denominator only")
        yield _group(rest, share.others)
    else:
        raise Unknown("report.figure", "There is no such figure in this report.")


def _group(label: str, codes: Iterable[str]) -> BehindGroup:
    return BehindGroup(Phrase(label), tuple(sorted(codes)), PAGE)
