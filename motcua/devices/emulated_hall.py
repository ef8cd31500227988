"""Emulated devices by kind: one from a few words, a set from a small TOML file, or a whole hall with everything that a counter has.

```toml
[[device]]
kind = "keypad"
name = "ban-phim-1"
counter = 1
profile = "frame"
```
"""

import importlib
import os
import tomllib
from pathlib import Path
from typing import Any, Literal

import tomlkit
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from motcua.devices.contract import DeviceError, mark
from motcua.devices.emulation import Emulator
from motcua.devices.keypad.profile import load
from motcua.typed.files import decode_input

KINDS = ("printer", "keypad", "pad", "sign", "scanner", "camera")
EMULATORS = {
    "printer": "motcua.devices.printer.emulator:PrinterEmulator",
    "keypad": "motcua.devices.keypad.emulator:KeypadEmulator",
    "keypad.modbus": "motcua.devices.keypad.emulator_modbus:ModbusKeypadEmulator",
    "pad": "motcua.devices.keypad.emulator:PadEmulator",
    "pad.modbus": "motcua.devices.keypad.emulator_modbus:ModbusPadEmulator",
    "sign": "motcua.devices.sign.emulator:SignEmulator",
    "scanner": "motcua.devices.scanner.emulator:ScannerEmulator",
    "camera": "motcua.devices.camera.emulator:CameraEmulator",
}
NAMES = {
    "printer": "may-in",
    "keypad": "ban-phim",
    "pad": "ban-danh-gia",
    "sign": "bang-so",
    "scanner": "may-quet",
    "camera": "may-anh",
}
"""How a device is called where nobody names it; with the counter's number where a counter has it."""
NETWORKED = frozenset({"printer", "camera"})
AT_COUNTERS = ("sign", "keypad", "pad")
COUNTERS_MAX = 40
PAPERS_KEPT = 50
AGENT_FILE = "agent.toml"
LINES = "cong"
"""The folder of the pseudo-terminals' stable names."""
SPEAKER = {"name": "loa", "kind": "speaker", "driver": "file", "folder": "am-thanh", "keep": 20}
"""A speaker needs no emulator: its sound goes into files, as long as it would last."""


class Wish(BaseModel):
    """One emulator that is wanted. What its kind does not know must be left out."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind: Literal["printer", "keypad", "pad", "sign", "scanner", "camera"]
    name: str = Field(default="", pattern=r"^([a-z0-9][a-z0-9-]{0,38})?$")
    host: str = "127.0.0.1"
    port: int = Field(default=0, ge=0, le=65_535)
    link: str | None = None
    counter: int = Field(default=1, ge=1, le=999)
    address: int | None = Field(default=None, ge=0, le=255)
    profile: str | None = None
    papers: Path | None = None
    pictures: Path | None = None
    paper_mm: Literal[58, 80] = 80
    baud: int | None = Field(default=None, ge=300, le=921_600)


def build(wanted: Wish) -> Emulator:
    """Return the emulator, not yet started.

    Raises `DeviceError` for a profile that cannot be used, and on a system without pseudo-terminals; `OSError` for pictures.
    """
    if wanted.kind not in NETWORKED and not hasattr(os, "openpty"):
        raise DeviceError(mark("This system has no pseudo-terminals: only printer and camera can be emulated here."), permanent=True)
    name = wanted.name or NAMES[wanted.kind]
    line: dict[str, Any] = {"link": wanted.link, "baud": wanted.baud}
    match wanted.kind:
        case "printer":
            paper = {"paper_mm": wanted.paper_mm, "folder": wanted.papers, "kept": PAPERS_KEPT}
            return _made("printer", name, host=wanted.host, port=wanted.port, **paper)
        case "camera":
            return _made("camera", name, host=wanted.host, port=wanted.port, folder=wanted.pictures)
        case "keypad" | "pad":
            profile = {"profile": wanted.profile} if wanted.profile else {}
            if wanted.profile and load(wanted.profile).schema.modbus is not None:
                return _made(f"{wanted.kind}.modbus", name, {wanted.address or 1: wanted.counter}, **profile, **line)
            return _made(wanted.kind, name, wanted.counter, **profile, address=wanted.address, **line)
        case "sign":
            return _made("sign", name, {wanted.address or 1: wanted.counter}, wanted.profile or "ascii", link=wanted.link)
        case _:
            return _made("scanner", name, link=wanted.link)


def _made(which: str, *given: Any, **named: Any) -> Emulator:
    module, _, name = EMULATORS[which].partition(":")
    found: Emulator = getattr(importlib.import_module(module), name)(*given, **named)
    return found


def hall(counters: int, lines: Path, papers: Path | None = None, host: str = "127.0.0.1", printer_port: int = 0) -> list[Wish]:
    """Return what a hall has: a printer, a scanner, for each counter a sign, a keypad and a rating pad; `lines` holds their lines."""
    lines = lines.absolute()
    found = [
        Wish(kind="printer", name=NAMES["printer"], host=host, port=printer_port, papers=papers),
        Wish(kind="scanner", name=NAMES["scanner"], link=str(lines / NAMES["scanner"])),
    ]
    for counter in range(1, counters + 1):
        for kind in AT_COUNTERS:
            name = f"{NAMES[kind]}-{counter}"
            found.append(Wish.model_validate({"kind": kind, "name": name, "counter": counter, "link": str(lines / name)}))
    return found


def read(path: Path, lines: Path) -> list[Wish]:
    """Return the devices of a TOML file, each serial one with a stable name in `lines`.

    Raises `DeviceError` that names the first mistake by its place, `OSError`.
    """
    try:
        raw = tomllib.loads(decode_input(path.read_bytes()))
    except ValueError as error:
        raise DeviceError(mark("%(file)s cannot be read: %(problem)s"), permanent=True, file=path, problem=error) from error
    given = raw.pop("device", None)
    if raw or not isinstance(given, list) or not given:
        raise DeviceError(mark("%(file)s: only [[device]] entries are wanted here, at least one."), permanent=True, file=path)
    found = [_named(wish(item, f"{path}: device[{number}]."), lines.absolute()) for number, item in enumerate(given, start=1)]
    names = [item.name for item in found]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise DeviceError(mark("%(file)s: two devices have the name %(name)s."), permanent=True, file=path, name=twice)
    return found


def _named(found: Wish, lines: Path) -> Wish:
    """Return the wish with its name, and with its line's where it has none."""
    name = found.name or (f"{NAMES[found.kind]}-{found.counter}" if found.kind in AT_COUNTERS else NAMES[found.kind])
    return found.model_copy(update={"name": name, "link": found.link or str(lines / name)})


def wish(raw: object, place: str) -> Wish:
    """Return what `raw` asks for. Raises `DeviceError` that names the wrong option after `place`."""
    try:
        return Wish.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        where = place + ".".join(str(part) for part in first["loc"])
        raise DeviceError(mark("%(place)s: %(problem)s"), permanent=True, place=where, problem=first["msg"]) from error


def entry(settings: dict[str, Any]) -> str:
    """Return a `[[device]]` entry as it stands in agent.toml."""
    return document({"device": [settings]})


def document(content: dict[str, Any]) -> str:
    """Return a TOML file of plain values, lists of tables and tables within them as inline ones."""
    made = tomlkit.document()
    for name, value in content.items():
        made[name] = _tables(value) if isinstance(value, list) else value
    return tomlkit.dumps(made)


def _tables(entries: list[dict[str, Any]]) -> Any:
    found = tomlkit.aot()
    for given in entries:
        table = tomlkit.table()
        for name, value in given.items():
            if isinstance(value, dict):
                inline = tomlkit.inline_table()
                inline.update(value)
                table[name] = inline
            elif value is not None:
                table[name] = value
        found.append(table)
    return found
