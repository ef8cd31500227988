"""What stands behind a figure of the official indices: the codes of dossiers, visits and suggestions. Pure."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from motcua.desk.errors import Unknown
from motcua.desk.messages import mark
from motcua.dossiers.model.outcomes import DossierOutcome
from motcua.reports.indices import circular
from motcua.reports.indices.model import IndexSources
from motcua.reports.indices.satisfaction import is_complained, is_troubled
from motcua.reports.indices.words import NAMES
from motcua.reports.values import Phrase
from motcua.settings.sections.index_choices import IndexChoices

SATISFIED = 4
"""The lowest level that counts as satisfied."""
SATISFACTION_766, RATINGS, OFFICER = "satisfaction_766", "satisfaction_rate", "officer"
FIGURES = {
    SATISFACTION_766: mark("Satisfaction in settling dossiers (Decision 766)"),
    RATINGS: mark("Satisfaction rate of this hall's ratings"),
    **{f"index_{index}": NAMES[index] for index in (*circular.SCORES, 8, 9)},
}
"""The figures that open, with their titles. What the unit declares has no codes behind it."""


class BehindGroup(Struct, frozen=True):
    """Codes that count alike in a figure; each leads to `path` + code where that is not empty."""

    label: Phrase
    codes: tuple[str, ...]
    path: str = ""


def list_behind(
    figure: str, sources: IndexSources, visits: Sequence[tuple[str, int]], officer: int | None = None
) -> list[BehindGroup]:
    """Return the groups behind `figure`, over the dossiers of `officer` alone if named.

    Raises `Unknown("report.figure")`.
    """
    dossiers = [item for item in sources.dossiers or () if officer is None or item.officer == officer]
    if figure == OFFICER:
        return [
            group
            for index in circular.OFFICER_INDICES
            for group in _group_by_points(index, dossiers, sources.history, is_named=True)
        ]
    if figure not in FIGURES:
        raise Unknown("report.figure", "There is no such figure in this report.")
    if figure == SATISFACTION_766:
        return list(_group_by_trouble(dossiers))
    if figure == RATINGS:
        return [
            BehindGroup(
                Phrase(mark("Very satisfied and satisfied")),
                tuple(visit for visit, level in visits if level >= SATISFIED),
            ),
            BehindGroup(Phrase(mark("Other levels")), tuple(visit for visit, level in visits if level < SATISFIED)),
        ]
    index = int(figure.removeprefix("index_"))
    if index in circular.SCORES:
        return [*_group_by_points(index, dossiers, sources.history), *_group_answers(sources.answers.get(index, ()))]
    if index == 8:  # noqa: PLR2004 -- the number of an index
        return [
            BehindGroup(
                Phrase(label),
                tuple(str(item.number) for item in sources.reports if item.is_on_time is on_time),
                "/suggestions/",
            )
            for label, on_time in ((mark("Answered in time"), True), (mark("Late"), False))
        ]
    return [
        BehindGroup(Phrase(label), _list_codes(item for item in dossiers if item.is_online is is_online))
        for label, is_online in (
            (mark("Filed online"), True),
            (mark("Filed on paper"), False),
            (mark("Not counted: no data"), None),
        )
    ]


def _group_answers(answers: Sequence[tuple[str, int]]) -> Iterator[BehindGroup]:
    for points in (2, 1, 0) if answers else ():
        label = Phrase(mark("Answers of citizens: %(points)s points"), {"points": points})
        yield BehindGroup(label, tuple(visit for visit, own_points in answers if own_points == points))


def _group_by_points(
    index: int, dossiers: Sequence[DossierOutcome], history: Sequence[IndexChoices], *, is_named: bool = False
) -> Iterator[BehindGroup]:
    for points in (2, 1, 0, None):
        codes = _list_codes(item for item in dossiers if circular.score_dossier(index, item, history) == points)
        if points is None:
            label = (
                Phrase(mark("Index %(index)s: no data"), {"index": index})
                if is_named
                else Phrase(mark("Not counted: no data"))
            )
        elif is_named:
            label = Phrase(mark("Index %(index)s: %(points)s points"), {"index": index, "points": points})
        else:
            label = Phrase(mark("%(points)s points"), {"points": points})
        yield BehindGroup(label, codes)


def _group_by_trouble(dossiers: Sequence[DossierOutcome]) -> Iterator[BehindGroup]:
    settled = [item for item in dossiers if item.settled_on is not None]
    yield BehindGroup(Phrase(mark("In the numerator")), _list_codes(item for item in settled if not is_troubled(item)))
    yield BehindGroup(
        Phrase(mark("Only late")), _list_codes(item for item in settled if item.is_late and not is_complained(item))
    )
    yield BehindGroup(
        Phrase(mark("Only with a complaint or dissatisfied")),
        _list_codes(item for item in settled if is_complained(item) and not item.is_late),
    )
    yield BehindGroup(
        Phrase(mark("Late, and with a complaint or dissatisfied")),
        _list_codes(item for item in settled if is_complained(item) and item.is_late),
    )


def _list_codes(dossiers: Iterator[DossierOutcome]) -> tuple[str, ...]:
    return tuple(item.code for item in dossiers)
