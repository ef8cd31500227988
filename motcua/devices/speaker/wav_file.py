"""A loudspeaker that keeps each sound as a WAV file in a folder, for trials; it takes as long as one that is heard."""

import time
from pathlib import Path
from typing import Annotated

from pydantic import Field

from motcua.devices import options as explained
from motcua.devices.contract import DeviceError, DriverOptions, Report
from motcua.devices.speaker.codec import Sound
from motcua.devices.speaker.playing import Speaker
from motcua.typed.sentences import mark


class WavFileOptions(DriverOptions):
    """`folder` is made where it is missing; the `keep` newest sounds stay in it.

    `real_time` false: a sound takes no time.
    """

    folder: Annotated[Path, explained.Folder] = Path("sounds")
    keep: Annotated[int, explained.explain(mark("Files that are kept")), Field(ge=1, le=100_000)] = 500
    real_time: Annotated[bool, explained.explain(mark("Takes as long as the sound lasts"))] = True


class WavFileSpeaker(Speaker):
    """Writes `000001.wav`, `000002.wav` … and waits as long as each lasts: a null device would swallow a sentence in
    no time.
    """

    Options = WavFileOptions

    def __init__(self, options: WavFileOptions) -> None:
        self._options = options
        self._folder = options.folder

    def open(self) -> None:
        """Make the folder. Raises `DeviceError`."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise self._wrong(error) from error

    def play(self, sound: Sound) -> None:
        """Keep it under the next number. Raises `DeviceError`."""
        try:
            numbers = sorted(int(path.stem) for path in self._folder.glob("*.wav") if path.stem.isdigit())
            target = self._folder / f"{numbers[-1] + 1 if numbers else 1:06d}.wav"
            draft = target.with_suffix(".tmp")
            draft.write_bytes(sound.wav)
            draft.replace(target)
            for number in numbers[: max(0, len(numbers) + 1 - self._options.keep)]:
                (self._folder / f"{number:06d}.wav").unlink(missing_ok=True)
        except OSError as error:
            raise self._wrong(error) from error
        if self._options.real_time:
            time.sleep(sound.seconds)

    def report(self) -> Report:
        """A file is there or it is not."""
        return Report()

    def _wrong(self, error: OSError) -> DeviceError:
        return DeviceError(
            mark("%(path)s cannot be written: %(problem)s"), path=self._folder, problem=error.strerror or error
        )
