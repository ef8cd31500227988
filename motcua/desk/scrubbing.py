"""What was erased is gone from every byte of the store and its log, not only from the tables.

SQLite overwrites what it deletes (`secure_delete`), but neither what it moved from page to page before that, nor the
log. A store says in its `user_version` whether it was rewritten since something was erased.
"""

from sqlite_utils import Database

BUSY_MS = 5000
SCRUBBED = 1


def is_scrubbed(db: Database) -> bool:
    """Say whether nothing that was erased is left in the free parts of the store."""
    return bool(db.conn.execute("PRAGMA user_version").fetchone()[0] == SCRUBBED)


def soil(db: Database) -> None:
    """Note, with what a transaction erases, that the store has to be scrubbed."""
    db.conn.execute("PRAGMA user_version=0")


def scrub(db: Database) -> None:
    """Rewrite the whole store, unless it is scrubbed: SQLite overwrites what it deletes, but not what it moved from
    page to page before.

    Raises `sqlite3.Error` where there is no room for that.
    """
    if is_scrubbed(db):
        return
    db.conn.execute("PRAGMA temp_store=FILE")  # a store of years has no room in memory
    try:
        db.conn.execute("VACUUM")
        db.conn.execute(f"PRAGMA user_version={SCRUBBED}")
    finally:
        db.conn.execute("PRAGMA temp_store=MEMORY")
    fold(db)


def fold(db: Database) -> bool:
    """Put the write-ahead log into the store and empty it; return whether that was possible: somebody may be reading
    just now.

    What was erased is gone from the disk's files only then. Waits for nobody.
    """
    db.conn.execute("PRAGMA busy_timeout=0")
    try:
        return not db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        db.conn.execute(f"PRAGMA busy_timeout={BUSY_MS}")
