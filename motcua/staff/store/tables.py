"""Accounts, credentials, pairing offers and browsers: the tables of the staff and their steps."""

from motcua.desk import Reader, Room, Stamps, count_changes


def _first(db: Reader) -> None:
    db.execute(
        "CREATE TABLE accounts (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, full_name TEXT NOT NULL, "
        "title TEXT NOT NULL,"
        " role TEXT NOT NULL, counter INTEGER, password TEXT NOT NULL, disabled INTEGER NOT NULL DEFAULT 0) STRICT"
    )
    db.execute(
        "CREATE TABLE credentials (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, role TEXT NOT NULL,"
        " account INTEGER REFERENCES accounts, counter INTEGER, name TEXT NOT NULL, secret TEXT NOT NULL UNIQUE, "
        "created_at TEXT NOT NULL,"
        " expires_at TEXT, revoked_at TEXT) STRICT"
    )
    db.execute(
        "CREATE TABLE pairings (secret TEXT PRIMARY KEY, role TEXT NOT NULL, counter INTEGER, name TEXT NOT NULL,"
        " expires_at TEXT NOT NULL) STRICT, WITHOUT ROWID"
    )


def _browsers(db: Reader) -> None:
    db.execute(
        "CREATE TABLE browsers (secret TEXT NOT NULL, account INTEGER NOT NULL REFERENCES accounts, seen_at TEXT "
        "NOT NULL,"
        " PRIMARY KEY (secret, account)) STRICT, WITHOUT ROWID"
    )


def _pins(db: Reader) -> None:
    db.execute("ALTER TABLE accounts ADD COLUMN pin TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE credentials ADD COLUMN locked_at TEXT")


def _serves(db: Reader) -> None:
    db.execute("ALTER TABLE pairings ADD COLUMN serves TEXT NOT NULL DEFAULT 'null'")


def _facts(db: Reader) -> None:
    count_changes(db, "credentials", "role, revoked_at")


def _start_passwords(db: Reader) -> None:
    db.execute("CREATE TABLE start_passwords (account INTEGER PRIMARY KEY REFERENCES accounts) STRICT")


def _photos(db: Reader) -> None:
    db.execute(
        "CREATE TABLE account_photos (account INTEGER PRIMARY KEY REFERENCES accounts, commitment TEXT NOT NULL, "
        "salt TEXT NOT NULL, image BLOB NOT NULL) STRICT"
    )


_STAMPS = [
    Stamps("credentials", ["created_at", "revoked_at", "locked_at"], [("expires_at", "created_at")]),
    Stamps("pairings", ["expires_at"]),
    Stamps("browsers", ["seen_at"]),
]
_STEPS = [
    ("first", _first),
    ("browsers", _browsers),
    ("pins", _pins),
    ("serves", _serves),
    ("facts", _facts),
    ("start passwords", _start_passwords),
    ("photos", _photos),
]
ROOM = Room("staff", _STEPS, _STAMPS)
