"""Reading a request's headers: those that every browser and program sends at once, any other as gevent does."""

import re
from email.policy import Compat32
from typing import Any, Protocol

from gevent.pywsgi import WSGIHandler, headers_factory  # type: ignore[attr-defined]

LINES_MAX = 64
"""Who sends more headers than this is nobody in a hurry."""
PLAIN = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e]*)\r\n")
"""A header on a line of its own with nothing in it that could be read in two ways. Source: RFC 9112, section 5."""
END = b"\r\n"
LINE_MAX = 65_536
Headers: Any = type(WSGIHandler.headers)


class AsTheyCame(Compat32):
    """Returns each value as it came: a `PLAIN` one has no sign that mail could not carry."""

    def header_fetch_parse(self, _name: str, value: str) -> Any:
        """Return `value`."""
        return value


AS_THEY_CAME = AsTheyCame()


class Lines(Protocol):
    """What lines are read from."""

    def readline(self, most: int = -1, /) -> bytes:
        """Return the next line, of at most so many bytes."""
        ...


class ReadAgain:
    """Gives `lines` that were read before once more, then those of `rest`."""

    def __init__(self, lines: list[bytes], rest: Lines) -> None:
        self._lines, self._rest = iter(lines), rest

    def readline(self, most: int = -1) -> bytes:
        """Return the next line."""
        line = next(self._lines, None)
        return self._rest.readline(most) if line is None else line


def read_headers(rest: Lines, *_more: object) -> Any:
    """Return the headers that are read from `rest` up to the empty line, exactly as gevent returns them.

    Python's mail parser, which gevent asks, takes ten times as long. It reads what is not `PLAIN` here.
    """
    headers, lines = Headers(policy=AS_THEY_CAME), list[bytes]()
    while len(lines) < LINES_MAX:
        line = rest.readline(LINE_MAX + 1)
        if line == END:
            return headers
        lines.append(line)
        plain = PLAIN.fullmatch(line)
        if plain is None or len(line) > LINE_MAX:
            break
        headers.set_raw(plain[1].decode(), plain[2].decode())
    return headers_factory(ReadAgain(lines, rest))
