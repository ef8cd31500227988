"""Which passwords are guessed soon: what many choose, in Vietnamese and English, and what belongs to the person or
the desk.
"""

import pytest

from motcua.copies import replace
from motcua.desk import Invalid
from motcua.settings.model import Settings, StaffRules, Unit
from motcua.setup.guessing import is_guessed
from motcua.setup.passwords import hash_new
from tests.passwords import NEXT_PASSWORD, PASSWORD, THIRD_PASSWORD, WEAK_PASSWORD

ABOUT = ("binhtt", "Trần Thị Bình", "Phường Mỹ Đình", "Trung tâm Phục vụ hành chính công")
WARD = Settings(unit=Unit("Phường Mỹ Đình", "Trung tâm Phục vụ hành chính công"))


@pytest.mark.parametrize(
    "text",
    [
        "password123456", "P@ssw0rd123456", "12345678901234", "98765432109876", "qwertyuiopasdf", "1q2w3e4r5t6y7u",
        "asdfghjkl;'zxc",
        "aaaaaaaaaaaaab", "abcabcabcabcabc", "abcdefghijklmn", "iloveyou123456", "administrator1",
        "matkhau1234567", "mật khẩu 123456", "Matkhau@123456", "mat-khau-1234567", "xinchaoxinchao", "xinchaovietnam",
        "anhyeuem123456", "mot-cua-mat-khau", "Hanoi@12345678", "quantrivien123",
        "phuongmydinh2026", "PhườngMỹĐình@1", "tranthibinh1990", "binhtt@12345678",
        "Trần Thị Bình 1", "letmeinletmein",
    ],
)  # fmt: skip
def test_what_many_choose_is_guessed(text: str) -> None:
    assert is_guessed(text, ABOUT)
    with pytest.raises(Invalid) as caught:
        hash_new(text, WARD, "binhtt", "Trần Thị Bình")
    assert caught.value.code == "account.password"


@pytest.mark.parametrize(
    "text",
    [
        "kato-mire-suna-47",
        "con mèo nhảy qua suối",
        "bếp lò ngủ quên mùa đông",
        "correct horse battery",
        "a7Gk2pQ9xL4mZ8",
        "a-long-test-password",
        "một mật khẩu đủ dài",
    ],
)
def test_words_that_do_not_belong_together_and_chance_are_not(text: str) -> None:
    assert not is_guessed(text, ABOUT)
    assert hash_new(text, WARD, "binhtt") == text


@pytest.mark.parametrize("text", [PASSWORD, NEXT_PASSWORD, THIRD_PASSWORD])
def test_the_passwords_of_these_tests_are_good_ones(text: str) -> None:
    assert hash_new(text, Settings()) == text


def test_the_settings_say_how_long_it_is_and_whether_common_ones_are_refused() -> None:
    short = replace(WARD, staff=StaffRules(password_length=8))
    assert hash_new("x7#pL0!qZ2", short) == "x7#pL0!qZ2"
    with pytest.raises(Invalid, match="at least 14 characters; this one has 13"):
        hash_new("x7#pL0!qZ2vBn", WARD)
    lenient = replace(WARD, staff=StaffRules(password_length=13, refuse_common_passwords=False))
    assert hash_new(WEAK_PASSWORD, lenient) == WEAK_PASSWORD
    with pytest.raises(Invalid, match="not one letter repeated"):
        hash_new("a" * 20, lenient)


@pytest.mark.thorough
def test_a_password_of_any_length_and_writing_is_looked_at() -> None:
    for text in ("", "   ", "\u0301" * 20, "密码" * 10, "đ" * 14, "4@8({[<69!1|7$5%2z0" * 50):
        is_guessed(text)
    assert is_guessed("password" * 100)
