"""The tables of official indices. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from motcua.desk.messages import mark
from motcua.dossiers.model.outcomes import DossierOutcome
from motcua.reports.indices import circular
from motcua.reports.indices.model import DossierSatisfaction, IndexScore, IndexTotal
from motcua.reports.indices.officers import PointReliability, measure_point_reliability
from motcua.reports.indices.words import NAMES, OFFICER_BAND_LABELS, UNIT_BAND_LABELS
from motcua.reports.measures import measure_satisfaction
from motcua.reports.values import PERCENT, Cell, CellType, Phrase, ReportColumn, ReportTable, count_column
from motcua.settings.sections.index_choices import USUAL, IndexChoices

_FIGURE = ReportColumn("figure", CellType.TEXT, mark("Figure"))
_POINTS = mark("points")
_SHARE_ENDS = (
    ReportColumn("low_tenths", CellType.SHARE, mark("Lower end"), PERCENT),
    ReportColumn("high_tenths", CellType.SHARE, mark("Upper end"), PERCENT),
)
SATISFACTION = (
    _FIGURE,
    count_column("numerator", mark("Numerator")),
    count_column("n", mark("Denominator")),
    ReportColumn("percent_hundredths", CellType.FINE_SHARE, mark("Value"), PERCENT),
    *_SHARE_ENDS,
)
RATINGS = (
    _FIGURE,
    count_column("numerator", mark("Numerator")),
    count_column("n", mark("Denominator")),
    ReportColumn("percent_tenths", CellType.SHARE, mark("Value"), PERCENT),
    *_SHARE_ENDS,
)
INDICES = (
    ReportColumn("index", CellType.TEXT, mark("Index")),
    count_column("numerator", mark("Numerator")),
    count_column("n", mark("Denominator")),
    ReportColumn("points_tenths", CellType.POINTS, mark("Value"), _POINTS),
    ReportColumn("missing", CellType.TEXT, mark("Missing")),
)
TOTALS = (
    _FIGURE,
    ReportColumn("points_tenths", CellType.POINTS, mark("Value"), _POINTS),
    ReportColumn("band", CellType.TEXT, mark("Grade")),
)
OFFICERS = (
    ReportColumn("officer", CellType.TEXT, mark("Officer")),
    count_column("n", mark("Dossiers")),
    ReportColumn("index_1_tenths", CellType.POINTS, mark("Index 1")),
    ReportColumn("index_2_tenths", CellType.POINTS, mark("Index 2")),
    ReportColumn("index_3_tenths", CellType.POINTS, mark("Index 3")),
    ReportColumn("index_4_tenths", CellType.POINTS, mark("Index 4")),
    ReportColumn("index_7_tenths", CellType.POINTS, mark("Index 7")),
    ReportColumn("total_tenths", CellType.POINTS, mark("Total"), _POINTS),
    ReportColumn("possible_tenths", CellType.POINTS, mark("Possible"), _POINTS),
    ReportColumn("band", CellType.TEXT, mark("Result")),
)
MISSING_DOSSIERS = mark("No imported dossier has data for it")
MISSING_UNIT = mark("The unit has declared nothing for these days (settings, Official indices)")


NOT_GRADED = mark("Not graded: fewer than %(percent)s percent of the points have data. Missing: index %(missing)s")


def build_satisfaction(figure: DossierSatisfaction | None) -> ReportTable:
    """Return satisfaction by Decision 766."""
    return ReportTable(
        "satisfaction_766",
        mark("Satisfaction in settling dossiers (Decision 766)"),
        SATISFACTION,
        tuple(_satisfaction_rows(figure)) if figure is not None else (),
        mark("No data: no dossier that was settled in these days was imported."),
    )


def _satisfaction_rows(figure: DossierSatisfaction) -> Iterable[tuple[Cell, ...]]:
    n, rate = figure.n, figure.rate
    good = n - figure.troubled
    yield Phrase(mark("Satisfaction")), good, n, figure.hundredths, rate.low_tenths, rate.high_tenths
    if figure.operated != figure.hundredths:
        both = max(0, n - figure.late - figure.complained)
        yield Phrase(mark("As the national system computes it")), both, n, figure.operated, None, None
    yield Phrase(mark("Late")), figure.late, n, None, None, None
    if not (figure.has_complaints or figure.has_ratings):
        words = Phrase(mark("Complaints and dissatisfaction: the files have no data, so only lateness counts"))
        yield words, None, None, None, None, None
    else:
        yield Phrase(mark("With a complaint or dissatisfied")), figure.complained, n, None, None, None


def build_ratings(levels: Mapping[int, int], doubtful: Mapping[int, int]) -> ReportTable:
    """Return the satisfaction rate of the hall's own ratings, without and with those that were set aside."""
    both = {level: levels.get(level, 0) + doubtful.get(level, 0) for level in {*levels, *doubtful}}
    rows = [_rating_row(mark("Very satisfied and satisfied"), levels)]
    if doubtful:
        rows.append(_rating_row(mark("The same with ratings that were set aside"), both))
    return ReportTable(
        "satisfaction_rate",
        mark("Satisfaction rate of this hall's ratings"),
        RATINGS,
        tuple(row for row in rows if row[2]),
        mark("No data: nobody rated in these days."),
    )


def _rating_row(label: str, levels: Mapping[int, int]) -> tuple[Cell, ...]:
    rate = measure_satisfaction(dict(levels))
    good = levels.get(4, 0) + levels.get(5, 0)
    if rate is None:
        return Phrase(label), 0, 0, None, None, None
    return Phrase(label), good, rate.n, rate.percent_tenths, rate.low_tenths, rate.high_tenths


def build_indices(scores: Sequence[IndexScore]) -> ReportTable:
    """Return the nine indices of the unit; one without data says what is missing."""
    by_index = {score.index: score for score in scores}
    return ReportTable(
        "indices",
        mark("Nine indices of the unit (method of Circular 01/2018)"),
        INDICES,
        tuple(_index_row(index, by_index.get(index)) for index in circular.UNIT_INDICES),
        "",
        about=mark("numerator: points of the dossiers, or what is judged; denominator: dossiers, or all of them"),
    )


def _index_row(index: int, score: IndexScore | None) -> tuple[Cell, ...]:
    if score is None:
        missing = MISSING_DOSSIERS if index in circular.SCORES else MISSING_UNIT
        return Phrase(NAMES[index]), None, None, None, Phrase(missing)
    if score.denominator is None:
        return Phrase(NAMES[index]), score.points, score.n, score.tenths, None
    return Phrase(NAMES[index]), score.numerator, score.denominator, score.tenths, None


def build_totals(total: IndexTotal, scores: Sequence[IndexScore] = ()) -> ReportTable:
    """Return the unit's total with its grade, or with what is missing for one."""
    rows: tuple[tuple[Cell, ...], ...] = ()
    if total.possible:
        band = write_band(total, UNIT_BAND_LABELS, circular.UNIT_INDICES, scores)
        scaled = (2 * total.tenths * total.maximum + total.possible) // (2 * total.possible)
        rows = (
            (Phrase(mark("Total of the indices with data")), total.tenths, band),
            (Phrase(mark("Possible maximum of these indices")), total.possible, None),
            (Phrase(mark("Scaled to the maximum of all indices")), scaled, None),
            (Phrase(mark("Maximum of all indices")), total.maximum, None),
        )
    return ReportTable("total", mark("Total and grade of the unit"), TOTALS, rows, mark("No index has data."))


def write_band(
    total: IndexTotal, labels: Sequence[str], indices: Sequence[int], scores: Sequence[IndexScore]
) -> Phrase | None:
    """Return the grade of a total, or which of `indices` are missing for one; None without any index."""
    if total.band is not None:
        return Phrase(labels[total.band])
    if total.least_percent is None:
        return None
    present = {score.index for score in scores}
    return Phrase(
        NOT_GRADED,
        {"percent": total.least_percent, "missing": ", ".join(str(one) for one in indices if one not in present)},
    )


def build_officers(
    dossiers: Sequence[DossierOutcome],
    names: Mapping[int, str],
    history: Sequence[IndexChoices] = (USUAL,),
    choices: IndexChoices = USUAL,
) -> ReportTable:
    """Return officers by name; the points of one below the gate are left empty, and how much is missing is said."""
    by_officer: dict[int, list[DossierOutcome]] = {}
    for item in dossiers:
        if item.officer is not None:
            by_officer.setdefault(item.officer, []).append(item)
    reliability = measure_point_reliability(by_officer, history)
    order = sorted(by_officer, key=lambda officer: (_by_given_name(names.get(officer, "")), officer))
    return ReportTable(
        "officers",
        mark("Officers (indices 1, 2, 3, 4 and 7)"),
        OFFICERS,
        tuple(
            _officer_row(names.get(officer, f"#{officer}"), by_officer[officer], reliability[officer], history, choices)
            for officer in order
        ),
        mark("No imported dossier names an officer."),
        about=mark("by name, not a ranking; points only where they say more than chance (reliability from 0.70)"),
    )


def _officer_row(
    name: str,
    dossiers: Sequence[DossierOutcome],
    reliability: PointReliability,
    history: Sequence[IndexChoices],
    choices: IndexChoices,
) -> tuple[Cell, ...]:
    if not reliability.is_open:
        words = (
            Phrase(mark("Not enough data: officers do not measurably differ"))
            if reliability.missing is None
            else Phrase(mark("Not enough data: about %(count)s dossiers are missing"), {"count": reliability.missing})
        )
        return name, len(dossiers), *(None,) * (len(circular.OFFICER_INDICES) + 2), words
    scores = circular.measure_officer(dossiers, history)
    total = circular.sum_officer(scores, choices)
    tenths = {score.index: score.tenths for score in scores}
    band = write_band(total, OFFICER_BAND_LABELS, circular.OFFICER_INDICES, scores)
    values = (tenths.get(index) for index in circular.OFFICER_INDICES)
    return name, len(dossiers), *values, total.tenths, total.possible, band


def _by_given_name(name: str) -> tuple[str, str]:
    return name.rsplit(" ", 1)[-1].casefold(), name.casefold()
