"""`motcua serve`: runs the desk."""

import argparse
import sys
from pathlib import Path

from motcua.cli.door import existing


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8080)


def main(options: argparse.Namespace) -> int:
    """Serve until SIGTERM or SIGINT."""
    from motcua.run.serving import Hall

    existing(options.data)
    hall = Hall(options.data, options.host, options.port)
    announce(hall.local, hall.site.lan_address)
    hall.serve()
    return 0


def announce(local: str, lan: str) -> None:
    """Print `ready http://…` and the addresses of all screens."""
    print(f"ready http://{local}", flush=True)
    for address in dict.fromkeys(filter(None, (local, lan))):
        for path in ("", "kiosk", "counter", "wall", "pad", "leaders", "settings"):
            print(f"http://{address}/{path}", flush=True)
    sys.stdout.flush()
