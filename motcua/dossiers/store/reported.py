"""What the report of dossiers counts: what came, how it was settled, what waits, which papers and results there are."""

from motcua.desk import Reader
from motcua.dossiers.model.reported import PaperCounts, SettledDossier, SupplementAsked, WaitingDossier
from motcua.dossiers.store.settled import BEFORE_EXTENSION

_PROMISED = f"CASE WHEN d.extensions THEN {BEFORE_EXTENSION} ELSE d.due_on END"
_APOLOGY = (
    "CASE WHEN d.extensions THEN (SELECT e.day FROM dossier_moves e WHERE e.dossier = d.code AND e.move = 'extended'"
    " ORDER BY e.id LIMIT 1) END"
)
_SETTLED = (
    f"SELECT d.code, d.procedure, d.officer, coalesce(d.counted_from, d.received_on), {_PROMISED}, m.day, m.move,"
    f" {_APOLOGY} FROM dossier_moves m INDEXED BY dossier_moves_day JOIN desk_dossiers d ON d.code = m.dossier"
    " WHERE m.move IN ('ready', 'refused', 'stopped', 'withdrawn') AND m.day BETWEEN ? AND ? ORDER BY m.day, d.code"
)
_WAITING_COLUMNS = (
    f"SELECT d.code, d.procedure, d.officer, coalesce(d.counted_from, d.received_on), {_PROMISED}, l.state,"
    f" {_APOLOGY} FROM desk_dossiers d JOIN dossier_moves l ON l.id = (SELECT max(n.id) FROM dossier_moves n"
    " WHERE n.dossier = d.code AND n.day <= :last) WHERE d.received_on <= :last"
)
_WAITING = (
    f"{_WAITING_COLUMNS} AND d.state IN ('received', 'supplement', 'processing', 'fee_due')"
    f" UNION ALL {_WAITING_COLUMNS} AND d.settled_at >= :end ORDER BY 1"
)
_RECEIVED = (
    "SELECT procedure, officer, count(*) FROM desk_dossiers WHERE received_on BETWEEN ? AND ?"
    " GROUP BY procedure, officer"
)
_REFUSED_AT_ONCE = (
    "SELECT d.procedure, d.officer, count(*) FROM dossier_moves m INDEXED BY dossier_moves_day"
    " JOIN desk_dossiers d ON d.code = m.dossier WHERE m.move = 'lodged' AND m.day BETWEEN ? AND ?"
    " AND m.state = 'refused' GROUP BY d.procedure, d.officer"
)
_REQUESTS = (
    "SELECT d.procedure, d.officer, m.dossier, EXISTS (SELECT 1 FROM dossier_moves b WHERE b.dossier = m.dossier"
    " AND b.id < m.id AND b.state = 'supplement') FROM dossier_moves m INDEXED BY dossier_moves_day"
    " JOIN desk_dossiers d ON d.code = m.dossier WHERE m.move IN ('supplement_asked', 'lodged')"
    " AND m.state = 'supplement' AND m.day BETWEEN ? AND ? ORDER BY m.id"
)
_PAUSES = (
    "SELECT p.dossier, p.move, p.day FROM dossier_moves p WHERE p.move IN ('supplement_asked', 'supplemented',"
    " 'fee_demanded', 'fee_paid') AND p.day <= :last AND p.dossier IN (SELECT m.dossier FROM dossier_moves m"
    " INDEXED BY dossier_moves_day WHERE m.move IN ('ready', 'refused', 'stopped') AND m.day BETWEEN :first AND :last)"
    " ORDER BY p.id"
)
_PAPERS = (
    "SELECT d.code, count(p.value), coalesce(sum(p.value ->> 'from_data'), 0), coalesce(sum(p.value ->> 'is_scanned'),"
    " 0) FROM desk_dossiers d, json_each(d.papers) p WHERE d.received_on BETWEEN ? AND ? AND NOT EXISTS (SELECT 1 FROM"
    " dossier_moves m WHERE m.dossier = d.code AND m.move = 'lodged' AND m.state = 'refused')"
    " GROUP BY d.code ORDER BY d.code"
)
_RESULTS = (
    "SELECT d.code, d.is_electronic FROM dossier_moves m INDEXED BY dossier_moves_day JOIN desk_dossiers d"
    " ON d.code = m.dossier WHERE m.move = 'returned' AND m.day BETWEEN ? AND ? ORDER BY d.code"
)


def list_settled_here(db: Reader, first: str, last: str) -> list[SettledDossier]:
    """Return the dossiers that were settled or withdrawn on the days from `first` to `last`, in their order."""
    return [SettledDossier(*row) for row in db.execute(_SETTLED, (first, last))]


def list_waiting_at(db: Reader, last: str, end: str) -> list[WaitingDossier]:
    """Return the dossiers that were open at the end of the day `last`, which is the moment `end`."""
    return [WaitingDossier(*row) for row in db.execute(_WAITING, {"last": last, "end": end})]


def count_received(db: Reader, first: str, last: str) -> list[tuple[str, int | None, int]]:
    """Return procedure, officer and number of the dossiers that came on these days."""
    return [(row[0], row[1], row[2]) for row in db.execute(_RECEIVED, (first, last))]


def count_refused_at_once(db: Reader, first: str, last: str) -> list[tuple[str, int | None, int]]:
    """Return procedure, officer and number of the dossiers that were refused when they came."""
    return [(row[0], row[1], row[2]) for row in db.execute(_REFUSED_AT_ONCE, (first, last))]


def list_requests(db: Reader, first: str, last: str) -> list[SupplementAsked]:
    """Return the requests for papers of these days."""
    rows = db.execute(_REQUESTS, (first, last))
    return [SupplementAsked(procedure, officer, code, bool(again)) for procedure, officer, code, again in rows]


def list_pauses(db: Reader, first: str, last: str) -> list[tuple[str, str, str]]:
    """Return dossier, move and day of each time that the time of a dossier stood still or ran again.

    Only of dossiers that were settled on these days.
    """
    return [(row[0], row[1], row[2]) for row in db.execute(_PAUSES, {"first": first, "last": last})]


def list_paper_counts(db: Reader, first: str, last: str) -> list[PaperCounts]:
    """Return the papers of the dossiers that came on these days and were taken in; without any it is left out."""
    return [PaperCounts(*row) for row in db.execute(_PAPERS, (first, last))]


def list_results(db: Reader, first: str, last: str) -> list[tuple[str, bool | None]]:
    """Return the dossiers whose result was handed out on these days, and whether it was an electronic document."""
    rows = db.execute(_RESULTS, (first, last))
    return [(code, None if electronic is None else bool(electronic)) for code, electronic in rows]
