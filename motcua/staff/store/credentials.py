"""Credentials in the store. Secrets are stored hashed."""

from typing import Any, cast

from motcua.desk import Reader, Unknown, forget, read_once
from motcua.desk.event import Json
from motcua.staff.model import Credential, Role
from motcua.staff.store.digests import compute_digest

_CREDENTIAL = (
    "SELECT id, kind, role, account, counter, name, expires_at, locked_at, "
    "kind = 'session' AND account IN (SELECT account FROM start_passwords) FROM credentials"
)


def _credential(row: Any) -> Credential:
    return Credential(row[0], row[1], Role(row[2]), row[3], row[4], row[5], row[6], row[7], bool(row[8]))


def list_sealed_of_credential(db: Reader, number: int) -> list[Json]:
    """Return what the seal of a credential is made of."""
    return list(
        db.execute("SELECT kind, role, account, counter, secret FROM credentials WHERE id = ?", (number,)).fetchone()
    )


def add_credential(db: Reader, draft: Credential, secret: str, at: str) -> Credential:
    """Write a credential whose secret is `secret` and return it with its number."""
    forget(db)
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
        compute_digest(secret),
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
    row = db.execute(query, (compute_digest(secret), at)).fetchone()
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


def list_own_sessions(db: Reader, account: int, at: str) -> list[tuple[Credential, str]]:
    """Return the sign-ins of `account` that open something at `at`, each with when it began, the newest first."""
    query = (
        f"SELECT sessions.*, began.created_at FROM ({_CREDENTIAL} WHERE kind = 'session' AND revoked_at IS NULL "
        "AND expires_at > ? AND account = ?) AS sessions JOIN credentials AS began USING (id) ORDER BY id DESC"
    )
    return [(_credential(row), row[-1]) for row in db.execute(query, (at, account))]


def lock(db: Reader, number: int, at: str | None) -> None:
    """Let a sign-in wait for its PIN since `at`, or not any more (None)."""
    db.execute("UPDATE credentials SET locked_at = ? WHERE id = ? AND revoked_at IS NULL", (at, number))


def is_open(db: Reader, number: int) -> bool:
    """Say whether a credential has not been revoked."""
    return db.execute("SELECT 1 FROM credentials WHERE id = ? AND revoked_at IS NULL", (number,)).fetchone() is not None


def list_agents(db: Reader) -> list[int]:
    """Return the enrolled device agents, oldest first."""
    return list(read_once(db, "agents", _read_agents))


def _read_agents(db: Reader) -> list[int]:
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
    forget(db)
    db.execute("UPDATE credentials SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", (at, number))


def end_sessions(db: Reader, at: str, account: int | None = None) -> None:
    """End the sign-ins of `account`, or of everybody."""
    query = (
        "UPDATE credentials SET revoked_at = ? WHERE kind = 'session' AND revoked_at IS NULL AND (? IS NULL OR "
        "account = ?)"
    )
    db.execute(query, (at, account, account))


def list_credential_numbers(db: Reader) -> list[int]:
    """Return the number of every stored credential, revoked ones included."""
    return [row[0] for row in db.execute("SELECT id FROM credentials ORDER BY id")]
