"""A locker behind a relay board on a Modbus RTU line: a coil opens a door, an input says whether it is closed."""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from motcua.devices import options as explained
from motcua.devices.contract import DriverOptions, JobOutcome, Observation, Report
from motcua.devices.locker.codec import LockerShape
from motcua.devices.transports.modbus_line import ModbusLine, SilentError
from motcua.typed.sentences import mark

LOOK_S, POLL_S = 5.0, 0.2
"""How often a quiet locker is asked whether it is there, and a door whether it has moved."""
_ADDRESS_MAX, _PLACE_MAX, _DOORS_MAX = 247, 0xFFFF, 200
_ON, _OFF = 1, 0


class ModbusLockerOptions(DriverOptions):
    """What a locker's papers have to say. `pulse_ms` 0: the board itself lets its relay fall again."""

    port: Annotated[str, explained.SerialPort]
    baud: Annotated[int, explained.Baud] = Field(default=9600, ge=300, le=921_600)
    parity: Annotated[Literal["N", "E", "O"], explained.Parity] = "N"
    stop_bits: Annotated[Literal[1, 2], explained.StopBits] = 1
    address: Annotated[int, explained.Address] = Field(default=1, ge=1, le=_ADDRESS_MAX)
    doors: Annotated[int, explained.explain(mark("Number of doors"), rank=explained.WIDTH)] = Field(
        default=8, ge=1, le=_DOORS_MAX
    )
    first_coil: Annotated[
        int, explained.explain(mark("Coil that opens door 1"), mark("Counted from 0. The others follow."))
    ] = Field(default=0, ge=0, le=_PLACE_MAX - _DOORS_MAX)
    first_input: Annotated[
        int, explained.explain(mark("Input of door 1"), mark("Counted from 0. The others follow."))
    ] = Field(default=0, ge=0, le=_PLACE_MAX - _DOORS_MAX)
    input_function: Annotated[Literal[1, 2], explained.explain(mark("Function code for reading doors"))] = 2
    closed_value: Annotated[Literal[0, 1], explained.explain(mark("What the input of a closed door says"))] = 1
    pulse_ms: Annotated[
        int, explained.explain(mark("How long the coil stays on (ms)"), mark("0: the board switches it off by itself."))
    ] = Field(default=500, ge=0, le=5000)
    opens_within_s: Annotated[int, explained.explain(mark("Seconds within which a door opens"))] = Field(
        default=8, ge=1, le=15
    )
    closes_within_s: Annotated[int, explained.explain(mark("Seconds within which a person closes it"))] = Field(
        default=40, ge=5, le=40
    )
    timeout_ms: Annotated[int, explained.AnswerTime] = Field(default=80, ge=10, le=90)
    local_echo: Annotated[bool, explained.LocalEcho] = False


class ModbusLocker:
    """One locker. A job ends as done only after its door was seen open and then closed."""

    Options: ClassVar[type[ModbusLockerOptions]] = ModbusLockerOptions

    def __init__(
        self,
        options: ModbusLockerOptions,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """Prepare the line; nothing is opened."""
        self._options, self._now, self._sleep = options, now, sleep
        self._shape = LockerShape(options.doors, options.first_coil, options.first_input, options.closed_value)
        self._line = ModbusLine(
            options.port,
            options.baud,
            options.parity,
            options.stop_bits,
            options.timeout_ms / 1000,
            echoes=options.local_echo,
        )
        self._look_at = 0.0
        self._is_silent: bool | None = None
        self._open_doors: list[int] = []

    def open(self) -> None:
        """Open the line. Raises `DeviceError`."""
        self._line.open()
        self._look_at = self._now()

    def close(self) -> None:
        """Close the line."""
        self._line.close()

    def blank(self) -> None:
        """A locker shows nothing."""

    def step(self) -> list[Observation]:
        """Ask from time to time whether the board is there, and which doors are open. Raises `DeviceError`."""
        if self._now() >= self._look_at:
            self._look_at = self._now() + LOOK_S
            self._read_doors()
        return []

    def report(self) -> Report:
        """Return `down` with `panel_silent` without answers, `degraded` with `door_open` while a door is open."""
        if self._is_silent is None:
            return Report("unknown")
        if self._is_silent:
            return Report("down", "panel_silent")
        return Report("degraded", "door_open") if self._open_doors else Report()

    def work(self, kind: str, payload: Mapping[str, Any]) -> JobOutcome:
        """Open the door of an `unlock` job; a `check` only asks the board. Raises `DeviceError`."""
        if kind == "check":
            return JobOutcome("done") if self._read_doors() is not None else JobOutcome("failed", "panel_silent")
        door = payload.get("door")
        if kind != "unlock" or type(door) is not int or not self._shape.has_door(door):
            return JobOutcome("failed", "door_unknown")
        inputs = self._read_doors()
        if inputs is None:
            return JobOutcome("failed", "panel_silent")
        if not self._shape.is_closed(inputs, door):
            return JobOutcome("failed", "door_open")
        with suppress(SilentError):  # it may have opened all the same: its input says so
            self._pulse(door)
        return self._watch_door(door)

    def _watch_door(self, door: int) -> JobOutcome:
        if not self._wait(door, self._options.opens_within_s, is_closed=False):
            return JobOutcome("unknown", "panel_silent") if self._is_silent else JobOutcome("failed", "not_opened")
        if not self._wait(door, self._options.closes_within_s, is_closed=True):
            return JobOutcome("unknown", "left_open")
        return JobOutcome("done")

    def _pulse(self, door: int) -> None:
        coil, address = self._shape.get_coil(door), self._options.address
        self._line.write(address, coil, _ON, coil=True)
        if self._options.pulse_ms:
            self._sleep(self._options.pulse_ms / 1000)
            self._line.write(address, coil, _OFF, coil=True)

    def _wait(self, door: int, within_s: float, *, is_closed: bool) -> bool:
        """Return whether the door was seen so within some seconds; silence in between is borne."""
        until = self._now() + within_s
        while True:
            inputs = self._read_doors()
            if inputs is not None and self._shape.is_closed(inputs, door) is is_closed:
                return True
            if self._now() >= until:
                return False
            self._sleep(POLL_S)

    def _read_doors(self) -> list[int] | None:
        """Return what the inputs of all doors say, None without an answer. Raises `DeviceError`."""
        options = self._options
        try:
            inputs = self._line.read(options.address, options.input_function, options.first_input, options.doors)
        except SilentError:
            self._is_silent = True
            return None
        self._is_silent, self._open_doors = False, self._shape.list_open(inputs)
        return inputs
