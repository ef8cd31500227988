"""How a line of the program's log is written: time with its offset, where from, what; one line a record, whatever a stranger sent."""

import logging
import re
from types import TracebackType

UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
"""Control characters, line ends of every script, and what turns the direction of writing."""
Failure = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def plain(text: str) -> str:
    """Return `text` on one line: what nobody sees, or what would begin a line, is written as its number."""
    return UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


class LogLines(logging.Formatter):
    """Writes records so that nothing in them can look like a record of its own; the lines of a failure are set in by two spaces."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S%z")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 -- named by the library
        """Return the record's own line."""
        return plain(super().formatMessage(record))

    def formatException(self, ei: Failure) -> str:  # noqa: N802 -- named by the library
        """Return a failure, line by line, each set in."""
        return "\n".join(f"  {plain(part)}" for part in super().formatException(ei).splitlines())


def write_to_stderr(level: int) -> None:
    """Let the program's log go to standard error. The service's journal, or a terminal, keeps it."""
    handler = logging.StreamHandler()
    handler.setFormatter(LogLines())
    logging.basicConfig(level=level, handlers=[handler])
