"""Whose password somebody else chose: its person replaces it at the first sign-in."""

from motcua.desk import Reader


def add_start_password(db: Reader, account: int) -> None:
    """Note that somebody else chose the password of `account`."""
    db.execute("INSERT OR IGNORE INTO start_passwords (account) VALUES (?)", (account,))


def remove_start_password(db: Reader, account: int) -> None:
    """Note that `account` has a password of its person's choice."""
    db.execute("DELETE FROM start_passwords WHERE account = ?", (account,))


def has_start_password(db: Reader, account: int) -> bool:
    """Say whether `account` has a password that its person did not choose."""
    return db.execute("SELECT 1 FROM start_passwords WHERE account = ?", (account,)).fetchone() is not None
