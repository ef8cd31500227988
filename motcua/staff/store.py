"""Accounts, credentials and pairing offers in the store. Secrets are stored hashed."""

import hashlib
from typing import Any, cast

from motcua.desk import Reader, Room, Stamps, Unknown
from motcua.staff.model import Account, Credential, Role


def _first(db: Reader) -> None:
    db.execute(
        "CREATE TABLE accounts (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, full_name TEXT NOT NULL, title TEXT NOT NULL,"
        " role TEXT NOT NULL, counter INTEGER, password TEXT NOT NULL, disabled INTEGER NOT NULL DEFAULT 0) STRICT"
    )
    db.execute(
        "CREATE TABLE credentials (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, role TEXT NOT NULL,"
        " account INTEGER REFERENCES accounts, counter INTEGER, name TEXT NOT NULL, secret TEXT NOT NULL UNIQUE, created_at TEXT NOT NULL,"
        " expires_at TEXT, revoked_at TEXT) STRICT"
    )
    db.execute(
        "CREATE TABLE pairings (secret TEXT PRIMARY KEY, role TEXT NOT NULL, counter INTEGER, name TEXT NOT NULL,"
        " expires_at TEXT NOT NULL) STRICT, WITHOUT ROWID"
    )


def _browsers(db: Reader) -> None:
    db.execute(
        "CREATE TABLE browsers (secret TEXT NOT NULL, account INTEGER NOT NULL REFERENCES accounts, seen_at TEXT NOT NULL,"
        " PRIMARY KEY (secret, account)) STRICT, WITHOUT ROWID"
    )


_STAMPS = [
    Stamps("credentials", ["created_at", "revoked_at"], [("expires_at", "created_at")]),
    Stamps("pairings", ["expires_at"]),
    Stamps("browsers", ["seen_at"]),
]
ROOM = Room("staff", [("first", _first), ("browsers", _browsers)], _STAMPS)
_ACCOUNT = "SELECT id, name, full_name, title, role, counter, password, disabled FROM accounts"
_CREDENTIAL = "SELECT id, kind, role, account, counter, name, expires_at FROM credentials"


def digest(secret: str) -> str:
    """Return what is stored of a random secret. Its 192 bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _account(row: Any) -> Account:
    return Account(row[0], row[1], row[2], row[3], Role(row[4]), row[5], row[6], bool(row[7]))


def _credential(row: Any) -> Credential:
    return Credential(row[0], row[1], Role(row[2]), row[3], row[4], row[5], row[6])


def accounts(db: Reader) -> list[Account]:
    """Return all accounts by number."""
    return [_account(row) for row in db.execute(f"{_ACCOUNT} ORDER BY id")]


def account(db: Reader, number: int) -> Account:
    """Return the account. Raises `Unknown("account.unknown")`."""
    row = db.execute(f"{_ACCOUNT} WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise Unknown("account.unknown", "There is no such account.")
    return _account(row)


def account_named(db: Reader, name: str) -> Account | None:
    """Return the account that signs in as `name`."""
    row = db.execute(f"{_ACCOUNT} WHERE name = ?", (name,)).fetchone()
    return _account(row) if row else None


def full_names(db: Reader) -> dict[int, str]:
    """Return everybody's name by account number."""
    return {row[0]: row[1] for row in db.execute("SELECT id, full_name FROM accounts")}


def save_account(db: Reader, found: Account) -> int:
    """Write an account; number 0 makes a new one. Return its number."""
    values = (found.name, found.full_name, found.title, found.role.value, found.counter, found.password, int(found.disabled))
    if found.id == 0:
        query = "INSERT INTO accounts (name, full_name, title, role, counter, password, disabled) VALUES (?,?,?,?,?,?,?)"
        return cast(int, db.execute(query, values).lastrowid)
    query = "UPDATE accounts SET name = ?, full_name = ?, title = ?, role = ?, counter = ?, password = ?, disabled = ? WHERE id = ?"
    db.execute(query, (*values, found.id))
    return found.id


def add_credential(db: Reader, found: Credential, secret: str, at: str) -> Credential:
    """Write a credential whose secret is `secret` and return it with its number."""
    query = "INSERT INTO credentials (kind, role, account, counter, name, secret, created_at, expires_at) VALUES (?,?,?,?,?,?,?,?)"
    values = (found.kind, found.role.value, found.account, found.counter, found.name, digest(secret), at, found.expires_at)
    number = cast(int, db.execute(query, values).lastrowid)
    return Credential(number, found.kind, found.role, found.account, found.counter, found.name, found.expires_at)


def by_secret(db: Reader, secret: str, at: str) -> Credential | None:
    """Return the credential that `secret` opens at `at`.

    None when it was revoked or has expired, or when its account is disabled or has another role now.
    """
    query = (
        f"{_CREDENTIAL} WHERE secret = ? AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)"
        " AND (account IS NULL OR account IN (SELECT id FROM accounts WHERE disabled = 0 AND accounts.role = credentials.role))"
    )
    row = db.execute(query, (digest(secret), at)).fetchone()
    return _credential(row) if row else None


def credential(db: Reader, number: int) -> Credential:
    """Return the credential. Raises `Unknown("token.unknown")`."""
    row = db.execute(f"{_CREDENTIAL} WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise Unknown("token.unknown", "There is no such token.")
    return _credential(row)


def tokens(db: Reader, at: str) -> list[Credential]:
    """Return the tokens of devices and programs that open something at `at`."""
    query = f"{_CREDENTIAL} WHERE kind <> 'session' AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?) ORDER BY id"
    return [_credential(row) for row in db.execute(query, (at,))]


def agents(db: Reader) -> list[int]:
    """Return the enrolled device agents, oldest first."""
    return [row[0] for row in db.execute("SELECT id FROM credentials WHERE role = 'agent' AND revoked_at IS NULL ORDER BY id")]


def agent_credentials(db: Reader) -> list[Credential]:
    """Return the credentials of the enrolled device agents, oldest first."""
    return [_credential(row) for row in db.execute(f"{_CREDENTIAL} WHERE role = 'agent' AND revoked_at IS NULL ORDER BY id")]


def revoke(db: Reader, number: int, at: str) -> None:
    """Let a credential open nothing any more."""
    db.execute("UPDATE credentials SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", (at, number))


def end_sessions(db: Reader, at: str, account: int | None = None) -> None:
    """End the sign-ins of `account`, or of everybody."""
    query = "UPDATE credentials SET revoked_at = ? WHERE kind = 'session' AND revoked_at IS NULL AND (? IS NULL OR account = ?)"
    db.execute(query, (at, account, account))


def offer(db: Reader, secret: str, found: Credential, expires_at: str) -> None:
    """Write a pairing offer for a device like `found`."""
    values = (digest(secret), found.role.value, found.counter, found.name, expires_at)
    db.execute("INSERT INTO pairings (secret, role, counter, name, expires_at) VALUES (?,?,?,?,?)", values)


def take_offer(db: Reader, secret: str, at: str) -> Credential | None:
    """Return the device that a pairing offer is for, and remove the offer; None when it is used, too old, or never was."""
    row = db.execute("SELECT role, counter, name, expires_at FROM pairings WHERE secret = ?", (digest(secret),)).fetchone()
    if row is None or row[3] <= at:
        return None
    db.execute("DELETE FROM pairings WHERE secret = ?", (digest(secret),))
    return Credential(0, "device", Role(row[0]), None, row[1], row[2], None)


def offered(db: Reader, secret: str, at: str) -> Credential | None:
    """Return the device that a pairing offer is for, leaving the offer as it is."""
    row = db.execute("SELECT role, counter, name FROM pairings WHERE secret = ? AND expires_at > ?", (digest(secret), at)).fetchone()
    return Credential(0, "device", Role(row[0]), None, row[1], row[2], None) if row else None


def remember_browser(db: Reader, secret: str, account: int, at: str) -> None:
    """Note that `account` signed in from the browser that holds `secret`."""
    query = "INSERT INTO browsers (secret, account, seen_at) VALUES (?,?,?) ON CONFLICT DO UPDATE SET seen_at = excluded.seen_at"
    db.execute(query, (digest(secret), account, at))


def knows_browser(db: Reader, secret: str, account: int) -> bool:
    """Say whether `account` ever signed in from the browser that holds `secret`."""
    query = "SELECT 1 FROM browsers WHERE secret = ? AND account = ?"
    return db.execute(query, (digest(secret), account)).fetchone() is not None


def is_known_browser(db: Reader, secret: str) -> bool:
    """Say whether anybody ever signed in from the browser that holds `secret`."""
    return db.execute("SELECT 1 FROM browsers WHERE secret = ? LIMIT 1", (digest(secret),)).fetchone() is not None


def purge(db: Reader, at: str, browsers_before: str) -> None:
    """Remove pairing offers and sign-ins that ended before `at`, and browsers in which nobody signed in since `browsers_before`."""
    db.execute("DELETE FROM browsers WHERE seen_at < ?", (browsers_before,))
    db.execute("DELETE FROM pairings WHERE expires_at <= ?", (at,))
    db.execute("DELETE FROM credentials WHERE kind = 'session' AND (revoked_at < ? OR expires_at < ?)", (at, at))
