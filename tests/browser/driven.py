"""A hall whose devices are made of software and driven by a real agent; small sentences for what happens to them."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import tomlkit

from motcua.devices.emulation import Emulator
from tests.browser.conftest import Hall
from tests.server.programs import AgentProcess, agent
from tests.waiting import wait_until


@contextmanager
def driving(hall: Hall, folder: Path, *devices: Emulator) -> Iterator[AgentProcess]:
    """Lend an agent called "PC quầy 1" that drives `devices`, when each says that it works; a sign cannot say so."""
    token = str(hall.command("token.add", role="agent", name="PC quầy 1", counters="all", kiosks="all")["token"])
    with ExitStack() as stack:
        for device in devices:
            device.start()
            stack.callback(device.stop)
        made = stack.enter_context(
            agent(folder, hall.url, token, tomlkit.dumps({"device": [device.describe_entry() for device in devices]}))
        )
        seeing = {device.name for device in devices if device.kind != "sign"}
        wait_until(lambda: {name for name, state in states(hall).items() if state == "ok"} == seeing, told=made.log)
        yield made


def states(hall: Hall) -> dict[str, str]:
    """Return each device's state as the desk has it."""
    agents = hall.call("/devices", role="leader")["items"]
    return {item["name"]: item["state"] for item in agents[-1]["devices"]} if agents and agents[-1]["connected"] else {}
