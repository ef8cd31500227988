"""`motcua devices`: this computer's ports and drivers, learn mode, and emulators of every device."""

import argparse

from motcua.cli.hardware import emulate, learn, ports

PARTS = {
    "list": (ports, "ports, keypad profiles and drivers"),
    "learn": (learn, "let a keypad teach what its keys send"),
    "emulate": (emulate, "devices made of software, which speak the same bytes"),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the parts of the command, each with its options."""
    chosen = parser.add_subparsers(dest="part", metavar="PART", required=True)
    for name, (part, about) in PARTS.items():
        part.arguments(chosen.add_parser(name, help=about, description=about))


def main(options: argparse.Namespace) -> int:
    """Run the chosen part."""
    part, _about = PARTS[options.part]
    return int(part.main(options))
