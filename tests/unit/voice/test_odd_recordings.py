"""Recordings as wards really have them: what can be read is read, what cannot is named, and nobody falls silent."""

import os
import struct
from pathlib import Path

import pytest

from motcua.desk.files import write_whole
from motcua.voice import clips
from motcua.voice.errors import VoiceError
from motcua.voice.library import CHIME, Library, make_clips
from motcua.voice.words import Piece
from tests.unit.voice.test_clips import tone, wav

SAMPLES = tone(9_000)
DATA = SAMPLES.tobytes()
PLAIN = struct.pack("<HHIIHH", 1, 1, 22_050, 44_100, 2, 16)
GUID = bytes.fromhex("000000001000800000aa00389b71")
SPEED = 130


def riff(*chunks: tuple[bytes, bytes, int | None], name: bytes = b"RIFF") -> bytes:
    """Return a WAV of chunks (name, content, promised size)."""
    body = b"".join(
        kind + struct.pack("<I", len(content) if size is None else size) + content + b"\0" * (len(content) % 2)
        for kind, content, size in chunks
    )
    return name + struct.pack("<I", len(body) + 4) + b"WAVE" + body


def extensible(kind: int, tail: bytes = GUID) -> bytes:
    return struct.pack("<HHIIHHHHIH", 0xFFFE, 1, 22_050, 44_100, 2, 16, 22, 16, 4, kind) + tail


@pytest.mark.parametrize(
    "sound",
    [
        riff((b"fmt ", PLAIN, None), (b"data", DATA, 0xFFFFFFFF)),
        riff((b"fmt ", PLAIN, None), (b"data", DATA, 0)),
        riff((b"fmt ", PLAIN, None), (b"data", DATA, len(DATA) + 100_000)),
        riff((b"fmt ", PLAIN, None), (b"data", DATA, None), (b"LIST", b"INFO", 2**31)),
        riff(
            (b"LIST", b"odd", None), (b"fmt ", PLAIN + b"\0\0", None), (b"fact", b"\0" * 4, None), (b"data", DATA, None)
        ),
        riff((b"fmt ", extensible(1), None), (b"data", DATA, None)),
        riff((b"fmt ", PLAIN, None), (b"data", DATA, None)) + b"a tail",
        riff((b"fmt ", PLAIN, None), (b"data", DATA, None))[:4]
        + b"\xff\xff\xff\xff"
        + riff((b"fmt ", PLAIN, None), (b"data", DATA, None))[8:],
    ],
)
def test_what_can_be_read_is_read(sound: bytes) -> None:
    assert clips.read_wav(sound) == SAMPLES


def form(kind: int = 1, channels: int = 1, rate_hz: int = 22_050, bits: int = 16) -> bytes:
    return struct.pack("<HHIIHH", kind, channels, rate_hz, rate_hz * channels * bits // 8, channels * bits // 8, bits)


ODD = {
    "8-bit": (riff((b"fmt ", form(bits=8), None), (b"data", DATA, None)), "8 bit"),
    "24-bit": (riff((b"fmt ", form(bits=24), None), (b"data", DATA, None)), "24 bit"),
    "float": (riff((b"fmt ", form(kind=3, bits=32), None), (b"data", DATA, None)), "format 3"),
    "extensible float": (riff((b"fmt ", extensible(3), None), (b"data", DATA, None)), "format 3"),
    "extensible of a maker": (riff((b"fmt ", extensible(1, b"\1" * 14), None), (b"data", DATA, None)), "format 65534"),
    "stereo": (riff((b"fmt ", form(channels=2), None), (b"data", DATA, None)), "2 channel"),
    "44.1 kHz": (riff((b"fmt ", form(rate_hz=44_100), None), (b"data", DATA, None)), "44100 Hz"),
    "empty": (b"", "empty|not a WAV"),
    "mp3": (b"ID3\x04\0\0\0\0\0\0" + b"\xff\xfb\x90\x64" * 400, "not a WAV"),
    "zeros": (bytes(4_000), "not a WAV"),
    "cut in the format": (riff((b"fmt ", PLAIN, None))[:26], "not a WAV"),
    "no data": (riff((b"fmt ", PLAIN, None)), "not a WAV"),
    "data first": (riff((b"data", DATA, None), (b"fmt ", PLAIN, None)), "not a WAV"),
    "short format": (riff((b"fmt ", b"\1\0", None), (b"data", DATA, None)), "not a WAV"),
    "silent": (riff((b"fmt ", PLAIN, None), (b"data", b"", None)), "it is silent"),
}


@pytest.mark.parametrize("name", ODD)
def test_what_cannot_be_read_is_named_and_its_word_is_the_made_one(tmp_path: Path, name: str) -> None:
    sound, reason = ODD[name]
    folder = tmp_path / "voice"
    (folder / "recorded").mkdir(parents=True)
    (folder / "recorded" / "ba.wav").write_bytes(sound)
    (folder / "recorded" / "năm.wav").write_bytes(wav(SAMPLES))
    (folder / "north" / "130").mkdir(parents=True)
    (folder / "north" / "130" / "ba.wav").write_bytes(wav(tone(3_000)))
    ba, nam = Piece("ba", "ba"), Piece("năm", "năm")
    report = make_clips(folder, [ba, nam, CHIME], "north", SPEED, write_whole)
    assert [item[0] for item in report.refused] == ["ba.wav"]
    assert (report.prepared, report.failed) == (1, [])
    library = Library(folder)
    ((named, message, params),) = library.list_refused()
    assert named == "ba.wav"
    with pytest.raises(VoiceError, match=reason):
        raise VoiceError(message, **params)
    assert library.list_missing([ba, nam, CHIME], "north", SPEED) == []
    assert clips.read_wav(library.join_sound([ba], "north", SPEED)) == tone(3_000)


def test_what_is_no_ordinary_file_neither_waits_nor_hides_the_others(tmp_path: Path) -> None:
    folder = tmp_path / "voice"
    recorded = folder / "recorded"
    recorded.mkdir(parents=True)
    os.mkfifo(recorded / "một.wav")
    (recorded / "hai.wav").mkdir()
    (recorded / "ba.wav").symlink_to(tmp_path / "nowhere.wav")
    (recorded / "bốn.wav").symlink_to(recorded / "bốn.wav")
    Path(os.fsdecode(os.fsencode(recorded) + b"/n\xffm.wav")).write_bytes(b"x")
    (recorded / "sáu.wav").write_bytes(wav(SAMPLES))
    library = Library(folder)
    names = ["ba.wav", "bốn.wav", "hai.wav", "một.wav", "n?m.wav"]
    report = make_clips(folder, [Piece("sáu", "sáu")], "north", SPEED, write_whole)
    assert (sorted(item[0] for item in report.refused), report.prepared) == (names, 1)
    assert sorted(item[0] for item in library.list_refused()) == names
    assert len(library.list_recordings()) == 6
    assert library.list_missing([Piece("sáu", "sáu")], "north", SPEED) == []


@pytest.mark.parametrize("harm", [b"", bytes(2_000), b"RIFF"])
def test_a_clip_that_a_power_cut_emptied_counts_as_missing(tmp_path: Path, harm: bytes) -> None:
    path = tmp_path / "north" / "130" / "ba.wav"
    path.parent.mkdir(parents=True)
    library, piece = Library(tmp_path), Piece("ba", "ba")
    path.write_bytes(wav(SAMPLES))
    assert library.list_missing([piece], "north", SPEED) == []
    path.write_bytes(harm)
    assert library.list_missing([piece], "north", SPEED) == [piece]


def test_a_folder_that_cannot_be_written_is_said_and_nothing_else_fails(tmp_path: Path) -> None:
    (tmp_path / "voice").write_text("a file in the folder's place")
    report = make_clips(tmp_path / "voice", [], "north", SPEED, write_whole)
    assert [name for name, _message, _params in report.failed] == ["chuông"]
    assert Library(tmp_path / "voice").list_refused() == []


def test_a_recording_that_is_mended_is_used(tmp_path: Path) -> None:
    recorded = tmp_path / "recorded" / "ba.wav"
    recorded.parent.mkdir()
    recorded.write_bytes(b"")
    library = Library(tmp_path)
    make_clips(tmp_path, [], "north", SPEED, write_whole)
    assert len(library.list_refused()) == 1
    recorded.write_bytes(wav(SAMPLES))
    make_clips(tmp_path, [], "north", SPEED, write_whole)
    assert library.list_refused() == []
    assert library.list_missing([Piece("ba", "ba")], "north", SPEED) == []
    (tmp_path / "prepared" / "ba.wav").write_bytes(b"")
    os.utime(tmp_path / "prepared" / "ba.wav", ns=(recorded.stat().st_mtime_ns,) * 2)
    assert make_clips(tmp_path, [], "north", SPEED, write_whole).prepared == 1
