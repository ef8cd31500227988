"""Copies of a desk: made while it serves, checked, brought back, and what does not pass for one."""

import json
import sqlite3
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from motcua.cli.door import open_reading
from motcua.desk.database import open_reader, open_writer
from motcua.desk.digests import sign
from motcua.desk.journal import read_head, read_rows
from motcua.desk.signing import get_key_path
from motcua.desk.tables import DESK
from motcua.queue.actions import close_day
from motcua.setup.rooms import ROOMS
from tests.server.hall import Served, fresh_folder, opened, wait_until
from tests.server.programs import command, motcua, said

pytestmark = pytest.mark.process

NO_BACKUP = "This copy cannot be used: it is not a backup of a desk, or it is damaged.\n"
NAMED = {
    "cut": "This copy cannot be used: its end is missing: it was not copied completely. Copy it again, or use "
    "another copy.\n",
    "desk.db-wal": "This copy cannot be used: it was packed by hand from the folder of a desk (desk.db-wal is in it)."
    " Unpack it, and serve that folder.\n",
}


@pytest.fixture
def folder() -> Iterator[Path]:
    with fresh_folder() as made:
        yield made


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Path:
    path = tmp_path / "desk.zip"
    assert command("backup", "--data", folder, path).returncode == 0
    return path


def journal(folder: Path) -> list[Any]:
    with open_reading(folder) as db:
        return list(read_rows(db))


def test_a_copy_made_while_numbers_are_taken_is_whole_and_serves(tmp_path: Path) -> None:
    with fresh_folder() as folder:
        served = Served(folder, contract=False)
        place = served.place()
        stop = threading.Event()

        def take() -> None:
            while not stop.is_set():
                place.issue()

        busy = threading.Thread(target=take)
        busy.start()
        try:
            wait_until(lambda: len(journal(folder)) > 50)
            made = command("backup", "--data", folder, tmp_path / "desk.zip")
            after = len(journal(folder))
        finally:
            stop.set()
            busy.join()
            served.close()
        assert (made.returncode, made.stdout) == (0, "")
        assert (tmp_path / "desk.zip").stat().st_mode & 0o777 == 0o600
        back = tmp_path / "back"
        assert command("restore", tmp_path / "desk.zip", "--data", back).returncode == 0
        copied, whole = journal(back), journal(folder)
        assert 50 < len(copied) <= after
        assert copied == whole[: len(copied)]
        assert get_key_path(back).read_bytes() == get_key_path(folder).read_bytes()
        with open_reading(folder) as old, open_reading(back) as new:
            query = "SELECT id, starts FROM desk"
            (id_before, _), (id_now, starts) = (
                tuple(old.execute(query).fetchone()),
                tuple(new.execute(query).fetchone()),
            )
            assert (id_before != id_now, starts) == (True, 0)
        again = Served(back, contract=False)
        assert (
            again.client("kiosk").post("tickets", {"service": place.service}).json["number"]
            == f"A{len(copied) - opening(copied) + 1:03d}"
        )
        again.close()


def opening(found: list[Any]) -> int:
    return sum(row["action"] != "ticket.issued" for row in found)


def test_restore_overwrites_nothing(folder: Path, copy: Path, tmp_path: Path) -> None:
    before = (folder / "desk.db").read_bytes()
    assert said(command("restore", copy, "--data", folder)) == (
        1,
        "",
        f"{folder}/desk.db exists already; nothing was changed.\n",
    )
    assert (folder / "desk.db").read_bytes() == before
    foreign = tmp_path / "foreign"
    foreign.mkdir()
    (foreign / "thesis.doc").touch()
    taken = f"The folder {foreign} holds other things (thesis.doc). Choose an empty one.\n"
    assert said(command("restore", copy, "--data", foreign)) == (1, "", taken)
    other = tmp_path / "other"
    (other / "keys").mkdir(parents=True)
    get_key_path(other).write_text("another key")
    assert said(command("restore", copy, "--data", other)) == (
        1,
        "",
        f"{get_key_path(other)} exists already; nothing was changed.\n",
    )
    assert get_key_path(other).read_text() == "another key"
    stale = tmp_path / "stale"
    stale.mkdir()
    (stale / "desk.db-wal").touch()
    assert said(command("restore", copy, "--data", stale)) == (
        1,
        "",
        f"{stale}/desk.db-wal exists already; nothing was changed.\n",
    )


def test_a_restore_that_was_interrupted_can_be_made_again(folder: Path, copy: Path, tmp_path: Path) -> None:
    back = tmp_path / "back"
    (back / "keys").mkdir(parents=True)
    get_key_path(back).write_bytes(get_key_path(folder).read_bytes())
    (back / ".restore-abc").mkdir()
    (back / ".restore-abc" / "desk.db").write_bytes(b"half")
    assert command("restore", copy, "--data", back).returncode == 0
    assert sorted(path.name for path in back.iterdir()) == ["desk.db", "desk.lock", "keys", "voice"]


def damaged(copy: Path, how: str) -> None:
    data = bytearray(copy.read_bytes())
    if how == "cut":
        copy.write_bytes(data[: len(data) // 2])
    elif how == "flipped":
        data[len(data) // 3] ^= 0xFF
        copy.write_bytes(data)
    elif how == "text":
        copy.write_text("not a copy")
    else:
        with zipfile.ZipFile(copy, "a") as more:
            more.writestr(how, "x")


@pytest.mark.parametrize(
    "how", ["cut", "flipped", "text", "../outside", "keys/../../outside", "/etc/motcua", "desk.db-wal", "voice\\..\\x"]
)
def test_what_is_damaged_or_foreign_is_no_copy(copy: Path, tmp_path: Path, how: str) -> None:
    damaged(copy, how)
    before = sorted(tmp_path.rglob("*"))
    assert said(command("restore", copy, "--data", tmp_path / "new" / "desk"))[:2] == (1, "")
    assert said(command("restore", copy, "--data", tmp_path / "desk")) == (1, "", NAMED.get(how, NO_BACKUP))
    assert sorted(path for path in tmp_path.rglob("*") if path.name != "new") == before


def changed_inside(copy: Path, statement: str) -> None:
    with zipfile.ZipFile(copy) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    store = copy.with_name("changed.db")
    store.write_bytes(parts["desk.db"])
    db = sqlite3.connect(store)
    db.executescript(f"DROP TRIGGER journal_keeps; {statement}")
    db.close()
    with zipfile.ZipFile(copy, "w") as packed:
        for name, data in {**parts, "desk.db": store.read_bytes()}.items():
            packed.writestr(name, data)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("UPDATE journal SET actor = 'x' WHERE seq = 1", "This copy cannot be used: its journal is broken at row 1."),
        (
            "DROP TABLE journal",
            "This copy cannot be used: the store is damaged (table journal is not as this program makes it).",
        ),
        (
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('motcua', 'queue:of "
            "tomorrow', '')",
            "This desk was last used by a newer motcua. Install the newer version; nothing was changed.",
        ),
    ],
)
def test_a_copy_that_does_not_hold_is_not_brought_back(
    copy: Path, tmp_path: Path, statement: str, message: str
) -> None:
    changed_inside(copy, statement)
    assert said(command("restore", copy, "--data", tmp_path / "desk")) == (1, "", f"{message}\n")
    assert not (tmp_path / "desk").exists()


def test_a_backup_that_cannot_be_made_leaves_the_old_one(folder: Path, copy: Path, tmp_path: Path) -> None:
    before = copy.read_bytes()
    db = open_writer(folder / "desk.db", [DESK, *ROOMS])
    db.execute("DROP TRIGGER journal_keeps")
    db.execute("UPDATE journal SET actor = 'x' WHERE seq = 2")
    db.close()
    broken = "This copy cannot be used: its journal is broken at row 2.\n"
    assert said(command("backup", "--data", folder, copy)) == (1, "", broken)
    assert (copy.read_bytes(), list(tmp_path.glob(".*"))) == (before, [])
    assert command("backup", "--data", folder, tmp_path).returncode == 1
    assert command("backup", "--data", tmp_path, copy).returncode == 1


# --- digests ----------------------------------------------------------------------------------------------------------


def last_row(folder: Path) -> dict[str, Any]:
    db = open_reader(folder / "desk.db")
    found = read_head(db)
    db.close()
    return {"seq": found.seq, "hash": found.hash, "at": found.at}


def digest(folder: Path, path: Path, **changes: object) -> Path:
    """Write a digest of the journal's last row; `changes` are made after it was signed."""
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps({**sign(folder, "2026-11-23", last_row(folder)), **changes}))
    return path


def test_digests_vouch_for_the_journal_up_to_their_row(folder: Path, tmp_path: Path) -> None:
    kept = digest(folder, tmp_path / "kept.json")
    digest(folder, folder / "digests" / "2026-11-22.json")
    desk = opened(folder)
    desk.do(close_day, "2026-11-23")
    desk.stop()
    ended = command("journal", "verify", "--data", folder, "--digest", kept)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.splitlines()[2:] == [
        f"{kept} is signed with this desk's own key.",
        "Digests that match the journal: 2",
    ]


def test_a_journal_that_was_cut_or_rewritten_does_not_fit_a_kept_digest(folder: Path, tmp_path: Path) -> None:
    kept = digest(folder, tmp_path / "kept.json")
    seq = last_row(folder)["seq"]
    db = open_writer(folder / "desk.db", [DESK, *ROOMS])
    db.execute("DROP TRIGGER journal_stays")
    db.execute("DELETE FROM journal WHERE seq = ?", (seq,))
    db.close()
    ended = command("journal", "verify", "--data", folder, "--digest", kept)
    assert (ended.returncode, ended.stdout.splitlines()[-1]) == (1, f"{kept}: the journal has no row {seq} any more.")
    desk = opened(folder)
    desk.do(close_day, "2026-11-20")
    desk.stop()
    rewritten = command("journal", "verify", "--data", folder)
    # the chain holds, but the row that it told of is still in its table
    words = ("none edited", "added without the journal")
    assert (rewritten.returncode, *(word in rewritten.stdout for word in words)) == (1, True, True)
    ended = command("journal", "verify", "--data", folder, "--digest", kept)
    assert (ended.returncode, ended.stdout.splitlines()[-1]) == (
        1,
        f"{kept}: row {seq} of the journal is not the one that was signed.",
    )


def test_a_digest_that_was_changed_or_signed_by_another_is_told_apart(folder: Path, tmp_path: Path) -> None:
    changed = digest(folder, tmp_path / "changed.json", day="2026-11-24")
    ended = command("journal", "verify", "--data", folder, "--digest", changed)
    assert (ended.returncode, ended.stdout.splitlines()[-1]) == (
        1,
        f"{changed}: the signature is not genuine; the digest was changed.",
    )
    kept = digest(folder, tmp_path / "kept.json")
    key = json.loads(kept.read_text())["public_key"]
    get_key_path(folder).write_text("11" * 32 + "\n")
    ended = command("journal", "verify", "--data", folder, "--digest", kept)
    assert (ended.returncode, ended.stdout.splitlines()[2]) == (
        0,
        f"{kept} is signed with a key that is not this desk's: {key}",
    )
    for odd in ("{}", "[]", "{", '{"seq": true}'):
        kept.write_text(odd)
        assert (
            command("journal", "verify", "--data", folder, "--digest", kept).stdout.splitlines()[2]
            == f"{kept} is not a digest."
        )
    none = tmp_path / "none.json"
    assert said(motcua("journal", "verify", "--data", folder, "--digest", none)) == (1, "", f"There is no {none}.\n")
