"""Agents as tests see them: what they declare, what an administrator lets them serve, and what they send."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any
from uuid import uuid4

from motcua.cli.door import open_reading
from motcua.desk.journal import read_rows
from tests.server.hall import Answer, Client, Json, Served
from tests.server.screen import Screen

UNBOUND, UNDECLARED = "agent.unbound", "device.undeclared"
_names = count(1)


class Cable(Screen):
    """The cable of the agent with the number `id`."""

    id: int


@contextmanager
def agent(served: Served, *devices: Json, is_decided: bool = True, **serves: Json) -> Iterator[Cable]:
    """Lend the cable of a new agent that declares `devices` and is bound to what it `serves`; with `is_decided` to
    nothing else.
    """
    decided: Json = {"counters": [], "kiosks": []} if is_decided else {}
    token = served.local("token.add", role="agent", name=f"pc-{next(_names)}", **{**decided, **serves}).json
    cable = Cable(served.port, "/agent", {"token": token["token"]})
    cable.id = token["id"]
    try:
        assert cable.emit("devices", {"devices": list(devices)})["ok"]
        yield cable
    finally:
        cable.close()
        served.client("admin").send("DELETE", f"tokens/{cable.id}")


def device(kind: str, *counters: int, name: str | None = None) -> Json:
    return {"name": name or kind, "kind": kind, "counters": list(counters)}


def journal(served: Served, action: str) -> list[Any]:
    with open_reading(served.folder) as db:
        return [row for row in read_rows(db) if row["action"] == action]


def assign(served: Served, agent: int, counters: list[int], kiosks: Json = None) -> Any:
    body = {"counters": counters, **({} if kiosks is None else {"kiosks": kiosks})}
    return put(served.client("admin"), agent, body)


def put(client: Client, agent: int, body: Json) -> Answer:
    return client.send(
        "PUT", f"agents/{agent}/assignment", json.dumps(body).encode(), {"Content-Type": "application/json"}
    )


def press(counter: int, device: str | None = "keypad") -> tuple[str, Json]:
    return "press", {"counter": counter, "press": "pause", "age_ms": 1, "key": str(uuid4()), "device": device}


def rate(counter: int, device: str | None = "pad") -> tuple[str, Json]:
    return "press", {
        "counter": counter,
        "press": "rate",
        "number": 5,
        "age_ms": 1,
        "key": str(uuid4()),
        "device": device,
    }


def shown(counter: int, device: str | None = "pad") -> tuple[str, Json]:
    return "shown", {"visit": "20261123-A001", "counter": counter, "key": str(uuid4()), "device": device}
