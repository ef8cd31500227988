"""Passwords are stored salted and hashed."""

import unicodedata

import pytest

from motcua.setup import passwords
from motcua.setup.passwords import check, hash_password, rehash, verify

NFC, NFD = "mật khẩu Hoà", unicodedata.normalize("NFD", "mật khẩu Hoà")


def test_only_the_password_itself_fits_its_hash() -> None:
    hashed = hash_password("mật khẩu dài 1")
    assert hashed.startswith("$argon2id$")
    assert (verify(hashed, "mật khẩu dài 1"), verify(hashed, "mật khẩu dài 2")) == (True, False)


@pytest.mark.thorough
def test_desks_hash_with_the_librarys_parameters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "COST", None)
    hashed = hash_password("mật khẩu dài 1")
    assert hashed.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    monkeypatch.undo()
    assert verify(hashed, "mật khẩu dài 1")


def test_nothing_fits_what_is_no_hash() -> None:
    assert [verify(text, text) for text in ("", "plain", "$argon2id$v=19$broken")] == [False] * 3


@pytest.mark.parametrize(
    ("stored", "typed"), [(NFC, NFD), (NFD, f" {NFC} "), (NFD, f"\ufeff{NFD}\r\n")], ids=["NFD", "spaces", "pipe"]
)
def test_a_password_that_was_stored_as_it_came_still_opens_and_is_hashed_anew(stored: str, typed: str) -> None:
    hashed = hash_password(stored)
    assert check(hashed, typed)
    anew = rehash(hashed, typed)
    assert (anew is None) == (stored == NFC)
    assert verify(anew or hashed, NFC)


@pytest.mark.parametrize("stored", [f" {NFC} ", f"{NFC}\u200b"])
def test_a_password_with_spaces_from_before_opens_as_it_was_typed(stored: str) -> None:
    hashed = hash_password(stored)
    assert (check(hashed, stored), check(hashed, NFC)) == (True, False)
    assert verify(rehash(hashed, stored) or "", NFC)


def test_nobody_and_an_endless_password_open_nothing() -> None:
    assert (check(None, NFC), check(None, ""), check(hash_password("x" * 1001), "x" * 1001)) == (False, False, False)
