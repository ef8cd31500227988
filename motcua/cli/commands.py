"""The table of commands, each imported only on use, and the message of every failure."""

import argparse
import contextlib
import errno
import importlib
import io
import logging
import os
import socket
import sys
from typing import Any

from motcua import __version__
from motcua.agent.errors import AgentError
from motcua.cli import parent
from motcua.cli.door import NoDeskError
from motcua.cli.log_lines import write_to_stderr
from motcua.cli.media import explain_disk, finish_output
from motcua.cli.texts import list_mistakes, say, translate_message
from motcua.desk import DatabaseTooNewError, Invalid, Refused, StoreError
from motcua.desk.backup import BadBackupError
from motcua.desk.lock import DeskInUseError
from motcua.desk.loss import Loss, StoreLostError
from motcua.desk.private import begin_private
from motcua.setup.mistakes import Mistakes

COMMANDS = {
    "init": "set up a desk in a folder",
    "serve": "run the desk",
    "run": "set up a desk if there is none, then run it",
    "token": "tokens of devices and programs",
    "account": "people who sign in",
    "journal": "verify or export the journal",
    "config": "all settings as one file",
    "tls": "a certificate authority of the ward's own, for https",
    "backup": "copy the desk into one file",
    "restore": "bring a copy back",
    "agent": "drive the devices of this computer",
    "devices": "ports and drivers, learn mode, emulators",
    "voice": "the words and sounds of a call",
    "camera": "the smile index of photos, its model, its constants",
    "emulate": "the provincial system made of software, for trials",
    "check": "every invariant and every device, one line each",
    "demo": "a whole simulated hall",
    "report": "a report as JSON, CSV or PDF",
    "bank": "a bank made of software: it pays a VietQR code and tells the desk",
    "poster": "posters and stickers with codes, and the result poster, as PDF",
    "replay": "a past day again, perhaps under other settings",
    "simulate": "the simulator on a queue from a textbook",
    "docs": "write or check the generated pages of the documentation",
}
FOUND_WRONG, WRONG_USE = 1, 2
PUBLIC = frozenset({"docs"})
"""Commands whose files everybody can read: the pages of the project."""


def run(arguments: list[str]) -> int:
    """Run the command that `arguments` name. Return 0 done, 1 found something wrong, 2 wrong use."""
    speak_utf8()
    parser = argparse.ArgumentParser("motcua", description="The counter hall of a one-stop desk.")
    parser.add_argument("--version", action="version", version=f"motcua {__version__}")
    parser.add_argument("--verbose", action="store_true", help="say more on stderr")
    parser.add_argument(
        "--until-eof",
        action="store_true",
        help="end as on SIGTERM when standard input ends: for a program that starts this",
    )
    chosen = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    name = next((word for word in arguments if not word.startswith("-")), "")
    module: Any = None
    # to describe them all takes as long as to open a store, and who begins with a command asks for no list
    commands = {name: COMMANDS[name]} if name in COMMANDS and name == arguments[0] else COMMANDS
    for command, about in commands.items():
        sub = chosen.add_parser(command, help=about, description=about)
        if command == name:
            module = importlib.import_module(f"motcua.cli.{command}")
            module.arguments(sub)
    options = parser.parse_args(arguments)
    write_to_stderr(logging.DEBUG if options.verbose else logging.INFO)
    if options.command not in PUBLIC:
        begin_private()
    if options.until_eof:
        parent.exit_with_parent()
    try:
        code = int(module.main(options))
        finish_output()
        return code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the reader of our output is gone
        return FOUND_WRONG
    except Exception as error:
        with contextlib.suppress(OSError):
            finish_output()
        message = explain(error)
        if message is None:
            raise
        print(message, file=sys.stderr)
        return WRONG_USE if isinstance(error, Invalid) and not isinstance(error, Mistakes) else FOUND_WRONG
    except KeyboardInterrupt:
        return FOUND_WRONG


def speak_utf8() -> None:
    """Print in UTF-8 everywhere: a Windows console or `LANG=C` cannot print Vietnamese."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def explain(error: Exception) -> str | None:  # noqa: PLR0911 -- a table, one line a kind
    """Return the message about `error` for the terminal, None for a defect of the program."""
    if isinstance(error, Mistakes):
        return "\n".join(list_mistakes(error))
    if isinstance(error, Refused):
        return translate_message(error.message, error.params)
    if isinstance(error, NoDeskError):
        return say(
            "There is no desk in %(folder)s. Create one with: motcua init --data %(folder)s --template ward",
            folder=error,
        )
    if isinstance(error, StoreLostError):
        return explain_loss(error.loss)
    if isinstance(error, DeskInUseError):
        return say(
            "Another program is using the desk in %(folder)s. Stop it first, or try again in a moment.", folder=error
        )
    if isinstance(error, DatabaseTooNewError):
        return say("This desk was last used by a newer motcua. Install the newer version; nothing was changed.")
    if isinstance(error, AgentError):
        return translate_message(error.message, error.params)
    if isinstance(error, BadBackupError):
        return say("This copy cannot be used: %(problem)s.", problem=translate_message(error.message, error.params))
    if isinstance(error, OSError):
        return explain_system(error)
    if isinstance(error, StoreError):
        return say("The desk's store cannot be used: %(problem)s.", problem=error)
    return None


def explain_loss(loss: Loss) -> str:
    """Return the message about a lost store, with what to do."""
    there = say("There was a desk in %(folder)s. No new one is created in its place.", folder=loss.folder)
    copy = loss.backup or say("FILE, your own copy")
    way = say(
        "Bring it back from its newest copy: motcua restore %(copy)s --data %(folder)s", copy=copy, folder=loss.folder
    )
    return " ".join((translate_message(loss.message, loss.params), there, way))


def explain_system(error: OSError) -> str:  # noqa: PLR0911 -- as above
    """Return the message about an error of the operating system."""
    path = error.filename or (error.args[0] if len(error.args) == 1 else "")
    if (message := explain_disk(error, path)) is not None:
        return message
    if isinstance(error, FileExistsError):
        return say("%(path)s exists already; nothing was changed.", path=path)
    if isinstance(error, PermissionError) and path:
        return say("Not allowed to use %(path)s. Choose another folder or ask for the right to write there.", path=path)
    if isinstance(error, PermissionError):
        return say("This port needs special rights. Choose one from 1024 on with --port.")
    if error.errno == errno.EADDRINUSE:
        return say("This port is already in use by another program. Choose another one with --port.")
    if error.errno == errno.EADDRNOTAVAIL or isinstance(error, socket.gaierror):
        return say(
            "This computer does not have this address. Give one of its addresses with --host, or 0.0.0.0 for "
            "all of them."
        )
    if isinstance(error, FileNotFoundError):
        return say("There is no %(path)s.", path=path)
    return f"{path}: {error.strerror or error}" if path else str(error)
