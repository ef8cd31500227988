"""A file is whole or as it was, whatever stands in the way."""

from pathlib import Path

import pytest

from motcua.desk.files import set_aside, write_whole


def test_a_file_is_replaced_in_one_step_with_its_mode_and_leaves_no_draft(tmp_path: Path) -> None:
    path = tmp_path / "journal.key"
    path.write_bytes(b"")
    (tmp_path / ".journal.key.tmp").write_bytes(b"left by a crash")
    write_whole(path, b"whole", 0o600)
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"whole", 0o600)
    assert [item.name for item in tmp_path.iterdir()] == ["journal.key"]


def test_what_cannot_be_written_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "digests").write_text("a file in the folder's place")
    with pytest.raises(NotADirectoryError):
        write_whole(tmp_path / "digests" / "2026-11-23.json", b"{}")
    (tmp_path / "key").mkdir()
    with pytest.raises(OSError, match="key"):
        write_whole(tmp_path / "key", b"x")
    assert sorted(item.name for item in tmp_path.iterdir()) == ["digests", "key"]


def test_what_is_set_aside_never_takes_anothers_place(tmp_path: Path) -> None:
    for content in ("one", "two"):
        (tmp_path / "desk.db").write_text(content)
        set_aside(tmp_path / "desk.db")
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {
        "desk.db.bad-1": "one",
        "desk.db.bad-2": "two",
    }
