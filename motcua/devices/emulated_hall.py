"""Emulated devices by kind: one from a few words, a set from a small TOML file, or a whole hall with everything that
a counter has.

```toml
[[device]]
kind = "keypad"
name = "ban-phim-1"
counter = 1
profile = "frame"
```
"""

import os
import tomllib
from pathlib import Path
from typing import Any

import tomlkit
from pydantic import ValidationError

from motcua.devices.contract import DeviceError
from motcua.devices.emulation import Emulator, EmulatorRequest
from motcua.devices.kinds import KINDS, Emulation, Kind, find_kind, is_placed_at
from motcua.devices.loading import load_object
from motcua.typed.files import decode_input
from motcua.typed.sentences import mark

COUNTERS_MAX = 40
AGENT_FILE = "agent.toml"
LINES = "cong"
"""The folder of the pseudo-terminals' stable names."""


def build(request: EmulatorRequest) -> Emulator:
    """Return the emulator, not yet started.

    Raises `DeviceError` for a profile that cannot be used, and on a system without pseudo-terminals; `OSError` for
    pictures.
    """
    kind, emulation = _find_emulation(request.kind)
    if not emulation.is_networked and not hasattr(os, "openpty"):
        networked = ", ".join(item.name for item in KINDS if item.emulation and item.emulation.is_networked)
        message = mark("This system has no pseudo-terminals. Only these devices can be emulated here: %(kinds)s.")
        raise DeviceError(message, permanent=True, kinds=networked)
    name = request.name or kind.default_name
    emulator: Emulator = load_object(emulation.build)(request.model_copy(update={"name": name}))
    return emulator


def _find_emulation(name: str) -> tuple[Kind, Emulation]:
    kind = find_kind(name)
    if kind is None or kind.emulation is None:
        raise DeviceError(mark("%(place)s: %(problem)s"), permanent=True, place="kind", problem=name)
    return kind, kind.emulation


def list_hall(
    counters: int,
    lines: Path,
    papers: Path | None = None,
    host: str = "127.0.0.1",
    printer_port: int = 0,
    *,
    has_rare: bool = False,
) -> list[EmulatorRequest]:
    """Return what a hall has: each kind that agents drive, once for the hall or its kiosks, or once for each counter.

    `has_rare` adds those that most halls do without: a camera needs a model, and is off unless a ward wants it.
    `lines` holds the names of the pseudo-terminals. What shows something comes before what people use.
    """
    emulated = [
        kind
        for kind in KINDS
        if kind.emulation
        and kind.connections
        and not kind.emulation.is_alone
        and (has_rare or not kind.emulation.is_rare)
    ]
    kinds = sorted(emulated, key=lambda kind: bool(kind.sends))
    requests = [_request(kind, kind.default_name, lines, host) for kind in kinds if kind.place != "counters"]
    printer = {"port": printer_port, "papers": papers}
    requests = [
        item.model_copy(update=printer) if "print" in _find_emulation(item.kind)[0].jobs else item for item in requests
    ]
    for counter in range(1, counters + 1):
        at_counter = [
            _request(kind, f"{kind.default_name}-{counter}", lines, host) for kind in kinds if kind.place == "counters"
        ]
        requests += [item.model_copy(update={"counter": counter}) for item in at_counter]
    return requests


def list_stand_ins() -> list[dict[str, Any]]:
    """Return the `[[device]]` entries of the kinds that need no emulator: their driver writes files."""
    return [dict(kind.stand_in) for kind in KINDS if kind.stand_in]


def _request(kind: Kind, name: str, lines: Path, host: str) -> EmulatorRequest:
    _kind, emulation = _find_emulation(kind.name)
    place = {"host": host} if emulation.is_networked else {"link": str(lines.absolute() / name)}
    return EmulatorRequest.model_validate({"kind": kind.name, "name": name, **place})


def read(path: Path, lines: Path) -> list[EmulatorRequest]:
    """Return the devices of a TOML file, each serial one with a stable name in `lines`.

    Raises `DeviceError` that names the first mistake by its place, `OSError`.
    """
    try:
        raw = tomllib.loads(decode_input(path.read_bytes()))
    except ValueError as error:
        raise DeviceError(
            mark("%(file)s cannot be read: %(problem)s"), permanent=True, file=path, problem=error
        ) from error
    entries = raw.pop("device", None)
    if raw or not isinstance(entries, list) or not entries:
        raise DeviceError(
            mark("%(file)s: only [[device]] entries are allowed here, at least one."), permanent=True, file=path
        )
    requests = [
        _named(read_request(item, f"{path}: device[{number}]."), lines.absolute())
        for number, item in enumerate(entries, start=1)
    ]
    names = [item.name for item in requests]
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise DeviceError(mark("%(file)s: two devices have the name %(name)s."), permanent=True, file=path, name=twice)
    return requests


def _named(request: EmulatorRequest, lines: Path) -> EmulatorRequest:
    """Return the request with its name, and with its line's where it has none."""
    usual, _emulation = _find_emulation(request.kind)
    at_counter = is_placed_at(request.kind, "counters") and usual.connections
    name = request.name or (f"{usual.default_name}-{request.counter}" if at_counter else usual.default_name)
    return request.model_copy(update={"name": name, "link": request.link or str(lines / name)})


def read_request(raw: object, place: str) -> EmulatorRequest:
    """Return what `raw` asks for. Raises `DeviceError` that names the wrong option after `place`."""
    try:
        return EmulatorRequest.model_validate(raw)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        where = place + ".".join(str(part) for part in first["loc"])
        raise DeviceError(mark("%(place)s: %(problem)s"), permanent=True, place=where, problem=first["msg"]) from error


def write_entry(settings: dict[str, Any]) -> str:
    """Return a `[[device]]` entry as it stands in agent.toml."""
    return write_document({"device": [settings]})


def write_document(content: dict[str, Any]) -> str:
    """Return a TOML file of plain values, lists of tables and tables within them as inline ones."""
    toml = tomlkit.document()
    for name, value in content.items():
        toml[name] = _tables(value) if isinstance(value, list) else value
    return tomlkit.dumps(toml)


def _tables(entries: list[dict[str, Any]]) -> Any:
    tables = tomlkit.aot()
    for entry in entries:
        table = tomlkit.table()
        for name, value in entry.items():
            if isinstance(value, dict):
                inline = tomlkit.inline_table()
                inline.update(value)
                table[name] = inline
            elif value is not None:
                table[name] = value
        tables.append(table)
    return tables
