"""What every loudspeaker does alike: one job after the other, the sound as often as asked with a gap between."""

import time
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

from motcua.devices.contract import DeviceError, JobOutcome, Observation, Report
from motcua.devices.speaker.codec import GAP_S, Sound, beep, read_sound
from motcua.typed.sentences import mark


class Speaker(ABC):
    """A loudspeaker. `work` lasts as long as what is heard, so that two calls never overlap."""

    def step(self) -> list[Observation]:
        """Nothing comes from a loudspeaker."""
        return []

    def work(self, kind: str, payload: Mapping[str, Any]) -> JobOutcome:
        """Play a job's sound. Raises `DeviceError` when nothing of it was heard; what broke off later is `unknown`."""
        if kind == "check":
            payload = {"wav": beep(), **payload}
        elif kind != "say":
            raise DeviceError(mark("A loudspeaker cannot do “%(kind)s”."), permanent=True, kind=kind)
        try:
            sound, times = read_sound(payload)
        except DeviceError:
            return JobOutcome("failed", "no_sound")  # the job is wrong, not the device
        for turn in range(times):
            if turn:
                time.sleep(GAP_S)
            try:
                self.play(sound)
            except DeviceError:
                if not turn:
                    raise
                return JobOutcome("unknown", "broke_off")
        return JobOutcome("done")

    @abstractmethod
    def play(self, sound: Sound) -> None:
        """Play it once, to its end. Raises `DeviceError`."""

    def report(self) -> Report:
        """A loudspeaker does not answer: what it took it may have played to a cable that is out."""
        return Report("unknown")

    def blank(self) -> None:  # noqa: B027 -- right for all of them
        """A sound that has ended is not out of date."""

    def close(self) -> None:  # noqa: B027 -- as above
        """Nothing is kept open."""
