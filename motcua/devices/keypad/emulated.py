"""The emulator of a keypad or a rating pad that somebody asks for in a few words."""

from typing import Any

from motcua.devices.emulation import Emulator, EmulatorRequest
from motcua.devices.keypad.emulator import KeypadEmulator, PadEmulator
from motcua.devices.keypad.emulator_modbus import ModbusKeypadEmulator, ModbusPadEmulator
from motcua.devices.keypad.profile import load

RATES = "pad"
"""The kind with faces on its keys."""


def build(request: EmulatorRequest) -> Emulator:
    """Return the emulator, not yet started.

    Its profile says whether it is a Modbus panel. Raises `DeviceError` for a wrong profile.
    """
    line: dict[str, Any] = {"link": request.link, "baud": request.baud}
    if request.profile:
        line["profile"] = request.profile
        if load(request.profile).schema.modbus is not None:
            panel = ModbusPadEmulator if request.kind == RATES else ModbusKeypadEmulator
            return panel(request.name, {request.address or 1: request.counter}, **line)
    sender = PadEmulator if request.kind == RATES else KeypadEmulator
    return sender(request.name, request.counter, address=request.address, **line)
