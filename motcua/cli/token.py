"""`motcua token add`: one bearer token, shown once."""

import argparse
from pathlib import Path

from motcua.cli.door import change


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    add = verbs.add_parser("add", help="make a token for a device or a program")
    add.add_argument("--data", type=Path, required=True, metavar="DIR")
    add.add_argument("--role", required=True, help="kiosk, wall, pad, counter, agent, officer, leader or admin")
    add.add_argument("--counter", type=int)
    add.add_argument("--name", default="")
    add.add_argument("--account", help="the sign-in name of the person in whose name the program acts")


def main(options: argparse.Namespace) -> int:
    """Print the new token."""
    given = {"role": options.role, "counter": options.counter, "name": options.name, "account": options.account}
    print(change(options.data, "token.add", given)["token"])
    return 0
