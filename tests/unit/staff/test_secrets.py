"""Secrets: how they are made, and how they look on a command line."""

import base64
import json
import os

import pytest

from motcua.desk import Desk, ManualClock, system_entropy
from motcua.settings import store as settings
from motcua.setup.rooms import ROOMS
from motcua.staff import actions, rules
from motcua.staff.events import SignedIn, SignedOut
from motcua.staff.model import Account, Role
from tests.conftest import START, Hall


def test_no_token_begins_like_an_option(hall: Hall) -> None:
    def unlucky(count: int) -> bytes:
        return b"\xf8" + bytes(count - 1)

    desk = Desk(hall.folder / "other.db", ROOMS, ManualClock(START), unlucky, settings.get_timezone)
    granted = desk.do(actions.add_token, "agent", None, "pc", None)
    assert granted.secret.startswith("_")
    desk.stop()


def test_every_secret_that_opens_an_account_or_a_device_holds_192_bits(hall: Hall) -> None:
    sizes: list[int] = []

    def counted(count: int) -> bytes:
        sizes.append(count)
        return system_entropy(count)

    secrets = {actions.make_secret(counted) for _ in range(200)}
    assert (len(secrets), set(sizes)) == (200, {24})
    assert all(len(base64.urlsafe_b64decode(secret)) == 24 for secret in secrets)
    assert system_entropy is os.urandom


@pytest.mark.parametrize(
    "text", ["chim sẻ đậu trên mái ngói rêu xanh", "x7" * 32, "ab" * 500, "🐝" * 10 + "con ong chăm chỉ"]
)
def test_a_password_may_be_long_and_of_any_letters(text: str) -> None:
    assert rules.read_password(text) == text


def test_signing_in_and_out_are_in_the_journal_by_number(hall: Hall) -> None:
    account = Account(0, "hoa", "Lê Thị Hoa", "", Role.OFFICER, None, "x", False)
    stored_account = hall.desk.by("command").do(actions.save_account, account)
    actor = f"officer:{stored_account.id}"
    granted = hall.desk.by(actor).do(actions.sign_in, stored_account.id)
    hall.desk.by(actor).do(actions.sign_out, granted.credential.id)
    with hall.desk.read() as db:
        rows = db.execute("SELECT actor, action, data FROM journal ORDER BY seq DESC LIMIT 2").fetchall()
    data = {"account": stored_account.id, "credential": granted.credential.id}
    (out, into) = [(row[0], row[1], json.loads(row[2])) for row in rows]
    assert out == (actor, SignedOut.kind, data)
    assert into[:2] == (actor, SignedIn.kind)
    assert {name: value for name, value in into[2].items() if "seal" not in name} == data
