"""Clips of one loudness, laid end to end: speech is in them, nothing clips, and the same parts are the same bytes."""

import io
import math
import wave
from array import array

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.voice import clips
from motcua.voice.errors import VoiceError


def wav(samples: "array[int]", rate_hz: int = 22_050, channels: int = 1) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(samples.tobytes())
    return out.getvalue()


def tone(peak: int, seconds: float = 0.3, quiet_s: float = 0.0) -> "array[int]":
    swing = [round(peak * math.sin(index / 9)) for index in range(round(seconds * 22_050))]
    quiet = [0] * round(quiet_s * 22_050)
    return array("h", [*quiet, *swing, *quiet])


def db(value: float) -> float:
    return 20 * math.log10(value / 32_768)


@pytest.mark.thorough
@settings(max_examples=10, deadline=None)
@given(st.integers(400, 32_767), st.floats(0.1, 0.5), st.floats(0, 0.5))
def test_every_clip_is_equally_loud_without_silence_around_it(peak: int, seconds: float, quiet_s: float) -> None:
    clip = clips.normalise(
        tone(peak, seconds, quiet_s)
    )  # no word is shorter than a tenth of a second; of less the fades are the most
    tolerance_db = (
        1.5 if seconds >= 0.25 else 2.5
    )  # of a short word the fades and a last window of a few samples are a larger part
    assert db(clips.measure_level(clip)) == pytest.approx(-20, abs=tolerance_db)
    assert db(max(map(abs, clip))) <= -1
    assert len(clip) / 22_050 <= seconds + 0.06
    assert clip[0] == clip[-1] == 0


def test_a_clip_with_high_peaks_stays_below_full_scale() -> None:
    samples = tone(300, 0.5)
    samples[5_000] = 32_767
    assert db(max(map(abs, clips.normalise(samples)))) <= -1


def test_silence_is_no_clip() -> None:
    with pytest.raises(VoiceError, match="it is silent"):
        clips.normalise(array("h", [20] * 9_000))
    with pytest.raises(VoiceError, match="it is silent"):
        clips.normalise(array("h"))


@pytest.mark.parametrize(
    ("sound", "reason"),
    [
        (wav(tone(9_000), 44_100), "44100 Hz"),
        (wav(tone(9_000), channels=2), "2 channel"),
        (wav(array("h", bytes(2 * 31 * 22_050))), "30 seconds"),
        (b"not a sound", "not a WAV"),
        (b"", "not a WAV"),
    ],
)
def test_another_kind_of_file_is_refused_with_its_reason(sound: bytes, reason: str) -> None:
    with pytest.raises(VoiceError, match=reason):
        clips.read_wav(sound)


@pytest.mark.thorough
@given(
    st.lists(
        st.tuples(st.binary(max_size=40).map(lambda frames: frames[: len(frames) // 2 * 2]), st.integers(0, 300)),
        max_size=8,
    )
)
def test_joining_only_lays_end_to_end(parts: list[tuple[bytes, int]]) -> None:
    joined = clips.join_parts(parts)
    assert joined == clips.join_parts(parts)
    for frames, pause_ms in parts:
        assert joined.startswith(frames)
        assert not any(joined[len(frames) : len(frames) + len(clips.make_silence(pause_ms))])
        joined = joined[len(frames) + len(clips.make_silence(pause_ms)) :]
    assert joined == b""


def test_what_is_written_as_a_wav_is_read_back() -> None:
    samples = tone(9_000)
    assert clips.read_wav(clips.make_wav(clips.to_frames(samples))) == samples


def test_the_chime_is_short_and_as_loud_as_speech() -> None:
    chime = clips.make_chime()
    assert 0.7 <= len(chime) / 22_050 <= 1.0
    assert db(clips.measure_level(chime)) == pytest.approx(-20, abs=1.5)
    assert db(max(map(abs, chime))) <= -1
