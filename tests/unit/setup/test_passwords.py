"""Passwords are stored salted and hashed."""

from motcua.setup.passwords import hash_password, verify


def test_only_the_password_itself_fits_its_hash() -> None:
    hashed = hash_password("mật khẩu dài 1")
    assert hashed.startswith("$argon2id$")
    assert (verify(hashed, "mật khẩu dài 1"), verify(hashed, "mật khẩu dài 2")) == (True, False)


def test_nothing_fits_what_is_no_hash() -> None:
    assert [verify(text, text) for text in ("", "plain", "$argon2id$v=19$broken")] == [False] * 3
