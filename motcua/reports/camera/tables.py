"""The tables and notes of the camera's report, from what may be seen. Pure."""

from collections.abc import Iterable
from datetime import date
from math import floor

from motcua.desk.messages import mark
from motcua.reports import measures, not_rebuilt
from motcua.reports.camera import gates
from motcua.reports.camera.model import ANSWERS, CHILD, DeskExpression, HiddenBecause
from motcua.reports.measures import BANDS_SINCE, Coefficient
from motcua.reports.model import Rate
from motcua.reports.values import (
    PERCENT,
    Cell,
    CellType,
    Phrase,
    ReportColumn,
    ReportTable,
    count_column,
)

_SHARES = (
    ReportColumn("figure", CellType.TEXT, mark("Figure")),
    count_column("count", mark("Visits")),
    count_column("n", "n"),
    ReportColumn("percent_tenths", CellType.SHARE, mark("Share"), PERCENT),
    ReportColumn("low_tenths", CellType.SHARE, mark("Lower end"), PERCENT),
    ReportColumn("high_tenths", CellType.SHARE, mark("Upper end"), PERCENT),
)
_INDEX = (
    ReportColumn("figure", CellType.TEXT, mark("Figure")),
    count_column("score", mark("Smile index")),
    count_column("n", "n"),
)
_AGREEMENT = (
    ReportColumn("figure", CellType.TEXT, mark("Figure")),
    ReportColumn("value", CellType.COEFFICIENT, mark("Value")),
    ReportColumn("low", CellType.COEFFICIENT, mark("Lower end")),
    ReportColumn("high", CellType.COEFFICIENT, mark("Upper end")),
    count_column("n", "n"),
)
ANSWER_LABELS = {
    "yes": mark("Agreed"),
    "no": mark("Said no"),
    "none": mark("Did not answer (counts as no)"),
    "withdrawn": mark("Withdrew"),
    CHILD: mark("Left out by the officer (child)"),
}
_REGISTER = (
    ReportColumn("day", CellType.DAY, mark("Day")),
    count_column("notice", mark("Notice no.")),
    count_column("asked", mark("Asked")),
    count_column("yes", ANSWER_LABELS["yes"]),
    count_column("no", ANSWER_LABELS["no"]),
    count_column("none", mark("No answer")),
    count_column("withdrawn", ANSWER_LABELS["withdrawn"]),
    count_column(CHILD, mark("Child")),
)
REASON_LABELS = {
    "no_face": mark("No index: no face was seen"),
    "two_people": mark("No index: two people"),
    "face_too_small": mark("No index: the face was too small"),
    "too_dark": mark("No index: too dark"),
    "too_bright": mark("No index: too bright"),
    "blurred": mark("No index: blurred"),
    "turned_away": mark("No index: turned away"),
    "unreadable": mark("No index: the picture could not be read"),
    "no_consent": mark("No index: nobody had agreed, or no longer"),
    "stale_camera": mark("No index: the camera gave no new picture"),
    "too_few_frames": mark("No index: too few good pictures"),
}
_OTHER_REASON = mark("No index: another reason")
_HIDDEN = mark("Hidden. What is missing stands above the tables.")
CAUTION = mark(
    "Made by a machine, for information. 0 means that no smile was seen, not that somebody was dissatisfied."
    " Where the two differ, the pressed rating counts."
)
_CAUTIONS = {
    HiddenBecause.FEW: mark(
        "Figures of the smile index are hidden: they need %(least)s visits with index and pressed rating. There are"
        " %(count)s, so %(missing)s are missing."
    ),
    HiddenBecause.ONE_OFFICER: mark(
        "Figures of the smile index are hidden: one officer served more than %(share)s percent of these visits, so they"
        " would be that officer's. Choose a longer period."
    ),
    HiddenBecause.ONE_COUNTER: mark(
        "Figures of the smile index are hidden: one counter had more than %(share)s percent of these visits, so they"
        " would be that counter's. Choose a longer period."
    ),
}
NOTES = (
    Phrase(CAUTION),
    Phrase(not_rebuilt.SMILES),
    Phrase(mark("The smile index, 0 to 100, says how much of a smile a camera saw when citizens who agreed left.")),
    Phrase(
        mark(
            "Known weaknesses: it tells a happy face from a neutral one, but not an angry or sad face from a neutral"
            " one. In photographs it read lower for East and South-East Asian faces. It was not tested at Vietnamese"
            " counters. So there is no pass mark, and units must not be compared."
        )
    ),
    Phrase(
        mark(
            "Rho: Spearman's rank correlation of index and pressed level. 1: they always rise together. 0: they have"
            " nothing to do with each other."
        )
    ),
    Phrase(
        mark(
            "Kappa: Cohen's kappa with quadratic weights, of the pressed level and the index in five bands (0-19,"
            " 20-39, 40-59, 60-79, 80-100; our choice of %(day)s, measured at no counter). 1: full agreement. 0: what"
            " chance gives."
        ),
        {"day": date.fromisoformat(BANDS_SINCE)},
    ),
    Phrase(
        mark(
            "Lower and upper end: the 95 percent interval; of shares by Wilson (1927), of rho and kappa with the"
            " standard error for ties (Brown and Benedetti 1977; Fleiss, Cohen and Everitt 1969) on Fisher's scale."
            " n is how many it was measured on."
        )
    ),
    Phrase(mark("Quartiles and median are nearest ranks. Only the last answer of a visit to the question counts.")),
    Phrase(
        mark(
            "There are no figures by officer, counter, service or hour, and none of a single visit. Figures are hidden"
            " where one officer or one counter has more than %(share)s percent of the visits."
        ),
        {"share": gates.SHARE_MAX_PERCENT},
    ),
)
"""How the figures are computed, and what they do not say."""


def write_caution(desk: DeskExpression) -> Phrase:
    """Return what a reader must know before any figure."""
    if desk.hidden is None:
        return Phrase(CAUTION)
    return Phrase(
        _CAUTIONS[desk.hidden],
        {
            "least": desk.minimum_pairs,
            "count": desk.pairs,
            "missing": max(0, desk.minimum_pairs - desk.pairs),
            "share": gates.SHARE_MAX_PERCENT,
        },
    )


def build_tables(desk: DeskExpression) -> tuple[ReportTable, ...]:
    """Return the tables of a period."""
    figures = desk.figures
    index: tuple[tuple[Cell, ...], ...] = ()
    agreement: tuple[tuple[Cell, ...], ...] = ()
    if figures is not None:
        spread = figures.quartiles
        index = (
            (Phrase(mark("Lower quartile")), spread.lower, spread.n),
            (Phrase(mark("Median")), spread.median, spread.n),
            (Phrase(mark("Upper quartile")), spread.upper, spread.n),
        )
        agreement = (
            (Phrase(mark("Rho (rank correlation)")), *_write_coefficient(figures.rho, desk.pairs)),
            (Phrase(mark("Weighted kappa")), *_write_coefficient(figures.kappa, desk.pairs)),
        )
    machine = mark("made by a machine, for information")
    return (
        ReportTable("question", mark("The camera question"), _SHARES, tuple(_answers(desk)), ""),
        ReportTable("readings", mark("How many visits have a smile index"), _SHARES, tuple(_readings(desk)), ""),
        ReportTable("index", mark("Smile index"), _INDEX, index, _HIDDEN, about=machine),
        ReportTable(
            "agreement",
            mark("Agreement with pressed ratings"),
            _AGREEMENT,
            agreement,
            _HIDDEN,
            about=machine,
        ),
        ReportTable(
            "register",
            mark("Register of consents"),
            _REGISTER,
            tuple(
                (
                    row.day,
                    row.notice,
                    sum(row.answers.get(answer, 0) for answer in ANSWERS),
                    *(row.answers.get(answer, 0) for answer in (*ANSWERS, CHILD)),
                )
                for row in desk.register
            ),
            mark("Nobody was asked on these days."),
            about=mark("counts, no persons; by the number of the notice that was shown"),
        ),
    )


def _answers(desk: DeskExpression) -> Iterable[tuple[Cell, ...]]:
    yield Phrase(mark("Asked")), *_share(desk.asked, desk.served)
    for answer in ANSWERS:
        yield Phrase(ANSWER_LABELS[answer]), *_share(desk.answers.get(answer, 0), desk.asked)
    yield Phrase(ANSWER_LABELS[CHILD]), desk.answers.get(CHILD, 0), None, None, None, None


def _readings(desk: DeskExpression) -> Iterable[tuple[Cell, ...]]:
    yield Phrase(mark("Visits served")), desk.served, None, None, None, None
    yield Phrase(mark("With a smile index")), *_share(desk.readings, desk.served)
    yield Phrase(mark("With a smile index and a pressed rating")), *_share(desk.pairs, desk.readings)
    looked = desk.readings + sum(desk.reasons.values())
    for reason, count in desk.reasons.items():
        yield Phrase(REASON_LABELS.get(reason, _OTHER_REASON)), *_share(count, looked)


def _share(count: int, n: int) -> tuple[Cell, ...]:
    """Return a count, `n`, and the share of it with its interval."""
    rate: Rate | None = measures.measure_rate(count, n) if 0 < n >= count else None
    if rate is None:
        return count, n, None, None, None
    return count, n, rate.percent_tenths, rate.low_tenths, rate.high_tenths


def _write_coefficient(coefficient: Coefficient | None, n: int) -> tuple[Cell, ...]:
    if coefficient is None:
        return None, None, None, n
    ends = (coefficient.value, coefficient.low, coefficient.high)
    return *(None if end is None else floor(end * 100 + 0.5) for end in ends), coefficient.n
