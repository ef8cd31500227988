"""Sounds of one kind, 22,050 Hz, mono, 16 bit: read, made equally loud once, and joined to sentences by laying them
end to end.

Source of the figures: the RMS of what is not silence, -20 dBFS with peaks up to -1 dBFS, as for announcements; 0
dBFS is the largest value of 16 bit.
"""

import io
import math
import sys
import wave
from array import array
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from motcua.typed.sentences import mark
from motcua.voice import riff
from motcua.voice.errors import VoiceError

RATE_HZ, WIDTH_B, FULL = 22_050, 2, 32_768
LEVEL_DB, PEAK_DB, SILENCE_DB = -20.0, -1.0, -45.0
WINDOW_S, KEPT_S, FADE_S, EDGE_S = 0.05, 0.02, 0.01, 0.005
QUIET_SHARE = 0.1
"""A window counts as speech from this share of the loudest one's RMS on."""
LONGEST_S = 30
CHIME_HZ, CHIME_STEP_S, CHIME_RING_S = (659.26, 783.99, 1046.5), 0.2, 0.5
Samples: TypeAlias = "array[int]"


def compute_amplitude(db: float) -> float:
    """Return the sample value of a level in dBFS."""
    return FULL * 10 ** (db / 20)


def compute_rms(samples: Sequence[int]) -> float:
    """Return the root mean square of `samples`, 0 where there are none."""
    return math.sqrt(sum(value * value for value in samples) / len(samples)) if samples else 0.0


def measure_level(samples: Samples) -> float:
    """Return the RMS of the windows of 50 ms in which somebody speaks, as a sample value; 0 for silence."""
    size = round(WINDOW_S * RATE_HZ)
    window_levels = [compute_rms(samples[start : start + size]) for start in range(0, len(samples), size)]
    limit = QUIET_SHARE * max(window_levels, default=0.0)
    active = [value for value in window_levels if value > limit]
    return math.sqrt(sum(value * value for value in active) / len(active)) if active else 0.0


def read_wav(sound: bytes) -> Samples:
    """Return the samples of a WAV. Raises `VoiceError` for another format than ours, or one longer than 30 s."""
    try:
        sound_file = riff.read(sound)
    except riff.NotRiffError as error:
        raise VoiceError(mark("it is not a WAV file")) from error
    if sound_file.kind != riff.PCM:
        raise VoiceError(
            mark("it is compressed or has fractions (format %(kind)s). PCM with 16 bit is required"),
            kind=sound_file.kind,
        )
    if (sound_file.rate_hz, sound_file.channels, sound_file.bits) != (RATE_HZ, 1, 8 * WIDTH_B):
        raise VoiceError(
            mark(
                "it has %(rate)s Hz, %(channels)s channel(s) and %(bits)s bit. 22050 Hz, 1 channel and 16 "
                "bit are required"
            ),
            rate=sound_file.rate_hz,
            channels=sound_file.channels,
            bits=sound_file.bits,
        )
    if len(sound_file.data) > LONGEST_S * RATE_HZ * WIDTH_B:
        raise VoiceError(mark("it is longer than %(seconds)s seconds"), seconds=LONGEST_S)
    data = sound_file.data
    samples = array("h", data[: len(data) // WIDTH_B * WIDTH_B])
    if sys.byteorder == "big":  # pragma: no cover -- WAV is little-endian, and so are our machines
        samples.byteswap()
    return samples


def normalise(samples: Samples) -> Samples:
    """Return a clip without silence at its ends, at the common loudness, with soft ends.

    Raises `VoiceError` when nothing is heard.
    """
    edge, margin = round(EDGE_S * RATE_HZ), round(KEPT_S * RATE_HZ)
    limit = compute_amplitude(SILENCE_DB)
    loud_starts = [
        start for start in range(0, len(samples), edge) if compute_rms(samples[start : start + edge]) > limit
    ]
    if not loud_starts:
        raise VoiceError(mark("it is silent"))
    cut = samples[max(0, loud_starts[0] - margin) : loud_starts[-1] + edge + margin]
    peak = max(map(abs, cut))
    gain = min(compute_amplitude(LEVEL_DB) / measure_level(cut), compute_amplitude(PEAK_DB) / peak)
    return _fade(array("h", [int(gain * value) for value in cut]))


def _fade(samples: Samples) -> Samples:
    length = min(round(FADE_S * RATE_HZ), len(samples) // 2)
    for index in range(length):
        share = index / length
        samples[index] = int(samples[index] * share)
        samples[-1 - index] = int(samples[-1 - index] * share)
    return samples


def make_chime() -> Samples:
    """Return three rising tones, 0.9 s, as loud as a clip."""
    samples = [0.0] * round((CHIME_STEP_S * (len(CHIME_HZ) - 1) + CHIME_RING_S) * RATE_HZ)
    for number, tone_hz in enumerate(CHIME_HZ):
        first = round(number * CHIME_STEP_S * RATE_HZ)
        for index in range(round(CHIME_RING_S * RATE_HZ)):
            at = index / RATE_HZ
            samples[first + index] += math.exp(-6 * at) * math.sin(2 * math.pi * tone_hz * at)
    loudest = max(map(abs, samples))
    return normalise(array("h", [round(value / loudest * FULL / 2) for value in samples]))


def to_frames(samples: Samples) -> bytes:
    """Return samples as the bytes of a WAV."""
    if sys.byteorder == "big":  # pragma: no cover -- as in `read`
        samples = array("h", samples)
        samples.byteswap()
    return samples.tobytes()


def make_silence(pause_ms: int) -> bytes:
    """Return so much silence, as frames."""
    return bytes(WIDTH_B * (pause_ms * RATE_HZ // 1000))


def join_parts(parts: Iterable[tuple[bytes, int]]) -> bytes:
    """Return the frames of all parts, each followed by its milliseconds of silence.

    Nothing is computed: same parts, same bytes.
    """
    return b"".join(piece for frames, pause_ms in parts for piece in (frames, make_silence(pause_ms)))


def make_wav(frames: bytes) -> bytes:
    """Return frames as a whole WAV file."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(WIDTH_B)
        file.setframerate(RATE_HZ)
        file.writeframes(frames)
    return out.getvalue()
