"""A store as it was before agents were bound to counters."""

import sqlite3
from pathlib import Path


def take_back(path: Path) -> None:
    """Take back what the newer program did to the store at `path`, but for its rows."""
    db = sqlite3.connect(path)
    with db:
        for name in ("added", "removed", "changed"):
            db.execute(f"DROP TRIGGER equipment_{name}")
        db.execute("DROP TABLE equipment_bindings")
        db.execute("ALTER TABLE pairings DROP COLUMN serves")
        db.execute(
            "DELETE FROM _sqlite_migrations WHERE name IN ('equipment:bindings', 'equipment:facts', 'staff:serves')"
        )
    db.close()
