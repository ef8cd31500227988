"""Accounts, credentials and pairing offers in the store. Secrets are stored hashed."""

import hashlib
import json
from typing import Any, cast

from motcua.desk import Reader, Room, Stamps, Unknown
from motcua.desk.event import Json
from motcua.staff.model import Account, Credential, Role


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


_STAMPS = [
    Stamps("credentials", ["created_at", "revoked_at", "locked_at"], [("expires_at", "created_at")]),
    Stamps("pairings", ["expires_at"]),
    Stamps("browsers", ["seen_at"]),
]
ROOM = Room("staff", [("first", _first), ("browsers", _browsers), ("pins", _pins), ("serves", _serves)], _STAMPS)
_ACCOUNT = "SELECT id, name, full_name, title, role, counter, password, disabled, pin FROM accounts"
_CREDENTIAL = "SELECT id, kind, role, account, counter, name, expires_at, locked_at FROM credentials"


def digest(secret: str) -> str:
    """Return what is stored of a random secret. Its 192 bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _account(row: Any) -> Account:
    return Account(row[0], row[1], row[2], row[3], Role(row[4]), row[5], row[6], bool(row[7]), row[8])


def _credential(row: Any) -> Credential:
    return Credential(row[0], row[1], Role(row[2]), row[3], row[4], row[5], row[6], row[7])


def list_accounts(db: Reader) -> list[Account]:
    """Return all accounts by number."""
    return [_account(row) for row in db.execute(f"{_ACCOUNT} ORDER BY id")]


def get_account(db: Reader, number: int) -> Account:
    """Return the account. Raises `Unknown("account.unknown")`."""
    row = db.execute(f"{_ACCOUNT} WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise Unknown("account.unknown", "There is no such account.")
    return _account(row)


def find_account(db: Reader, name: str) -> Account | None:
    """Return the account that signs in as `name`."""
    row = db.execute(f"{_ACCOUNT} WHERE name = ?", (name,)).fetchone()
    return _account(row) if row else None


def list_full_names(db: Reader) -> dict[int, str]:
    """Return everybody's name by account number."""
    return {row[0]: row[1] for row in db.execute("SELECT id, full_name FROM accounts")}


def save_account(db: Reader, account: Account) -> int:
    """Write an account; number 0 makes a new one. Return its number."""
    values = (
        account.name,
        account.full_name,
        account.title,
        account.role.value,
        account.counter,
        account.password,
        int(account.disabled),
        account.pin,
    )
    if account.id == 0:
        query = (
            "INSERT INTO accounts (name, full_name, title, role, counter, password, disabled, pin) VALUES "
            "(?,?,?,?,?,?,?,?)"
        )
        return cast(int, db.execute(query, values).lastrowid)
    query = (
        "UPDATE accounts SET name = ?, full_name = ?, title = ?, role = ?, counter = ?, password = ?, disabled = "
        "?, pin = ? WHERE id = ?"
    )
    db.execute(query, (*values, account.id))
    return account.id


def list_sealed_of_account(db: Reader, number: int) -> list[Json]:
    """Return what the seal of an account is made of."""
    query = "SELECT name, full_name, title, role, counter, password, disabled, pin FROM accounts WHERE id = ?"
    return list(db.execute(query, (number,)).fetchone())


def list_sealed_of_credential(db: Reader, number: int) -> list[Json]:
    """Return what the seal of a credential is made of."""
    return list(
        db.execute("SELECT kind, role, account, counter, secret FROM credentials WHERE id = ?", (number,)).fetchone()
    )


def list_sealed_of_offer(db: Reader, secret: str) -> list[Json]:
    """Return what the seal of a pairing offer is made of; `secret` is as it is stored."""
    return list(
        db.execute("SELECT secret, role, counter, name, serves FROM pairings WHERE secret = ?", (secret,)).fetchone()
    )


def add_credential(db: Reader, draft: Credential, secret: str, at: str) -> Credential:
    """Write a credential whose secret is `secret` and return it with its number."""
    query = (
        "INSERT INTO credentials (kind, role, account, counter, name, secret, created_at, expires_at) VALUES "
        "(?,?,?,?,?,?,?,?)"
    )
    values = (
        draft.kind,
        draft.role.value,
        draft.account,
        draft.counter,
        draft.name,
        digest(secret),
        at,
        draft.expires_at,
    )
    number = cast(int, db.execute(query, values).lastrowid)
    return Credential(number, draft.kind, draft.role, draft.account, draft.counter, draft.name, draft.expires_at)


def find_by_secret(db: Reader, secret: str, at: str) -> Credential | None:
    """Return the credential that `secret` opens at `at`.

    None when it was revoked or has expired, or when its account is disabled or has another role now.
    """
    query = (
        f"{_CREDENTIAL} WHERE secret = ? AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?)"
        " AND (account IS NULL OR account IN (SELECT id FROM accounts WHERE disabled = 0 AND accounts.role = "
        "credentials.role))"
    )
    row = db.execute(query, (digest(secret), at)).fetchone()
    return _credential(row) if row else None


def get_credential(db: Reader, number: int) -> Credential:
    """Return the credential. Raises `Unknown("token.unknown")`."""
    row = db.execute(f"{_CREDENTIAL} WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise Unknown("token.unknown", "There is no such token.")
    return _credential(row)


def list_tokens(db: Reader, at: str) -> list[Credential]:
    """Return the tokens of devices and programs that open something at `at`."""
    query = (
        f"{_CREDENTIAL} WHERE kind <> 'session' AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > ?) "
        "ORDER BY id"
    )
    return [_credential(row) for row in db.execute(query, (at,))]


def list_sessions(db: Reader, at: str) -> list[Credential]:
    """Return the sign-ins of people that open something at `at`."""
    query = f"{_CREDENTIAL} WHERE kind = 'session' AND revoked_at IS NULL AND expires_at > ? ORDER BY id"
    return [_credential(row) for row in db.execute(query, (at,))]


def lock(db: Reader, number: int, at: str | None) -> None:
    """Let a sign-in wait for its PIN since `at`, or not any more (None)."""
    db.execute("UPDATE credentials SET locked_at = ? WHERE id = ? AND revoked_at IS NULL", (at, number))


def is_open(db: Reader, number: int) -> bool:
    """Say whether a credential has not been revoked."""
    return db.execute("SELECT 1 FROM credentials WHERE id = ? AND revoked_at IS NULL", (number,)).fetchone() is not None


def list_agents(db: Reader) -> list[int]:
    """Return the enrolled device agents, oldest first."""
    return [
        row[0]
        for row in db.execute("SELECT id FROM credentials WHERE role = 'agent' AND revoked_at IS NULL ORDER BY id")
    ]


def list_agent_credentials(db: Reader) -> list[Credential]:
    """Return the credentials of the enrolled device agents, oldest first."""
    return [
        _credential(row) for row in db.execute(f"{_CREDENTIAL} WHERE role = 'agent' AND revoked_at IS NULL ORDER BY id")
    ]


def list_kiosks(db: Reader) -> list[Credential]:
    """Return the credentials of the paired kiosks, oldest first."""
    return [
        _credential(row) for row in db.execute(f"{_CREDENTIAL} WHERE role = 'kiosk' AND revoked_at IS NULL ORDER BY id")
    ]


def revoke(db: Reader, number: int, at: str) -> None:
    """Revoke a credential."""
    db.execute("UPDATE credentials SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", (at, number))


def end_sessions(db: Reader, at: str, account: int | None = None) -> None:
    """End the sign-ins of `account`, or of everybody."""
    query = (
        "UPDATE credentials SET revoked_at = ? WHERE kind = 'session' AND revoked_at IS NULL AND (? IS NULL OR "
        "account = ?)"
    )
    db.execute(query, (at, account, account))


def add_offer(
    db: Reader, secret: str, device: Credential, expires_at: str, serves: dict[str, Any] | None = None
) -> None:
    """Write a pairing offer for `device`; `serves` is kept for the program that takes the offer."""
    values = (digest(secret), device.role.value, device.counter, device.name, expires_at, json.dumps(serves))
    db.execute("INSERT INTO pairings (secret, role, counter, name, expires_at, serves) VALUES (?,?,?,?,?,?)", values)


def find_offered_serves(db: Reader, secret: str) -> dict[str, Any] | None:
    """Return what was kept with a pairing offer, None where nothing was."""
    row = db.execute("SELECT serves FROM pairings WHERE secret = ?", (digest(secret),)).fetchone()
    serves = json.loads(row[0]) if row else None
    return serves if isinstance(serves, dict) else None


def take_offer(db: Reader, secret: str, at: str) -> Credential | None:
    """Return the device that a pairing offer is for, and remove the offer; None when it is used, too old, or never
    was.
    """
    row = db.execute(
        "SELECT role, counter, name, expires_at FROM pairings WHERE secret = ?", (digest(secret),)
    ).fetchone()
    if row is None or row[3] <= at:
        return None
    db.execute("DELETE FROM pairings WHERE secret = ?", (digest(secret),))
    return Credential(0, "device", Role(row[0]), None, row[1], row[2], None)


def find_offer(db: Reader, secret: str, at: str) -> Credential | None:
    """Return the device that a pairing offer is for, leaving the offer as it is."""
    row = db.execute(
        "SELECT role, counter, name FROM pairings WHERE secret = ? AND expires_at > ?", (digest(secret), at)
    ).fetchone()
    return Credential(0, "device", Role(row[0]), None, row[1], row[2], None) if row else None


def remember_browser(db: Reader, secret: str, account: int, at: str) -> None:
    """Note that `account` signed in from the browser that holds `secret`."""
    query = (
        "INSERT INTO browsers (secret, account, seen_at) VALUES (?,?,?) ON CONFLICT DO UPDATE SET seen_at = "
        "excluded.seen_at"
    )
    db.execute(query, (digest(secret), account, at))


def is_browser_of(db: Reader, secret: str, account: int) -> bool:
    """Say whether `account` ever signed in from the browser that holds `secret`."""
    query = "SELECT 1 FROM browsers WHERE secret = ? AND account = ?"
    return db.execute(query, (digest(secret), account)).fetchone() is not None


def is_known_browser(db: Reader, secret: str) -> bool:
    """Say whether anybody ever signed in from the browser that holds `secret`."""
    return db.execute("SELECT 1 FROM browsers WHERE secret = ? LIMIT 1", (digest(secret),)).fetchone() is not None


def purge(db: Reader, at: str, browsers_before: str) -> None:
    """Remove pairing offers and sign-ins that ended before `at`, and browsers in which nobody signed in since
    `browsers_before`.
    """
    db.execute("DELETE FROM browsers WHERE seen_at < ?", (browsers_before,))
    db.execute("DELETE FROM pairings WHERE expires_at <= ?", (at,))
    db.execute("DELETE FROM credentials WHERE kind = 'session' AND (revoked_at < ? OR expires_at < ?)", (at, at))


def list_account_numbers(db: Reader) -> list[int]:
    """Return the number of every account."""
    return [row[0] for row in db.execute("SELECT id FROM accounts ORDER BY id")]


def list_credential_numbers(db: Reader) -> list[int]:
    """Return the number of every stored credential, revoked ones included."""
    return [row[0] for row in db.execute("SELECT id FROM credentials ORDER BY id")]


def list_offers(db: Reader) -> list[tuple[str, str, int | None]]:
    """Return each pairing offer: its secret as it is stored, its role, its counter."""
    return [
        (row[0], row[1], row[2]) for row in db.execute("SELECT secret, role, counter FROM pairings ORDER BY secret")
    ]
