"""The comparison of officers: a funnel for each group of services where the gate is reached, else what is missing."""

from motcua.catalogue import store as catalogue_store
from motcua.desk import Reader
from motcua.reports.comparing.counts import Answers
from motcua.reports.measures import round_to_tenths
from motcua.reports.officers.comparison import ComparedOfficer, GroupComparison, compare_mixed
from motcua.reports.officers.figures import list_figures
from motcua.reports.officers.model import OfficerFigures
from motcua.reports.officers.report import compare_groups, map_named
from motcua.reports.officers.tables import write_rate, write_shrunk, write_state
from motcua.reports.values import Period, Phrase
from motcua.views.shapes import View, both


def show_comparison(db: Reader, period: Period) -> View:
    """Return the groups of services with answers, and everybody over all groups; officers stand by name."""
    everybody = list_figures(db, period, with_work=False)
    names = {one.officer: one for one in everybody if one.officer is not None}
    titles = {group.letter: both(group.name) for group in catalogue_store.list_groups(db)}
    mixed = compare_mixed(map_named(everybody))
    answering = sum(bool(one.answers.n) for one in mixed)
    return {
        "groups": [
            {
                "letter": group.letter,
                "name": titles.get(group.letter, both((group.letter, group.letter))),
                **_group(group, names),
            }
            for group in compare_groups(everybody)
        ],
        "mixed": [
            {
                **_name(names[one.officer]),
                "letters": list(one.letters),
                "n": one.answers.n,
                "rate": None
                if one.rate is None
                else [round_to_tenths(share) for share in (one.rate.rate, one.rate.low, one.rate.high)],
                "covered": None if one.rate is None else round_to_tenths(one.rate.covered),
                "state": _phrase(write_state(one.reliability, one.rate is not None, answering)),
            }
            for one in mixed
        ],
    }


def _group(group: GroupComparison, names: dict[int, OfficerFigures]) -> View:
    answering = sum(bool(one.answers.n) for one in group.officers)
    return {
        "is_open": group.is_open,
        "n": group.together.n,
        "mean_tenths": write_rate(group.together)[0] if group.is_open else None,
        "limits": [
            [inner.n, *(round_to_tenths(end) for end in (inner.low, inner.high, outer.low, outer.high))]
            for inner, outer in group.funnel
        ],
        "officers": [_officer(one, group, names, answering) for one in group.officers],
    }


def _officer(one: ComparedOfficer, group: GroupComparison, names: dict[int, OfficerFigures], answering: int) -> View:
    answers = one.answers if one.shrunk is not None else Answers(0, 0)
    return {
        **_name(names[one.officer]),
        "n": one.answers.n,
        "raw": write_rate(answers),
        "shrunk": write_shrunk(one.shrunk),
        "inner": _ends(one, is_inner=True),
        "outer": _ends(one, is_inner=False),
        "is_outside": one.is_outside,
        "state": _phrase(write_state(one.reliability, group.is_open, answering)),
    }


def _ends(one: ComparedOfficer, *, is_inner: bool) -> list[int] | None:
    limits = one.inner if is_inner else one.outer
    return None if limits is None else [round_to_tenths(limits.low), round_to_tenths(limits.high)]


def _name(figures: OfficerFigures) -> View:
    return {"officer": figures.officer, "name": figures.name, "has_left": figures.has_left}


def _phrase(phrase: Phrase) -> View:
    return {"message": phrase.message, "params": dict(phrase.params)}
