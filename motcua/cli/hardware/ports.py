"""`motcua devices list`: the ports of this computer, and the profiles and drivers that there are."""

import argparse
import json

from motcua.cli.texts import say
from motcua.devices.keypad.profile import list_built_in
from motcua.devices.kinds import DRIVERS
from motcua.devices.ports import list_all_ports


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--json", action="store_true", help="for programs: {ports, profiles, drivers}")


def main(options: argparse.Namespace) -> int:
    """Print them."""
    ports = list_all_ports()
    if options.json:
        print(
            json.dumps(
                {"ports": ports, "profiles": list_built_in(), "drivers": sorted(DRIVERS)}, ensure_ascii=False, indent=2
            )
        )
        return 0
    print(say("Ports of this computer:"))
    for port in ports:
        print(f"  {port['path']}  {port['name']}")
    if not ports:
        print(f"  {say('none found; you can still give a path')}")
    print(say("In the network: socket://HOST:PORT (bytes unchanged) or rfc2217://HOST:PORT (speed and parity too)"))
    print(say("Keypad profiles: %(names)s", names=", ".join(list_built_in())))
    print(say("Drivers: %(names)s", names=", ".join(sorted(DRIVERS))))
    return 0
