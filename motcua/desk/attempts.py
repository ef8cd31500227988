"""How one command runs in the transaction of its group, so that its failure leaves no trace.

A savepoint would copy each page before its first change. Nearly every refusal comes before the first write, so that
there is nothing to take back.
"""

import sqlite3
from collections.abc import Callable

from motcua.desk.command import Outcome
from motcua.desk.database import make_unavailable
from motcua.desk.facts import StoreConnection

Attempt = Callable[[StoreConnection, Callable[[], Outcome]], Outcome]


class HalfDoneError(Exception):
    """A command failed after its first write."""


def run_freely(db: StoreConnection, work: Callable[[], Outcome]) -> Outcome:
    """Return the outcome of `work`.

    Raises `HalfDoneError` where it failed after a write, and what made the store give up the whole group.
    """
    changes = db.conn.total_changes
    try:
        return work()
    except BaseException as error:
        if not db.conn.in_transaction:  # the disk is full, the file is lost
            raise
        if db.conn.total_changes != changes:
            raise HalfDoneError from error
        return _refuse(error)


def run_apart(db: StoreConnection, work: Callable[[], Outcome]) -> Outcome:
    """Return the outcome of `work`; where it failed, all that it wrote is taken back.

    Raises what made the store give up the whole group.
    """
    db.conn.execute("SAVEPOINT command")
    try:
        outcome = run_freely(db, work)
    except HalfDoneError as half:
        db.conn.execute("ROLLBACK TO command")
        db.facts = None  # what was read of a change that was taken back
        outcome = _refuse(half.__cause__)
    db.conn.execute("RELEASE command")
    return outcome


def _refuse(error: BaseException | None) -> Outcome:
    return Outcome(error=make_unavailable(error) if isinstance(error, sqlite3.OperationalError) else error)
