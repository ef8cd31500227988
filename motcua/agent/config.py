"""What `agent.toml` says: where the agent keeps what it must remember, and which devices it drives.

```toml
state = "agent-data"      # its own memory and token

[[device]]
name = "may-in"
kind = "printer"
driver = "escpos"
port = "tcp://192.168.1.50:9100"
```

Every value may be left out; without any device, tickets go into the folder `printed` as text files.
Relative paths start where the file lies, without a file where the agent was started.
"""

import contextlib
import json
import logging
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct

from motcua.agent.errors import AgentError
from motcua.agent.files import copy_of, set_aside, write_twice, write_whole
from motcua.agent.troubles import Troubles
from motcua.devices.contract import list_counters
from motcua.typed.files import NotTextError, decode_input
from motcua.typed.sentences import mark

STATE, FOLDER, DEVICES = "agent-data", "printed", "devices.json"
TEXTS = ("name", "kind", "driver")
PATHS = ("folder", "profile", "file")
YAML = (".yaml", ".yml")
"""A profile is a file where its name ends so, else one that the program has."""
NAME = re.compile(r"[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?")

logger = logging.getLogger(__name__)


class DeviceEntry(Struct, frozen=True):
    """One device: its name, what it is, which driver, what the driver is told. `fixed` ones stand in the file."""

    name: str
    kind: str
    driver: str
    options: Mapping[str, Any]
    fixed: bool = True

    @property
    def counters(self) -> list[int]:
        """Return the counters it belongs to."""
        return list_counters(self.options)

    def to_table(self) -> dict[str, Any]:
        """Return the entry as it stands in a file."""
        return {"name": self.name, "kind": self.kind, "driver": self.driver, **self.options}


class Config(Struct, frozen=True):
    """A checked configuration; the folder is absolute. `devices` are those of the file."""

    state: Path
    devices: tuple[DeviceEntry, ...]


def load(path: Path | None, troubles: Troubles | None = None) -> Config:
    """Return the configuration in `path`, or the default one.

    Raises `AgentError` that names the first mistake by its place, `OSError`.

    With `troubles` a device with a mistake in its entry is left out and told there; the others are driven.
    """
    if path is None:
        return Config(Path(STATE).absolute(), (_to_folder(Path(FOLDER).absolute()),))
    try:
        raw = tomllib.loads(decode_input(path.read_bytes()))
    except NotTextError as error:
        named = (
            mark("%(file)s is in %(encoding)s. Save it as UTF-8."),
            mark("%(file)s is not a text file. Save it as UTF-8."),
        )
        raise AgentError(named[not error.encoding], file=path, encoding=error.encoding) from error
    except ValueError as error:
        raise AgentError(mark("%(file)s cannot be read: %(problem)s"), file=path, problem=error) from error
    return _build(raw, path, troubles)


def _to_folder(folder: Path) -> DeviceEntry:
    return DeviceEntry("printer", "printer", "file", {"folder": str(folder)})


def _build(raw: dict[str, Any], path: Path, troubles: Troubles | None) -> Config:
    here = path.absolute().parent
    for name in raw:
        if name not in {"state", "device"}:
            raise _unknown_setting(path, name, "state, device")
    state = here / _text(raw.get("state", STATE), path, "state")
    tables = raw.get("device", [])
    if not isinstance(tables, list) or not all(isinstance(item, dict) for item in tables):
        raise AgentError(
            mark("%(file)s: %(place)s must be a group of settings, [%(place)s]."), file=path, place="[device]"
        )
    devices: list[DeviceEntry] = []
    for number, item in enumerate(tables, start=1):
        try:
            devices.append(_require_unique(read_entry(item, path, f"device[{number}].", here), devices, path))
        except AgentError as error:
            if troubles is None:
                raise
            troubles.note(f"config.device.{number}", error)
    if "device" not in raw:
        devices.append(_to_folder(here / FOLDER))
    return Config(state, tuple(devices))


def _require_unique(device: DeviceEntry, devices: list[DeviceEntry], path: Path) -> DeviceEntry:
    if any(item.name == device.name for item in devices):
        raise AgentError(mark("%(file)s: two devices have the name %(name)s."), file=path, name=device.name)
    return device


def read_entry(
    raw: Mapping[str, Any], path: object, place: str = "", here: Path | None = None, *, fixed: bool = True
) -> DeviceEntry:
    """Return the device that `raw` describes; what its driver is told is looked at when the driver is built.

    Raises `AgentError`.
    """
    name, kind, driver = (_text(raw.get(key), path, f"{place}{key}") for key in TEXTS)
    if not NAME.fullmatch(name):
        message = mark(
            "%(file)s: %(place)s: a device name must have only the letters a-z, digits and -, at most 40 of them."
        )
        raise AgentError(message, file=path, place=f"{place}name")
    options = {key: value for key, value in raw.items() if key not in TEXTS}
    for key in PATHS:
        value = options.get(key)
        if here is not None and isinstance(value, str) and (key != "profile" or value.endswith(YAML)):
            options[key] = str(here / value)
    return DeviceEntry(name, kind, driver, options, fixed)


def _unknown_setting(path: Path, place: str, allowed: str) -> AgentError:
    return AgentError(
        mark("%(file)s: there is no setting %(place)s. Valid settings: %(known)s."),
        file=path,
        place=place,
        known=allowed,
    )


def _text(value: object, path: object, place: str) -> str:
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise AgentError(mark("%(file)s: %(place)s must be a text in quotation marks."), file=path, place=place)
    return value


def list_remembered(state: Path) -> list[DeviceEntry]:
    """Return the devices that were added from the settings page.

    Raises `AgentError` for a file that nobody can read any more.
    """
    path = state / DEVICES
    return [read_entry(item, path, fixed=False) for item in _read_entries(path) or []]


def _read_entries(path: Path) -> list[dict[str, Any]] | None:
    """Return the entries in `path`, None where there is no such file. Raises `AgentError`, `OSError`."""
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (ValueError, RecursionError) as error:
        raise AgentError(mark("%(file)s cannot be read: %(problem)s"), file=path, problem=error) from error
    if not isinstance(entries, list) or not all(isinstance(item, dict) for item in entries):
        raise AgentError(mark("%(file)s cannot be read: %(problem)s"), file=path, problem="[…]")
    return entries


def recover_devices(state: Path, troubles: Troubles) -> list[DeviceEntry]:
    """Return the devices that were added from the settings page, as far as they can still be read; `troubles` says
    what could not.

    A damaged file is set aside and its copy taken. One entry that cannot be used leaves the others; the file is kept
    for whoever mends it.
    """
    path = state / DEVICES
    try:
        stored = _read_entries(path)
    except AgentError as error:
        stored = _recover_from_copy(path, error, troubles)
    except OSError as error:
        message = mark("%(file)s cannot be read: %(problem)s")
        troubles.note("devices.unreadable", AgentError(message, file=path, problem=error.strerror or error))
        return []
    devices: list[DeviceEntry] = []
    for number, item in enumerate(stored or [], start=1):
        try:
            devices.append(_require_unique(read_entry(item, path, f"[{number}].", fixed=False), devices, path))
        except AgentError as error:
            troubles.note(f"devices.entry.{number}", error)
    if len(devices) < len(stored or []):
        with contextlib.suppress(OSError):
            write_whole(path.with_name(f"{DEVICES}.damaged"), json.dumps(stored, ensure_ascii=False, indent=1))
    return devices


def _recover_from_copy(path: Path, damage: AgentError, troubles: Troubles) -> list[dict[str, Any]] | None:
    damaged: Path = path
    with contextlib.suppress(OSError):
        damaged = set_aside(path)
    try:
        copy = _read_entries(copy_of(path))
    except (AgentError, OSError):
        copy = None
    message = (
        mark(
            "The list of devices added from the settings page was damaged (kept as %(file)s); its copy is "
            "used. Nothing has to be done."
        )
        if copy is not None
        else mark(
            "The list of devices added from the settings page was damaged (kept as %(file)s). Add those devices again."
        )
    )
    troubles.note("devices.damaged", AgentError(message, file=damaged))
    logger.error("%s", damage)
    if copy is not None:
        with contextlib.suppress(OSError):
            write_twice(path, json.dumps(copy, ensure_ascii=False, indent=1))
    return copy


def remember(state: Path, devices: list[DeviceEntry]) -> None:
    """Keep the devices that were added from the settings page. Raises `OSError`."""
    write_twice(state / DEVICES, json.dumps([item.to_table() for item in devices], ensure_ascii=False, indent=1))
