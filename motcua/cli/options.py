"""What several commands take: a password from a person or a pipe, a port, a text file."""

import argparse
import getpass
import sys
from pathlib import Path

from motcua.cli.texts import say
from motcua.desk import Invalid

PORT_MAX = 65535
STANDARD = Path("-")
"""Stands for standard input or output where a file is wanted."""


def port(text: str) -> int:
    """Return the port that `text` names; 0 lets the system choose."""
    if not text.isascii() or not text.isdigit() or int(text) > PORT_MAX:
        raise argparse.ArgumentTypeError(say("%(value)s is no port; it is a number up to 65535", value=text))
    return int(text)


def password(from_stdin: bool) -> str:
    """Read a password: a line of standard input, or asked for twice on the terminal.

    Raises `Invalid("password.none" | "password.terminal" | "password.differ")`.
    """
    if from_stdin:
        line = sys.stdin.readline() if sys.stdin is not None else ""
        if not line.rstrip("\r\n"):
            raise Invalid("password.none", "No password came on standard input.")
        return line.rstrip("\r\n")
    if sys.stdin is None or not sys.stdin.isatty():
        raise Invalid("password.terminal", "There is no terminal to ask for the password on. Use --password-stdin.")
    first = getpass.getpass(say("Password: "))
    if getpass.getpass(say("Once more: ")) != first:
        raise Invalid("password.differ", "The two passwords differ.")
    return first


def text_of(path: Path) -> str:
    """Return the text of a file, or of standard input for `-`. Raises `OSError`, `Invalid("file.not_utf8")`."""
    typed = sys.stdin.buffer.read if sys.stdin is not None else bytes
    found = typed() if path == STANDARD else path.read_bytes()
    try:
        return found.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Invalid("file.not_utf8", "%(path)s is not a text in UTF-8.", path=path) from error
