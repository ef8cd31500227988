"""`motcua serve`: runs the desk."""

import argparse
import sys
from pathlib import Path

from motcua.calls.sounds import is_mute
from motcua.cli import transport
from motcua.cli.door import NoDeskError
from motcua.cli.options import port
from motcua.cli.texts import message_text, say
from motcua.desk.loss import Loss, find_loss
from motcua.desk.packing import STORE
from motcua.run.lost import open_hall
from motcua.run.serving import DeskServer
from motcua.voice import engine


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=port, default=8080)
    transport.arguments(parser)


def main(options: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT."""
    if not (options.data / STORE).exists() and find_loss(options.data) is None:
        raise NoDeskError(str(options.data))
    hall = open_hall(options.data, options.host, options.port, tell_of_loss, transport.transport_of(options))
    if hall is None:
        return 0
    announce(hall)
    warn_of_voice(hall)
    hall.serve()
    return 0


def tell_of_loss(local: str, loss: Loss) -> None:
    """Print where the page is that says what is wrong, and what that is."""
    print(f"ready {local}", flush=True)
    print(say("The desk cannot work now: %(problem)s", problem=message_text(loss.message, loss.params)), file=sys.stderr, flush=True)


def warn_of_voice(hall: DeskServer) -> None:
    """Say on stderr when calls will have no words because nothing that speaks is installed."""
    with hall.desk.read() as db:
        mute = not engine.is_installed() and is_mute(db, hall.site.voice)
    if mute:
        print(say(engine.MISSING), file=sys.stderr, flush=True)


def announce(hall: DeskServer) -> None:
    """Print `ready http://…` (`https` with TLS), the addresses of all screens and, while the desk is not set up, how to do that."""
    local, site = f"{hall.scheme}://{hall.local}", hall.site
    print(f"ready {local}", flush=True)
    for address in dict.fromkeys((local, *site.reach.guesses()[:1])):
        for path in ("", "kiosk", "counter", "wall", "pad", "leaders", "settings"):
            print(f"{address}/{path}", flush=True)
    if site.reach.has_guests:
        print(say("Citizens' phones: %(address)s", address=site.addresses.phones_known() or "?"), flush=True)
    if site.setup_code:
        print(say("Set up this desk at %(address)s/setup on this computer.", address=local), flush=True)
        print(say("From another computer it asks for the code %(code)s.", code=site.setup_code), flush=True)
    note = site.addresses.beside_tls()
    if note is not None:
        print(message_text(note.message, note.params), file=sys.stderr, flush=True)
    trouble = site.reach.trouble(site.addresses.base_setting())
    if trouble is not None and site.reach.is_open:
        print(message_text(trouble.message, trouble.params), file=sys.stderr, flush=True)
