"""What tests of drivers share: an emulator's entry becomes a driver, steps are taken until what was pressed has
come.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from motcua.devices.contract import Driver, Observation, Report
from motcua.devices.emulation import Emulator
from motcua.devices.loading import build_driver
from tests.waiting import PATIENCE_S, wait_until


def driver_of(emulator: Emulator, **more: Any) -> Driver:
    """Return the driver of the agent's entry, as the agent makes it; not opened."""
    entry = emulator.describe_entry() | more
    return build_driver(
        entry.pop("kind"), entry.pop("driver"), {name: value for name, value in entry.items() if name != "name"}
    )


@contextmanager
def driven(emulator: Emulator, now: Callable[[], float] | None = None, **more: Any) -> Iterator[Driver]:
    """Plug the emulator in and open its driver, which goes by the clock `now`. A Modbus line is patient with it."""
    emulator.start()
    driver: Any = driver_of(emulator, **more)
    if now is not None:
        driver._now = now
    patient(driver)
    try:
        driver.open()
        yield driver
    finally:
        driver.close()
        emulator.stop()


def patient(driver: Any, within_s: float = PATIENCE_S) -> None:
    """Let a Modbus line wait so long for an answer: the product's 80 ms pass on a busy computer before it comes."""
    if hasattr(driver, "_line"):
        driver._line._timeout_s = within_s
        if driver._line._port.is_open:
            driver._line._port.serial.timeout = within_s


SHORT_S = 0.02
"""For panels that are off: no answer comes at any time."""


def silent(driver: Any, off: set[int], report: Report) -> None:
    """Step until the driver reports `wanted`, without long waits for the panels that are `off`; these are not asked
    again after that.
    """

    def is_settled() -> bool:
        panel = min(driver._panels, key=lambda one: one.due_at)
        patient(driver, SHORT_S if panel.address in off else PATIENCE_S)
        driver.step()
        return bool(driver.report() == report)

    wait_until(is_settled)
    patient(driver)
    for panel in driver._panels:
        panel.due_at += 1000 * (panel.address in off)


def pressed(driver: Driver, count: int = 1) -> list[Observation]:
    """Step until `count` presses came, and once more, so that one too many shows."""
    observations: list[Observation] = []

    def come() -> bool:
        observations.extend(driver.step())
        return len(observations) >= count

    wait_until(come)
    return observations + driver.step()


def settled(driver: Driver, report: Report) -> Report:
    """Step until the driver reports `wanted`."""

    def is_settled() -> bool:
        driver.step()
        return driver.report() == report

    wait_until(is_settled)
    return driver.report()


class Reader:
    """Counts the bytes that a serial driver reads."""

    def __init__(self, driver: Any) -> None:
        self._driver, self._read, self._bytes = driver, driver._port.read, 0
        driver._port.read = self._counted

    def _counted(self, wait_s: float) -> bytes:
        data: bytes = self._read(wait_s)
        self._bytes += len(data)
        return data

    def step_over(self, size: int) -> list[Observation]:
        """Step until `size` more bytes were read; return what was pressed."""
        observations: list[Observation] = []
        until = self._bytes + size

        def is_read() -> bool:
            observations.extend(self._driver.step())
            return self._bytes >= until

        wait_until(is_read)
        return observations
