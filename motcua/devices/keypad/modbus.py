"""Key panels and rating pads on a Modbus RTU line, asked one after the other."""

import logging
import time
from collections.abc import Callable
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from motcua.devices import options as explained
from motcua.devices.contract import JobOutcome, Press, Report
from motcua.devices.keypad.codec.modbus import COIL, PanelKeys, plan_reads
from motcua.devices.keypad.line import PadLine, PadOptions, explain_profile
from motcua.devices.keypad.oddities import Oddities
from motcua.devices.keypad.outputs import Output
from motcua.devices.keypad.profile import load
from motcua.devices.transports.modbus_line import ModbusLine, SilentError

POLL_S = 0.05
"""A panel that does not latch shows a key only while it is down: it must be asked at least every 0.1 s."""
TRIES = 3
AWAY_S = 5.0
"""A panel that failed three times is asked so often, or it would cost the others a time-out each round."""
logger = logging.getLogger(__name__)


class ModbusKeypadOptions(PadOptions):
    """`counters` are the counters of the panels' addresses; with `counter` alone the panel has `address`."""

    port: Annotated[str, explained.SerialPort]
    profile: Annotated[str, explain_profile("modbus")] = "modbus"
    baud: Annotated[int | None, explained.Baud] = Field(default=None, ge=300, le=921_600)
    parity: Annotated[Literal["N", "E", "O"], explained.Parity] = "N"
    stop_bits: Annotated[Literal[1, 2], explained.StopBits] = 1
    address: Annotated[int, explained.Address] = Field(default=1, ge=1, le=247)
    timeout_ms: Annotated[int, explained.AnswerTime] = Field(default=80, ge=10, le=90)
    local_echo: Annotated[bool, explained.LocalEcho] = False

    def list_addresses(self) -> dict[int, int | None]:
        """Return the address of each counter."""
        return super().list_addresses() if self.counter is None else {self.counter: self.address}


class _Panel:
    """One panel, and when it is asked next."""

    def __init__(self, address: int, keys: PanelKeys) -> None:
        self.address, self.keys = address, keys
        self.due_at, self.failures, self.answered = 0.0, 0, False

    @property
    def is_away(self) -> bool:
        return self.failures >= TRIES


class ModbusKeypads(PadLine):
    """One Modbus line with key panels."""

    Options: ClassVar[type[ModbusKeypadOptions]] = ModbusKeypadOptions
    clean = True

    def __init__(self, options: ModbusKeypadOptions, now: Callable[[], float] = time.monotonic) -> None:
        """Read the profile. Raises `DeviceError` (permanent) for a wrong one."""
        profile = load(options.profile)
        super().__init__(options, profile, now)
        self._function = profile.schema.modbus.function if profile.schema.modbus else 0
        self._panels = [
            _Panel(address, profile.make_panel(address)) for address in self._addresses.values() if address is not None
        ]
        baud = options.baud or profile.schema.baud
        self._line = ModbusLine(
            options.port, baud, options.parity, options.stop_bits, options.timeout_ms / 1000, echoes=options.local_echo
        )

    def open(self) -> None:
        """Open the line; panels are looked for as it runs. Raises `DeviceError`."""
        self._line.open()
        for panel in self._panels:
            panel.due_at, panel.failures, panel.answered = 0.0, 0, False
            panel.keys.forget()

    def close(self) -> None:
        """Close the line."""
        self._line.close()

    def report(self) -> Report:
        """Return `degraded` or `down` with `panel_silent` when some or all panels do not answer, `unknown` before
        they could.
        """
        if all(panel.is_away for panel in self._panels):
            return Report("down", "panel_silent")
        if any(panel.is_away for panel in self._panels):
            return Report("degraded", "panel_silent")
        return Report() if all(panel.answered for panel in self._panels) else Report("unknown")

    def _check(self) -> JobOutcome:
        return super()._check() if self.report().state == "ok" else JobOutcome("failed", "panel_silent")

    def _read_presses(self) -> list[Press]:
        """Ask the panel whose turn it is."""
        panel = min(self._panels, key=lambda panel: panel.due_at)
        wait_s = panel.due_at - self._now()
        if wait_s > 0:
            time.sleep(min(wait_s, POLL_S))
            return []
        try:
            values: dict[int, int] = {}
            for start, count in plan_reads(panel.keys.registers):
                values |= dict(enumerate(self._line.read(panel.address, self._function, start, count), start))
        except SilentError as error:
            self._failed(panel, error)
            return []
        came_back = not panel.answered or panel.is_away
        panel.due_at, panel.failures, panel.answered = self._now() + POLL_S, 0, True
        presses = self._presses(panel.keys.feed(values))
        self._clear(panel)
        if came_back:
            self._relight_panel(panel)
        return presses

    def _clear(self, panel: _Panel) -> None:
        """Write latched keys to zero. Where that fails they are no new press, and are written again next time."""
        try:
            for register in panel.keys.to_clear():
                self._line.write(panel.address, register, 0, coil=self._function == COIL)
                panel.keys.note_cleared(register)
        except SilentError as error:
            logger.info("panel %s cannot be cleared: %s", panel.address, error)

    def _failed(self, panel: _Panel, error: SilentError) -> None:
        panel.failures += 1
        panel.due_at = self._now() + (AWAY_S if panel.is_away else POLL_S)
        if panel.failures == TRIES:
            panel.keys.forget()
            logger.warning("panel %s does not answer: %s", panel.address, error)

    def _relight_panel(self, panel: _Panel) -> None:
        for counter, address in self._addresses.items():
            if address == panel.address:
                self._show_due(counter)

    def _send(self, counter: int, name: str, output: Output) -> bool:
        coil = output.coil is not None
        register = output.coil if output.coil is not None else output.register_
        try:
            self._line.write(self._addresses[counter] or 0, register or 0, output.value, coil=coil)
        except SilentError as error:
            logger.info("counter %s, %s: %s", counter, name, error)
            return False
        return True

    def _odd(self) -> list[Oddities]:
        return [panel.keys.odd for panel in self._panels]


class ModbusPadOptions(ModbusKeypadOptions):
    """The same options with the default profile of a rating pad."""

    profile: Annotated[str, explain_profile("modbus_pad")] = "modbus_pad"


class ModbusPads(ModbusKeypads):
    """One Modbus line with rating pads."""

    rates = True
    Options: ClassVar[type[ModbusKeypadOptions]] = ModbusPadOptions
