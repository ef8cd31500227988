"""Which contact is an e-mail address: one alone, or the only one among other words."""

import pytest

from motcua.suggestions.rules import find_email


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("an@example.vn", "an@example.vn"),
        ("Lan, 0912 345 678, lan.le@hanoi.gov.vn.", "lan.le@hanoi.gov.vn"),
        ("Email: An@Example.vn; gọi sau 17h", "An@Example.vn"),
        ("Nguyễn An <an@example.vn>", "an@example.vn"),
        ("", ""),
        ("0912345678", ""),
        ("an@phuong", ""),
        ("@example.vn", ""),
        ("đàn@ví.vn", ""),
        ("an@example.vn hoặc binh@example.vn", ""),
        ("an@example.vn\r\nBcc: x@y.zz", ""),
        (f"{'a' * 200}@example.vn", ""),
    ],
)
def test_one_address_is_read_and_nothing_else(contact: str, address: str) -> None:
    assert find_email(contact) == address
