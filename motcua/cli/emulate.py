"""`motcua emulate`: another system made of software, until SIGTERM or SIGINT."""

import argparse
import signal
import threading

from motcua.cli.emulated.province import FAULTS, KEYS, ProvinceEmulator
from motcua.cli.options import parse_port
from motcua.desk import system_clock

LOOK_S = 0.2
COUNT = 30


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("system", choices=["province"], help="which system")
    parser.add_argument("--host", default="127.0.0.1", metavar="ADDRESS", help="where it listens (127.0.0.1)")
    parser.add_argument("--port", type=parse_port, default=0, metavar="PORT", help="any free one")
    parser.add_argument("--token", default="", help="the bearer token that it wants; none: it asks for no token")
    parser.add_argument("--count", type=int, default=COUNT, metavar="N", help=f"how many dossiers it has ({COUNT})")
    parser.add_argument(
        "--fault", action="append", choices=FAULTS, default=[], help="what it does wrong; may be given several times"
    )


def main(options: argparse.Namespace) -> int:
    """Answer until SIGTERM or SIGINT, and print what it was told."""
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    emulator = ProvinceEmulator(options.host, options.port, options.token)
    emulator.fill(options.count, system_clock.now().date())
    emulator.faults = set(options.fault)
    emulator.start()
    try:
        print(f"ready {emulator.url}/list", flush=True)
        print(f"# {emulator.url}/dossiers/{{code}}/state", flush=True)
        print(f"# {' '.join(KEYS.values())}", flush=True)
        count = 0
        while not ended.wait(LOOK_S):
            for code, body in emulator.reports[count:]:
                count += 1
                print(f"{code} {body}", flush=True)
    finally:
        emulator.stop()
    return 0
