"""From a row of the table of kinds to what it names: drivers and emulators, imported on first use.

For agents, never for the server.
"""

import importlib
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from motcua.devices.contract import DeviceError, Driver, DriverOptions
from motcua.devices.kinds import DRIVERS
from motcua.typed.sentences import mark


def load_object(place: str) -> Any:
    """Import and return what `module:name` names."""
    module, _, name = place.partition(":")
    return getattr(importlib.import_module(module), name)


def build_driver(kind: str, driver: str, options: Mapping[str, Any]) -> Driver:
    """Return the driver, not yet opened. Raises `DeviceError` (permanent) that names the wrong option by its place."""
    place = DRIVERS.get(f"{kind}.{driver}")
    if place is None:
        message = mark("There is no driver %(driver)s. Valid drivers: %(known)s.")
        raise DeviceError(message, permanent=True, driver=f"{kind}.{driver}", known=", ".join(sorted(DRIVERS)))
    driver_class = load_object(place)
    try:
        checked: DriverOptions = driver_class.Options(**options)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        option = ".".join(str(part) for part in first["loc"])
        raise DeviceError(
            mark("%(place)s: %(problem)s"), permanent=True, place=option or driver, problem=first["msg"]
        ) from error
    built: Driver = driver_class(checked)
    return built


def list_option_schemas() -> dict[str, Any]:
    """Return the options of every driver as JSON Schema, by `kind.driver`: what a settings page needs for its form."""
    return {name: load_object(place).Options.model_json_schema() for name, place in DRIVERS.items()}
