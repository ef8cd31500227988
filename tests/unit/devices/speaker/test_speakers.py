"""Loudspeakers: what they take, how long they take, and what they say when there is no sound to be had."""

import io
import os
import time
import wave
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.devices.contract import DeviceError, JobOutcome
from motcua.devices.loading import build_driver
from motcua.devices.speaker.aplay import AplayOptions, AplaySpeaker
from motcua.devices.speaker.codec import beep, read, read_sound
from motcua.devices.speaker.portaudio import PortaudioOptions, PortaudioSpeaker
from motcua.devices.speaker.wav_file import WavFileOptions, WavFileSpeaker


def tone(seconds: float = 0.1, *, width: int = 2, rate_hz: int = 22_050) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(width)
        file.setframerate(rate_hz)
        file.writeframes(bytes(range(1, 201)) * (round(seconds * rate_hz) * width // 200))
    return out.getvalue()


@pytest.mark.thorough
@given(st.binary(max_size=200) | st.builds(lambda cut: tone()[:cut], st.integers(0, 300)))
def test_rubbish_is_refused_and_nothing_else_leaves_the_codec(rubbish: bytes) -> None:
    with suppress(DeviceError):
        assert read(rubbish).rate_hz == 22_050


@pytest.mark.parametrize(
    ("sound", "reason"), [(tone(width=1), "16 bit"), (tone(61, rate_hz=8_000), "60 seconds"), (b"RIFF", "not a WAV")]
)
def test_another_format_is_refused_with_its_reason(sound: bytes, reason: str) -> None:
    with pytest.raises(DeviceError, match=reason):
        read(sound)


@pytest.mark.parametrize(("repeat", "times"), [(1, 1), (2, 2), (0, 1), (99, 3), ("x", 1)])
def test_a_sound_is_played_one_to_three_times(repeat: object, times: int) -> None:
    assert read_sound({"wav": tone(), "repeat": repeat})[1] == times


def test_the_file_speaker_keeps_the_newest_sounds(tmp_path: Path) -> None:
    speaker = WavFileSpeaker(WavFileOptions(folder=tmp_path / "sounds", keep=2, real_time=False))
    speaker.open()
    for seconds in (0.1, 0.2, 0.3):
        assert speaker.work("say", {"wav": tone(seconds), "repeat": 1, "key": "1"}) == JobOutcome("done")
    assert {path.name: path.read_bytes() for path in (tmp_path / "sounds").iterdir()} == {
        "000002.wav": tone(0.2),
        "000003.wav": tone(0.3),
    }
    assert speaker.report().state == "ok"


def test_the_file_speaker_takes_as_long_as_the_sound(tmp_path: Path) -> None:
    speaker = build_driver("speaker", "file", {"folder": tmp_path})
    speaker.open()
    began = time.monotonic()
    assert speaker.work("say", {"wav": tone(0.2)}) == JobOutcome("done")
    # a least time: a busy computer only takes longer
    assert time.monotonic() - began >= 0.19


def test_a_job_without_a_sound_fails_and_the_device_stays(tmp_path: Path) -> None:
    speaker = WavFileSpeaker(WavFileOptions(folder=tmp_path, real_time=False))
    speaker.open()
    for payload in ({}, {"wav": "text"}, {"wav": b"RIFF"}):
        assert speaker.work("say", payload) == JobOutcome("failed", "no_sound")
    with pytest.raises(DeviceError, match="cannot do"):
        speaker.work("print", {})


def test_a_check_without_the_desk_beeps(tmp_path: Path) -> None:
    speaker = WavFileSpeaker(WavFileOptions(folder=tmp_path, real_time=False))
    speaker.open()
    assert speaker.work("check", {"counters": []}) == JobOutcome("done")
    assert (tmp_path / "000001.wav").read_bytes() == beep()
    assert read(beep()).seconds == pytest.approx(0.6, abs=0.01)


def test_a_folder_that_cannot_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DeviceError, match="cannot be written"):
        WavFileSpeaker(WavFileOptions(folder=tmp_path / "file" / "sounds")).open()


def alsa(folder: Path, monkeypatch: pytest.MonkeyPatch, config: str) -> None:
    (folder / "asound.conf").write_text(config)
    monkeypatch.setenv("ALSA_CONFIG_PATH", str(folder / "asound.conf"))


@pytest.mark.process
def test_aplay_plays_the_samples_to_the_card(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recording = tmp_path / "heard.raw"
    sink = f'pcm.hall {{ type file slave.pcm nothing file "{recording}" format raw }}\npcm.nothing {{ type null }}\n'
    alsa(tmp_path, monkeypatch, sink)
    speaker = AplaySpeaker(AplayOptions(card="hall"))
    speaker.open()
    assert speaker.work("say", {"wav": tone(0.5), "repeat": 1}) == JobOutcome("done")
    samples = read(tone(0.5)).samples
    assert recording.read_bytes().startswith(samples)
    assert not any(recording.read_bytes()[len(samples) :]), "the card's last block is filled up with silence"
    assert speaker.report().state == "unknown"


@pytest.mark.process
def test_aplay_without_a_card_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    alsa(tmp_path, monkeypatch, "pcm.nothing { type null }\n")
    with pytest.raises(DeviceError, match=r"There is no loudspeaker: .+"):
        AplaySpeaker(AplayOptions()).work("say", {"wav": tone()})


@pytest.mark.process
def test_aplay_that_takes_no_more_sound_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stuck = tmp_path / "aplay"
    stuck.write_text("#!/bin/sh\nexec sleep 60\n")  # waits: it is killed long before
    stuck.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr("motcua.devices.speaker.aplay.SPARE_S", 0.1)
    with pytest.raises(DeviceError, match="accepts no more sound"):
        AplaySpeaker(AplayOptions()).work("say", {"wav": tone()})


def test_a_missing_aplay_is_for_a_person_to_mend(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DeviceError, match="alsa-utils") as caught:
        AplaySpeaker(AplayOptions()).open()
    assert caught.value.permanent


@pytest.mark.process
def test_portaudio_without_that_card_says_so() -> None:
    speaker = PortaudioSpeaker(PortaudioOptions(card="no such card anywhere"))
    with pytest.raises(DeviceError, match=r"There is no loudspeaker: .+"):
        speaker.open()
    with pytest.raises(DeviceError, match=r"There is no loudspeaker: .+"):
        speaker.work("say", {"wav": tone()})


def test_a_card_is_a_name_and_never_an_option_of_the_program() -> None:
    with pytest.raises(DeviceError, match="card"):
        build_driver("speaker", "aplay", {"card": "-D x"})
