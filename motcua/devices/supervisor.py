"""Keeps one device usable: opens it, lets it work, and after a failure opens it again, first soon, then every two
seconds.
"""

import logging
import time
import traceback
from collections.abc import Callable, Mapping
from typing import Any

from motcua.devices.abilities import Outliving, Previewing
from motcua.devices.contract import (
    DeviceError,
    Driver,
    JobOutcome,
    Observation,
    Remembering,
    Report,
)
from motcua.typed.sentences import mark

FIRST_WAIT_S, LONGEST_WAIT_S = 0.1, 2.0
STRANGER_WAIT_S = 30.0
"""Another program at a device's address is not asked every two seconds: its keeper would take that for an attack."""
DOWN = "device_down"
logger = logging.getLogger(__name__)


class Supervisor:
    """One driver and how it is. Used by one thread; `now` is monotonic, in seconds."""

    def __init__(self, name: str, driver: Driver, now: Callable[[], float] = time.monotonic) -> None:
        self.name, self.driver, self._now = name, driver, now
        self._is_open = False
        self._wait_s = 0.0
        self._retry_at = 0.0
        self.error: DeviceError | None = None
        self.figures = {"heard": 0, "jobs": 0, "failed": 0, "lost": 0}

    def step(self) -> tuple[list[Observation], float]:
        """Open what is closed or let the driver do what is due; return what people did, and how long to wait before
        the next step.
        """
        if not self._is_open:
            left_s = self._retry_at - self._now()
            if left_s > 0:
                return [], left_s
            return [], 0.0 if self._open() else self._wait_s
        try:
            observations = self.driver.step()
        except DeviceError as error:
            self._failed(error)
            return [], self._wait_s
        except Exception as error:
            self._failed(_defect(self.name, error))
            return [], self._wait_s
        self.figures["heard"] += len(observations)
        return observations, 0.0

    def work(self, kind: str, payload: Mapping[str, Any]) -> JobOutcome:
        """Do a job. A device that is closed is tried once more; when that fails, nothing of the job has happened."""
        self.figures["jobs"] += 1
        if not self._is_open:
            self._open()
        if not self._is_open:
            self.figures["failed"] += 1
            if isinstance(self.driver, Remembering):
                self.driver.remember(kind, payload)
            return JobOutcome("failed", self._problem)
        try:
            outcome = self.driver.work(kind, payload)
        except DeviceError as error:
            self._failed(error)
            outcome = JobOutcome("failed", self._problem)
        except Exception as error:
            self._failed(_defect(self.name, error))
            outcome = JobOutcome("unknown", "defect")
        self.figures["failed"] += outcome.state != "done"
        return outcome

    def report(self) -> dict[str, Any]:
        """Return how the device is: `state`, `problem` (a code), `error` (English), `why` (the same to be
        translated: `message` with places for `params`), `counters`.
        """
        report = self.driver.report() if self._is_open else Report("down", self._problem)
        failed = self.error if not self._is_open else None
        error = str(failed) if failed is not None else None
        why = (
            {"message": failed.message, "params": {name: str(value) for name, value in failed.params.items()}}
            if failed is not None
            else None
        )
        return {
            "state": report.state,
            "problem": report.problem,
            "error": error,
            "why": why,
            "counters": dict(self.figures),
        }

    def blank(self) -> None:
        """The desk cannot be reached: let the device show nothing that may be out of date."""
        if self._is_open or isinstance(self.driver, Remembering):
            try:
                self.driver.blank()
            except DeviceError as error:
                self._failed(error)

    def preview(self, *, is_on: bool) -> None:
        """Let the device show what it sees, or no more. Raises `DeviceError` where it cannot or must not."""
        driver = self.driver
        if not isinstance(driver, Previewing):
            raise DeviceError(mark("This device has no picture."), code="unknown_job")
        if not self._is_open and not self._open() and is_on:
            raise self.error or DeviceError(mark("This device has no picture."), code=DOWN)
        driver.preview(is_on=is_on)

    def skip_job(self, kind: str, payload: Mapping[str, Any]) -> None:
        """A job came too late to be done: let a driver know that has to."""
        if isinstance(self.driver, Outliving):
            self.driver.skip_job(kind, payload)

    def close(self) -> None:
        """Close the device."""
        self.driver.close()
        self._is_open = False

    @property
    def _problem(self) -> str:
        """Return the stable code of why it is closed."""
        return (self.error.code if self.error is not None else None) or DOWN

    def _open(self) -> bool:
        """Try to open the device; return whether it is open."""
        try:
            self.driver.open()
        except DeviceError as error:
            self._failed(error)
        except Exception as error:
            self._failed(_defect(self.name, error))
        else:
            if self.error is not None:
                logger.info("%s works again", self.name)
            self._is_open, self.error, self._wait_s = True, None, 0.0
        return self._is_open

    def _failed(self, error: DeviceError) -> None:
        if self.error is None or self._is_open:
            logger.warning("%s: %s", self.name, error)
        self.figures["lost"] += self._is_open
        self.error = error
        self.driver.close()
        self._is_open = False
        if error.permanent:
            self._wait_s = STRANGER_WAIT_S if error.code else LONGEST_WAIT_S
        else:
            self._wait_s = min(max(2 * min(self._wait_s, LONGEST_WAIT_S), FIRST_WAIT_S), LONGEST_WAIT_S)
        self._retry_at = self._now() + self._wait_s


def _defect(name: str, error: Exception) -> DeviceError:
    """A driver let something else out than it may.

    Its kind and place are told, never its words: they may hold what a scanner read.
    """
    logger.error("%s: %s\n%s", name, type(error).__name__, "".join(traceback.format_tb(error.__traceback__)))
    return DeviceError("%(kind)s", kind=type(error).__name__)
