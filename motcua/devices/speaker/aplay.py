"""The program `aplay` of alsa-utils, run once for each sound."""

import shutil
import subprocess
from typing import Annotated

from pydantic import Field

from motcua.devices import options as explained
from motcua.devices.contract import DeviceError, DriverOptions
from motcua.devices.speaker.codec import Sound
from motcua.devices.speaker.playing import Speaker
from motcua.typed.sentences import mark

PROGRAM = "aplay"
SPARE_S = 5.0


class AplayOptions(DriverOptions):
    """`card` is ALSA's name of the output as `aplay -L` lists it, empty for the usual one."""

    card: Annotated[str, explained.Card, Field(max_length=100, pattern=r"^[^-\s]?\S*$")] = ""


class AplaySpeaker(Speaker):
    """Plays with `aplay`. An output that does not exist fails at once; one that nobody hears does not."""

    Options = AplayOptions

    def __init__(self, options: AplayOptions) -> None:
        self._card = options.card

    def open(self) -> None:
        """See that the program is there. Raises `DeviceError`."""
        if shutil.which(PROGRAM) is None:
            raise DeviceError(mark("The program aplay is missing: install alsa-utils."), permanent=True)

    def play(self, sound: Sound) -> None:
        """Play it to its end. Raises `DeviceError`: no such card, or no end within its time and five seconds."""
        command = [PROGRAM, "-q", *(["-D", self._card] if self._card else []), "-"]
        try:
            done = subprocess.run(  # noqa: S603 -- no shell
                command, input=sound.wav, capture_output=True, timeout=sound.seconds + SPARE_S, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise DeviceError(mark("The loudspeaker accepts no more sound.")) from error
        except OSError as error:
            raise DeviceError(
                mark("%(program)s cannot be run: %(problem)s"), program=PROGRAM, problem=error.strerror or error
            ) from error
        if done.returncode:
            error_lines = done.stderr.decode(errors="replace").strip().splitlines()
            raise DeviceError(
                mark("There is no loudspeaker: %(problem)s"),
                problem=error_lines[-1] if error_lines else f"exit {done.returncode}",
            )
