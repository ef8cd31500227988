"""What leaders see beside the report of official indices: the files of dossiers, and the codes behind a figure."""

from motcua.desk import Reader, Unknown
from motcua.dossiers import store as dossier_store
from motcua.reports.indices import circular
from motcua.reports.indices.behind import FIGURES, OFFICER, list_behind
from motcua.reports.indices.model import IndexSources
from motcua.reports.indices.store import list_rated_visits, read_facts
from motcua.reports.indices.tables import write_band
from motcua.reports.indices.words import NAMES, OFFICER_BAND_LABELS
from motcua.reports.values import Period, Phrase
from motcua.settings import store as settings_store
from motcua.staff import store as staff_store
from motcua.views.shapes import View, format_local

LISTED_MAX = 500
"""So many codes of a group are listed; their number is said."""


def show_files(db: Reader) -> list[View]:
    """Return the files of dossiers that were imported, the newest days first."""
    zone = settings_store.get_timezone(db)
    names = staff_store.list_full_names(db)
    return [
        {
            "id": item.id,
            "first": item.first,
            "last": item.last,
            "count": item.count,
            "at": format_local(item.imported_at, zone),
            "by": names.get(item.account) if item.account is not None else None,
            "digest": item.digest,
        }
        for item in dossier_store.list_imports(db)
    ]


def show_behind(db: Reader, period: Period, figure: str, officer: int | None) -> View:
    """Return the codes behind a figure of `period`, in groups; those of an officer with the officer's indices.

    Labels are phrases. Raises `Unknown("report.figure" | "account.none_such")`.
    """
    facts = read_facts(db, period)
    visits = list_rated_visits(db, period) if officer is None else []
    groups = list_behind(figure, facts.sources, visits, officer)
    names = staff_store.list_full_names(db)
    if officer is not None and officer not in names:
        raise Unknown("account.none_such", "There is no such account.")
    return {
        "title": Phrase(FIGURES[figure]) if figure != OFFICER else None,
        "officer": names[officer] if officer is not None else None,
        "scores": _show_scores(facts.sources, officer) if figure == OFFICER else None,
        "groups": [
            {"label": item.label, "count": len(item.codes), "codes": item.codes[:LISTED_MAX], "path": item.path}
            for item in groups
        ],
    }


def _show_scores(sources: IndexSources, officer: int | None) -> View:
    scores = circular.measure_officer(
        [item for item in sources.dossiers or () if item.officer == officer], sources.history
    )
    total = circular.sum_officer(scores, sources.choices)
    return {
        "rows": [
            {"label": Phrase(NAMES[item.index]), "points": item.points, "n": item.n, "tenths": item.tenths}
            for item in scores
        ],
        "total": total.tenths,
        "possible": total.possible,
        "maximum": total.maximum,
        "band": write_band(total, OFFICER_BAND_LABELS, circular.OFFICER_INDICES, scores),
    }


def list_measured_officers(db: Reader, period: Period) -> list[View]:
    """Return the officers whom dossiers of `period` name, by account: number and name."""
    names = staff_store.list_full_names(db)
    dossiers = read_facts(db, period).sources.dossiers or ()
    numbers = {item.officer for item in dossiers if item.officer is not None}
    rows = [{"id": number, "name": names.get(number, f"#{number}")} for number in numbers]
    return sorted(rows, key=lambda row: (str(row["name"]).rsplit(" ", 1)[-1].casefold(), str(row["name"]).casefold()))
