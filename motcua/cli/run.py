"""`motcua run`: what `make run` and `python app.py` start.

Makes the data folder; the wizard does the rest in the browser.
"""

import argparse
import os
import sys
from pathlib import Path

# Import nothing here that opens a socket: gevent must patch the standard library first.

EVERYWHERE = "0.0.0.0"  # noqa: S104 -- the hall's screens are other computers


def run_main() -> int:
    """Run the desk that the environment names (DATA, HOST, PORT …), for `python app.py`; options on the command line
    count more.
    """
    from motcua.run.patch import patch

    patch()
    from motcua.cli.commands import run

    return run(["run", *sys.argv[1:]])


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options; the environment gives their defaults."""
    from motcua.cli import transport
    from motcua.cli.options import parse_port

    parser.add_argument(
        "--data", type=Path, default=os.environ.get("DATA") or "data", metavar="DIR", help="default: $DATA, else data"
    )
    parser.add_argument(
        "--host", default=os.environ.get("HOST") or EVERYWHERE, help=f"default: $HOST, else {EVERYWHERE}"
    )
    parser.add_argument(
        "--port", type=parse_port, default=os.environ.get("PORT") or "8080", help="default: $PORT, else 8080"
    )
    transport.arguments(parser, os.environ)


def main(options: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT. A new desk has no settings: its wizard starts from the ward template."""
    from motcua.cli.door import require_free_folder
    from motcua.cli.init import prepare_folder
    from motcua.cli.serve import print_addresses, print_loss, warn_of_voice
    from motcua.cli.texts import say
    from motcua.cli.transport import read_transport
    from motcua.desk.loss import find_loss
    from motcua.run.lost import start_desk_server

    if not (options.data / "desk.db").exists() and find_loss(options.data) is None:
        require_free_folder(options.data)
        prepare_folder(options.data)
    server = start_desk_server(options.data, options.host, options.port, print_loss, read_transport(options))
    if server is None:
        return 0
    server.obey_signals()  # whoever reads `ready` may end the desk at once
    print_addresses(server)
    if address := server.site.addresses.find_without_request():
        print(say("Open this with a phone or tablet in the same network:"))
        print(render_qr(f"{address}/"), flush=True)
    warn_of_voice(server)
    server.serve()
    return 0


def render_qr(text: str) -> str:
    """Return `text` as a QR code for the terminal, two modules a character."""
    from io import StringIO

    import segno

    out = StringIO()
    segno.make(text, error="m", micro=False).terminal(out, border=2, compact=True)
    return out.getvalue().rstrip("\n")
