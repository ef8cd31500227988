"""Speaks with the library of the package `espeakng_loader`, in a separate process.

Started by `voice.engine` as `python -m motcua.voice.loader_child`. In: JSON lines `{text, voice, speed, amplitude}`.
Out, for each: the length of a WAV, 4 bytes little-endian, and the WAV. Source: espeak-ng's `speak_lib.h`.
"""

import ctypes
import io
import json
import struct
import sys
import wave
from typing import Any

RETRIEVAL, DONT_EXIT = 1, 0x8000
RATE_PARAMETER, VOLUME_PARAMETER = 1, 2
POSITION_CHARACTER, UTF8 = 1, 1
SynthCallback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class EspeakLibrary:
    """The library, ready to speak."""

    def __init__(self, library: str, data: str) -> None:
        self._library = ctypes.CDLL(library)
        self._rate_hz = self._library.espeak_Initialize(RETRIEVAL, 0, data.encode(), DONT_EXIT)
        if self._rate_hz <= 0:
            raise OSError("the library of the voice does not start")
        self._heard = bytearray()
        self._callback = SynthCallback(self._hear)  # kept: the library calls it for as long as it lives
        self._library.espeak_SetSynthCallback(self._callback)

    def _hear(self, samples: Any, count: int, _events: Any) -> int:
        if samples and count > 0:
            self._heard += ctypes.string_at(samples, 2 * count)
        return 0

    def speak(self, request: dict[str, Any]) -> bytes:
        """Return the WAV of a request."""
        self._heard.clear()
        if self._library.espeak_SetVoiceByName(str(request["voice"]).encode()) != 0:
            raise OSError(f"there is no voice {request['voice']}")
        self._library.espeak_SetParameter(RATE_PARAMETER, int(request["speed"]), 0)
        self._library.espeak_SetParameter(VOLUME_PARAMETER, int(request["amplitude"]), 0)
        text = str(request["text"]).encode()
        size = ctypes.c_size_t(len(text) + 1)
        self._library.espeak_Synth(text, size, 0, POSITION_CHARACTER, 0, UTF8, None, None)
        self._library.espeak_Synchronize()
        out = io.BytesIO()
        with wave.open(out, "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(self._rate_hz)
            file.writeframes(bytes(self._heard))
        return out.getvalue()


def main() -> int:
    """Answer line by line until standard input ends."""
    import espeakng_loader

    speaker = EspeakLibrary(str(espeakng_loader.get_library_path()), str(espeakng_loader.get_data_path()))
    for line in sys.stdin.buffer:
        sound = speaker.speak(json.loads(line))
        sys.stdout.buffer.write(struct.pack("<I", len(sound)) + sound)
        sys.stdout.buffer.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
