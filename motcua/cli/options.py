"""Options of several commands: a password from a person or a pipe, a port, a text file."""

import argparse
import getpass
import sys
from pathlib import Path

from motcua.cli.texts import say
from motcua.desk import Invalid
from motcua.typed.codes import clean_token
from motcua.typed.files import NotTextError, decode_input
from motcua.typed.lines import clean_secret

PORT_MAX = 65535
STANDARD = Path("-")
"""Means standard input or output instead of a file."""
LINE_BYTES = 65_536


def parse_port(text: str) -> int:
    """Return the port that `text` names; 0 lets the system choose."""
    if not text.isascii() or not text.isdigit() or int(text) > PORT_MAX:
        raise argparse.ArgumentTypeError(
            say("%(value)s is not a valid port. A port is a number up to 65535.", value=text)
        )
    return int(text)


def read_password(from_stdin: bool) -> str:
    """Read a password: one line of standard input, or typed twice on the terminal. Line ends are removed.

    Raises `Invalid("password.none" | "password.terminal" | "password.differ" | "file.not_utf8")`.
    """
    if from_stdin:
        line = clean_secret(_read_line())
        if not line:
            raise Invalid("password.none", "No password came on standard input.")
        return line
    if sys.stdin is None or not sys.stdin.isatty():
        raise Invalid("password.terminal", "There is no terminal to ask for the password on. Use --password-stdin.")
    first = getpass.getpass(say("Password: "))
    if getpass.getpass(say("Once more: ")) != first:
        raise Invalid("password.differ", "The two passwords differ.")
    return clean_secret(first)


def read_text(path: Path) -> str:
    """Return the text of a file, or of standard input for `-`. Raises `OSError`, `Invalid("file.not_utf8")`."""
    typed = sys.stdin.buffer.read if sys.stdin is not None else bytes
    return _decode(typed() if path == STANDARD else path.read_bytes(), path)


def read_secret(path: Path) -> str:
    """Return the token in a file, or on standard input for `-`.

    Raises `OSError`, `Invalid("file.not_utf8" | "token.none")`.
    """
    token = clean_token(read_text(path))
    if not token:
        raise Invalid("token.none", "There is no token in %(path)s.", path=path)
    return token


def write_output(path: Path, content: bytes) -> None:
    """Write `content` into a file, or to standard output for `-`. Raises `OSError`."""
    if path == STANDARD:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
    else:
        path.write_bytes(content)


def _read_line() -> str:
    """Return the first line of standard input. Raises `Invalid("file.not_utf8")`."""
    return _decode(sys.stdin.buffer.readline(LINE_BYTES), STANDARD) if sys.stdin is not None else ""


def _decode(data: bytes, path: Path) -> str:
    try:
        return decode_input(data)
    except NotTextError as error:
        name = say("standard input") if path == STANDARD else path
        if error.encoding:
            raise Invalid(
                "file.not_utf8",
                "%(path)s is in %(encoding)s. Save it as UTF-8 and try again.",
                path=name,
                encoding=error.encoding,
            ) from error
        raise Invalid("file.not_utf8", "%(path)s is not a UTF-8 text file.", path=name) from error
