"""Storing a month's report, and erasing old ones."""

from motcua.desk import Tx
from motcua.filing import store
from motcua.filing.events import ReportFiled, ReportsErased
from motcua.filing.model import FiledReport, ReportFile


def save_report(tx: Tx, file: ReportFile) -> FiledReport:
    """Store the report of a month and return it; one that is stored already stays as it is."""
    existing = store.find_of_month(tx.db, file.report, file.month)
    if existing is not None:
        return existing
    filed = store.add(tx.db, file)
    tx.emit(ReportFiled(filed.id, file.report, file.month, file.language, file.made_at, file.has_figures, filed.digest))
    return filed


def erase_reports(tx: Tx, before: str) -> int:
    """Erase the reports of the months before `before`, and return how many they were."""
    count = store.erase(tx.db, before)
    if count:
        tx.emit(ReportsErased(before, count))
    return count
