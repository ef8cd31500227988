"""A locker made of software. Its doors can be jammed, held open and closed by hand."""

from typing import Any

from motcua.devices.emulation import Handle
from motcua.devices.locker.codec import LockerShape
from motcua.devices.locker.slave import DoorSlave
from motcua.devices.transports.pseudo_terminal import PseudoTerminal
from motcua.typed.sentences import mark

DOORS = 4


class LockerEmulator:
    """A locker with some doors on a line of its own; `link` is a path that stays the same over pulling and plugging."""

    kind = "locker"

    def __init__(self, name: str, doors: int = DOORS, address: int = 1, *, link: str | None = None) -> None:
        """Prepare the locker, all doors closed."""
        self.name, self._address = name, address
        self.slave = DoorSlave(LockerShape(doors), address)
        self._line = PseudoTerminal(link, None, self._received)

    @property
    def path(self) -> str:
        """Return the port that an agent opens."""
        return self._line.path

    def start(self) -> None:
        """Plug it in. Raises `OSError`."""
        self._line.start()

    def stop(self) -> None:
        """Pull it out for good."""
        self._line.stop()

    def describe_entry(self) -> dict[str, Any]:
        """Return the agent's entry for this locker."""
        entry = {"name": self.name, "kind": self.kind, "driver": "modbus", "port": self.path}
        return {**entry, "address": self._address, "doors": len(self.slave.doors), "pulse_ms": 50}

    def list_handles(self) -> list[Handle]:
        """Return what can happen to each door, and to the cable."""
        doors = [
            Handle(f"{door}/{code}", label)
            for door in self.slave.doors
            for code, label in (
                ("jam", mark("Jam the door, or free it")),
                ("hold", mark("Hold it open, or let it go")),
                ("close", mark("Close the door")),
            )
        ]
        return [*doors, Handle("unplug", mark("Unplug")) if self._line.is_plugged else Handle("plug", mark("Plug in"))]

    def do(self, code: str) -> None:
        """Pull the cable, put it in, or do something to a door: `2/jam`, `2/hold`, `2/close`. Raises `ValueError`."""
        number, _slash, what = code.partition("/")
        door = self.slave.doors.get(int(number)) if number.isdecimal() else None
        if code == "unplug":
            self._line.unplug()
        elif code == "plug":
            self._line.plug()
        elif door is not None and what == "jam":
            door.is_jammed = not door.is_jammed
        elif door is not None and what == "hold":
            door.is_held = not door.is_held
        elif door is not None and what == "close":
            door.is_open = False
        else:
            raise ValueError(code)

    def get_state(self) -> dict[str, Any]:
        """Return `plugged`, and the doors that are open or jammed."""
        plugged = self._line.is_plugged
        open_doors = [number for number, door in self.slave.doors.items() if door.is_open]
        jammed = [number for number, door in self.slave.doors.items() if door.is_jammed]
        text = " ".join(map(str, open_doors)) or "-"
        fault = None if plugged else "unplugged"
        return {"plugged": plugged, "fault": fault, "text": text, "open": open_doors, "jammed": jammed}

    def draw_picture(self) -> bytes | None:
        """There is nothing to draw."""
        return None

    def _received(self, data: bytes) -> None:
        for answer in self.slave.feed(data):
            self._line.write(answer)
