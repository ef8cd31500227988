"""Files and pipes in UTF-8 are read, with a mark or without; what others are in is named."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.typed.files import NotTextError, decode_input

TEXT = 'name = "Phường Mỹ Đình"\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_a_text_in_utf8_is_read(encoding: str) -> None:
    assert decode_input(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode("utf-16"), "UTF-16"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("utf-32"), "UTF-32"),
        (TEXT.encode("utf-16-le"), "UTF-16"),
        (TEXT.encode("utf-16-be"), "UTF-16"),
        (TEXT.encode("utf-32-le"), "UTF-32"),
        (b"\xff\xfea\x00b", "UTF-16"),
        ("Phương".encode("cp1258"), "Windows-1258"),
        (b"M\xb7 h\xe5 s\xac;Tr\xb9ng th\xb8i;\xae\xb7 tr\xb6", "TCVN3"),
        (b"\x89PNG\r\n\x1a\n\x00\x01", ""),
    ],
)
def test_what_cannot_be_read_is_named(data: bytes, encoding: str) -> None:
    with pytest.raises(NotTextError) as error:
        decode_input(data)
    assert error.value.encoding == encoding


@pytest.mark.thorough
@given(st.binary(max_size=60))
def test_any_bytes_are_a_text_or_refused(data: bytes) -> None:
    with suppress(NotTextError):
        decode_input(data).encode()


@pytest.mark.thorough
@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff"), max_size=40))
def test_utf8_comes_back(text: str) -> None:
    assert decode_input(text.encode()) == text
