"""The hash-chained journal: audit trail and push order in one.

A row's `hash` is the SHA-256 of `prev` + newline + the canonical JSON of its other seven fields.
So an edited, removed, inserted or moved row breaks every hash after it.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from json.encoder import encode_basestring as quote
from typing import cast

from msgspec import Struct
from sqlite_utils import Database

from motcua.desk.event import Event, Json
from motcua.desk.steps import can_follow

NOTHING_BEFORE = "0" * 64
_FIELDS = ("seq", "at", "day", "actor", "action", "subject", "data")


class Head(Struct, frozen=True):
    """The last row: what the next one is chained to. `at` and `day` are empty before the first."""

    seq: int
    hash: str
    at: str
    day: str


class ChainBreak(Struct, frozen=True):
    """The first row at which the chain does not hold, and what is wrong there."""

    seq: int
    problem: str


def create(db: Database) -> None:
    """Make the journal's table; rows can be added, never changed or removed."""
    db.execute(
        "CREATE TABLE journal (seq INTEGER PRIMARY KEY, at TEXT NOT NULL, day TEXT NOT NULL, actor TEXT NOT NULL,"
        " action TEXT NOT NULL, subject TEXT NOT NULL, data TEXT NOT NULL, prev TEXT NOT NULL, hash TEXT NOT "
        "NULL) STRICT"
    )
    db.execute("CREATE INDEX journal_action ON journal (action, seq)")
    db.execute(
        "CREATE TRIGGER journal_follows BEFORE INSERT ON journal WHEN NEW.seq <> (SELECT coalesce(max(seq), 0) + "
        "1 FROM journal)"
        " BEGIN SELECT RAISE(ABORT, 'the journal is only added to'); END"
    )
    db.execute(
        "CREATE TRIGGER journal_keeps BEFORE UPDATE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is "
        "only added to'); END"
    )
    db.execute(
        "CREATE TRIGGER journal_stays BEFORE DELETE ON journal BEGIN SELECT RAISE(ABORT, 'the journal is "
        "only added to'); END"
    )


def index_days(db: Database) -> None:
    """Let a day's rows be found without reading all of them."""
    db.execute("CREATE INDEX journal_day ON journal (day, action)")


def index_once(db: Database) -> None:
    """Find rows by action, and those of an action by day, in one index: each command has a page less to write."""
    db.execute("DROP INDEX journal_day")
    db.execute("DROP INDEX journal_action")
    db.execute("CREATE INDEX journal_action ON journal (action, day)")


_write_canonical = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
).encode  # made once: `json.dumps` makes one for each text


def canonicalise(value: object) -> str:
    """Return the one JSON text of `value`: sorted keys, no spaces, no ASCII escapes.

    Raises `ValueError` for floats that are no number.
    """
    return _write_canonical(value)


def hash_row(prev: str, row: dict[str, Json]) -> str:
    """Return the hash of a row (its first seven fields) that follows the hash `prev`."""
    return _hash_text(prev, canonicalise(row))


def _hash_text(prev: str, row: str) -> str:
    return hashlib.sha256(f"{prev}\n{row}".encode()).hexdigest()


def read_head(db: Database) -> Head:
    """Return the last row's place in the chain."""
    row = db.execute("SELECT seq, hash, at, day FROM journal ORDER BY seq DESC LIMIT 1").fetchone()
    return Head(*row) if row else Head(0, NOTHING_BEFORE, "", "")


def is_last_link_whole(db: Database) -> bool:
    """Say whether the last row follows from the one before it: the cheap part of `first_broken_link`."""
    last = read_head(db)
    last_rows = list(read_rows(db, last.seq - 2))
    if not last_rows:
        return True
    before = last_rows[0]["hash"] if len(last_rows) > 1 else NOTHING_BEFORE
    row = last_rows[-1]
    return row["prev"] == before and row["hash"] == hash_row(cast(str, before), {name: row[name] for name in _FIELDS})


def append(
    db: Database, last: Head, at: str, day: str, actor: str, event: Event, via: dict[str, Json] | None = None
) -> Head:
    """Add one row after `last` and return the new head.

    Raises `ValueError` for an `at` before the last row's that no step explains.

    `via` names the device program that brought it; it is one field more of the row's data, and only there where
    somebody came so.
    """
    data = event.to_data() if via is None else {**event.to_data(), "via": dict(via)}
    seq, kind, subject = last.seq + 1, event.kind, event.subject
    if not can_follow(last.at, {"seq": seq, "at": at, "action": kind, "data": data}):
        raise ValueError(f"a row of {at} cannot follow one of {last.at}")
    text = canonicalise(data)
    row = (  # the canonical JSON of all seven fields, without writing the data once more
        f'{{"action":{quote(kind)},"actor":{quote(actor)},"at":{quote(at)},"data":{text},"day":{quote(day)},'
        f'"seq":{seq},"subject":{quote(subject)}}}'
    )
    digest = _hash_text(last.hash, row)
    db.execute(
        "INSERT INTO journal (seq, at, day, actor, action, subject, data, prev, hash) VALUES (?,?,?,?,?,?,?,?,?)",
        (seq, at, day, actor, kind, subject, text, last.hash, digest),
    )
    return Head(seq, digest, at, day)


def read_rows(db: Database, after: int = 0) -> Iterator[dict[str, Json]]:
    """Yield every row after `after` with its nine fields, in order.

    Raises `ValueError`, `RecursionError` at a row that is no JSON.
    """
    return (parse_row(row) for row in read_raw_rows(db, after))


def read_raw_rows(db: Database, after: int = 0) -> Iterator[dict[str, Json]]:
    """Yield every row after `after`, `data` as the text it is kept as."""
    query = "SELECT seq, at, day, actor, action, subject, data, prev, hash FROM journal WHERE seq > ? ORDER BY seq"
    return (cast("dict[str, Json]", dict(row)) for row in db.execute(query, (after,)))


def parse_row(row: dict[str, Json]) -> dict[str, Json]:
    """Return a raw row with its data. Raises `ValueError`, `RecursionError` when that is no JSON."""
    return {**row, "data": json.loads(cast(str, row["data"]))}


class NotCanonicalError(ValueError):
    """A row's stored bytes are not the one way of writing what they say."""

    def __init__(self, seq: int) -> None:
        super().__init__(f"row {seq} is not stored in its canonical form")
        self.seq = seq


def read_strict_rows(db: Database, after: int = 0) -> Iterator[dict[str, Json]]:
    """As `rows`, and each row's bytes are compared with the canonical form of what they say.

    Two texts that say the same (other spaces, escapes, a key twice) have one hash, but only one of them was written
    by this program. Raises `NotCanonicalError`.
    """
    for raw in read_raw_rows(db, after):
        row = parse_row(raw)
        if _has_float(row["data"]) or canonicalise(row["data"]) != raw["data"]:
            raise NotCanonicalError(cast(int, raw["seq"]))
        yield row


def _has_float(value: object) -> bool:
    if isinstance(value, dict):
        return any(map(_has_float, value.values()))
    return any(map(_has_float, value)) if isinstance(value, list) else isinstance(value, float)


def list_rows(db: Database, action: str) -> list[dict[str, Json]]:
    """Return every row of `action`, in order."""
    query = "SELECT seq, at, day, actor, action, subject, data, prev, hash FROM journal WHERE action = ? ORDER BY seq"
    return [parse_row(dict(row)) for row in db.execute(query, (action,))]


def list_day_rows(db: Database, day: str, actions: Sequence[str]) -> list[dict[str, Json]]:
    """Return the rows of `actions` on `day` in order: `seq`, `at`, `day`, `action`, and `data` as the JSON text it
    is kept as.
    """
    marks = ", ".join("?" for _ in actions)
    query = f"SELECT seq, at, day, action, data FROM journal WHERE day = ? AND action IN ({marks}) ORDER BY seq"
    return [dict(row) for row in db.execute(query, (day, *actions))]


def list_rows_about(db: Database, action: str, subject: str) -> list[dict[str, Json]]:
    """Return the rows of one action about one subject, on whatever day, as `of_day` does."""
    query = "SELECT seq, at, day, action, data FROM journal WHERE action = ? AND subject = ? ORDER BY seq"
    return [dict(row) for row in db.execute(query, (action, subject))]


def find_last_before(db: Database, action: str, seq: int) -> dict[str, Json] | None:
    """Return the data of the last row of `action` before row `seq`."""
    row = db.execute(
        "SELECT data FROM journal WHERE action = ? AND seq < ? ORDER BY day DESC, seq DESC LIMIT 1", (action, seq)
    ).fetchone()
    return cast("dict[str, Json]", json.loads(row[0])) if row else None


def find_data(db: Database, seq: int) -> dict[str, Json] | None:
    """Return the data of row `seq`, None where there is none."""
    row = db.execute("SELECT data FROM journal WHERE seq = ?", (seq,)).fetchone()
    return cast("dict[str, Json]", json.loads(row[0])) if row else None


def find_latest(db: Database, action: str) -> dict[str, Json] | None:
    """Return the data of the last row of `action`."""
    query = "SELECT data FROM journal WHERE action = ? ORDER BY day DESC, seq DESC LIMIT 1"
    row = db.execute(query, (action,)).fetchone()
    return cast("dict[str, Json]", json.loads(row[0])) if row else None


def list_data(db: Database, action: str) -> list[dict[str, Json]]:
    """Return the data of every row of `action`, in order."""
    return [
        json.loads(row[0]) for row in db.execute("SELECT data FROM journal WHERE action = ? ORDER BY seq", (action,))
    ]


def find_hashes(db: Database, seqs: Sequence[int]) -> dict[int, str]:
    """Return the stored hashes of the rows `seqs`; those that are not there are left out."""
    stored = ((seq, db.execute("SELECT hash FROM journal WHERE seq = ?", (seq,)).fetchone()) for seq in seqs)
    return {seq: str(row[0]) for seq, row in stored if row is not None}


def list_latest_subjects(db: Database, action: str, limit: int) -> list[str]:
    """Return what the last rows of `action` were about, newest first."""
    query = "SELECT subject FROM journal WHERE action = ? ORDER BY day DESC, seq DESC LIMIT ?"
    return [row[0] for row in db.execute(query, (action, limit))]


def count_by_day(db: Database, action: str, first: str, last: str) -> dict[str, int]:
    """Return how many rows of `action` each day from `first` to `last` has, in order; days without any are left out."""
    query = "SELECT day, count(*) FROM journal WHERE day BETWEEN ? AND ? AND action = ? GROUP BY day ORDER BY day"
    return {row[0]: row[1] for row in db.execute(query, (first, last, action))}


LOST, UNCHAINED, CHANGED, OUT_OF_TIME = (
    "row %s is missing (row %s stands in its place)",
    "does not follow the row before it",
    "its content does not match its hash",
    "its time does not follow that of the row before it",
)


def find_broken_link(lines: Iterator[dict[str, Json]]) -> ChainBreak | None:
    """Return the first row that does not follow from the one before, in the chain and in time, or None when the
    whole journal holds.
    """
    prev, at = NOTHING_BEFORE, ""
    for expected, row in enumerate(lines, start=1):
        seq = row.get("seq")
        if seq != expected:
            return ChainBreak(expected, LOST % (expected, seq))
        if row.get("prev") != prev:
            return ChainBreak(expected, UNCHAINED)
        if row.get("hash") != hash_row(prev, {name: row.get(name) for name in _FIELDS}):
            return ChainBreak(expected, CHANGED)
        if not can_follow(at, row):
            return ChainBreak(expected, OUT_OF_TIME)
        prev, at = cast(str, row["hash"]), cast(str, row["at"])
    return None
