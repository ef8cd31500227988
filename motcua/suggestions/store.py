"""Suggestions, messages about them and photos in the store."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any, cast

from motcua.desk import Reader, Room, Stamps, Unknown
from motcua.suggestions.model import (
    MessageKind,
    Suggestion,
    SuggestionKind,
    SuggestionMessage,
    SuggestionSource,
    SuggestionState,
)


def _first(db: Reader) -> None:
    db.execute(
        "CREATE TABLE suggestions (id INTEGER PRIMARY KEY AUTOINCREMENT, code TEXT NOT NULL UNIQUE, kind TEXT NOT NULL,"
        " state TEXT NOT NULL, source TEXT NOT NULL, received_at TEXT NOT NULL, received_on TEXT NOT NULL,"
        " text TEXT NOT NULL, contact TEXT, photo TEXT, visit TEXT, is_visit_proven INTEGER NOT NULL, counter INTEGER,"
        " concerned INTEGER, may_publish INTEGER NOT NULL, owner INTEGER, taken_at TEXT, closed_at TEXT,"
        " closed_on TEXT, original INTEGER, is_public INTEGER, rating INTEGER, change TEXT, changed_on TEXT,"
        " escalation TEXT NOT NULL, erased_at TEXT) STRICT"
    )
    db.execute("CREATE INDEX suggestions_state ON suggestions (state, received_on)")
    db.execute("CREATE INDEX suggestions_public ON suggestions (closed_on) WHERE is_public = 1")
    db.execute("CREATE INDEX suggestions_changed ON suggestions (changed_on) WHERE change IS NOT NULL")
    db.execute(
        "CREATE TABLE suggestion_messages (id INTEGER PRIMARY KEY AUTOINCREMENT, suggestion INTEGER NOT NULL,"
        " kind TEXT NOT NULL, at TEXT NOT NULL, text TEXT NOT NULL) STRICT"
    )
    db.execute("CREATE INDEX suggestion_messages_of ON suggestion_messages (suggestion, id)")
    db.execute(
        "CREATE TABLE suggestion_photos (commitment TEXT PRIMARY KEY, salt TEXT NOT NULL, image BLOB NOT NULL,"
        " erase_on TEXT NOT NULL) STRICT, WITHOUT ROWID"
    )


def _language(db: Reader) -> None:
    db.execute("ALTER TABLE suggestions ADD COLUMN language TEXT NOT NULL DEFAULT 'vi'")
    db.execute("CREATE INDEX suggestions_original ON suggestions (original) WHERE original IS NOT NULL")


_SINCE = "received_at >= :since OR taken_at >= :since OR closed_at >= :since OR erased_at >= :since"
_STAMPS = [
    Stamps("suggestions", ["received_at", "taken_at", "closed_at", "erased_at"], where=_SINCE),
    Stamps("suggestion_messages", ["at"], where="at >= :since"),
]
ROOM = Room("suggestions", [("first", _first), ("language", _language)], _STAMPS)
COLUMNS = (
    "code", "kind", "state", "source", "received_at", "received_on", "text", "contact", "photo", "visit",
    "is_visit_proven", "counter", "concerned", "may_publish", "owner", "taken_at", "closed_at", "closed_on", "original",
    "is_public", "rating", "change", "changed_on", "escalation", "erased_at",
    "language",
)  # fmt: skip
_LIST = ", ".join(COLUMNS)
_SUGGESTION = f"SELECT id, {_LIST} FROM suggestions"
_MARKS = ",".join("?" * len(COLUMNS))
_ASSIGNED = ", ".join(f"{name} = ?" for name in COLUMNS)
_INSERT = f"INSERT INTO suggestions ({_LIST}) VALUES ({_MARKS})"
_UPDATE = f"UPDATE suggestions SET {_ASSIGNED} WHERE id = ?"


def _suggestion(row: Any) -> Suggestion:
    values = dict(zip(("id", *COLUMNS), row, strict=True))
    values["kind"] = SuggestionKind(values["kind"])
    values["state"] = SuggestionState(values["state"])
    values["source"] = SuggestionSource(values["source"])
    for name in ("is_visit_proven", "may_publish"):
        values[name] = bool(values[name])
    values["is_public"] = None if values["is_public"] is None else bool(values["is_public"])
    return Suggestion(**values)


def _columns(item: Suggestion) -> list[Any]:
    values = (getattr(item, name) for name in COLUMNS)
    return [value.value if isinstance(value, StrEnum) else value for value in values]


def find(db: Reader, number: int) -> Suggestion | None:
    """Return the suggestion with this number."""
    row = db.execute(f"{_SUGGESTION} WHERE id = ?", (number,)).fetchone()
    return _suggestion(row) if row else None


def get(db: Reader, number: int) -> Suggestion:
    """Return the suggestion with this number. Raises `Unknown("suggestion.unknown")`."""
    if (item := find(db, number)) is None:
        raise Unknown("suggestion.unknown", "There is no such suggestion.")
    return item


def find_by_code(db: Reader, code: str) -> Suggestion | None:
    """Return the suggestion that `code` names."""
    row = db.execute(f"{_SUGGESTION} WHERE code = ?", (code,)).fetchone()
    return _suggestion(row) if row else None


def get_by_code(db: Reader, code: str) -> Suggestion:
    """Return the suggestion that `code` names. Raises `Unknown("suggestion.code")`."""
    if (item := find_by_code(db, code)) is None:
        raise Unknown("suggestion.code", "There is no suggestion with this code. Check each letter of it.")
    return item


def list_in_states(db: Reader, states: Sequence[SuggestionState], limit: int, skip: int = 0) -> list[Suggestion]:
    """Return the suggestions in these states, the oldest first while they are open, else the newest first."""
    order = "received_at, id" if all(state.is_open for state in states) else "received_at DESC, id DESC"
    names = json.dumps([state.value for state in states])
    query = f"{_SUGGESTION} WHERE state IN (SELECT value FROM json_each(?)) ORDER BY {order} LIMIT ? OFFSET ?"
    return [_suggestion(row) for row in db.execute(query, (names, limit, skip))]


def list_of_owner(db: Reader, owner: int, limit: int) -> list[Suggestion]:
    """Return what `owner` has to answer and what they answered, open ones first, each the newest first."""
    query = f"{_SUGGESTION} WHERE owner = ? ORDER BY closed_at IS NOT NULL, received_at DESC, id DESC LIMIT ?"
    return [_suggestion(row) for row in db.execute(query, (owner, limit))]


def count_by_state(db: Reader) -> dict[SuggestionState, int]:
    """Return how many suggestions are in each state."""
    rows = db.execute("SELECT state, count(*) FROM suggestions GROUP BY state")
    return {SuggestionState(row[0]): row[1] for row in rows}


def list_watched(db: Reader) -> list[Suggestion]:
    """Return the suggestions that have a deadline: open ones, and answers of which nobody said whether to publish."""
    query = (
        f"{_SUGGESTION} WHERE state IN ('waiting', 'processing')"
        " OR (state = 'answered' AND may_publish = 1 AND is_public IS NULL AND erased_at IS NULL) ORDER BY id"
    )
    return [_suggestion(row) for row in db.execute(query)]


def list_reports(db: Reader, first: str, last: str) -> list[Suggestion]:
    """Return reports and petitions that are open, and those settled that came on the days from `first` to `last`."""
    query = (
        f"{_SUGGESTION} WHERE kind IN ('report', 'petition') AND (state IN ('waiting', 'processing')"
        " OR (state IN ('answered', 'refused') AND received_on BETWEEN ? AND ?)) ORDER BY id"
    )
    return [_suggestion(row) for row in db.execute(query, (first, last))]


def list_duplicates(db: Reader, original: int) -> list[Suggestion]:
    """Return the suggestions that are about the same as `original`."""
    query = f"{_SUGGESTION} WHERE original = ? ORDER BY id"
    return [_suggestion(row) for row in db.execute(query, (original,))]


def list_reachable(db: Reader, day: str, most: int) -> list[Suggestion]:
    """Return those of the last `most` suggestions that came on `day` and left a contact."""
    rows = db.execute(f"{_SUGGESTION} ORDER BY id DESC LIMIT ?", (most,))
    return [item for item in map(_suggestion, rows) if item.received_on == day and item.contact is not None]


def list_public(db: Reader, limit: int) -> list[Suggestion]:
    """Return the suggestions whose answers are public, the newest answer first."""
    query = f"{_SUGGESTION} WHERE is_public = 1 ORDER BY closed_on DESC, id DESC LIMIT ?"
    return [_suggestion(row) for row in db.execute(query, (limit,))]


def list_changed(db: Reader, first: str, last: str) -> list[Suggestion]:
    """Return the suggestions of which the unit wrote on these days what it changed, in that order."""
    query = f"{_SUGGESTION} WHERE change IS NOT NULL AND changed_on BETWEEN ? AND ? ORDER BY changed_on, id"
    return [_suggestion(row) for row in db.execute(query, (first, last))]


def add(db: Reader, item: Suggestion) -> int:
    """Write a new suggestion and return its number."""
    return cast(int, db.execute(_INSERT, _columns(item)).lastrowid)


def save(db: Reader, item: Suggestion) -> None:
    """Write a suggestion that is there already."""
    db.execute(_UPDATE, [*_columns(item), item.id])


def add_message(db: Reader, suggestion: int, message: SuggestionMessage) -> None:
    """Write a message about a suggestion."""
    query = "INSERT INTO suggestion_messages (suggestion, kind, at, text) VALUES (?,?,?,?)"
    db.execute(query, (suggestion, message.kind.value, message.at, message.text))


def list_messages(db: Reader, suggestion: int) -> list[SuggestionMessage]:
    """Return the messages about a suggestion in their order."""
    query = "SELECT kind, at, text FROM suggestion_messages WHERE suggestion = ? ORDER BY id"
    return [SuggestionMessage(MessageKind(row[0]), row[1], row[2]) for row in db.execute(query, (suggestion,))]


def keep_photo(db: Reader, image: bytes, salt: str, erase_on: str) -> str:
    """Store a photo and return its salted commitment."""
    commitment = commit_photo(salt, image)
    query = "INSERT INTO suggestion_photos (commitment, salt, image, erase_on) VALUES (?,?,?,?)"
    db.execute(query, (commitment, salt, image, erase_on))
    return commitment


def commit_photo(salt: str, image: bytes) -> str:
    """Return what the journal holds of a photo: SHA-256 of salt and image."""
    return hashlib.sha256(salt.encode() + image).hexdigest()


def find_photo(db: Reader, commitment: str | None) -> bytes | None:
    """Return the photo behind `commitment`, None when there is none (any more)."""
    row = db.execute("SELECT image FROM suggestion_photos WHERE commitment = ?", (commitment,)).fetchone()
    return cast(bytes, row[0]) if row else None


def list_photos(db: Reader) -> Iterator[tuple[str, str, bytes]]:
    """Yield every photo that is kept: its commitment, its salt, the image."""
    return ((row[0], row[1], row[2]) for row in db.execute("SELECT commitment, salt, image FROM suggestion_photos"))


def erase_photo(db: Reader, commitment: str) -> None:
    """Erase a photo."""
    db.execute("DELETE FROM suggestion_photos WHERE commitment = ?", (commitment,))


def purge_photos(db: Reader, day: str) -> int:
    """Erase the photos that were kept until before `day`; return how many."""
    return db.execute("DELETE FROM suggestion_photos WHERE erase_on < ?", (day,)).rowcount
