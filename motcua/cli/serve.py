"""`motcua serve`: runs the desk."""

import argparse
import sys
from pathlib import Path

from motcua.calls.sounds import is_mute
from motcua.cli import transport
from motcua.cli.door import NoDeskError
from motcua.cli.options import parse_port
from motcua.cli.texts import say, translate_message
from motcua.desk.loss import Loss, find_loss
from motcua.desk.packing import STORE
from motcua.run.lost import start_desk_server
from motcua.run.serving import DeskServer
from motcua.voice import engine


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=parse_port, default=8080)
    transport.arguments(parser)


def main(options: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT."""
    if not (options.data / STORE).exists() and find_loss(options.data) is None:
        raise NoDeskError(str(options.data))
    server = start_desk_server(options.data, options.host, options.port, print_loss, transport.read_transport(options))
    if server is None:
        return 0
    server.obey_signals()  # whoever reads `ready` may end the desk at once
    print_addresses(server)
    warn_of_voice(server)
    server.serve()
    return 0


def print_loss(local: str, loss: Loss) -> None:
    """Print the address of the page about the problem, and the problem."""
    print(f"ready {local}", flush=True)
    print(
        say("The server cannot work now: %(problem)s", problem=translate_message(loss.message, loss.params)),
        file=sys.stderr,
        flush=True,
    )


def warn_of_voice(server: DeskServer) -> None:
    """Warn on stderr if calls cannot be spoken because no speech engine is installed."""
    with server.desk.read() as db:
        mute = not engine.is_installed() and is_mute(db, server.site.voice)
    if mute:
        print(say(engine.MISSING), file=sys.stderr, flush=True)


def print_addresses(server: DeskServer) -> None:
    """Print `ready http://…` (`https` with TLS), the addresses of all screens and, for a new desk, how to set it up,
    in one piece: whoever reads `ready` finds the rest there.
    """
    local, site = f"{server.scheme}://{server.local}", server.site
    lines = [f"ready {local}"]
    for address in dict.fromkeys((local, *site.reach.list_guesses()[:1])):
        lines += [f"{address}/{path}" for path in ("", "kiosk", "counter", "wall", "pad", "leaders", "settings")]
    if site.reach.has_guests:
        lines.append(say("Citizens' phones: %(address)s", address=site.addresses.find_without_request() or "?"))
    if site.setup_code:
        lines.append(say("Set up this desk at %(address)s/setup on this computer.", address=local))
        lines.append(say("From another computer it asks for the code %(code)s.", code=site.setup_code))
    print("\n".join(lines), flush=True)
    note = site.addresses.find_plain_fault()
    if note is not None:
        print(translate_message(note.message, note.params), file=sys.stderr, flush=True)
    trouble = site.reach.find_trouble(site.addresses.get_setting())
    if trouble is not None and site.reach.is_open:
        print(translate_message(trouble.message, trouble.params), file=sys.stderr, flush=True)
