"""`motcua token add`: one bearer token, shown once."""

import argparse
import re
from pathlib import Path

from motcua.cli.door import run_command
from motcua.cli.texts import say
from motcua.setup.agents import ALL

PART = re.compile(r"([0-9]{1,9})(?:-([0-9]{1,9}))?")
RANGE_MAX = 1000


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    verbs = parser.add_subparsers(dest="verb", required=True)
    add = verbs.add_parser("add", help="make a token for a device or a program")
    add.add_argument("--data", type=Path, required=True, metavar="DIR")
    add.add_argument("--role", required=True, help="kiosk, wall, pad, counter, agent, helper, officer, leader or admin")
    add.add_argument("--counter", type=int)
    add.add_argument("--name", default="")
    add.add_argument(
        "--counters",
        type=parse_numbers,
        metavar="N,N-M",
        help="counters that a device program (agent) serves: 1-4,7 or all",
    )
    add.add_argument(
        "--kiosks",
        type=parse_numbers,
        metavar="ID,ID",
        help="kiosks to which its scanner belongs: their tokens' numbers, or all",
    )
    add.add_argument("--account", help="the sign-in name of the person in whose name the program acts")


def parse_numbers(written: str) -> list[int] | str:
    """Return the numbers of a list like `1-4,7`, or `all`."""
    if written.strip().lower() == ALL:
        return ALL
    number_list: list[int] = []
    for part in written.split(","):
        if (match := PART.fullmatch(part.strip())) is None or int(match[2] or match[1]) - int(match[1]) not in range(
            RANGE_MAX
        ):
            raise argparse.ArgumentTypeError(
                say("“%(written)s” is not a list of numbers. Write it like 1-4,7, or all.", written=written)
            )
        number_list += range(int(match[1]), int(match[2] or match[1]) + 1)
    return number_list


def main(options: argparse.Namespace) -> int:
    """Print the new token."""
    params = {"role": options.role, "counter": options.counter, "name": options.name, "account": options.account}
    params |= {name: chosen for name in ("counters", "kiosks") if (chosen := getattr(options, name)) is not None}
    print(run_command(options.data, "token.add", params)["token"])
    return 0
