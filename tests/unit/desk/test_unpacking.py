"""A copy that may come from anywhere is opened within bounds, before anything is written."""

import struct
import zipfile
from pathlib import Path

import pytest

from motcua.desk import SeededEntropy, unpacking
from motcua.desk.backup import restore
from motcua.desk.unpacking import BadBackupError, open_copy


def packed(path: Path, entries: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in entries.items():
            out.writestr(name, content)
    return path


def refusal(path: Path, folder: Path) -> str:
    with pytest.raises(BadBackupError) as refused:
        restore(path, folder / "back", SeededEntropy(1))
    assert not (folder / "back" / "desk.db").exists()
    return str(refused.value)


def swollen(path: Path, declared: int) -> Path:
    """Return a ZIP whose list says that its first file unpacks to so many bytes."""
    content = bytearray(path.read_bytes())
    at = content.index(b"PK\x01\x02") + 24
    content[at : at + 4] = struct.pack("<L", declared)
    path.write_bytes(content)
    return path


def test_what_unpacks_to_far_more_than_it_is_is_refused(tmp_path: Path) -> None:
    bomb = swollen(packed(tmp_path / "bomb.zip", {"desk.db": b"\0" * 1000}), 2**31)
    assert refusal(bomb, tmp_path).startswith("it would unpack to 2048 MB")
    within = packed(tmp_path / "outer.zip", {"copy.zip": bomb.read_bytes()})
    assert refusal(within, tmp_path).startswith("it would unpack to 2048 MB")


def test_a_file_beside_the_store_is_no_larger_than_a_copy_takes(tmp_path: Path) -> None:
    copy = packed(tmp_path / "copy.zip", {"voice/ba.wav": b"\0" * 1000, "desk.db": b""})
    assert refusal(swollen(copy, 100 * 2**20), tmp_path).startswith("it would unpack to 100 MB")


def test_more_than_was_declared_is_never_written(tmp_path: Path) -> None:
    copy = swollen(packed(tmp_path / "copy.zip", {"desk.db": b"x" * 5000}), 1000)
    assert "damaged" in refusal(copy, tmp_path)


def test_a_million_empty_files_are_refused_before_their_list_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = packed(tmp_path / "many.zip", {f"voice/{number}.wav": b"" for number in range(300)} | {"desk.db": b""})
    monkeypatch.setattr(unpacking, "ENTRIES_MAX", 250)
    assert refusal(many, tmp_path) == "it holds more files than the copy of a desk (over 250). Use another copy"
    content = bytearray(many.read_bytes())
    at = content.rindex(b"PK\x05\x06") + 12
    content[at : at + 4] = struct.pack("<L", 100 * 2**20)
    many.write_bytes(content)
    assert "more files" in refusal(many, tmp_path) or "damaged" in refusal(many, tmp_path)


@pytest.mark.parametrize("name", ["voice/" + "a/" * 20 + "b.wav", "voice/" + "ă" * 200 + ".wav"])
def test_names_deeper_or_longer_than_any_of_a_desk_are_refused(tmp_path: Path, name: str) -> None:
    assert "longer or deeper" in refusal(packed(tmp_path / "copy.zip", {"desk.db": b"", name: b""}), tmp_path)


def test_a_disk_without_the_room_is_named_before_it_is_full(tmp_path: Path) -> None:
    with pytest.raises(BadBackupError, match="the disk has 1 MB left"):
        unpacking._require_room(tmp_path, 3 * 2**20, lambda _path: 2**20)


def test_an_ordinary_copy_is_opened(tmp_path: Path) -> None:
    with open_copy(packed(tmp_path / "copy.zip", {"desk.db": b"\0" * 10**6})) as copy:
        assert copy.namelist() == ["desk.db"]
