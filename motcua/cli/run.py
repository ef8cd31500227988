"""`motcua run`: what `make run` and `python app.py` start. Makes the data folder; the wizard does the rest in the browser."""

import argparse
import os
import sys
from pathlib import Path

# Nothing that opens a socket is imported up here: gevent has to change the standard library first.

EVERYWHERE = "0.0.0.0"  # noqa: S104 -- the hall's screens are other computers


def main_run() -> int:
    """Run the desk that the environment names (DATA, HOST, PORT …), for `python app.py`; options on the command line count more."""
    from motcua.run.patch import patch

    patch()
    from motcua.cli.commands import run

    return run(["run", *sys.argv[1:]])


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options; the environment gives their defaults."""
    from motcua.cli import transport
    from motcua.cli.options import port

    parser.add_argument("--data", type=Path, default=os.environ.get("DATA") or "data", metavar="DIR", help="default: $DATA, else data")
    parser.add_argument("--host", default=os.environ.get("HOST") or EVERYWHERE, help=f"default: $HOST, else {EVERYWHERE}")
    parser.add_argument("--port", type=port, default=os.environ.get("PORT") or "8080", help="default: $PORT, else 8080")
    transport.arguments(parser, os.environ)


def main(options: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT. A new desk has no settings yet: its wizard starts from the ward template."""
    from motcua.cli.door import free
    from motcua.cli.init import prepare
    from motcua.cli.serve import announce, tell_of_loss, warn_of_voice
    from motcua.cli.texts import say
    from motcua.cli.transport import transport_of
    from motcua.desk.loss import find_loss
    from motcua.run.lost import open_hall

    if not (options.data / "desk.db").exists() and find_loss(options.data) is None:
        free(options.data)
        prepare(options.data)
    hall = open_hall(options.data, options.host, options.port, tell_of_loss, transport_of(options))
    if hall is None:
        return 0
    announce(hall)
    if address := hall.site.addresses.phones_known():
        print(say("Open this with a phone or tablet in the same network:"))
        print(qr(f"{address}/"), flush=True)
    warn_of_voice(hall)
    hall.serve()
    return 0


def qr(text: str) -> str:
    """Return `text` as a QR code for the terminal, two modules a character."""
    from io import StringIO

    import segno

    out = StringIO()
    segno.make(text, error="m", micro=False).terminal(out, border=2, compact=True)
    return out.getvalue().rstrip("\n")
