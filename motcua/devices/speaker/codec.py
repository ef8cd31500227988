"""A sound as a job brings it: a WAV of 16 bit, checked before anything is played. Pure."""

import io
import math
import struct
import wave
from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from motcua.devices.contract import DeviceError
from motcua.typed.sentences import mark

REPEAT_MOST, SECONDS_MOST = 3, 60
GAP_S = 0.9
"""Silence before a sound is played again."""
BEEP_HZ, BEEP_S, BEEP_RATE_HZ = 880, 0.6, 22_050


class Sound(Struct, frozen=True):
    """A whole WAV file, its samples, and how long it lasts once."""

    wav: bytes
    samples: bytes
    rate_hz: int
    channels: int
    seconds: float


def read_sound(payload: Mapping[str, Any]) -> tuple[Sound, int]:
    """Return the sound of a job `{wav, repeat?}` and how often it is played, 1 to 3.

    Raises `DeviceError` for anything else.
    """
    wav, repeat = payload.get("wav"), payload.get("repeat", 1)
    if not isinstance(wav, bytes):
        raise DeviceError(mark("This job has no sound."))
    times = min(max(repeat, 1), REPEAT_MOST) if isinstance(repeat, int) else 1
    return read(wav), times


def read(wav: bytes) -> Sound:
    """Return the sound of a WAV file. Raises `DeviceError` for another format, or more than a minute."""
    try:
        with wave.open(io.BytesIO(wav), "rb") as file:
            rate_hz, channels, count = file.getframerate(), file.getnchannels(), file.getnframes()
            if file.getsampwidth() != 2 or rate_hz <= 0:  # noqa: PLR2004 -- 16 bit
                raise DeviceError(mark("This sound is not 16 bit."))
            if count > SECONDS_MOST * rate_hz:
                raise DeviceError(mark("This sound is longer than %(seconds)s seconds."), seconds=SECONDS_MOST)
            return Sound(wav, file.readframes(count), rate_hz, channels, count / rate_hz)
    except (wave.Error, EOFError) as error:
        raise DeviceError(mark("This sound is not a WAV file.")) from error


def beep() -> bytes:
    """Return a short tone as a WAV file: what a check plays when the desk gave nothing."""
    count = round(BEEP_S * BEEP_RATE_HZ)
    swing = (
        math.sin(math.pi * index / count) * math.sin(2 * math.pi * BEEP_HZ * index / BEEP_RATE_HZ)
        for index in range(count)
    )
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(BEEP_RATE_HZ)
        file.writeframes(struct.pack(f"<{count}h", *(round(9_000 * value) for value in swing)))
    return out.getvalue()
