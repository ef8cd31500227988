"""`motcua demo`: a whole simulated hall on a virtual clock."""

import argparse
import sys
import time
from pathlib import Path

from motcua.cli.texts import say

PORT, SPEED = 8080, 60.0
SPEED_MAX = 100_000
PORT_MAX = 65_535
WEEKS_MAX = 52
DIGITS_MAX = 4


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="keep the hall in this new or empty folder; else it is forgotten"
    )
    parser.add_argument(
        "--seed", type=seed, default=1, metavar="S", help="a whole number; the same one gives the same days"
    )
    parser.add_argument("--speed", type=parse_speed, metavar="X", help="how many times as fast as a real hall (60)")
    parser.add_argument(
        "--port", type=parse_port, metavar="P", help="the port of the screens (8080; any free one with --once)"
    )
    parser.add_argument(
        "--once", action="store_true", help="one day as fast as it goes; only its summary goes to standard output"
    )
    parser.add_argument(
        "--weeks",
        type=parse_weeks,
        default=0,
        metavar="N",
        help="how many past weeks are made first, for the reports (0 to 52; none by default)",
    )


def parse_weeks(text: str) -> int:
    """Return a number of weeks. Raises `ArgumentTypeError`."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) <= DIGITS_MAX else -1
    if not 0 <= number <= WEEKS_MAX:
        raise argparse.ArgumentTypeError(
            say(
                "the number of weeks must be a whole number from 0 to %(most)s, not %(text)s", most=WEEKS_MAX, text=text
            )
        )
    return number


def seed(text: str) -> int:
    """Return a seed. Raises `ArgumentTypeError`."""
    try:
        return int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(say("a seed must be a whole number, not %(text)s", text=text)) from None


def parse_speed(text: str) -> float:
    """Return a speed. Raises `ArgumentTypeError`."""
    try:
        factor = float(text)
    except ValueError:
        factor = 0.0
    if not 0 < factor <= SPEED_MAX:
        raise argparse.ArgumentTypeError(
            say("a speed must be a number above 0 and at most %(most)s, not %(text)s", most=SPEED_MAX, text=text)
        )
    return factor


def parse_port(text: str) -> int:
    """Return a port. Raises `ArgumentTypeError`."""
    number = int(text) if text.isdecimal() else -1
    if not 0 <= number <= PORT_MAX:
        raise argparse.ArgumentTypeError(
            say("a port must be a number from 0 to %(most)s, not %(text)s", most=PORT_MAX, text=text)
        )
    return number


def main(options: argparse.Namespace) -> int:
    """Run one day, or day after day until SIGINT or SIGTERM."""
    from motcua.demo import shows
    from motcua.demo.cables import DemoError

    if options.once and options.speed is not None:
        print(say("--once runs as fast as it goes: leave out --speed."), file=sys.stderr)
        return 2
    try:
        with shows.lend_folder(options.data) as place:
            if options.weeks:
                print_aside(say("The past weeks are being made: %(weeks)s.", weeks=options.weeks))
            if options.once:
                began = time.monotonic()
                sys.stdout.write(
                    shows.run_once(place, options.port or 0, options.seed, say, print_aside, options.weeks)
                )
                print_aside(say("%(seconds)s seconds", seconds=f"{time.monotonic() - began:.1f}"))
            else:
                chosen = PORT if options.port is None else options.port
                speed = options.speed or SPEED
                shows.watch(place, chosen, options.seed, speed, say, print_line, print_aside, options.weeks)
    except DemoError as error:
        print_aside(say("The simulated hall stopped: %(problem)s", problem=error))
        return 1
    return 0


def print_line(line: str) -> None:
    """Print to standard output at once."""
    print(line, flush=True)


def print_aside(line: str) -> None:
    """Print to standard error."""
    print(line, file=sys.stderr, flush=True)
