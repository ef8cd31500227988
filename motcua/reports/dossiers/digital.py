"""How far papers and results are digital, each share with its numerator and its denominator. Pure.

The national targets name such shares, but the texts at hand do not say how they count: the notes say how it is done
here, and a target is a setting. Basis: LEGAL.md#digitisation.
"""

from collections.abc import Iterable, Sequence

from msgspec import Struct

from motcua.desk.messages import mark
from motcua.dossiers.model.reported import PaperCounts
from motcua.reports.dossiers.figures import ReportedFacts
from motcua.settings.model import DossierRules


class DigitalShare(Struct, frozen=True):
    """One share: `count` of `of`. `counted` are the dossiers of the numerator, `others` the rest of the denominator.

    `target` is in percent; 0 for none.
    """

    id: str
    label: str
    count: int
    of: int
    counted: tuple[str, ...]
    others: tuple[str, ...]
    target: int


SCANNED, DIGITISED, ELECTRONIC, REUSED, REUSING = "scanned", "digitised", "electronic", "reused", "reusing"
LABELS = {
    SCANNED: mark("Papers that were scanned, of all handed in on paper"),
    DIGITISED: mark("Dossiers whose papers are all scanned or come from data"),
    ELECTRONIC: mark("Results issued as an electronic document, of those handed out"),
    REUSED: mark("Papers that come from data, of all papers"),
    REUSING: mark("Dossiers with a paper that comes from data"),
}


def measure_shares(facts: ReportedFacts, rules: DossierRules) -> list[DigitalShare]:
    """Return each share, one without a denominator too."""
    papers = facts.papers
    answered = [(code, is_electronic) for code, is_electronic in facts.results if is_electronic is not None]
    electronic = [code for code, is_electronic in answered if is_electronic]
    return [
        _measure(
            SCANNED,
            sum(one.scanned for one in papers),
            sum(one.papers - one.from_data for one in papers),
            [one for one in papers if one.papers > one.from_data],
            [one for one in papers if one.scanned],
            rules.target_scanned,
        ),
        _count(DIGITISED, papers, [one for one in papers if _is_digital(one)], rules.target_digitised),
        DigitalShare(
            ELECTRONIC,
            LABELS[ELECTRONIC],
            len(electronic),
            len(answered),
            tuple(electronic),
            tuple(code for code, is_electronic in answered if not is_electronic),
            rules.target_electronic,
        ),
        _measure(
            REUSED,
            sum(one.from_data for one in papers),
            sum(one.papers for one in papers),
            papers,
            [one for one in papers if one.from_data],
            rules.target_reused,
        ),
        _count(REUSING, papers, [one for one in papers if one.from_data], 0),
    ]


def count_unknown_results(facts: ReportedFacts) -> int:
    """Return of how many results nobody said whether they were electronic."""
    return sum(is_electronic is None for _code, is_electronic in facts.results)


def _is_digital(one: PaperCounts) -> bool:
    return one.scanned + one.from_data == one.papers


def _count(name: str, papers: Sequence[PaperCounts], counted: Sequence[PaperCounts], target: int) -> DigitalShare:
    return _measure(name, len(counted), len(papers), papers, counted, target)


def _measure(
    name: str, count: int, of: int, papers: Iterable[PaperCounts], counted: Iterable[PaperCounts], target: int
) -> DigitalShare:
    codes = {one.code for one in counted}
    others = tuple(one.code for one in papers if one.code not in codes)
    return DigitalShare(name, LABELS[name], count, of, tuple(sorted(codes)), others, target)
