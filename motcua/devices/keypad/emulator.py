"""Keypads and rating pads made of software, on pseudo-terminals: they send what a profile says, and can be pulled
out.
"""

import time
from collections import deque
from collections.abc import Callable
from typing import Any

from motcua.devices.contract import KEYS, Stroke
from motcua.devices.emulation import Handle
from motcua.devices.keypad.keys import get_handle, get_stroke
from motcua.devices.keypad.line import LAMPS
from motcua.devices.keypad.profile import Profile, load
from motcua.devices.transports.pseudo_terminal import PseudoTerminal
from motcua.typed.sentences import mark

NOISE = bytes.fromhex("00 ff 80 7f fe aa 00 13 c3 1b ff 00 e0 55 9d 00")
"""What a spark, or a plug going in, looks like: bytes of no frame."""
LIGHTS = frozenset({"asked", "idle", "help", "coming"})
REPEAT_S, HELD_S = 0.1, 1.0


def list_cable_handles(plugged: bool) -> list[Handle]:
    """Return what can be done to any serial device."""
    if not plugged:
        return [Handle("plug", mark("Plug in"))]
    return [
        Handle("unplug", mark("Unplug")),
        Handle("noise", mark("Line noise")),
        Handle("held", mark("A key is held down")),
    ]


class KeypadEmulator:
    """A serial keypad.

    `profile` is a built-in's name or a file of `ascii_line` or `binary_frame`; `address` is sent along.

    `link` is a path that stays the same over pulling and plugging; `baud` paces the bytes as a true line does.
    """

    kind = "keypad"
    codes: tuple[str, ...] = (*KEYS, "clear", *(f"digit:{figure}" for figure in range(10)))

    def __init__(
        self,
        name: str,
        counter: int,
        profile: str | Profile = "ascii",
        *,
        address: int | None = None,
        link: str | None = None,
        baud: int | None = None,
        held_s: float = HELD_S,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Read the profile. Raises `DeviceError`. `now` is the clock, in seconds, by which a held key repeats."""
        self._held_s, self._now = held_s, now
        self.name, self._counter, self._address = name, counter, address
        self._profile = profile if isinstance(profile, Profile) else load(profile)
        self._codec = self._profile.make_serial_codec()
        self._line = PseudoTerminal(link, baud, self._received, self._tick)
        self._repeats: deque[tuple[float, bytes]] = deque()
        self._input = b""
        self._count = 0
        self._light: str | None = None
        self._sounds = 0
        self._last: str | None = None

    @property
    def path(self) -> str:
        """Return the port that an agent opens."""
        return self._line.path

    @property
    def is_heard(self) -> bool:
        """Whether somebody has opened the port."""
        return self._line.is_heard

    def start(self) -> None:
        """Plug it in. Raises `OSError`."""
        self._line.start()

    def describe_entry(self) -> dict[str, Any]:
        """Return the agent's entry for this device."""
        counters = (
            {"counter": self._counter} if self._address is None else {"counters": {str(self._address): self._counter}}
        )
        return {
            "name": self.name,
            "kind": self.kind,
            "driver": "serial",
            "port": self.path,
            "profile": self._profile.name,
            **counters,
        }

    def list_handles(self) -> list[Handle]:
        """Return its keys and what can happen to its cable."""
        return [get_handle(code) for code in self.codes if self._has(code)] + list_cable_handles(self._line.is_plugged)

    def do(self, code: str) -> None:
        """Press a key (`next`, `digit:3`, `rate:5`, `transfer:3`), `unplug`, `plug`, `noise`, or hold the first key
        down (`held`).
        """
        if code == "unplug":
            self._line.unplug()
            self._light = None
        elif code == "plug":
            self._line.plug()
        elif code == "noise":
            self._line.write(NOISE)
        elif code == "held":
            sent, now = self._sent(self.codes[0]), self._now()
            self._repeats.extend((now + number * REPEAT_S, sent) for number in range(int(self._held_s / REPEAT_S)))
        else:
            self.press(get_stroke(code))

    def press(self, stroke: Stroke) -> bool:
        """Send what the key sends; False if nobody hears it. Raises `ValueError` for a key that the profile has not."""
        self._last = stroke.key if stroke.number is None else f"{stroke.key}:{stroke.number}"
        return self._line.write(self._encoded(stroke))

    def get_state(self) -> dict[str, Any]:
        """Return `plugged`, `heard` (the port is open), `lit` (asks for a rating), `sounds` so far, the last key as
        `text`.

        `lamp` is what it shows of a call for help.
        """
        plugged = self._line.is_plugged
        return {
            "plugged": plugged,
            "fault": None if plugged else "unplugged",
            "text": self._last,
            "heard": self.is_heard,
            "lit": self._light == "asked",
            "lamp": self._light if self._light in LAMPS else None,
            "sounds": self._sounds,
        }

    def draw_picture(self) -> bytes | None:
        """A keypad has no screen."""
        return None

    def stop(self) -> None:
        """Pull it out for good."""
        self._line.stop()

    def _has(self, code: str) -> bool:
        try:
            return bool(self._sent(code))
        except ValueError:
            return False

    def _sent(self, code: str) -> bytes:
        return self._encoded(get_stroke(code))

    def _encoded(self, stroke: Stroke) -> bytes:
        self._count += 1
        return self._codec.encode(Stroke(stroke.key, stroke.number, self._address), self._count)

    def _tick(self) -> None:
        while self._repeats and self._repeats[0][0] <= self._now():
            self._line.write(self._repeats.popleft()[1])

    def _received(self, data: bytes) -> None:
        """Take what the agent shows or sounds, in the order in which it came."""
        self._input += data
        frames = {name: output.build_frame(self._address) for name, output in self._profile.schema.outputs.items()}
        while matches := [(at, name) for name, frame in frames.items() if (at := self._input.find(frame)) >= 0]:
            at, name = min(matches)
            self._input = self._input[at + len(frames[name]) :]
            if name in LIGHTS:
                self._light = name
            else:
                self._sounds += 1
        self._input = self._input[-64:]


class PadEmulator(KeypadEmulator):
    """A serial rating pad; it is lit while it asks."""

    kind = "pad"
    codes = tuple(f"rate:{level}" for level in (5, 4, 3, 2, 1))

    def __init__(
        self,
        name: str,
        counter: int,
        profile: str | Profile = "ascii_pad",
        *,
        address: int | None = None,
        link: str | None = None,
        baud: int | None = None,
    ) -> None:
        """Read the profile. Raises `DeviceError`."""
        super().__init__(name, counter, profile, address=address, link=link, baud=baud)
