"""The folder of clips with the real engine: what is made, what a ward's own recording replaces, what a call sounds
like.
"""

import os
import shutil
from pathlib import Path

import pytest

from motcua.voice import clips, engine
from motcua.voice.errors import EngineMissingError
from motcua.voice.library import CHIME, Library, MissingClipsError, make_clips, task
from motcua.voice.recordings import make_file_name
from motcua.voice.words import REGIONS, Piece, Region, Sentence
from tests.unit.voice.test_clips import db, tone, wav

pytestmark = pytest.mark.process
SPEED = 130


def copy_of(library: Library, folder: Path) -> Library:
    shutil.copytree(library.folder, folder / "voice")
    return Library(folder / "voice")


def test_a_call_is_speech_of_a_plausible_length_that_never_clips(library: Library, sentence: Sentence) -> None:
    sound = clips.read_wav(library.join_sound(sentence.pieces, "north", SPEED))
    words = len(sentence.text.split())
    assert 0.2 * words <= len(sound) / clips.RATE_HZ <= 0.6 * words
    assert db(clips.measure_level(sound)) == pytest.approx(-20, abs=1.5)
    assert db(max(map(abs, sound))) <= -1
    for piece in sentence.pieces:
        samples = clips.read_wav(library.join_sound([piece], "north", SPEED))
        assert 0.1 <= len(samples) / clips.RATE_HZ / len(piece.words.split()) <= 0.7
        assert -24 <= db(clips.measure_level(samples)) <= -19


def test_the_same_call_is_the_same_bytes_and_twice_with_chime_is_longer(library: Library, sentence: Sentence) -> None:
    once = library.join_sound(sentence.pieces, "north", SPEED)
    assert (
        once
        == library.join_sound(sentence.pieces, "north", SPEED)
        == Library(library.folder).join_sound(sentence.pieces, "north", SPEED)
    )
    seconds = [
        len(clips.read_wav(sound)) / clips.RATE_HZ
        for sound in (once, library.join_sound(sentence.pieces, "north", SPEED, times=2, rings=True))
    ]
    assert seconds[1] == pytest.approx(2 * seconds[0] + 0.9 + 1.15, abs=0.05)


def test_a_missing_word_is_named_and_the_chime_is_there_all_the_same(library: Library, sentence: Sentence) -> None:
    other = Piece("tám", "tám")
    assert library.list_missing([*sentence.pieces, other, CHIME], "north", SPEED) == [other]
    with pytest.raises(MissingClipsError, match="tám"):
        library.join_sound([other], "north", SPEED)
    assert len(clips.read_wav(library.read_chime("north", SPEED))) > clips.RATE_HZ


def test_a_recording_replaces_its_word_and_goes_away_again(
    library: Library, sentence: Sentence, tmp_path: Path
) -> None:
    copy = copy_of(library, tmp_path)
    before = copy.join_sound(sentence.pieces, "north", SPEED)
    (copy.folder / "recorded").mkdir()
    recorded = copy.folder / "recorded" / "Ba.WAV"
    recorded.write_bytes(wav(tone(2_000, 0.5, 0.4)))
    assert make_clips(copy.folder, sentence.pieces, "north", SPEED).prepared == 1
    after = copy.join_sound(sentence.pieces, "north", SPEED)
    assert after != before
    assert db(
        clips.measure_level(clips.read_wav(copy.join_sound([Piece("ba", "ba")], "north", SPEED)))
    ) == pytest.approx(-20, abs=1)
    assert make_clips(copy.folder, sentence.pieces, "north", SPEED).prepared == 0
    recorded.unlink()
    make_clips(copy.folder, sentence.pieces, "north", SPEED)
    assert copy.join_sound(sentence.pieces, "north", SPEED) == before


def test_a_recording_of_another_kind_is_refused_by_name(library: Library, sentence: Sentence, tmp_path: Path) -> None:
    copy = copy_of(library, tmp_path)
    before = copy.join_sound(sentence.pieces, "north", SPEED)
    (copy.folder / "recorded").mkdir()
    (copy.folder / "recorded" / "ba.wav").write_bytes(wav(tone(9_000), 44_100))
    (copy.folder / "recorded" / "đọc tôi.txt").write_text("không phải âm thanh")
    refused = make_clips(copy.folder, sentence.pieces, "north", SPEED).refused
    assert [(name, params["rate"]) for name, _message, params in refused] == [("ba.wav", 44_100)]
    assert copy.join_sound(sentence.pieces, "north", SPEED) == before


@pytest.mark.parametrize("region", REGIONS)
def test_each_region_has_its_own_voice(region: Region, tmp_path: Path) -> None:
    piece = Piece("đến quầy số", "đến quầy số")
    report = task({"folder": str(tmp_path), "region": region, "speed": 140, "pieces": [[piece.name, piece.words]]})
    assert report == {"made": 1, "prepared": 0, "refused": [], "failed": [], "engine": True}
    assert (tmp_path / region / "140" / "đến quầy số.wav").is_file()
    assert Library(tmp_path).list_missing([piece], region, 140) == []


def test_without_an_engine_there_is_a_clear_word_and_the_chime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(engine, "PACKAGE", "no_such_package")
    assert not engine.is_installed()
    with pytest.raises(EngineMissingError, match="espeak-ng"):
        engine.get_engine()
    report = make_clips(tmp_path / "voice", [Piece("ba", "ba")], "north", SPEED)
    assert (report.engine, report.new_count) == (False, 0)
    assert len(clips.read_wav(Library(tmp_path / "voice").read_chime("north", SPEED))) > clips.RATE_HZ


def test_an_engine_that_fails_leaves_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "espeak-ng"
    broken.write_text("#!/bin/sh\necho 'no voice' >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    report = make_clips(tmp_path / "voice", [Piece("ba", "ba")], "north", SPEED)
    assert [(name, params) for name, _message, params in report.failed] == [("ba", {"problem": "no voice"})]


def test_a_file_is_named_by_its_words_however_they_are_written() -> None:
    assert make_file_name("Đến  quầy số") == make_file_name("đến quầy số") == "đến quầy số.wav"
    assert make_file_name("một") != make_file_name("mốt")
    long = "xin mời " * 20
    assert len(make_file_name(long)) <= 75
    assert make_file_name(long) != make_file_name(long + "đến")
    assert "/" not in make_file_name("a/b")
    assert make_file_name("a/b") != make_file_name("a b")
