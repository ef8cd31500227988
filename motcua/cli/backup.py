"""`motcua backup`: a checked copy of the desk in one file, also while it serves."""

import argparse
import sys
from pathlib import Path

from motcua.cli.door import require_desk
from motcua.cli.media import report_disk_errors
from motcua.cli.texts import say, translate_message
from motcua.desk import Refused
from motcua.desk.backup import make_copy


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("file", type=Path, metavar="FILE", help="where to put the copy, best on another disk")


def main(options: argparse.Namespace) -> int:
    """Make the copy."""
    require_desk(options.data)
    if options.file.is_dir():
        raise IsADirectoryError(21, say("this is a folder; name a file in it"), str(options.file))
    if options.file.exists() and not options.file.is_file():
        raise Refused("file.special", "%(path)s is not an ordinary file. Name a file in a folder.", path=options.file)
    if (
        not options.file.parent.is_dir()
    ):  # a stick that is not plugged in must not become a folder on the desk's own disk
        raise FileNotFoundError(2, say("there is no such folder"), str(options.file.parent))
    with report_disk_errors(options.file):
        copy = make_copy(options.data, options.file)
    done = say(
        "%(file)s holds the desk with %(count)s journal rows; the copy was checked.", file=options.file, count=copy.rows
    )
    print(done, file=sys.stderr)
    for item in copy.left_out:
        print(
            say(
                "Left out: %(name)s, because %(problem)s.",
                name=item.name,
                problem=translate_message(item.message, item.params),
            ),
            file=sys.stderr,
        )
    print(
        say("It also holds the desk's signing key and people's names: keep it where only you can read it."),
        file=sys.stderr,
    )
    return 0
