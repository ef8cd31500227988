"""Which driver a device's settings name: `kind.driver` to a class, imported on first use."""

import importlib
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from motcua.devices.contract import DeviceError, Driver, Options, mark

DRIVERS = {
    "printer.file": "motcua.devices.printer.text_file:FilePrinter",
    "printer.escpos": "motcua.devices.printer.escpos:EscposPrinter",
    "keypad.serial": "motcua.devices.keypad.serial:SerialKeypads",
    "keypad.modbus": "motcua.devices.keypad.modbus:ModbusKeypads",
    "keypad.hid": "motcua.devices.keypad.hid:HidKeypad",
    "keypad.mqtt": "motcua.devices.keypad.mqtt:MqttKeypads",
    "pad.serial": "motcua.devices.keypad.serial:SerialPads",
    "pad.modbus": "motcua.devices.keypad.modbus:ModbusPads",
    "pad.hid": "motcua.devices.keypad.hid:HidPad",
    "pad.mqtt": "motcua.devices.keypad.mqtt:MqttPads",
    "sign.ascii": "motcua.devices.sign.ascii:AsciiSigns",
    "sign.modbus": "motcua.devices.sign.modbus:ModbusSigns",
    "speaker.aplay": "motcua.devices.speaker.aplay:AplaySpeaker",
    "speaker.sounddevice": "motcua.devices.speaker.portaudio:PortaudioSpeaker",
    "speaker.file": "motcua.devices.speaker.wav_file:WavFileSpeaker",
    "scanner.serial": "motcua.devices.scanner.serial:SerialScanner",
}
KINDS = ("printer", "keypad", "pad", "sign", "speaker", "scanner")


def build(kind: str, driver: str, options: Mapping[str, Any]) -> Driver:
    """Return the driver, not yet opened. Raises `DeviceError` (permanent) that names the wrong option by its place."""
    found = DRIVERS.get(f"{kind}.{driver}")
    if found is None:
        known = ", ".join(sorted(DRIVERS))
        message = mark("There is no driver %(driver)s; known are: %(known)s.")
        raise DeviceError(message, permanent=True, driver=f"{kind}.{driver}", known=known)
    module, _, name = found.partition(":")
    make = getattr(importlib.import_module(module), name)
    try:
        checked: Options = make.Options(**options)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        place = ".".join(str(part) for part in first["loc"])
        raise DeviceError(mark("%(place)s: %(problem)s"), permanent=True, place=place or driver, problem=first["msg"]) from error
    built: Driver = make(checked)
    return built


def described() -> dict[str, Any]:
    """Return the options of every driver as JSON Schema, by `kind.driver`: what a settings page needs for its form."""
    found = {}
    for name, place in DRIVERS.items():
        module, _, made = place.partition(":")
        found[name] = getattr(importlib.import_module(module), made).Options.model_json_schema()
    return found
