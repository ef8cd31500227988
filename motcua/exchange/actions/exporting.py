"""Taking dossiers along as a file, which is journalled."""

from motcua.desk import Invalid, Tx, parse_day
from motcua.exchange.actions.switched import require_dossiers
from motcua.exchange.events import DossiersExported
from motcua.exchange.model.exports import ExportFilter
from motcua.exchange.store.exports import list_export_codes

EXPORT_ROWS_MAX = 50_000


def export_dossiers(tx: Tx, which: ExportFilter, form: str, field: str, *, is_whole: bool) -> list[str]:
    """Return the codes of the dossiers in an export, and journal that somebody took it; `field` is how it was chosen.

    Raises `Unknown("dossiers.off")`, `Invalid("dossier.export_days" | "dossier.export_long")`.
    """
    require_dossiers(tx)
    if parse_day(which.first) is None or parse_day(which.last) is None or which.last < which.first:
        raise Invalid("dossier.export_days", "Choose the first and the last day of the export, in this order.")
    codes = list_export_codes(tx.db, which, EXPORT_ROWS_MAX + 1)
    if len(codes) > EXPORT_ROWS_MAX:
        raise Invalid(
            "dossier.export_long",
            "These days have more than %(most)s dossiers. Take them in several files.",
            most=EXPORT_ROWS_MAX,
        )
    states = [state.value for state in which.states]
    tx.emit(DossiersExported(which.first, which.last, list(states), field, form, is_whole, len(codes)))
    return codes
