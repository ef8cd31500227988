"""The key that signs the days: brought back from a copy, else replaced by an event that somebody confirms; never
silently.
"""

import zipfile
from pathlib import Path

import pytest

from motcua.desk import Refused, signing
from motcua.desk.files import write_whole
from tests.unit.desk.notes import Pad, opened, write

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
BROKEN = [b"", b"\0" * 65, b"zz" * 32, b"11" * 31, b"11" * 33, "khóa".encode("utf-16"), b"00" * 32]


def list_key_events(pad: Pad) -> list[tuple[object, ...]]:
    return pad.one(
        "SELECT action, json_extract(data, '$.public_key') FROM journal WHERE action LIKE 'journal.%' ORDER BY seq"
    )


def copy_with(folder: Path, day: str, key: bytes) -> None:
    (folder / "backups").mkdir(exist_ok=True)
    with zipfile.ZipFile(folder / "backups" / f"{day}.zip", "w") as out:
        out.writestr("keys/journal.key", key)


def test_a_new_desk_gets_its_first_key_without_a_word(folder: Path) -> None:
    with opened(folder) as pad:
        key = signing.keep_key(pad.desk, folder)
        assert (signing.read_key(folder), signing.keep_key(pad.desk, folder), list_key_events(pad)) == (key, key, [])
        assert [path.stat().st_mode & 0o777 for path in (signing.get_key_path(folder), folder / "keys")] == [
            0o600,
            0o700,
        ]


@pytest.mark.parametrize("harm", BROKEN)
def test_a_broken_key_comes_back_from_the_newest_copy_that_has_a_good_one(folder: Path, harm: bytes) -> None:
    with opened(folder) as pad:
        pad.desk.do(write, "một")
        signing.write_key(folder, KEY)
        signing.get_key_path(folder).write_bytes(harm)
        copy_with(folder, "2026-11-21", OTHER.hex().encode())
        copy_with(folder, "2026-11-22", KEY.hex().encode() + b"\n")
        copy_with(folder, "2026-11-23", b"")
        (folder / "backups" / "2026-11-24.zip").write_bytes(b"")
        (folder / "backups" / "2026-11-25.zip").mkdir()
        assert (signing.keep_key(pad.desk, folder), list_key_events(pad)) == (KEY, [])
        assert signing.read_key(folder) == KEY


@pytest.mark.parametrize("harm", [*BROKEN, None])
def test_without_a_copy_a_new_key_is_journalled_with_the_old_one_and_waits_to_be_confirmed(
    folder: Path, harm: bytes | None
) -> None:
    with opened(folder) as pad:
        pad.desk.do(write, "một")
        if harm is not None:
            (folder / "keys").mkdir()
            signing.get_key_path(folder).write_bytes(harm)
        key = signing.keep_key(pad.desk, folder, signing.get_public_key(KEY))
        new = signing.get_public_key(key)
        assert signing.keep_key(pad.desk, folder) == key
        assert list_key_events(pad) == [("journal.key_replaced", new)]
        with pad.desk.read() as db:
            assert signing.find_unconfirmed(db) == {"public_key": new, "old_public_key": signing.get_public_key(KEY)}
            assert signing.list_earlier_keys(db) == {new, signing.get_public_key(KEY)}
        with pytest.raises(Refused, match="No new signing key"):
            pad.desk.do(signing.confirm_key, signing.get_public_key(OTHER))
        pad.desk.by("admin:1").do(signing.confirm_key, new)
        with pytest.raises(Refused, match="No new signing key"):
            pad.desk.do(signing.confirm_key, new)
        with pad.desk.read() as db:
            assert signing.find_unconfirmed(db) is None
        assert list_key_events(pad) == [("journal.key_replaced", new), ("journal.key_confirmed", new)]


def test_a_crash_between_the_event_and_the_key_takes_the_same_key_again(folder: Path) -> None:
    with opened(folder) as pad:
        pad.desk.do(write, "một")
        key = signing.keep_key(pad.desk, folder)
        signing.get_key_path(folder).unlink()
        write_whole(folder / "keys" / "journal.key.new", key.hex().encode())
        assert signing.keep_key(pad.desk, folder) == key
        assert list_key_events(pad) == [("journal.key_replaced", signing.get_public_key(key))]
        assert [path.name for path in (folder / "keys").iterdir()] == ["journal.key"]


def test_what_is_no_key_is_kept_under_another_name(folder: Path) -> None:
    with opened(folder) as pad:
        pad.desk.do(write, "một")
        (folder / "keys").mkdir()
        signing.get_key_path(folder).write_text("half a key, perhaps")
        signing.keep_key(pad.desk, folder)
    assert (folder / "keys" / "journal.key.bad-1").read_text() == "half a key, perhaps"


def test_where_no_key_can_be_kept_it_says_so_and_journals_nothing(folder: Path) -> None:
    (folder / "keys").write_text("a file in the folder's place")
    with opened(folder) as pad:
        pad.desk.do(write, "một")
        for _try in range(2):
            with pytest.raises(OSError, match="keys"):
                signing.keep_key(pad.desk, folder)
        assert list_key_events(pad) == []
        (folder / "keys").unlink()
        signing.keep_key(pad.desk, folder)
        assert len(list_key_events(pad)) == 1
