"""The summary of a closed day: what the reports over many days would otherwise rebuild from it each time."""

from motcua.desk import Reader
from motcua.reports.form import FORM
from motcua.reports.officers import store as officer_store
from motcua.reports.officers.keeping import write_officers
from motcua.reports.over_time import store as hall_store
from motcua.reports.over_time.keeping import write_facts
from motcua.summaries.model import ClosedDay


def build_summary(db: Reader, day: str) -> ClosedDay | None:
    """Return what a closed day adds up to; None where no row closed it. Takes some twenty milliseconds."""
    closing = hall_store.find_closing(db, day)
    if closing is None:
        return None
    facts = hall_store.measure_hall(db, day, closing)
    officers = officer_store.measure_officers(db, day)
    return ClosedDay(
        day, int(str(closing["seq"])), str(closing["hash"]), FORM, write_facts(facts), write_officers(officers)
    )
