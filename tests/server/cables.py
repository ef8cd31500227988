"""Cables of agents that a test drives itself, without a program at the other end."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from tests.server.hall import Served
from tests.server.screen import Screen

_names = count(1)


@contextmanager
def agent(served: Served, *devices: dict[str, Any], declare: bool = True) -> Iterator[Screen]:
    """Lend the cable of a new agent that drives `devices` and may act at every counter and for every kiosk."""
    token = served.local("token.add", role="agent", name=f"pc-{next(_names)}", counters="all", kiosks="all").json
    cable = Screen(served.port, "/agent", {"token": token["token"]})
    try:
        if declare:
            assert cable.emit("devices", {"devices": list(devices)})["ok"]
        yield cable
    finally:
        cable.close()
        assert served.client("admin").send("DELETE", f"tokens/{token['id']}").status == 204
