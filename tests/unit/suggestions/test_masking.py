"""What of a text is hidden, and that nothing of it is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.settings.sections.suggestions import ABUSIVE
from motcua.suggestions.rules import hide, mask
from motcua.suggestions.rules.masking import ABUSE, EMAIL, IDENTITY, NUMBER, PHONE, PLAIN

GAPS = st.sampled_from(["", " ", ".", "-", " - ", "\u2013"])
WORDS = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyÀỆ ,!?😀\n", max_size=40)


def read(text: str) -> str:
    return "".join(piece.mask for piece in hide(mask(text), ABUSIVE))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Gọi tôi 0912345678 nhé", "Gọi tôi 09••••••78 nhé"),
        ("Gọi +84 912 345 678.", "Gọi 84•••••••78."),
        ("ĐT: 0912.345.678", "ĐT: 09••••••78"),
        ("024 3825 1234 là số bàn", "02•••••••34 là số bàn"),
        ("CCCD 001090123456, CMND 012345678", "CCCD 00••••••••56, CMND 01•••••78"),
        ("thư: an.nguyen@phuong.vn", "thư: a•••@•••"),
        ("an @ gmail.com", "a•••@•••"),
        ("tài khoản 19031234567890123", "tài khoản 19•••••••••••••23"),
        ("phí 1.200.000.000 đồng, vé A001", "phí 1.200.000.000 đồng, vé A001"),
        ("ngày 24/11/2026 lúc 7:30", "ngày 24/11/2026 lúc 7:30"),
        ("Đồ ngu! Cán bộ MẤT  DẠY.", "•••! Cán bộ •••."),
        ("Đụng xe ở số 12, đĩa nhạc, con chó đẹp", "Đụng xe ở số 12, đĩa nhạc, con chó đẹp"),
    ],
)  # fmt: skip
def test_what_is_shown_at_once(text: str, shown: str) -> None:
    assert read(text) == shown


@pytest.mark.thorough
@given(st.text(max_size=200))
def test_the_pieces_are_the_whole_text(text: str) -> None:
    assert "".join(piece.text for piece in hide(mask(text), ABUSIVE)) == text


@pytest.mark.thorough
@given(WORDS, WORDS, st.from_regex(r"0[35789]\d{8}", fullmatch=True), GAPS, st.integers(1, 9))
def test_no_phone_number_is_shown_however_it_is_written(before: str, after: str, phone: str, gap: str, at: int) -> None:
    written = phone[:at] + gap + phone[at:]
    assert written not in read(f"{before} {written} {after}")
    assert [piece.kind for piece in mask(f"{before} {written} {after}") if piece.kind != PLAIN] == [PHONE]


@pytest.mark.thorough
@given(WORDS, st.from_regex(r"0\d{11}", fullmatch=True), GAPS, st.integers(1, 11))
def test_no_identity_number_is_shown(before: str, number: str, gap: str, at: int) -> None:
    written = number[:at] + gap + number[at:]
    pieces = mask(f"{before} {written}")
    assert [piece.kind for piece in pieces if piece.kind != PLAIN] == [IDENTITY]
    assert number[2:-2] not in "".join(piece.mask for piece in pieces)


@pytest.mark.thorough
@given(WORDS, st.from_regex(r"[a-z0-9._+-]{1,20}@[a-z0-9-]{1,20}\.[a-z]{2,6}", fullmatch=True))
def test_no_email_address_is_shown(before: str, address: str) -> None:
    pieces = mask(f"{before} {address}")
    assert EMAIL in {piece.kind for piece in pieces}
    assert address not in "".join(piece.mask for piece in pieces)


@pytest.mark.thorough
@given(WORDS)
def test_a_text_without_figures_and_addresses_is_shown_whole(text: str) -> None:
    assert "".join(piece.mask for piece in mask(text)) == text


def test_abusive_words_are_pieces_by_themselves_and_the_list_may_be_empty() -> None:
    assert [piece.kind for piece in hide(mask("mày khốn nạn 123456789012345 lắm"), ["khốn nạn", " "])] == [
        PLAIN,
        ABUSE,
        PLAIN,
        NUMBER,
        PLAIN,
    ]
    assert read("abc") == "".join(piece.mask for piece in hide(mask("abc"), []))
