"""A sound card through PortAudio (the package sounddevice): Windows and macOS, and Linux with libportaudio2."""

from typing import Annotated, Any

from pydantic import Field

from motcua.devices import options as explained
from motcua.devices.contract import DeviceError, DriverOptions
from motcua.devices.speaker.codec import Sound
from motcua.devices.speaker.playing import Speaker
from motcua.typed.sentences import mark

BLOCK_FRAMES = 2_048


class PortaudioOptions(DriverOptions):
    """`card` is the output's number, or a part of its name, as `python -m sounddevice` lists them; empty for the
    usual one.
    """

    card: Annotated[str, explained.Card, Field(max_length=100)] = ""


class PortaudioSpeaker(Speaker):
    """Plays blocks of samples; each is taken only when there is room, so that playing lasts as long as the sound."""

    Options = PortaudioOptions

    def __init__(self, options: PortaudioOptions) -> None:
        self._card: int | str | None = int(options.card) if options.card.isdigit() else options.card or None
        self._library: Any = None

    def open(self) -> None:
        """Load the library and see that there is an output. Raises `DeviceError`."""
        try:
            import sounddevice
        except (ImportError, OSError) as error:  # OSError: the package is there, PortAudio itself is not
            message = mark("The package sounddevice cannot be used: %(problem)s")
            raise DeviceError(message, permanent=True, problem=error) from error
        try:
            sounddevice.query_devices(self._card, "output")
        except (sounddevice.PortAudioError, ValueError) as error:
            raise _missing(error) from error
        self._library = sounddevice

    def play(self, sound: Sound) -> None:
        """Play it to its end. Raises `DeviceError`."""
        if self._library is None:
            self.open()
        step = BLOCK_FRAMES * 2 * sound.channels
        try:
            with self._library.RawOutputStream(
                samplerate=sound.rate_hz, channels=sound.channels, dtype="int16", device=self._card
            ) as stream:
                for start in range(0, len(sound.samples), step):
                    stream.write(sound.samples[start : start + step])
                stream.stop()
        except (self._library.PortAudioError, ValueError) as error:
            raise _missing(error) from error


def _missing(error: Exception) -> DeviceError:
    return DeviceError(mark("There is no loudspeaker: %(problem)s"), problem=error)
