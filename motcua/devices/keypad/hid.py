"""USB number pads as keypads and rating pads (Linux)."""

import time
from collections.abc import Callable
from typing import Annotated, ClassVar

from motcua.devices import options as explained
from motcua.devices.contract import Press
from motcua.devices.keypad.line import PadLine, PadOptions, explain_profile
from motcua.devices.keypad.oddities import Oddities
from motcua.devices.keypad.outputs import Output
from motcua.devices.keypad.profile import load
from motcua.devices.transports.hid import HidPort
from motcua.typed.sentences import mark

WAIT_S = 0.05


class HidOptions(PadOptions):
    """`port` is one of `/dev/input/by-path/`. `grab = false` leaves the keys to other programs too."""

    port: Annotated[str, explained.InputPort]
    profile: Annotated[str, explain_profile("numpad")] = "numpad"
    grab: Annotated[bool, explained.explain(mark("Its keys go nowhere else"))] = True


class HidKeypad(PadLine):
    """One USB number pad at a counter."""

    Options: ClassVar[type[HidOptions]] = HidOptions
    clean = True

    def __init__(self, options: HidOptions, now: Callable[[], float] = time.monotonic) -> None:
        """Read the profile. Raises `DeviceError` (permanent) for a wrong one."""
        profile = load(options.profile)
        super().__init__(options, profile, now)
        self._codec = profile.make_hid_codec()
        self._port = HidPort(options.port, grabs=options.grab)

    def open(self) -> None:
        """Take the pad. Raises `DeviceError`."""
        self._port.open()
        self._codec.end_silence(float("inf"))

    def close(self) -> None:
        """Let go of it."""
        self._port.close()

    def _read_presses(self) -> list[Press]:
        data = self._port.read(WAIT_S)
        return self._presses(self._codec.feed(data, self._now()) if data else [])

    def _send(self, _counter: int, _name: str, _output: Output) -> bool:
        return False  # profiles of this kind have no outputs

    def _odd(self) -> list[Oddities]:
        return [self._codec.odd]


class HidPadOptions(HidOptions):
    """The same options with the default profile of a rating pad."""

    profile: Annotated[str, explain_profile("numpad_pad")] = "numpad_pad"


class HidPad(HidKeypad):
    """One USB number pad with faces on its keys."""

    rates = True
    Options: ClassVar[type[HidOptions]] = HidPadOptions
