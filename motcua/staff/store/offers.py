"""Pairing offers in the store. Secrets are stored hashed."""

import json
from typing import Any

from motcua.desk import Reader
from motcua.desk.event import Json
from motcua.staff.model import Credential, Role
from motcua.staff.store.digests import compute_digest


def list_sealed_of_offer(db: Reader, secret: str) -> list[Json]:
    """Return what the seal of a pairing offer is made of; `secret` is as it is stored."""
    return list(
        db.execute("SELECT secret, role, counter, name, serves FROM pairings WHERE secret = ?", (secret,)).fetchone()
    )


def add_offer(
    db: Reader, secret: str, device: Credential, expires_at: str, serves: dict[str, Any] | None = None
) -> None:
    """Write a pairing offer for `device`; `serves` is kept for the program that takes the offer."""
    values = (compute_digest(secret), device.role.value, device.counter, device.name, expires_at, json.dumps(serves))
    db.execute("INSERT INTO pairings (secret, role, counter, name, expires_at, serves) VALUES (?,?,?,?,?,?)", values)


def find_offered_serves(db: Reader, secret: str) -> dict[str, Any] | None:
    """Return what was kept with a pairing offer, None where nothing was."""
    row = db.execute("SELECT serves FROM pairings WHERE secret = ?", (compute_digest(secret),)).fetchone()
    serves = json.loads(row[0]) if row else None
    return serves if isinstance(serves, dict) else None


def take_offer(db: Reader, secret: str, at: str) -> Credential | None:
    """Return the device that a pairing offer is for, and remove the offer.

    None when it is used, too old, or never was.
    """
    row = db.execute(
        "SELECT role, counter, name, expires_at FROM pairings WHERE secret = ?", (compute_digest(secret),)
    ).fetchone()
    if row is None or row[3] <= at:
        return None
    db.execute("DELETE FROM pairings WHERE secret = ?", (compute_digest(secret),))
    return Credential(0, "device", Role(row[0]), None, row[1], row[2], None)


def find_offer(db: Reader, secret: str, at: str) -> Credential | None:
    """Return the device that a pairing offer is for, leaving the offer as it is."""
    row = db.execute(
        "SELECT role, counter, name FROM pairings WHERE secret = ? AND expires_at > ?", (compute_digest(secret), at)
    ).fetchone()
    return Credential(0, "device", Role(row[0]), None, row[1], row[2], None) if row else None


def list_offers(db: Reader) -> list[tuple[str, str, int | None]]:
    """Return each pairing offer: its secret as it is stored, its role, its counter."""
    return [
        (row[0], row[1], row[2]) for row in db.execute("SELECT secret, role, counter FROM pairings ORDER BY secret")
    ]
