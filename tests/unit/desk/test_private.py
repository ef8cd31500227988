"""A desk's folders and files are its own account's alone, whatever the umask says and whatever they were before."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.checks.invariants import check_permissions
from motcua.desk import ManualClock, SeededEntropy, digests, signing
from motcua.desk.backup import make_copy, restore
from motcua.desk.files import write_whole
from motcua.desk.private import Exposure, close_folder_to_others, close_to_others, find_open, make_file, make_folder
from motcua.setup.rooms import open_desk
from tests.conftest import START, set_up

NOBODY = 65534


@pytest.fixture(params=[0o000, 0o022, 0o002], ids="umask {0:03o}".format)
def careless(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, int]:
    modes_by_name = {
        path.relative_to(folder).as_posix(): path.stat().st_mode & 0o777 for path in sorted(folder.rglob("*"))
    }
    return {".": folder.stat().st_mode & 0o777, **modes_by_name}


@pytest.mark.thorough
@pytest.mark.usefixtures("careless")
def test_everything_that_a_desk_writes_is_its_own_alone(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "new" / "desk")
    desk = open_desk(folder, ManualClock(START), SeededEntropy(1))
    desk.do(set_up)
    signing.keep_key(desk, folder)
    digests.write(desk, folder, {"closed": "2026-11-20", "seq": 1, "hash": "0" * 64, "at": "2026-11-20T10:00:00.000Z"})
    while_open = modes(folder)
    desk.stop()
    make_copy(folder, folder / "backups" / "2026-11-20.zip")
    restore(folder / "backups" / "2026-11-20.zip", tmp_path / "back", SeededEntropy(2))
    store = {
        "desk.db": 0o600,
        "digests": 0o700,
        "digests/2026-11-20.json": 0o600,
        "keys": 0o700,
        "keys/journal.key": 0o600,
    }
    assert while_open == {".": 0o700, **store, "desk.db-shm": 0o600, "desk.db-wal": 0o600}
    assert modes(folder) == {".": 0o700, **store, "backups": 0o700, "backups/2026-11-20.zip": 0o600}
    assert modes(tmp_path / "back") == {".": 0o700, **store}


@pytest.mark.usefixtures("careless")
def test_a_file_written_whole_is_private_from_its_first_byte(tmp_path: Path) -> None:
    make_file(tmp_path / "first")
    write_whole(tmp_path / "second", b"secret")
    assert modes(tmp_path / "first") == {".": 0o600}
    assert modes(tmp_path / "second") == {".": 0o600}


@pytest.mark.thorough
@given(st.lists(st.integers(0, 0o777), min_size=4, max_size=4))
def test_whatever_the_modes_were_closing_leaves_nothing_open(
    tmp_path_factory: pytest.TempPathFactory, given_modes: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("desk")
    paths = [folder / "voice" / "ba.wav", folder / "voice", folder / "desk.db", folder]
    paths[1].mkdir()
    for path in (paths[0], paths[2]):
        path.touch()
    for path, mode in zip(paths, given_modes, strict=True):
        path.chmod(mode | 0o400 if path.is_file() else mode | 0o500)
    close_folder_to_others(folder)
    assert [path.stat().st_mode & 0o077 for path in paths] == [0] * 4
    assert find_open(folder, folder / "desk.db") == []


def test_an_open_folder_is_named_with_the_command_that_closes_it(tmp_path: Path) -> None:
    folder = make_folder(tmp_path / "my desk")
    make_file(folder / "desk.db")
    assert check_permissions(folder, whole=True).state == "ok"
    (folder / "desk.db").chmod(0o640)
    assert check_permissions(folder, whole=True).state == "ok"  # nobody gets that far
    folder.chmod(0o755)
    line = check_permissions(folder, whole=True)
    assert (line.state, line.params["path"]) == ("down", folder)
    assert f"chmod -R go= '{folder}'" in str(line.detail) % line.params
    assert os.system(f"chmod -R go= '{folder}'") == 0  # noqa: S605 -- the very command that people are told
    assert check_permissions(folder, whole=True).state == "ok"


def test_a_link_is_not_followed_when_closing_but_what_it_leads_to_is_looked_at(tmp_path: Path) -> None:
    elsewhere, folder = tmp_path / "elsewhere", make_folder(tmp_path / "desk")
    elsewhere.write_text("of somebody else")
    elsewhere.chmod(0o644)
    (folder / "logo.png").symlink_to(elsewhere)
    (folder / "lost").symlink_to(tmp_path / "nowhere")
    close_folder_to_others(folder)
    assert elsewhere.stat().st_mode & 0o777 == 0o644
    assert find_open(folder, folder / "desk.db") == [Exposure(folder / "logo.png")]
    by_link = tmp_path / "by-link"
    by_link.symlink_to(folder)
    folder.chmod(0o750)
    assert find_open(by_link, by_link / "desk.db")[0] == Exposure(by_link)


def test_a_folder_of_another_account_is_named(tmp_path: Path) -> None:
    if os.geteuid() != 0:  # only root may give files away
        return
    folder = make_folder(tmp_path / "desk")
    make_file(folder / "desk.db")
    os.chown(folder, NOBODY, NOBODY)
    assert find_open(folder, folder / "desk.db") == [Exposure(folder, is_foreign=True)]
    os.chown(folder / "desk.db", NOBODY, NOBODY)  # root looks at the desk of an account of its own
    assert find_open(folder, folder / "desk.db") == []


def test_a_disk_that_takes_no_rights_hinders_nothing_and_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_descriptor: int, _mode: int) -> None:
        raise PermissionError(1, "Operation not permitted")

    folder = tmp_path / "stick"
    folder.mkdir()
    folder.chmod(0o755)
    monkeypatch.setattr(os, "fchmod", refuse)  # as a FAT stick of another account does
    assert not close_to_others(folder)
    desk = open_desk(folder, ManualClock(START), SeededEntropy(1))
    desk.stop()
    make_copy(folder, folder / "copy.zip")
    assert find_open(folder, folder / "desk.db") == [Exposure(folder)]
