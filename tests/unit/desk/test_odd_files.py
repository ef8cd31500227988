"""One odd file beside the store never ends a copy: it is left out by name, the rest is there and comes back."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from motcua.desk import SeededEntropy
from motcua.desk.backup import find_newest_copy, is_usable, make_copy, prune_copies, restore
from motcua.desk.packing import FILE_MAX_BYTES
from tests.unit.desk.notes import opened, write


@pytest.fixture
def desk_folder(folder: Path) -> Path:
    with opened(folder) as pad:
        pad.desk.do(write, "một")
    (folder / "keys").mkdir()
    (folder / "keys" / "journal.key").write_text("11" * 32)
    (folder / "voice" / "recorded").mkdir(parents=True)
    (folder / "voice" / "recorded" / "ba.wav").write_bytes(b"a sound")
    return folder


@pytest.mark.parametrize("moment", [0, -86_400, 2**33, 2**40])
def test_a_file_of_any_time_is_copied(desk_folder: Path, tmp_path: Path, moment: int) -> None:
    os.utime(desk_folder / "voice" / "recorded" / "ba.wav", (moment, moment))
    copy = make_copy(desk_folder, tmp_path / "copy.zip")
    assert (copy.rows, copy.left_out) == (1, [])
    assert restore(tmp_path / "copy.zip", tmp_path / "back", SeededEntropy(1)).rows == 1
    assert (tmp_path / "back" / "voice" / "recorded" / "ba.wav").read_bytes() == b"a sound"


def _odd_bytes(folder: Path) -> None:
    (Path(os.fsdecode(os.fsencode(folder) + b"/ba\xff.wav"))).write_bytes(b"x")


def _fifo(folder: Path) -> None:
    os.mkfifo(folder / "pipe.wav")


def _socket(folder: Path) -> None:
    with socket.socket(socket.AF_UNIX) as line:
        line.bind(str(folder / "s.wav"))


def _circle(folder: Path) -> None:
    (folder / "again").symlink_to(folder, target_is_directory=True)


def _huge(folder: Path) -> None:
    with (folder / "film.wav").open("wb") as file:
        file.truncate(FILE_MAX_BYTES + 1)


def _colon(folder: Path) -> None:
    (folder / "a:b.wav").write_bytes(b"x")


def _line_break(folder: Path) -> None:
    (folder / "a\nb.wav").write_bytes(b"x")


@pytest.mark.parametrize(
    ("harm", "name", "reason"),
    [
        (_odd_bytes, "voice/recorded/ba?.wav", "characters"),
        (_fifo, "voice/recorded/pipe.wav", "ordinary"),
        (_socket, "voice/recorded/s.wav", ""),
        (_circle, "voice/recorded/again", "link"),
        (_huge, "voice/recorded/film.wav", "larger"),
        (_colon, "voice/recorded/a:b.wav", "characters"),
        (_line_break, "voice/recorded/a\nb.wav", "characters"),
    ],
)
def test_an_odd_file_is_left_out_by_name_and_the_rest_is_there(
    desk_folder: Path, tmp_path: Path, harm: Callable[[Path], object], name: str, reason: str
) -> None:
    harm(desk_folder / "voice" / "recorded")
    copy = make_copy(desk_folder, tmp_path / "copy.zip")
    assert [(item.name, reason in item.message) for item in copy.left_out] == [(name, True)]
    assert restore(tmp_path / "copy.zip", tmp_path / "back", SeededEntropy(1)).rows == 1
    assert (tmp_path / "back" / "voice" / "recorded" / "ba.wav").read_bytes() == b"a sound"


def test_a_link_to_nothing_is_passed_over(desk_folder: Path, tmp_path: Path) -> None:
    (desk_folder / "voice" / "recorded" / "gone.wav").symlink_to(desk_folder / "nowhere.wav")
    assert make_copy(desk_folder, tmp_path / "copy.zip").left_out == []


def test_an_empty_or_cut_copy_is_none_and_is_removed_with_the_oldest(desk_folder: Path) -> None:
    copies = desk_folder / "backups"
    for day in range(1, 6):
        make_copy(desk_folder, copies / f"2026-11-0{day}.zip")
    whole = (copies / "2026-11-05.zip").read_bytes()
    (copies / "2026-11-05.zip").write_bytes(whole[: len(whole) // 2])
    (copies / "2026-11-06.zip").write_bytes(b"")
    (copies / "2026-11-07.zip").write_bytes(bytes(len(whole)))
    (copies / "2026-11-08.zip").mkdir()
    (copies / "2026-99-99.zip").write_bytes(whole)
    (copies / ".backup-left-by-a-crash").mkdir()
    assert find_newest_copy(copies, "????-??-??.zip") == copies / "2026-11-04.zip"
    assert not is_usable(copies / "none.zip")
    assert prune_copies(copies, 2) == []
    assert sorted(path.name for path in copies.iterdir()) == [
        *(f"2026-11-0{day}.zip" for day in range(3, 9)),
        "2026-99-99.zip",
    ]


def test_a_lost_store_comes_back_in_its_own_folder_and_nothing_of_it_is_thrown_away(desk_folder: Path) -> None:
    make_copy(desk_folder, desk_folder / "backups" / "2026-11-23.zip")
    (desk_folder / "desk.db").write_bytes(b"")
    (desk_folder / "keys" / "journal.key").write_bytes(b"")
    (desk_folder / "voice" / "recorded" / "ba.wav").write_bytes(b"a newer sound")
    with pytest.raises(FileExistsError):
        restore(desk_folder / "backups" / "2026-11-23.zip", desk_folder, SeededEntropy(1))
    restore(desk_folder / "backups" / "2026-11-23.zip", desk_folder, SeededEntropy(1), lost=[desk_folder / "desk.db"])
    with opened(desk_folder) as pad:
        assert pad.notes() == [(1, "một")]
    assert (desk_folder / "desk.db.bad-1").exists()
    assert (desk_folder / "keys" / "journal.key").read_text() == "11" * 32
    assert (desk_folder / "voice" / "recorded" / "ba.wav").read_bytes() == b"a newer sound"
