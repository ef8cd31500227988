"""`motcua journal`: verify the journal and the tables, rebuild the reports from it, export it, erase texts."""

import argparse
import sys
from pathlib import Path

from motcua.cli import journal_rebuild, journal_verify
from motcua.cli.door import open_reading, run_command
from motcua.cli.texts import say
from motcua.desk.journal import canonicalise, parse_row, read_raw_rows


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    about = "find any row that was edited, removed, inserted or moved, and any table that is not what the journal says"
    journal_verify.arguments(verbs.add_parser("verify", help=about))
    about = "compute every report from the journal alone, and compare it with the same report of the desk"
    journal_rebuild.arguments(verbs.add_parser("rebuild", help=about))
    erase = verbs.add_parser("erase", help="erase the words that a row of the journal stands for, before their time")
    erase.add_argument("--data", type=Path, required=True, metavar="DIR")
    erase.add_argument(
        "--row", type=int, required=True, metavar="SEQ", help="the row's number, as the exported journal has it"
    )
    export = verbs.add_parser("export", help="write the journal, one JSON object a line")
    export.add_argument("--data", type=Path, required=True, metavar="DIR")


def main(options: argparse.Namespace) -> int:
    """Verify, rebuild, export or erase."""
    if options.verb == "rebuild":
        return journal_rebuild.main(options)
    if options.verb == "export":
        return _export(options.data)
    if options.verb == "erase":
        return _erase(options.data, options.row)
    return journal_verify.main(options)


def _erase(folder: Path, row: int) -> int:
    run_command(folder, "text.erase", {"row": row})
    print(say("The words of row %(row)s are erased. Copies made before still have them.", row=row), file=sys.stderr)
    return 0


def _export(folder: Path) -> int:
    code = 0
    with open_reading(folder) as db:
        for row in read_raw_rows(db):
            try:
                print(canonicalise(parse_row(row)))
            except (ValueError, RecursionError):
                print(say("Row %(seq)s: its data cannot be read.", seq=row["seq"]), file=sys.stderr)
                code = 1
    return code
