"""Where a request ends.

A server in front of the desk and the desk itself must see the same end: what is doubtful is refused.
"""

import re
from collections.abc import Sequence

LENGTH = re.compile(r"[0-9]{1,18}")
"""How RFC 9110, section 8.6, writes a length: digits alone. Python's own numbers also have signs, spaces and
underscores."""


def is_doubtful(lengths: Sequence[str], encodings: Sequence[str]) -> bool:
    """Say whether a request's `Content-Length` and `Transfer-Encoding` headers could be read in two ways.

    Source: RFC 9112, 6.1 and 6.3.
    """
    if encodings:
        return bool(lengths) or [encoding.strip().lower() for encoding in encodings] != ["chunked"]
    return len(lengths) > 1 or any(not LENGTH.fullmatch(length.strip()) for length in lengths)
