"""Keeping the summary of a closed day. It is no fact, so the journal has no row of it."""

from motcua.desk import Tx
from motcua.summaries import store
from motcua.summaries.model import ClosedDay


def keep_summary(tx: Tx, summary: ClosedDay) -> None:
    """Keep what a closed day adds up to."""
    store.save(tx.db, summary)
