"""The format of the log: time with offset, logger, message.

A record is always one line, also with text from strangers.
"""

import logging
import re
from types import TracebackType

UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff]")
"""Control characters, line separators, and characters that change the direction of text."""
Failure = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def escape_line(text: str) -> str:
    """Return `text` on one line, with invisible characters and line separators as their code."""
    return UNPRINTABLE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


class LogLines(logging.Formatter):
    """Writes records so that their text cannot look like another record. Tracebacks are indented by two spaces."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S%z")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 -- named by the library
        """Return the record's own line."""
        return escape_line(super().formatMessage(record))

    def formatException(self, ei: Failure) -> str:  # noqa: N802 -- named by the library
        """Return a traceback with every line indented."""
        return "\n".join(f"  {escape_line(part)}" for part in super().formatException(ei).splitlines())


def write_to_stderr(level: int) -> None:
    """Write the log to standard error."""
    handler = logging.StreamHandler()
    handler.setFormatter(LogLines())
    logging.basicConfig(level=level, handlers=[handler])
