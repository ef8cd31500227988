"""Verifies the journal and holds the tables beside it, in a process of its own: `python -m motcua.run.audit_child
FOLDER [NICER]`.

Prints one JSON object: `row`, the first one that breaks the chain, or null; `count`, in how many places the tables
differ.
"""

import json
import os
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

from motcua.audit.compare import list_differences
from motcua.desk import Reader, journal
from motcua.desk.database import open_reader
from motcua.desk.packing import STORE


def audit_journal(db: Reader) -> dict[str, Any]:
    """Return what is wrong with a store, seen at one moment."""
    db.conn.execute("BEGIN")
    try:
        broken = journal.find_broken_link(journal.read_strict_rows(db))
    except journal.NotCanonicalError as error:
        return {"row": error.seq, "count": 0}
    except (ValueError, RecursionError):
        return {"row": journal.read_head(db).seq, "count": 0}
    if broken is not None:
        return {"row": broken.seq, "count": 0}
    return {"row": None, "count": sum(1 for _difference in list_differences(db))}


def main() -> int:
    """Answer and end."""
    if hasattr(os, "nice"):
        os.nice(int(sys.argv[2]) if len(sys.argv) > 2 else 0)  # noqa: PLR2004 -- the folder comes first
    with closing(open_reader(Path(sys.argv[1]) / STORE)) as db:
        print(json.dumps(audit_journal(db)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
