"""What becomes of a copy in people's hands: what does no harm is understood, everything else is named."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.desk.packing import is_of_desk
from motcua.desk.repacked import find_entries_problem, find_file_problem, find_inner_zip, map_targets

WHOLE = {
    "desk.db": "desk.db",
    "keys/journal.key": "keys/journal.key",
    "voice/north/a.wav": "voice/north/a.wav",
    "logo.png": "logo.png",
}
JUNK = (
    "__MACOSX/._desk.db", ".DS_Store", "keys/.DS_Store", "Thumbs.db", "voice/thumbs.db", "desktop.ini", "._desk.db",
    "$RECYCLE.BIN/x",
    "System Volume Information/IndexerVolumeGuid",
)  # fmt: skip
NO_BACKUP = "it is not a backup of a desk, or it is damaged"


@pytest.mark.thorough
@given(
    st.sampled_from(["", "motcua/", "motcua (1)/motcua/", "./", "bản sao/"]),
    st.booleans(),
    st.sets(st.sampled_from(JUNK)),
    st.booleans(),
)
def test_folders_around_and_what_systems_leave_do_no_harm(
    around: str, is_windows: bool, junk: set[str], has_folders: bool
) -> None:
    names = [f"{around}{name}" for name in WHOLE] + [f"{around}{name}" for name in junk] + sorted(junk)
    names += [f"{around}keys/", f"{around}voice/north/"] if has_folders else []
    names = [name.replace("/", "\\") if is_windows else name for name in dict.fromkeys(names)]
    targets, problem = map_targets(names)
    assert (sorted(targets.values()), problem) == (sorted(WHOLE.values()), None)


@pytest.mark.parametrize(
    ("names", "message"),
    [
        (["photo.jpg"], "there is no desk.db in it"),
        ([], "there is no desk.db in it"),
        (["a/desk.db", "b/desk.db"], "it holds more than one desk: a/desk.db and b/desk.db"),
        (["desk.db", "thesis.doc"], "thesis.doc in it is not part of a desk"),
        (["copy/desk.db", "thesis.doc"], "thesis.doc in it is not part of a desk"),
        (["copy/desk.db", "keys/journal.key"], "keys/journal.key in it is not part of a desk"),
        (["desk.db", "desk.db-wal"], "desk.db-wal"),
        (["motcua/desk.db", "motcua/backups/2026-11-23.zip"], "motcua/backups/2026-11-23.zip"),
        (["desk.db", "desk.lock"], "Unpack it, and serve that folder"),
        (["desk.db", "../outside"], NO_BACKUP),
        (["desk.db", "keys/../../outside"], NO_BACKUP),
        (["desk.db", "voice\\..\\..\\x"], NO_BACKUP),
        (["desk.db", "/etc/motcua"], NO_BACKUP),
        (["desk.db", "C:\\motcua\\x"], NO_BACKUP),
        (["desk.db", "DESK.DB"], "more than one desk"),
        (["desk.db", "keys/a", "KEYS/a"], NO_BACKUP),
    ],
)
def test_what_is_wrong_is_named(names: list[str], message: str) -> None:
    targets, problem = map_targets(names)
    assert problem is not None
    assert (targets, message in problem[0] % problem[1]) == ({}, True)


@pytest.mark.thorough
@given(st.lists(st.text(st.sampled_from("adeksby.\\/:_\0"), min_size=1, max_size=12), max_size=5))
def test_nothing_leads_out_of_the_folder(names: list[str]) -> None:
    targets, _problem = map_targets(["desk.db", *names])
    for target in targets.values():
        assert is_of_desk(target)
        assert not {"..", ""} & set(target.split("/"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "it is empty"),
        (bytes(4096), "it is empty"),
        (b"Rar!\x1a\x07\x01\x00", "RAR"),
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "7z"),
        (b"\x1f\x8b\x08", "gzip"),
        (bytes(257).replace(b"\0", b"a") + b"ustar\x00", "tar"),
        (b"SQLite format 3\x00" + bytes(84), "a store alone"),
        (b"PK\x03\x04" + bytes(60), "its end is missing"),
        (b"not a copy", NO_BACKUP),
    ],
)
def test_a_file_of_another_kind_is_named_by_what_it_is_whatever_it_is_called(
    tmp_path: Path, content: bytes, words: str
) -> None:
    path = tmp_path / "desk.zip"
    path.write_bytes(content)
    message, params = find_file_problem(path)
    assert words in message % params
    assert "it is a folder" in find_file_problem(tmp_path)[0]


def test_an_entry_that_cannot_be_read_here_is_named() -> None:
    plain, secret, strange = (zipfile.ZipInfo(name) for name in ("desk.db", "a", "b"))
    secret.flag_bits, strange.compress_type = 1, 9
    problems = [find_entries_problem([plain]), find_entries_problem([plain, secret]), find_entries_problem([strange])]
    assert [problem and problem[0] % problem[1] for problem in problems] == [
        None,
        "it is protected by a password. Unpack it, and pack it again without one",
        "it was packed by a method that cannot be read here (9). Unpack it, and pack it again as a plain ZIP",
    ]


def test_a_zip_within_a_zip_is_found_beside_what_systems_leave() -> None:
    assert (
        find_inner_zip(["copies/", "copies/desk.zip", "__MACOSX/copies/._desk.zip", ".DS_Store"]) == "copies/desk.zip"
    )
    assert [find_inner_zip(["a.zip", "b.zip"]), find_inner_zip(["desk.db"]), find_inner_zip([])] == [None, None, None]
