"""Learn mode on a real port: opens it, listens or asks its registers, tells a `Learner`.

For a terminal or an agent's worker.

One thread takes the steps; `skip`, `again`, `state` and `profile` may come from others.
"""

import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from motcua.devices.keypad.codec.modbus import COIL, DISCRETE, HOLDING, INPUT
from motcua.devices.keypad.learn.learner import ByteLearner, Kind, Learner, PanelLearner
from motcua.devices.transports.modbus_line import ModbusLine, SilentError
from motcua.devices.transports.serial_port import SerialPort
from motcua.typed.sentences import mark

WAIT_S = 0.05
REGISTERS = 16
FUNCTIONS = (HOLDING, INPUT, DISCRETE, COIL)
_NO_PANEL = mark("No panel answers at address %(address)s. Are address, speed (baud) and the two wires right?")


L = TypeVar("L", bound=Learner[Any])


class TaughtSession(Generic[L]):
    """What both kinds of lesson let others than their thread ask for."""

    def __init__(self, learner: L, now: Callable[[], float]) -> None:
        """Begin without a port."""
        self._learner: L = learner
        self._now, self._lock = now, threading.RLock()

    def skip(self) -> None:
        """The key is not on the device."""
        with self._lock:
            self._learner.skip()

    def ask_again(self) -> None:
        """Ask for the key anew."""
        with self._lock:
            self._learner.ask_again()

    def get_state(self) -> dict[str, Any]:
        """Return the lesson's state; see `Learner.get_state`."""
        with self._lock:
            return self._learner.get_state()

    def render_profile(self) -> str:
        """Return the verified profile's YAML. Raises `ValueError` as long as there is none."""
        with self._lock:
            return self._learner.render_profile()


class LearnSession(TaughtSession[ByteLearner]):
    """A lesson on the serial port `path`. `step` again and again until `get_state()["step"]` is `done` or `failed`."""

    def __init__(
        self,
        path: str,
        kind: Kind = "keypad",
        keys: Sequence[str] | None = None,
        baud: int = 9600,
        name: str = "",
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin a lesson. Raises `ValueError` for a key that is none."""
        super().__init__(ByteLearner(kind, keys, baud, name), now)
        self._port = SerialPort(path, baud)

    def open(self) -> None:
        """Open the port. Raises `DeviceError`."""
        self._port.open()

    def step(self) -> None:
        """Listen for 0.05 s. Raises `DeviceError` when the cable is gone."""
        data = self._port.read(WAIT_S)
        with self._lock:
            if data:
                self._learner.receive(data, self._now())
            else:
                self._learner.end_silence(self._now())

    def close(self) -> None:
        """Close the port; may be called twice."""
        self._port.close()


class PanelSession(TaughtSession[PanelLearner]):
    """The same for the panel at `address` of a Modbus line; looks first which function codes it answers (`step` is
    `searching`).

    `latched`: its registers keep a press until they are written to zero; only then is anything written.
    """

    def __init__(
        self,
        path: str,
        kind: Kind = "keypad",
        keys: Sequence[str] | None = None,
        baud: int = 9600,
        name: str = "",
        *,
        address: int = 1,
        first: int = 0,
        count: int = REGISTERS,
        latched: bool = False,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin a lesson. Raises `ValueError` for a key that is none."""
        super().__init__(PanelLearner(kind, keys, baud, name, latched=latched), now)
        self._line = ModbusLine(path, baud)
        self._address, self._first, self._count, self._latched = address, first, count, latched
        self._untried = [(function, size) for function in FUNCTIONS for size in (count, 1) for _try in range(2)]
        self._answering: list[tuple[int, int]] = []
        self._turn = 0
        self._idle: dict[tuple[int, int], int] = {}

    def open(self) -> None:
        """Open the port. Raises `DeviceError`."""
        self._line.open()

    def step(self) -> None:
        """Ask once, at most 0.1 s. Raises `DeviceError` when the cable is gone."""
        if self._untried:
            self._search()
        elif self._answering:
            self._turn = (self._turn + 1) % len(self._answering)
            function, count = self._answering[self._turn]
            try:
                self._clear(function, self._read(function, count))
            except SilentError:
                return
        else:
            time.sleep(WAIT_S)

    def get_state(self) -> dict[str, Any]:
        """Return the lesson's state; see `Learner.get_state`."""
        state = super().get_state()
        if self._untried:
            return state | {"step": "searching", "ask": None}
        if not self._answering:
            errors = [{"code": "no_panel", "message": _NO_PANEL, "params": {"address": self._address}}]
            return state | {"step": "failed", "ask": None, "errors": errors}
        return state

    def close(self) -> None:
        """Close the port; may be called twice."""
        self._line.close()

    def _search(self) -> None:
        """A panel may know some functions only, and refuse to read more registers than it has."""
        function, count = self._untried.pop(0)
        try:
            self._read(function, count)
        except SilentError:
            return
        self._answering.append((function, count))
        self._untried = [trial for trial in self._untried if trial[0] != function]

    def _read(self, function: int, count: int) -> list[int]:
        values = self._line.read(self._address, function, self._first, count)
        for register, value in enumerate(values, self._first):
            self._idle.setdefault((function, register), value)
        with self._lock:
            self._learner.take_values(function, self._first, values, self._now())
        return values

    def _clear(self, function: int, values: Sequence[int]) -> None:
        """Write to zero what a press set; a register that was not zero at first is left alone, it may be a setting."""
        if self._latched and function in {HOLDING, COIL}:
            for register, value in enumerate(values, self._first):
                if value and not self._idle[function, register]:
                    self._line.write(self._address, register, 0, coil=function == COIL)
