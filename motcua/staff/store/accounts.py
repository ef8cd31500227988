"""Accounts in the store."""

from typing import Any, cast

from motcua.desk import Reader, Unknown
from motcua.desk.event import Json
from motcua.staff.model import Account, Role

_ACCOUNT = "SELECT id, name, full_name, title, role, counter, password, disabled, pin FROM accounts"


def _account(row: Any) -> Account:
    return Account(row[0], row[1], row[2], row[3], Role(row[4]), row[5], row[6], bool(row[7]), row[8])


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


def list_account_numbers(db: Reader) -> list[int]:
    """Return the number of every account."""
    return [row[0] for row in db.execute("SELECT id FROM accounts ORDER BY id")]
