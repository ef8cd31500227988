"""The names of official indices and bands, and the notes of their report. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from motcua.desk.messages import mark
from motcua.feedback.rules.forms import QUESTIONS
from motcua.reports import not_rebuilt
from motcua.reports.values import Period, Phrase
from motcua.settings.model import IndexChoices, IndexRules
from motcua.settings.sections.index_choices import find_choices

RATED_INDICES = (1, 3, 4, 7)
"""What citizens rate by slip, device or online. Basis: art. 14 of the circular."""
NAMES = {
    1: mark("1. Total time of settling a procedure against the legal limit"),
    2: mark("2. Time of each agency that takes part against its limit"),
    3: mark("3. Contacts with the place of receipt to complete the dossier"),
    4: mark("4. Agencies to contact to complete the dossier"),
    5: mark("5. Receipt, settling and return of results at the one-stop desk"),
    6: mark("6. Publication of procedures"),
    7: mark("7. Attitude of officers in guidance, receipt and settling"),
    8: mark("8. Answers to reports and petitions"),
    9: mark("9. Progress and quality of online services"),
}
UNIT_BAND_LABELS = (mark("Excellent"), mark("Good"), mark("Fair"), mark("Average"), mark("Weak"))
OFFICER_BAND_LABELS = (
    mark("Fulfils 100% of the tasks"),
    mark("Fulfils 70% to under 100% of the tasks"),
    mark("Fulfils under 70% of the tasks"),
)
CONTACTS = mark(
    "Our choice 1, contacts: contacts that the applicant alone caused are not counted. With no others, index 3 is 2."
)
"""The files have no others; so this choice has no other value."""
CHOICES: Mapping[str, Mapping[str, str]] = {
    "one_agency": {
        "one": mark(
            "Our choice 2, agencies: exactly one agency that is not the one-stop desk also gives 1 in index 4."
        ),
        "zero": mark("Our choice 2, agencies: any agency besides the one-stop desk gives 0 in index 4."),
    },
    "late_attitude": {
        "zero": mark("Our choice 3, attitude: a late dossier without a report gives 0 in index 7."),
        "left_out": mark("Our choice 3, attitude: a late dossier without a report is left out of index 7."),
    },
    "online_between": {
        "lower": mark(
            "Our choice 4, online: what lies between the cases that the text names gets the lower score in index 9."
        ),
        "higher": mark(
            "Our choice 4, online: what lies between the cases that the text names gets the higher score in index 9."
        ),
    },
    "denominator": {
        "with_data": mark("Our choice 5, denominator: an index is over the dossiers that have data for it."),
        "all": mark("Our choice 5, denominator: a dossier without data for an index counts in it with no points."),
    },
    "rounding": {
        "each": mark("Rounding: each index is rounded to one decimal, half up, then they are added."),
        "total": mark("Rounding: indices are added as they are, and the total is rounded to one decimal, half up."),
    },
    "left_out": {
        "share": mark(
            "An index without data is left out; the band then goes by the share of the possible maximum, and the total"
            " without scaling stands below it."
        ),
        "unscaled": mark("An index without data is left out; the band goes by the total without scaling."),
    },
}
"""Where the text is silent, by setting and its value. Basis: LEGAL.md#nine-indices."""


def write_notes(rules: IndexRules, history: Sequence[IndexChoices], period: Period) -> Iterator[Phrase]:
    """Yield what each figure rests on, and which choices were made."""
    if rules.decision_766:
        yield Phrase(
            mark(
                "Decision 766/QĐ-TTg of 23/06/2022, applied here from %(since)s: dossiers without lateness, complaint"
                " or dissatisfaction, of all settled in the period. A dossier with several of these counts once. The"
                " national system subtracts the share of late dossiers and that of complaints; where that differs it is"
                " a line of its own. A complaint counts however it was concluded. Two decimals."
            ),
            {"since": date.fromisoformat(rules.decision_766_since)},
        )
    if rules.circular_2018:
        yield Phrase(
            mark(
                "Method of Circular 01/2018/TT-VPCP art. 13 to 15, applied here from %(since)s, selectable in the"
                " settings. It detailed Decree 61/2018/NĐ-CP, which was in force from 21/06/2018 to 30/06/2025. Whether"
                " the method goes on after that is not established."
            ),
            {"since": date.fromisoformat(rules.circular_2018_since)},
        )
        yield from _write_choices(history, period)
        yield Phrase(
            mark(
                "Index 8 is over the reports and petitions in this program, by the deadlines of the settings. One that"
                " was not answered in time counts on the day after its deadline."
            )
        )
    yield Phrase(
        mark(
            "Satisfaction rate of this hall: very satisfied and satisfied, of all ratings that count. Formula of the"
            " Ministry of Home Affairs' index (decision 1001/QĐ-BNV of 11/12/2023) [unverified]. It is not the"
            " ministry's survey. Ratings that were set aside stand in a line of their own."
        )
    )
    yield Phrase(mark("Lower and upper end: the 95 percent interval by Wilson (1927)."))
    yield Phrase(not_rebuilt.DOSSIERS)


def _write_choices(history: Sequence[IndexChoices], period: Period) -> Iterator[Phrase]:
    """Yield the choices that held in the period: all of the first ones, then what others changed."""
    before = find_choices(history, period.first)
    yield Phrase(
        mark("These choices hold from %(since)s. Basis: %(basis)s"),
        {"since": date.fromisoformat(before.since), "basis": before.basis or "–"},  # noqa: RUF001 -- a dash
    )
    yield Phrase(CONTACTS)
    for name, sentences in CHOICES.items():
        yield Phrase(sentences[getattr(before, name)])
    yield _write_least(before)
    yield from (_write_binding(index, getattr(before, f"form_{index}")) for index in RATED_INDICES)
    later = sorted((item for item in history if period.first < item.since <= period.last), key=lambda item: item.since)
    if later:
        yield Phrase(
            mark(
                "The choices changed within these days. Each dossier and each answer is scored by those of its day;"
                " rounding, grades and index 9 of all these days are those of the last day."
            )
        )
    for item in later:
        yield Phrase(
            mark("Other choices hold from %(since)s. Basis: %(basis)s"),
            {"since": date.fromisoformat(item.since), "basis": item.basis or "–"},  # noqa: RUF001 -- a dash
        )
        for name, sentences in CHOICES.items():
            if getattr(item, name) != getattr(before, name):
                yield Phrase(sentences[getattr(item, name)])
        if item.least_percent != before.least_percent:
            yield _write_least(item)
        if (item.unit_bands, item.officer_bands) != (before.unit_bands, before.officer_bands):
            yield Phrase(
                mark("From then on grades of the unit begin at %(unit)s points, results of officers at %(officer)s."),
                {"unit": _write_tenths(item.unit_bands), "officer": _write_tenths(item.officer_bands)},
            )
        for index in RATED_INDICES:
            if (question := getattr(item, f"form_{index}")) != getattr(before, f"form_{index}"):
                yield _write_binding(index, question)
        before = item


def _write_least(choices: IndexChoices) -> Phrase:
    return Phrase(
        mark(
            "No grade where indices with less than %(percent)s percent of the points have data: what is missing could"
            " then weigh more than what is known."
        ),
        {"percent": choices.least_percent},
    )


def _write_tenths(bands: Sequence[int]) -> str:
    return "; ".join(f"{band // 10},{band % 10}" for band in bands)


def _write_binding(index: int, question: str) -> Phrase:
    if not question:
        return Phrase(
            mark("Index %(index)s: no question of the rating form is bound to it, so citizens' answers are left out."),
            {"index": index},
        )
    return Phrase(
        mark(
            "Index %(index)s: answers of citizens to question %(letter)s of the rating form count beside the dossiers"
            " (art. 14). An answer names no dossier, so both may be about the same one."
        ),
        {"index": index, "letter": next(item.point for item in QUESTIONS if item.code == question)},
    )
