"""Our own codes as a scanner reads them: a ticket's, a booking's or a seat's address, a booking's bare code, a
ticket's number. Pure.

Only the path counts: papers live longer than addresses, and a phone or a proxy may have changed the host, its
letters, or what follows.
"""

import re
from datetime import date
from urllib.parse import unquote

_ADDRESS = re.compile(r"(?:[^\s?#]*/)?(b|seat|t)/([A-Za-z0-9_-]{1,48})(?:[/?#&].*)?", re.IGNORECASE | re.ASCII)
_BOOKING = re.compile(r"[ABCDEGHKLMNPQRSTUVXY2-9]{8}")
_NUMBER = re.compile(r"(20\d{6})?([ABCDEGHKLMNPQRSTUVXY]\d{3,4})", re.ASCII)
_GAPS = re.compile(r"[\s\u2010-\u2015-]")
_ENCODED = 2
"""How often an address may have been percent-encoded: once by a page, once more by what shared it."""


def parse_own_code(text: str, today: date) -> str | None:
    """Return the path of the code that `text` is, e.g.

    `t/abcDEF-_1234`, `b/ABCDEGHK`, `seat/5`, `n/A001`; None for any other text.
    """
    address = _address(text)
    if address is not None:
        return address
    bare = _GAPS.sub("", text).upper()
    if _BOOKING.fullmatch(bare):
        return f"b/{bare}"
    number = _NUMBER.fullmatch(bare)
    if number is None or number[1] not in {None, f"{today:%Y%m%d}"}:
        return None
    return f"n/{number[2]}"


def _address(text: str) -> str | None:
    for _time in range(_ENCODED + 1):
        parts = _ADDRESS.fullmatch(text)
        if parts is not None:
            return _path(parts[1], parts[2])
        text = unquote(text)
    return None


def _path(way: str, code: str) -> str:
    """Return the code's path.

    With the Caps Lock on, capitals and small letters have changed places, in `t` as in the code after it.
    """
    if way in {"b", "B"}:
        return f"b/{code.upper()}"
    return f"{way.lower()}/{code if way.islower() else code.swapcase()}"
