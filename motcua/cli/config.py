"""`motcua config`: all settings as one TOML file."""

import argparse
import sys
from pathlib import Path

from motcua.cli.door import open_reading, require_desk, run_command
from motcua.cli.media import write_out
from motcua.cli.options import STANDARD, read_text
from motcua.cli.texts import list_mistakes, say
from motcua.desk import Refused
from motcua.procedures.store import list_codes
from motcua.settings import store
from motcua.setup.actions import get_document
from motcua.setup.document import read, write
from motcua.setup.mistakes import Mistakes


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    for name, about in (
        ("export", "write the settings in force"),
        ("check", "name each mistake in a settings file by its place; nothing is changed"),
        ("import", "put a settings file in force"),
    ):
        verb = verbs.add_parser(name, help=about)
        verb.add_argument("--data", type=Path, required=name != "check", metavar="DIR")
        verb.add_argument("file", type=Path, metavar="FILE", help="- is standard input or output")


def main(options: argparse.Namespace) -> int:
    """Export, check or import."""
    if options.data is not None:
        require_desk(options.data)
    if options.verb == "export":
        return _export(options.data, options.file)
    text = read_text(options.file)
    if options.verb == "check":
        return _check(text, options.data)
    _read(text, options.data)
    answer = run_command(options.data, "config.import", {"text": text})
    done = (
        say("These settings are in force now.") if answer["changed"] else say("These settings were in force already.")
    )
    print(done, file=sys.stderr)
    return 0


def _read(text: str, folder: Path | None) -> None:
    """Raise `Mistakes` for what is wrong in a settings file; the desk in `folder` says which procedures it added."""
    if folder is None:
        read(text)
        return
    with open_reading(folder) as db:
        added = list_codes(db)
    read(text, added)


def _check(text: str, folder: Path | None) -> int:
    try:
        _read(text, folder)
    except Mistakes as error:
        for line in list_mistakes(error):
            print(line)
        return 1
    print(say("There is no mistake in these settings."))
    return 0


def _export(folder: Path, target: Path) -> int:
    with open_reading(folder) as db:
        if store.get_version(db) == 0:
            raise Refused("setup.missing", "This desk is not set up yet.")
        text = write(get_document(db))
    if target == STANDARD:
        print(text, end="")
        return 0
    write_out(target, text.encode())
    return 0
