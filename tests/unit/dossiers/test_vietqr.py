"""The text of a VietQR code, against the published example and an independent reader."""

import io
import string

import pytest
import segno
import zxingcpp
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from motcua.desk import Invalid
from motcua.dossiers.rules.vietqr import PURPOSE_MAX, write_purpose, write_vietqr

EXAMPLE = (
    "00020101021238570010A00000072701270006970415011300110019324180208QRIBFTTA530370454061200005802VN62170813"
    "ung ho lu lut6304C15C"
)


def read_fields(text: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    while text:
        name, length = text[:2], int(text[2:4])
        assert len(text) >= 4 + length
        fields[name], text = text[4 : 4 + length], text[4 + length :]
    return fields


def compute_crc_bit_by_bit(data: bytes) -> int:
    value = 0xFFFF
    for byte in data:
        value ^= byte << 8
        for _bit in range(8):
            value = (value << 1 ^ 0x1021 if value & 0x8000 else value << 1) & 0xFFFF
    return value


def test_the_published_example_comes_out() -> None:
    assert write_vietqr("970415", "0011001932418", 120_000, "ủng hộ lũ lụt") == EXAMPLE


ACCOUNTS = st.text(string.ascii_letters + string.digits, min_size=1, max_size=19)


@pytest.mark.thorough
@given(st.text(string.digits, min_size=6, max_size=6), ACCOUNTS, st.none() | st.integers(1, 10**12 - 1), st.text())
def test_an_independent_reader_reads_each_field(bank: str, account: str, amount: int | None, purpose: str) -> None:
    text = write_vietqr(bank, account, amount, purpose)
    fields = read_fields(text)
    receiver = read_fields(read_fields(fields["38"])["01"])
    assert (receiver["00"], receiver["01"]) == (bank, account)
    assert fields.get("54") == (None if amount is None else str(amount))
    assert fields["01"] == ("11" if amount is None else "12")
    assert int(fields["63"], 16) == compute_crc_bit_by_bit(text[:-4].encode())
    assert text.isascii()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Lệ phí hồ sơ H17-261126-0007", "Le phi ho so H17-261126-0"),
        ("Đăng ký", "Dang ky"),
        ("\n\x00😀", ""),
        ("  a   b ", "a b"),
    ],
)
def test_a_purpose_is_what_banks_take(text: str, plain: str) -> None:
    assert write_purpose(text) == plain
    assert len(plain) <= PURPOSE_MAX


@pytest.mark.parametrize(
    ("bank", "account", "amount", "code"),
    [
        ("97041", "1", 1, "fee.bank"),
        ("97041a", "1", 1, "fee.bank"),
        ("970415", "", 1, "fee.account"),
        ("970415", "1" * 20, 1, "fee.account"),
        ("970415", "12 3", 1, "fee.account"),
        ("970415", "1", 0, "fee.amount"),
        ("970415", "1", -5, "fee.amount"),
        ("970415", "1", 10**12, "fee.amount"),
    ],
)
def test_what_no_code_can_hold_is_refused(bank: str, account: str, amount: int, code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        write_vietqr(bank, account, amount)
    assert refusal.value.code == code


def test_a_printed_code_is_read_back() -> None:
    picture = io.BytesIO()
    segno.make(EXAMPLE, error="m").save(picture, kind="png", scale=4)
    assert [code.text for code in zxingcpp.read_barcodes(Image.open(picture))] == [EXAMPLE]
