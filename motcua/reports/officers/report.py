"""The report by officer: work, presence, ratings, and satisfaction where officers may be compared."""

from datetime import date

from motcua.desk import Reader
from motcua.desk.messages import mark
from motcua.reports.comparing.counts import Answers
from motcua.reports.officers import notes, tables
from motcua.reports.officers.comparison import GroupComparison, compare_group, compare_mixed
from motcua.reports.officers.figures import list_figures
from motcua.reports.officers.model import OfficerFigures
from motcua.reports.shapes import OTHER, describe_pair
from motcua.reports.values import Cell, Period, Phrase, ReportSheet
from motcua.settings import store as settings_store
from motcua.work.model import OTHER_REASON


def build(db: Reader, period: Period) -> ReportSheet:
    """Return what each officer did on the days of `period`, by name."""
    everybody = list_figures(db, period)
    days = {"first": date.fromisoformat(period.first), "last": date.fromisoformat(period.last)}
    return ReportSheet(
        heading=Phrase(mark("Officers from %(first)s to %(last)s"), days),
        period=period,
        tables=tables.build_tables(
            everybody,
            compare_groups(everybody),
            compare_mixed(map_named(everybody)),
            map_pause_labels(db),
            map_correction_labels(db),
        ),
        notes=notes.NOTES,
        caution=Phrase(CAUTION),
    )


CAUTION = mark(
    "These figures show where to look. They are no ranking. Before a word of praise or blame, talk with the officer."
)


def map_named(everybody: list[OfficerFigures]) -> dict[int, dict[str, Answers]]:
    """Return the answers of those who have any and were signed in, by group of services."""
    return {one.officer: dict(one.answers) for one in everybody if one.officer is not None and one.answers}


def compare_groups(everybody: list[OfficerFigures]) -> list[GroupComparison]:
    """Return each group of services with answers, its officers in the order given."""
    named = map_named(everybody)
    letters = sorted({letter for groups in named.values() for letter in groups})
    return [
        compare_group(letter, {officer: groups[letter] for officer, groups in named.items() if letter in groups})
        for letter in letters
    ]


def map_pause_labels(db: Reader) -> dict[str, Cell]:
    """Return the labels of the reasons of pauses by their code."""
    choices = settings_store.get_settings(db).queue.pause_reasons
    return {"other": describe_pair(OTHER), **{choice.code: describe_pair(choice.label) for choice in choices}}


def map_correction_labels(db: Reader) -> dict[str, Cell]:
    """Return the labels of the reasons of corrected hours by their code."""
    choices = settings_store.get_settings(db).work.correction_reasons
    return {OTHER_REASON: describe_pair(OTHER), **{choice.code: describe_pair(choice.label) for choice in choices}}
