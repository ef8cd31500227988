"""What a key costs while somebody types what they want, beside SQLite's own full-text search over the same names."""

import csv
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from time import process_time

from motcua.procedures import store
from motcua.procedures.rules.folding import fold
from motcua.procedures.rules.searching import build_index, search

from . import limits
from .run import Run

PHRASES = Path(__file__).parent.parent / "tests" / "unit" / "procedures" / "everyday_phrases.csv"
LIMIT = 10
TOP = 3


def searching(run: Run) -> None:
    """Put the cost of a key on the report, the reference, what making the index costs, and how much is found."""
    with PHRASES.open(encoding="utf-8") as file:
        rows = [(row["phrase"], set(row["codes"].split())) for row in csv.DictReader(file)]
    keys = [phrase[:end] for phrase, _codes in rows for end in range(1, len(phrase) + 1)]
    keys = keys[:: 20 if run.quick else 1]
    begin = process_time()
    index = build_index(store.load_procedures().values(), store.load_words())
    run.report.add("the index of all procedures is made", (process_time() - begin) * 1000, "ms")
    with closing(sqlite3.connect(":memory:")) as db:
        db.execute("CREATE VIRTUAL TABLE names USING fts5 (name, tokenize = 'unicode61 remove_diacritics 2')")
        names = [(" ".join(fold(item.name)),) for item in store.load_procedures().values()]
        db.executemany("INSERT INTO names VALUES (?)", names)
        reference = _measure(keys, lambda key: _match(db, key))
    run.report.put(limits.SEARCH_KEY.judge(_measure(keys, lambda key: search(index, key, LIMIT)), reference))
    hits = sum(bool(codes & {item.code for item in search(index, phrase, TOP)}) for phrase, codes in rows)
    run.report.add("everyday phrases whose procedure is among the first three", 100 * hits / len(rows), "%")


def _match(db: sqlite3.Connection, key: str) -> None:
    words = " OR ".join(f'"{word}"*' for word in fold(key))
    if words:
        db.execute("SELECT rowid FROM names WHERE names MATCH ? ORDER BY rank LIMIT ?", (words, LIMIT)).fetchall()


def _measure(keys: list[str], work: Callable[[str], object]) -> float:
    """Return the processor time of one key in ms."""
    begin = process_time()
    for key in keys:
        work(key)
    return (process_time() - begin) * 1000 / len(keys)
