"""Secrets: how they are made, and how they look on a command line."""

import base64
import os
import re

import pytest

from motcua.desk import Desk, ManualClock, system_entropy
from motcua.settings import store as settings
from motcua.setup.passwords import hash_password
from motcua.staff import actions, rules
from motcua.wiring.rooms import ROOMS
from tests.conftest import START, Hall


def test_no_token_begins_like_an_option(hall: Hall) -> None:
    def unlucky(count: int) -> bytes:
        return b"\xf8" + bytes(count - 1)

    desk = Desk(hall.folder / "other.db", ROOMS, ManualClock(START), unlucky, settings.timezone)
    granted = desk.do(actions.add_token, "agent", None, "pc", None)
    assert granted.secret.startswith("_")
    desk.stop()


def test_every_secret_that_opens_an_account_or_a_device_holds_192_bits(hall: Hall) -> None:
    asked: list[int] = []

    def counted(count: int) -> bytes:
        asked.append(count)
        return system_entropy(count)

    made = {actions.new_secret(counted) for _ in range(200)}
    assert (len(made), set(asked)) == (200, {24})
    assert all(len(base64.urlsafe_b64decode(secret)) == 24 for secret in made)
    assert system_entropy is os.urandom


def test_a_password_is_stored_by_argon2id_with_a_salt_of_its_own() -> None:
    first, second = hash_password("phuong-my-dinh-2026"), hash_password("phuong-my-dinh-2026")
    assert first != second
    found = re.fullmatch(r"\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$[\w+/]{22,}\$[\w+/]{43}", first)
    assert found is not None
    memory_kib, rounds, _lanes = map(int, found.groups())
    assert memory_kib >= 19 * 1024  # the least that OWASP's cheat sheet on storing passwords names, with two rounds
    assert rounds >= 2


@pytest.mark.parametrize("text", ["chim sẻ đậu trên mái ngói rêu xanh", "x7" * 32, "ab" * 500, "🐝" * 10 + "con ong chăm chỉ"])
def test_a_password_may_be_long_and_of_any_letters(text: str) -> None:
    assert rules.password(text) == text
