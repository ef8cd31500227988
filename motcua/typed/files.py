"""The text of a file or a pipe: UTF-8, with its byte-order mark or without.

What else it is in is named, so that it can be saved anew.
"""

import codecs

_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_LOOKED_AT = 4096
_TCVN3 = frozenset((*range(0xA8, 0xAF), *range(0xB5, 0xBA), *range(0xBB, 0xBF)))
"""What ă â ê ô ơ ư đ and half of the marked a are in the old fonts' code; in Windows-1258 these bytes are signs."""
_TCVN3_SHARE = 4
"""One of so many bytes beyond ASCII has to be among them; of Vietnamese text it is about every second."""


class NotTextError(ValueError):
    """These bytes are no text in UTF-8; `encoding` is what they seem to be in, empty when nobody can say."""

    def __init__(self, encoding: str) -> None:
        super().__init__(f"this is {encoding}, not UTF-8" if encoding else "this is no text")
        self.encoding = encoding


def decode_input(data: bytes) -> str:
    """Return the text of `data` without its byte-order mark. Raises `NotTextError`."""
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None) or _wide(data[:_LOOKED_AT])
    if encoding:
        raise NotTextError(encoding)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotTextError(_of_one_byte(data)) from None


def _wide(data: bytes) -> str:
    """Return `UTF-16` or `UTF-32` where most letters come with zero bytes, as in those two without a mark."""
    zeros = data.count(0)
    if not data or zeros * 10 < len(data) * 3:
        return ""
    return "UTF-32" if zeros * 10 > len(data) * 6 else "UTF-16"


def _of_one_byte(data: bytes) -> str:
    """Return the code page of Vietnamese Windows, or the code of the fonts before it, where the bytes are text."""
    if any(byte < ord(" ") and byte not in b"\t\r\n\f\x1a" for byte in data):
        return ""
    marked = [byte for byte in data if byte >= 0x80]  # noqa: PLR2004 -- beyond ASCII
    return "TCVN3" if sum(byte in _TCVN3 for byte in marked) * _TCVN3_SHARE >= len(marked) else "Windows-1258"
