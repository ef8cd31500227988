"""What tests of drivers share: an emulator's entry becomes a driver, steps are taken until what was pressed has come."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from motcua.devices.contract import Driver, Press, Scan
from motcua.devices.emulation import Emulator
from motcua.devices.registry import build

STEPS = 60
"""At most three seconds of a serial line."""


def driver_of(emulator: Emulator, **more: Any) -> Driver:
    """Return the driver of the agent's entry, as the agent makes it; not opened."""
    entry = emulator.settings() | more
    return build(entry.pop("kind"), entry.pop("driver"), {name: value for name, value in entry.items() if name != "name"})


@contextmanager
def driven(emulator: Emulator, **more: Any) -> Iterator[Driver]:
    """Plug the emulator in and open its driver."""
    emulator.start()
    driver = driver_of(emulator, **more)
    try:
        driver.open()
        yield driver
    finally:
        driver.close()
        emulator.stop()


def pressed(driver: Driver, count: int = 1) -> list[Press | Scan]:
    """Step until `count` presses came, and once more, so that one too many shows."""
    found: list[Press | Scan] = []
    for _ in range(STEPS):
        found += driver.step()
        if len(found) >= count:
            break
    return found + driver.step()
