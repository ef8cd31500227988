"""A desk of the ward template to be measured: set up, its tokens, its server."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .client import Http
from .process import Server

SERVICE = b'{"service":"certified-copy"}'
DESK, SLOW_DESK = "motcua", "bench.slow_serve"


def motcua(*arguments: str) -> str:
    """Run the command line and return what it prints. Raises `CalledProcessError`."""
    done = subprocess.run([sys.executable, "-m", "motcua", *arguments], check=True, capture_output=True, text=True)  # noqa: S603
    return done.stdout.strip()


@dataclass(frozen=True)
class Hall:
    """A desk that is set up in `data`, with a token for each kind of screen."""

    data: Path
    kiosk: str
    counter: str
    wall: str

    @contextmanager
    def served(self, module: str = DESK) -> Iterator[Server]:
        """Serve the desk, as it is or on a slower disk, until the end of the block."""
        with Server(module, ["serve", "--data", str(self.data), "--port", "0"], self.data.parent) as server:
            yield server


def set_up(folder: Path, name: str) -> Hall:
    """Return a new desk of the ward template, open at every hour, in `folder`/`name`."""
    place = folder / name
    place.mkdir()
    data = place / "desk"
    motcua("init", "--data", str(data), "--template", "ward", "--always-open")

    def token(*role: str) -> str:
        return motcua("token", "add", "--data", str(data), "--role", *role)

    return Hall(data, token("kiosk"), token("counter", "--counter", "1"), token("wall"))


def client(server: Server, token: str) -> Http:
    """Return a connection that speaks with `token`."""
    return Http(server.address, {"Authorization": f"Bearer {token}"})
