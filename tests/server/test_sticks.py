"""Copies on sticks: packed again by hand they still come back, and a stick that is full, locked or gone is named."""

import errno
import os
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.cli.media import explain_disk, report_disk_errors, write_out
from tests.server.hall import fresh_folder
from tests.server.programs import ENGLISH, ROOT, command, said

pytestmark = pytest.mark.process
Ended = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with fresh_folder() as made:
        yield made


@pytest.fixture(scope="module")
def copy(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("copy") / "desk.zip"
    assert command("backup", "--data", folder, path).returncode == 0
    return path


def again(copy: Path, target: Path, how: str) -> None:
    """Pack a copy's content once more, as people do."""
    with zipfile.ZipFile(copy) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    method = {"bzip2": zipfile.ZIP_BZIP2, "lzma": zipfile.ZIP_LZMA, "stored": zipfile.ZIP_STORED}.get(
        how, zipfile.ZIP_DEFLATED
    )
    with zipfile.ZipFile(target, "w", method) as out:
        if how == "within another":
            out.write(copy, "copies/motcua.zip")
            out.writestr("copies/Thumbs.db", b"x")
            return
        if how == "mac":
            out.writestr("motcua/", b"")
            for junk in ("motcua/.DS_Store", "__MACOSX/motcua/._desk.db", "__MACOSX/._motcua"):
                out.writestr(junk, b"x")
        for name, data in parts.items():
            path = {
                "mac": f"motcua/{name}",
                "windows": f"motcua\\motcua\\{name}".replace("/", "\\"),
                "large": name.upper(),
            }.get(how, name)
            with out.open(zipfile.ZipInfo(path) if how == "zip64" else path, "w", force_zip64=how == "zip64") as file:
                file.write(data)
        if how == "windows":
            out.writestr("motcua\\motcua\\desktop.ini", b"x")


@pytest.mark.parametrize("how", ["plain", "mac", "windows", "bzip2", "lzma", "stored", "zip64", "within another"])
def test_a_copy_that_was_unpacked_and_packed_again_comes_back(
    folder: Path, copy: Path, tmp_path: Path, how: str
) -> None:
    again(copy, target := tmp_path / "again.zip", how)
    ended = command("restore", target, "--data", tmp_path / "desk")
    assert (ended.returncode, ended.stdout) == (0, ""), ended.stderr
    for path in (
        "keys/journal.key",
        *(str(path.relative_to(folder)) for path in sorted((folder / "voice").glob("**/*.wav"))[:3]),
    ):
        assert (tmp_path / "desk" / path).read_bytes() == (folder / path).read_bytes()
    assert sorted(path.name for path in (tmp_path / "desk").iterdir()) == ["desk.db", "desk.lock", "keys", "voice"]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"Rar!\x1a\x07\x01\x00", "RAR archive"), (b"", "it is empty"), (b"SQLite format 3\0", "a store alone")],
)
def test_another_kind_of_file_is_named_and_nothing_is_left(tmp_path: Path, content: bytes, words: str) -> None:
    (copy := tmp_path / "desk.zip").write_bytes(content)
    ended = command("restore", copy, "--data", tmp_path / "desk")
    assert (ended.returncode, words in ended.stderr, (tmp_path / "desk").exists()) == (1, True, False)
    ended = command("restore", tmp_path, "--data", tmp_path / "desk")
    assert (ended.returncode, "it is a folder" in ended.stderr, (tmp_path / "desk").exists()) == (1, True, False)


# --- disks that do not take it ----------------------------------------------------------------------------------------


def limited(blocks: int, *words: object, out: str = "/dev/null", language: str = "en_US.UTF-8") -> Ended:
    """Run a command that may write files of so many half-kilobytes only, with its output sent to `out`."""
    shell = f'ulimit -f {blocks}; exec "$@" > "{out}"' if blocks else f'exec "$@" > "{out}"'
    return subprocess.run(  # noqa: S603 -- our own program
        ["/bin/sh", "-c", shell, "sh", sys.executable, "-m", "motcua", *map(str, words)],
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**ENGLISH, "LC_ALL": language, "PYTHONDONTWRITEBYTECODE": "1"},
        check=False,
    )


@pytest.mark.parametrize("blocks", [8, 800])
def test_a_copy_that_is_too_large_for_the_stick_says_so_and_leaves_the_old_one(
    folder: Path, tmp_path: Path, blocks: int
) -> None:
    (target := tmp_path / "desk.zip").write_text("the old copy")
    ended = limited(blocks, "backup", "--data", folder, target)
    assert (ended.returncode, ended.stderr.startswith(f"{target} is too large for this disk.")) == (1, True), (
        ended.stderr
    )
    assert (target.read_text(), sorted(path.name for path in tmp_path.iterdir())) == ("the old copy", ["desk.zip"])


def test_a_stick_that_is_not_there_does_not_become_a_folder(folder: Path, tmp_path: Path) -> None:
    stick = tmp_path / "usb"
    assert said(command("backup", "--data", folder, stick / "desk.zip")) == (1, "", f"There is no {stick}.\n")
    assert not stick.exists()
    ended = command("backup", "--data", folder, "/dev/full")
    assert (ended.returncode, ended.stderr) == (1, "/dev/full is not an ordinary file. Name a file in a folder.\n")
    assert not Path("/dev/full").is_file()


@pytest.mark.parametrize(("language", "words"), [("en_US.UTF-8", "The disk is full"), ("vi_VN.UTF-8", "đã đầy")])
@pytest.mark.parametrize("command", [("journal", "export"), ("config", "export"), ("check", "--json")])
def test_an_output_that_is_full_is_said_once_without_a_trace(
    folder: Path, command: tuple[str, ...], language: str, words: str
) -> None:
    more = ("-",) if command[0] == "config" else ()
    ended = limited(0, *command, "--data", folder, *more, out="/dev/full", language=language)
    assert (ended.returncode, words in ended.stderr, ended.stderr.count("\n")) == (1, True, 1), ended.stderr


@pytest.mark.parametrize(
    "words", [("config", "export", "--data", "DIR"), ("voice", "say", "--number", 25, "--data", "DIR", "--out")]
)
def test_a_file_for_people_is_whole_or_not_there(folder: Path, tmp_path: Path, words: tuple[object, ...]) -> None:
    named = [folder if word == "DIR" else word for word in words]
    full = limited(0, *named, "/dev/full")
    assert (full.returncode, "no space is left for /dev/full" in full.stderr, Path("/dev/full").is_char_device()) == (
        1,
        True,
        True,
    )
    if "voice" in words:  # a sound is larger than what SQLite itself has to write
        ended = limited(80, *named, target := tmp_path / "sound.wav")
        assert (ended.returncode, f"{target} is too large" in ended.stderr, list(tmp_path.iterdir())) == (
            1,
            True,
            [],
        ), ended.stderr


def test_a_desk_does_not_come_back_onto_a_disk_that_is_too_small(copy: Path, tmp_path: Path) -> None:
    ended = limited(64, "restore", copy, "--data", tmp_path / "desk")
    assert (ended.returncode, f"{tmp_path / 'desk'} is too large" in ended.stderr, (tmp_path / "desk").exists()) == (
        1,
        True,
        False,
    )


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EDQUOT, "The disk is full"),
        (errno.EROFS, "write-protected"),
        (errno.EFBIG, "FAT32"),
        (errno.EIO, "was removed"),
        (errno.ENODEV, "was removed"),
        (errno.ENXIO, "was removed"),
    ],
)
def test_what_a_disk_does_not_let_happen_is_said_of_the_file_that_was_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    monkeypatch.setenv("LC_ALL", ENGLISH["LC_ALL"])
    with pytest.raises(OSError, match=os.strerror(number)) as caught, report_disk_errors(tmp_path / "desk.zip"):
        raise OSError(number, os.strerror(number), "/media/usb/.backup-x/desk.db")
    message = explain_disk(caught.value, caught.value.filename)
    assert (words in str(message), str(tmp_path / "desk.zip") in str(message)) == (True, True)


def test_an_error_that_is_no_disks_keeps_its_own_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError) as caught, report_disk_errors(tmp_path / "desk.zip"):
        raise FileNotFoundError(errno.ENOENT, "", "elsewhere")
    assert (caught.value.filename, explain_disk(caught.value, "elsewhere")) == ("elsewhere", None)


def test_a_file_that_is_there_is_replaced_as_a_whole(tmp_path: Path) -> None:
    (target := tmp_path / "settings.toml").write_bytes(b"old")
    write_out(target, b"new")
    assert (target.read_bytes(), [path.name for path in tmp_path.iterdir()]) == (b"new", ["settings.toml"])
