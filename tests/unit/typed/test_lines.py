"""Names, comments and passwords come out one way, however a keyboard, a phone or a pipe wrote them."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.typed.codes import (
    clean_code,
    clean_name,
    clean_number,
    clean_phone,
    clean_token,
    make_skeleton,
    read_figures,
)
from motcua.typed.lines import MARKS_MAX, clean_line, clean_secret, clean_text, compose

VIETNAMESE = "aăâbcdđeêghiklmnoôơpqrstuưvxy" + "".join(
    unicodedata.normalize("NFC", vowel + tone) for vowel in "aăâeêioôơuưy" for tone in "\u0300\u0301\u0303\u0309\u0323"
)
CLEANERS = (
    clean_line,
    clean_text,
    clean_secret,
    clean_token,
    clean_code,
    clean_number,
    clean_name,
    clean_phone,
    compose,
    read_figures,
)
ODD = "\u200b\u200e\u202e\u2066\u00ad\ufeff\u2060\ufe0f"


@pytest.mark.thorough
@pytest.mark.parametrize("clean", CLEANERS, ids=lambda clean: clean.__name__)
@given(
    st.text(
        st.characters() | st.sampled_from("AaОоĐÐ\u0323\u0302\u0344\u0301\u200b\ufeff\r\n\t -\"'01٣Ａ"), max_size=30
    )
)
def test_cleaning_twice_changes_nothing(clean: Callable[[str], str], text: str) -> None:
    once = clean(text)
    assert clean(once) == once


@pytest.mark.thorough
@pytest.mark.parametrize("clean", [clean_line, clean_text, clean_secret], ids=lambda clean: clean.__name__)
@given(st.text(max_size=40))
def test_what_is_kept_is_composed_visible_and_can_be_stored(clean: Callable[[str], str], text: str) -> None:
    cleaned = clean(text)
    assert unicodedata.is_normalized("NFC", cleaned)
    assert [letter for letter in cleaned if unicodedata.category(letter) in {"Cf", "Cs", "Cc"} and letter != "\n"] == []
    assert cleaned == cleaned.strip()
    cleaned.encode()


@pytest.mark.thorough
@pytest.mark.parametrize("clean", [clean_line, clean_text, compose], ids=lambda clean: clean.__name__)
@given(st.text(st.sampled_from(VIETNAMESE + VIETNAMESE.upper() + " ÐÀ-ÿaO0.,\t\x00"), max_size=40))
def test_how_a_keyboard_composed_it_makes_no_difference(clean: Callable[[str], str], text: str) -> None:
    assert clean(unicodedata.normalize("NFD", text)) == clean(text)


@pytest.mark.thorough
@given(st.text(st.sampled_from(VIETNAMESE + VIETNAMESE.upper() + " "), max_size=40))
def test_vietnamese_stays_as_it_is_in_whatever_form_it_came(text: str) -> None:
    line = " ".join(text.split())
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert clean_line(unicodedata.normalize(form, text)) == line
        assert clean_text(unicodedata.normalize(form, text)) == text.strip()
        assert clean_secret(unicodedata.normalize(form, text)) == text.strip()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("\ufeffPhường\u00a0Mỹ\u3000Đình\r\n", "Phường Mỹ Đình"),
        (f"Ng{ODD}uyễn", "Nguyễn"),
        ("Ðặng Văn ð", "Đặng Văn đ"),
        ("Nguyễn V\u0430n", "Nguyễn Van"),
        ("Иван Петров", "Иван Петров"),
        ("Ｑｕầｙ　１", "Quầy 1"),
        ("e\u0323\u0302 ê\u0323", "ệ ệ"),
        ("m² ½ №5", "m² ½ №5"),
        ("Ghế\t1\x00\x07", "Ghế 1"),
        (f" {ODD} \u2028", ""),
        ("a" + "\u0301" * 500, "á" + "\u0301" * (MARKS_MAX - 1)),
        ("𝓐👍", "𝓐👍"),
    ],
)  # fmt: skip
def test_a_line_is_written_one_way(text: str, line: str) -> None:
    assert clean_line(text) == line


def test_a_text_keeps_its_lines_and_its_spaces_within() -> None:
    assert clean_text("\ufeff\r\n  a  b \r\n\r\nc\u2028d\x00\t\r\n") == "a  b\n\nc\nd"


@pytest.mark.thorough
def test_half_a_megabyte_of_marks_takes_no_time() -> None:
    endless = "a" + "\u0301\u0323" * 250_000
    assert {len(clean(endless)) < 10 for clean in (clean_line, clean_text, clean_secret)} == {True}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("a 001", "A001"),
        ("A\u2011001", "A001"),
        ("Ａ００１", "A001"),
        ("\u0410 ٠٠١", "A001"),
        ("A OO1", "A001"),
        ("a1", "A001"),
        ("B-1000", "B1000"),
        (" 20261125-a001\n", "20261125-A001"),
        ("all", "all"),
        ("A", "A"),
        ("001", "001"),
        ("A00001", "A00001"),
    ],
)
def test_a_tickets_number_is_written_one_way(text: str, number: str) -> None:
    assert clean_number(text) == number


def test_codes_tokens_names_and_phones_lose_what_stands_around_them() -> None:
    assert clean_code("\u201c k7m\u20112 \u0420\u200bx٣ \u201d") == "K7M2PX3"
    assert clean_token('\ufeff"\'abc-_D "\r\n') == "abc-_D"
    assert clean_token("\u00ef\u00bb\u00bfabc") == "abc"
    assert clean_name(" \u0430dmin\u200b\n") == "admin"
    assert clean_phone("\u202a+84 (0) 91\u20112\u00a0345.678\u202c") == "+840912345678"
    assert clean_phone("０９１２٣45678") == "0912345678"
    assert {
        len(clean("a\u200b" * 100_000)) for clean in (clean_code, clean_token, clean_name, clean_number, clean_phone)
    } == {200_000}


@pytest.mark.parametrize(
    ("name", "other"),
    [("admin", "adm1n"), ("lan", "1an"), ("hoa", "h0a"), ("minh", "rninh"), ("an", "\u0430n"), ("vu", "VU")],
)
def test_names_that_look_alike_have_one_skeleton(name: str, other: str) -> None:
    assert make_skeleton(name) == make_skeleton(other)


def test_other_names_have_their_own_skeleton() -> None:
    names = ["hoa", "hoan", "lan", "lam", "minh", "an.nguyen", "an-nguyen", "quay1", "quay2", "quay10", "quay11"]
    assert len({make_skeleton(name) for name in names}) == len(names)
