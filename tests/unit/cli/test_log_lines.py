"""A line of the log is one line, whatever somebody sent."""

import io
import logging
import re

import pytest

from motcua.cli.log_lines import LogLines

LINE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d{4} \S+: ")


def written(message: str, *given: object, failure: Exception | None = None) -> str:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(LogLines())
    handler.handle(
        logging.makeLogRecord(
            {
                "name": "motcua.web",
                "msg": message,
                "args": given,
                "exc_info": failure and (type(failure), failure, failure.__traceback__),
            }
        )
    )
    return out.getvalue()


@pytest.mark.parametrize(
    "end", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x1b[2K", "\x85", "\u2028", "\u2029", "\u202e", "\x00", "\ud800"]
)
def test_what_a_stranger_sent_begins_no_line(end: str) -> None:
    forged = f"/x{end}2026-01-01T00:00:00+0700 motcua.security: sign_in.ok"
    out = written("unexpected error at %s", forged)
    assert out.splitlines() == [out.removesuffix("\n")]
    assert LINE.match(out)
    assert out.isascii()


def test_a_failure_is_set_in_line_by_line() -> None:
    try:
        raise ValueError("one\n2026-01-01T00:00:00+0700 motcua.security: forged\u202e")
    except ValueError as error:
        first, *rest = written("failed", failure=error).splitlines()
    assert LINE.match(first)
    assert rest[0] == "  Traceback (most recent call last):"
    assert all(part.startswith("  ") for part in rest)
    assert not any(LINE.match(part) for part in rest)


def test_letters_stay_readable() -> None:
    assert written("Phường %s", "Mỹ Đình").endswith(" motcua.web: Phường Mỹ Đình\n")
