"""A Modbus RTU line with one master, this one."""

from typing import Any, Literal

import minimalmodbus

from motcua.devices.contract import DeviceError, mark
from motcua.devices.transports.serial_port import SerialPort

COILS = 2
"""Functions 1 and 2 read bits, 3 and 4 registers."""


class SilentError(Exception):
    """A device did not answer, not understandably, or refused. The line is well as far as is known."""


class ModbusLine:
    """`timeout_s` is how long a device may think. `echoes`: the RS-485 adapter hears itself."""

    def __init__(
        self,
        path: str,
        baud: int = 9600,
        parity: Literal["N", "E", "O"] = "N",
        stop_bits: Literal[1, 2] = 1,
        timeout_s: float = 0.08,
        *,
        echoes: bool = False,
    ) -> None:
        self._port = SerialPort(path, baud, parity, stop_bits)
        self._timeout_s, self._echoes = timeout_s, echoes
        self._devices: dict[int, Any] = {}

    def open(self) -> None:
        """Open the port. Raises `DeviceError`."""
        self._devices.clear()
        self._port.open()
        self._port.serial.timeout = self._timeout_s

    def close(self) -> None:
        """Close it; never raises, may be called twice."""
        self._devices.clear()
        self._port.close()

    def read(self, address: int, function: int, start: int, count: int) -> list[int]:
        """Return `count` registers, or bits as 0 and 1. Raises `SilentError`, or `DeviceError` when the cable is gone."""
        device = self._device(address)
        if function <= COILS:
            return [int(bit) for bit in self._done(lambda: device.read_bits(start, count, functioncode=function))]
        return list(self._done(lambda: device.read_registers(start, count, functioncode=function)))

    def write(self, address: int, register: int, value: int, *, coil: bool = False) -> None:
        """Write one register (function 6, which cheap panels know) or coil (function 5). Raises as `read`."""
        device = self._device(address)
        if coil:
            self._done(lambda: device.write_bit(register, int(bool(value)), functioncode=5))
        else:
            self._done(lambda: device.write_register(register, value, functioncode=6))

    def _device(self, address: int) -> Any:
        line = self._port.serial
        if address not in self._devices:
            device = minimalmodbus.Instrument(line, address)
            device.handle_local_echo = self._echoes
            self._devices[address] = device
        return self._devices[address]

    def _done(self, ask: Any) -> Any:
        try:
            return ask()
        except (minimalmodbus.ModbusException, ValueError, TypeError) as error:
            raise SilentError(str(error).split("\n", 1)[0][:200]) from error
        except Exception as error:  # OSError, SerialException, termios.error: the line itself
            self.close()
            raise DeviceError(mark("The cable of %(port)s is gone: %(problem)s"), port=self._port.path, problem=str(error)) from error
