"""A Modbus RTU line made of software, with key panels or rating pads on it.

Silent for addresses that nobody has, as a true line is.
"""

import time
from collections.abc import Callable
from typing import Any

from motcua.devices.contract import KEYS, Stroke
from motcua.devices.emulation import Handle
from motcua.devices.keypad.checksums import compute_checksum
from motcua.devices.keypad.codec.modbus import COIL, DISCRETE, HOLDING, INPUT
from motcua.devices.keypad.keys import get_handle, get_stroke
from motcua.devices.keypad.profile import Profile, load
from motcua.devices.transports.pseudo_terminal import PseudoTerminal
from motcua.typed.sentences import mark

DOWN_S = 0.15
"""How long a finger stays on a key."""
GAP_S = 0.02
REQUEST = 8
"""Bytes of every request that is understood here: address, function, two words, CRC."""
_WRITE_COIL, _WRITE_REGISTER = 5, 6
_ILLEGAL, _SIZE_MAX = 0x80, 125


class ModbusKeypadEmulator:
    """Panels at the addresses of `counters` (address to counter).

    `latched` follows the profile: keys stay until they are cleared.
    """

    kind = "keypad"
    codes: tuple[str, ...] = (*KEYS, "clear", *(f"digit:{figure}" for figure in range(10)))

    def __init__(
        self,
        name: str,
        counters: dict[int, int],
        profile: str | Profile = "modbus",
        *,
        link: str | None = None,
        baud: int | None = None,
        down_s: float = DOWN_S,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Read the profile. Raises `DeviceError`. `now` is the clock, in seconds, by which a key comes up again."""
        self.name, self._counters, self._down_s, self._now = name, counters, down_s, now
        self._profile = profile if isinstance(profile, Profile) else load(profile)
        self._keys = self._profile.make_panel(0)
        self._line = PseudoTerminal(link, baud, self._received, self._tick)
        self._tables: dict[int, dict[int, int]] = {address: {} for address in counters}
        self._up: list[tuple[float, int, int]] = []
        self._silent: set[int] = set()
        self._input, self._last_at = b"", 0.0
        self._last: str | None = None
        part = self._profile.schema.modbus
        self._latched = part is not None and part.latched
        self._function = part.function if part is not None else HOLDING

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
        """Return the agent's entry for this line."""
        counters = {str(address): counter for address, counter in self._counters.items()}
        entry = {"name": self.name, "kind": self.kind, "driver": "modbus", "port": self.path}
        return {**entry, "profile": self._profile.name, "counters": counters}

    def list_handles(self) -> list[Handle]:
        """Return the keys of each panel, `3/next`, and what can happen to the line."""
        keys = [get_handle(code) for code in self.codes if self._has(code)]
        pressable = [Handle(f"{address}/{key.code}", key.label) for address in self._counters for key in keys]
        if not self._line.is_plugged:
            return [*pressable, Handle("plug", mark("Plug in"))]
        off = [Handle(f"{address}/off", mark("Switch off or on")) for address in self._counters]
        return [*pressable, *off, Handle("unplug", mark("Unplug"))]

    def do(self, code: str) -> None:
        """Press a key (`3/next`; `next` at the first panel), `3/off` to switch a panel off and on, `unplug`, `plug`."""
        if code == "unplug":
            self._line.unplug()
        elif code == "plug":
            self._line.plug()
        else:
            place, slash, key = code.rpartition("/")
            address = int(place) if slash and place.isdecimal() else next(iter(self._counters))
            if address not in self._counters or bool(slash) != place.isdecimal():
                raise ValueError(code)
            if key == "off":
                self._silent ^= {address}
            else:
                self.press(get_stroke(key), address)

    def press(self, stroke: Stroke, address: int | None = None) -> None:
        """Hold the key of a panel (the first) down for a moment, or latch it.

        Raises `ValueError` for a key that is not there.
        """
        address = next(iter(self._counters)) if address is None else address
        self._last = f"{address}/{stroke.key}"
        for register, value in self._keys.encode(stroke).items():
            table = self._tables[address]
            table[register] = table.get(register, 0) | value
            if not self._latched:
                self._up.append((self._now() + self._down_s, address, register))

    def get_state(self) -> dict[str, Any]:
        """Return `plugged`, the last key as `text`, `lit` (the addresses that ask for a rating), `off`, and all
        registers.
        """
        plugged, light = self._line.is_plugged, self._profile.find_output("asked")
        lit = []
        if light is not None:
            register = light.coil if light.coil is not None else light.register_
            lit = [address for address, table in self._tables.items() if table.get(register or 0) == light.value]
        registers = {
            str(address): {str(number): value for number, value in table.items()}
            for address, table in self._tables.items()
        }
        fault = None if plugged else "unplugged"
        off = sorted(self._silent)
        return {"plugged": plugged, "fault": fault, "text": self._last, "lit": lit, "off": off, "registers": registers}

    def draw_picture(self) -> bytes | None:
        """A panel has no screen."""
        return None

    def _has(self, code: str) -> bool:
        try:
            return bool(self._keys.encode(get_stroke(code)))
        except ValueError:
            return False

    def _tick(self) -> None:
        now = self._now()
        for item in [item for item in self._up if item[0] <= now]:
            self._up.remove(item)
            self._tables[item[1]][item[2]] = 0

    def _received(self, data: bytes) -> None:
        self._tick()  # a key that is up by now is not read as down
        now = time.monotonic()
        if now - self._last_at > GAP_S:
            self._input = b""
        self._input, self._last_at = self._input + data, now
        while len(self._input) >= REQUEST:
            request, self._input = self._input[:REQUEST], self._input[REQUEST:]
            if compute_checksum("crc16_modbus", request[:-2]) == request[-2:] and (answer := self._answer(request)):
                self._line.write(answer + compute_checksum("crc16_modbus", answer))

    def _answer(self, request: bytes) -> bytes:
        """Return the answer without its CRC (Modbus application protocol 1.1b3, sections 6.1 to 6.6), empty for
        another's request.
        """
        address, function = request[0], request[1]
        start, value = int.from_bytes(request[2:4]), int.from_bytes(request[4:6])
        table = self._tables.get(address)
        if table is None or address in self._silent:
            return b""
        if function == _WRITE_REGISTER and self._function in {HOLDING, INPUT}:
            table[start] = value
            return request[:-2]
        if function == _WRITE_COIL:
            table[start] = int(value == 0xFF00)  # noqa: PLR2004 -- "on", as the protocol writes it
            return request[:-2]
        if function != self._function or not 0 < value <= _SIZE_MAX:
            return bytes((address, function | _ILLEGAL, 1))
        values = [table.get(start + number, 0) for number in range(value)]
        if function in {COIL, DISCRETE}:
            packed = sum(bit << number for number, bit in enumerate(values)).to_bytes((value + 7) // 8, "little")
            return bytes((address, function, len(packed))) + packed
        return bytes((address, function, 2 * value)) + b"".join(number.to_bytes(2) for number in values)


class ModbusPadEmulator(ModbusKeypadEmulator):
    """Rating pads on a Modbus line."""

    kind = "pad"
    codes = tuple(f"rate:{level}" for level in (5, 4, 3, 2, 1))

    def __init__(
        self,
        name: str,
        counters: dict[int, int],
        profile: str | Profile = "modbus_pad",
        *,
        link: str | None = None,
        baud: int | None = None,
        down_s: float = DOWN_S,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Read the profile. Raises `DeviceError`."""
        super().__init__(name, counters, profile, link=link, baud=baud, down_s=down_s, now=now)
