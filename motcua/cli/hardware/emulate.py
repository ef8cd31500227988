"""`motcua devices emulate`: one device made of software, or a whole hall of them, until SIGTERM or SIGINT."""

import argparse
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Any

from motcua.cli.options import parse_port
from motcua.cli.texts import say, translate_into, translate_message
from motcua.devices import emulated_hall
from motcua.devices.contract import DeviceError
from motcua.devices.emulation import Emulator, EmulatorRequest
from motcua.devices.kinds import DRIVERS, EMULATED, find_kind
from motcua.devices.workbench.server import Workbench

HALL = "hall"
LOOK_S = 0.2
QUIET = frozenset({"bytes", "frames", "registers", "signs", "watched", "unknown"})
"""Figures that change all the time and are not printed."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("kind", choices=[*EMULATED, HALL], help="one device, or all that a hall has")
    parser.add_argument("--name", default="", help="its name in agent.toml: a-z, figures and -")
    parser.add_argument(
        "--port",
        "--tcp",
        dest="tcp",
        type=parse_port,
        default=0,
        metavar="PORT",
        help="of a networked device (any free one)",
    )
    parser.add_argument(
        "--host", default="127.0.0.1", metavar="ADDRESS", help="where networked devices and the page listen (127.0.0.1)"
    )
    parser.add_argument(
        "--link",
        type=Path,
        metavar="PATH",
        help="a name of the serial line that stays the same over pulling and plugging",
    )
    parser.add_argument(
        "--counter", type=int, default=1, metavar="N", help="the counter to which the device belongs (1)"
    )
    parser.add_argument("--address", type=int, metavar="A", help="on a line with several devices")
    parser.add_argument(
        "--profile",
        metavar="P",
        help="what a keypad or pad sends (a name, or a file .yaml); ascii or modbus for a sign",
    )
    parser.add_argument("--baud", type=int, metavar="B", help="as slow as a true line; else at once")
    parser.add_argument("--paper-mm", type=int, choices=[58, 80], default=80, help="the printer's paper (80)")
    parser.add_argument("--papers", type=Path, metavar="DIR", help="keep the printer's last papers here, as PNG")
    parser.add_argument(
        "--pictures", type=Path, metavar="PATH", help="a picture or a folder of them for the camera; else drawn people"
    )
    parser.add_argument(
        "--page", type=parse_port, metavar="PORT", help="a web page to use and break it from (0: any free port)"
    )
    parser.add_argument("--counters", type=int, default=5, metavar="N", help="how many counters the hall has (5)")
    parser.add_argument(
        "--folder",
        type=Path,
        default=Path("emulated"),
        metavar="DIR",
        help="the hall's lines, papers, agent.toml (emulated)",
    )
    parser.add_argument("--cameras", action="store_true", help="the hall has a camera at each counter, too")
    parser.add_argument("--set", type=Path, metavar="FILE", help="the hall has the devices of this TOML file instead")


def main(options: argparse.Namespace) -> int:
    """Emulate until SIGTERM or SIGINT."""
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: ended.set())
    try:
        with ExitStack() as undo:
            emulators = [
                undo.enter_context(_run_emulator(emulated_hall.build(request))) for request in list_requests(options)
            ]
            page = undo.enter_context(_run_page(emulators, options)) if options.page is not None else None
            states = {emulator.name: _get_public_state(emulator) for emulator in emulators}
            _announce(emulators, options, page)
            _print_changes(emulators, states, ended)
    except DeviceError as error:
        print(translate_message(error.message, error.params), file=sys.stderr)
        return 1
    return 0


def list_requests(options: argparse.Namespace) -> list[EmulatorRequest]:
    """Return which emulators are wanted; a hall's folders are made.

    Raises `DeviceError` for an option that cannot be, `OSError`.
    """
    if options.kind != HALL:
        names = (
            "kind",
            "name",
            "host",
            "link",
            "counter",
            "address",
            "profile",
            "baud",
            "paper_mm",
            "papers",
            "pictures",
        )
        fields: dict[str, Any] = {name: getattr(options, name) for name in names}
        link = str(options.link.absolute()) if options.link else None
        return [emulated_hall.read_request({**fields, "link": link, "port": options.tcp}, "--")]
    if not 0 < options.counters <= emulated_hall.COUNTERS_MAX:
        raise DeviceError("%(place)s: %(problem)s", place="--counters", problem=f"1..{emulated_hall.COUNTERS_MAX}")
    lines = options.folder / emulated_hall.LINES
    lines.mkdir(parents=True, exist_ok=True)
    if options.set is not None:
        return emulated_hall.read(options.set, lines)
    return emulated_hall.list_hall(
        options.counters,
        lines,
        options.papers or options.folder / "phieu",
        options.host,
        options.tcp,
        has_rare=options.cameras,
    )


@contextmanager
def _run_emulator(emulator: Emulator) -> Iterator[Emulator]:
    emulator.start()
    try:
        yield emulator
    finally:
        emulator.stop()


@contextmanager
def _run_page(emulators: list[Emulator], options: argparse.Namespace) -> Iterator[Workbench]:
    workbench = Workbench(
        emulators,
        options.host,
        options.page,
        translate_into,
        files("motcua") / "static",
        lambda name, code: print_aside(f"{name} < {code}"),
    )
    workbench.start()
    try:
        yield workbench
    finally:
        workbench.stop()


def _announce(emulators: list[Emulator], options: argparse.Namespace, page: Workbench | None) -> None:
    """Print `ready ADDRESS` and the agent's entries. For a hall, also write its agent.toml."""
    entries = [emulator.describe_entry() for emulator in emulators]
    driven = [entry for entry in entries if f"{entry['kind']}.{entry['driver']}" in DRIVERS]
    if options.kind == HALL:
        file = (options.folder / emulated_hall.AGENT_FILE).absolute()
        text = emulated_hall.write_document(
            {"state": "agent-data", "device": [*driven, *emulated_hall.list_stand_ins()]}
        )
        file.write_text(text, encoding="utf-8")
        print(f"ready {page.url if page else file}", flush=True)
        print_aside(say("An agent drives them with: motcua agent --server URL --config %(file)s", file=file))
        return
    where = "" if page is None else f"# {page.url}\n"
    listed = "".join(emulated_hall.write_entry(entry) for entry in driven)
    print(f"ready {entries[0].get('port', '')}\n{where}{listed}", flush=True)
    if not driven:
        print_aside(say("No driver of the agent reads this device yet."))


def _print_changes(emulators: list[Emulator], last_states: dict[str, dict[str, Any]], ended: threading.Event) -> None:
    """Print what changes of each device since `last_states`, until the end."""
    is_over = False
    while not is_over:
        is_over = ended.wait(LOOK_S)
        for emulator in emulators:
            state, before = _get_public_state(emulator), last_states[emulator.name]
            last_states[emulator.name] = state
            for name, value in state.items():
                if value != before.get(name):
                    print_aside(f"{emulator.name} {name}: {value}")


def _get_public_state(emulator: Emulator) -> dict[str, Any]:
    kind = find_kind(emulator.kind)
    private = {"text"} if kind is not None and kind.emulation is not None and kind.emulation.is_private else set()
    return {name: value for name, value in emulator.get_state().items() if name not in QUIET | private}


def print_aside(line: str) -> None:
    """Print a line to stderr."""
    print(line, file=sys.stderr, flush=True)
