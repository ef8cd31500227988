"""The names of official indices and bands, and the notes of their report. Pure."""

from collections.abc import Iterator
from datetime import date

from motcua.desk.messages import mark
from motcua.reports.values import Phrase
from motcua.settings.model import IndexRules

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
CHOICES = (
    mark(
        "Our choice 1, contacts: contacts that the applicant alone caused are not counted. With no others, index 3 is"
        " 2."
    ),
    mark("Our choice 2, agencies: exactly one agency that is not the one-stop desk also gives 1 in index 4."),
    mark("Our choice 3, attitude: a late dossier without a report gives 0 in index 7."),
    mark("Our choice 4, online: what lies between the cases that the text names gets the lower score in index 9."),
    mark(
        "Our choice 5, rounding and bands: an index is over the dossiers that have data for it. Each index is rounded"
        " to one decimal, half up, then they are added. An index without data is left out; the band then goes by the"
        " share of the possible maximum, and the total without scaling stands below it."
    ),
)
"""Where the text is silent. Basis: LEGAL.md#nine-indices."""
NOT_REBUILT = mark(
    "Dossiers come from imported files and cannot be rebuilt from the journal, which holds the digest of each"
    " file. Figures of the camera are in no index."
)


def write_notes(rules: IndexRules) -> Iterator[Phrase]:
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
        yield from (Phrase(choice) for choice in CHOICES)
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
    yield Phrase(NOT_REBUILT)
