"""`motcua voice say` as a program reads it: the words that are spoken, or a sound that holds them."""

import wave
from pathlib import Path

import pytest

from tests.server.programs import command, said


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ("--number 24 --region north --mode cardinal", "hai mươi tư"),
        ("--number 24 --region south --mode cardinal", "hai mươi bốn"),
        ("--number 1005 --region south --mode cardinal", "một ngàn không trăm lẻ năm"),
        ("--number 7 --letter A --region north --mode digits", "A không không bảy"),
        ("--number 25 --letter A --region central --mode hybrid", "A không hai mươi lăm"),
        ("--number 0 --region north --mode cardinal", "không"),
        (
            "--number 7 --letter A --counter 21 --region north --mode digits",
            "Xin mời công dân có số thứ tự A, không không bảy, đến quầy số hai mươi mốt.",
        ),
    ],
)
def test_the_words_are_those_of_the_region_and_the_mode(options: str, words: str) -> None:
    assert said(command("voice", "say", *options.split(), "--text")) == (0, f"{words}\n", "")


@pytest.mark.thorough
def test_a_sound_has_as_many_seconds_as_its_words_take(tmp_path: Path) -> None:
    place = tmp_path / "call.wav"
    assert command("voice", "say", "--number", 105, "--letter", "B", "--counter", 3, "--out", place).returncode == 0
    with wave.open(str(place)) as sound:
        assert (sound.getframerate(), sound.getnchannels(), sound.getsampwidth()) == (22_050, 1, 2)
        assert 3 < sound.getnframes() / 22_050 < 9


@pytest.mark.parametrize(
    "options", ["--number x --text", "--number 10000 --text", "--number 1", "--number 1 --region east --text", "--text"]
)
def test_wrong_use_says_so(options: str) -> None:
    ended = command("voice", "say", *options.split())
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr


def test_without_an_engine_it_is_said_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    ended = command("voice", "say", "--number", 1, "--out", tmp_path / "x.wav")
    assert (ended.returncode, ended.stdout, "espeak-ng" in ended.stderr, (tmp_path / "x.wav").exists()) == (
        1,
        "",
        True,
        False,
    )
