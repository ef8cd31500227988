"""The command line as a person at the desk uses it: what it says, what it answers with, and that nothing is half
done.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.cli.door import open_reading
from motcua.desk.database import open_writer
from motcua.desk.lock import DeskLock
from motcua.desk.signing import get_key_path
from motcua.desk.tables import DESK
from motcua.setup.passwords import verify
from motcua.setup.rooms import ROOMS
from motcua.staff import actions as staff_actions
from motcua.staff import store as staff_store
from tests.passwords import NEXT_PASSWORD
from tests.ports import free_port
from tests.server.hall import PASSWORD, Served, fresh_folder, opened
from tests.server.programs import ENGLISH, ROOT, command, motcua, said
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.process


@pytest.fixture
def folder() -> Iterator[Path]:
    with fresh_folder() as made:
        yield made


def password_of(folder: Path, name: str) -> str:
    with open_reading(folder) as db:
        found = staff_store.find_account(db, name)
    assert found is not None
    return found.password


# --- init -------------------------------------------------------------------------------------------------------------


def test_init_makes_a_desk_once_and_only_in_a_folder_of_its_own(tmp_path: Path) -> None:
    new = tmp_path / "a" / "desk"
    made = command(
        "init",
        "--data",
        new,
        "--template",
        "ward",
        "--unit",
        "Phường Mỹ Đình",
        "--admin",
        "admin",
        "--password-stdin",
        given=PASSWORD,
    )
    assert said(made) == (0, "", f"The desk in {new} is ready.\n")
    assert sorted(path.name for path in new.iterdir()) == ["backups", "desk.db", "desk.lock", "digests", "keys"]
    assert [path.stat().st_mode & 0o777 for path in (get_key_path(new), get_key_path(new).parent)] == [0o600, 0o700]
    before = (new / "desk.db").read_bytes()
    assert said(command("init", "--data", new)) == (1, "", "This desk is already set up.\n")
    assert (new / "desk.db").read_bytes() == before
    assert 'name = "Phường Mỹ Đình"' in command("config", "export", "--data", new, "-").stdout
    (tmp_path / "thesis.doc").touch()
    taken = f"The folder {tmp_path} holds other things (a). Choose an empty one.\n"
    assert said(command("init", "--data", tmp_path)) == (1, "", taken)


@pytest.mark.parametrize(("name", "unit", "counters"), [("district", "Trung tâm Mẫu", 12), ("minimal", "Xã Mẫu", 2)])
def test_a_large_centre_and_a_small_commune_begin_with_their_own_template(
    tmp_path: Path, name: str, unit: str, counters: int
) -> None:
    assert command("init", "--data", tmp_path / "desk", "--template", name).returncode == 0
    text = command("config", "export", "--data", tmp_path / "desk", "-").stdout
    assert f'name = "{unit}"' in text
    assert text.count("[[counters]]") == counters


@pytest.mark.parametrize(
    ("options", "given", "message"),
    [
        (["--template", "city"], "", "There is no template city."),
        (["--admin", "admin", "--password-stdin"], "", "No password came on standard input."),
        (["--admin", "admin", "--password-stdin"], "short\n", "A password has at least 14 characters; this one has 5."),
        (["--admin", "admin"], "", "There is no terminal to ask for the password on. Use --password-stdin."),
    ],
)
def test_wrong_use_of_init_makes_nothing(tmp_path: Path, options: list[str], given: str, message: str) -> None:
    assert said(command("init", "--data", tmp_path / "desk", *options, given=given)) == (2, "", f"{message}\n")
    assert list(tmp_path.iterdir()) == []


def test_a_password_does_not_come_from_a_closed_standard_input(tmp_path: Path) -> None:
    ended = motcua("init", "--data", tmp_path / "desk", "--admin", "admin", "--password-stdin", given=None)
    assert said(ended) == (2, "", "No password came on standard input.\n")
    assert list(tmp_path.iterdir()) == []


def test_the_terminal_speaks_vietnamese_unless_it_asks_for_english(tmp_path: Path) -> None:
    assert motcua("serve", "--data", tmp_path, LC_ALL="vi_VN.UTF-8", PYTHONIOENCODING="ascii").stderr.startswith(
        f"Thư mục {tmp_path} chưa"
    )


@pytest.mark.skipif(os.name == "nt", reason="Windows has no modes")
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path, folder: Path) -> None:
    not_allowed = "Not allowed to use {}. Choose another folder or ask for the right to write there.\n"
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o500)
    assert said(motcua("init", "--data", locked / "desk", held=True)) == (1, "", not_allowed.format(locked / "desk"))
    ended = motcua("backup", "--data", folder, locked / "b.zip", held=True)
    assert (ended.returncode, ended.stderr.startswith(f"Not allowed to use {locked}/.backup-")) == (1, True)
    (folder / "desk.lock").touch()
    for path in (folder / "desk.lock", folder / "desk.db", folder):
        path.chmod(0o500)
    ended = motcua("serve", "--data", folder, "--port", "0", held=True)
    assert said(ended) == (1, "", not_allowed.format(folder / "desk.lock"))
    folder.chmod(0o700)
    assert list(locked.iterdir()) == []


# --- serve ------------------------------------------------------------------------------------------------------------


def test_serve_says_what_stands_in_its_way(served: Served, folder: Path, tmp_path: Path) -> None:
    none = f"There is no desk in {tmp_path}. Create one with: motcua init --data {tmp_path} --template ward\n"
    assert said(command("serve", "--data", tmp_path)) == (1, "", none)
    in_use = "This port is already in use by another program. Choose another one with --port.\n"
    assert said(command("serve", "--data", folder, "--port", served.port)) == (1, "", in_use)
    twice = f"Another program is using the desk in {served.folder}. Stop it first, or try again in a moment.\n"
    assert said(command("serve", "--data", served.folder, "--port", free_port())) == (1, "", twice)
    elsewhere = (
        "This computer does not have this address. Give one of its addresses with --host, or 0.0.0.0 for all of them.\n"
    )
    assert said(command("serve", "--data", folder, "--host", "198.51.100.7", "--port", free_port())) == (
        1,
        "",
        elsewhere,
    )
    odd = command("serve", "--data", folder, "--port", "65536")
    assert (odd.returncode, odd.stderr.splitlines()[-1].split("--port: ")[1]) == (
        2,
        "65536 is not a valid port. A port is a number up to 65535.",
    )


def test_a_desk_of_a_newer_program_is_left_alone(folder: Path) -> None:
    db = open_writer(folder / "desk.db", [DESK, *ROOMS])
    db.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('motcua', 'queue:of "
        "tomorrow', '2030-01-01')"
    )
    db.close()
    before = (folder / "desk.db").read_bytes()
    newer = (1, "", "This desk was last used by a newer motcua. Install the newer version; nothing was changed.\n")
    assert said(motcua("serve", "--data", folder, "--port", "0")) == newer
    assert said(command("token", "add", "--data", folder, "--role", "wall")) == newer
    assert (folder / "desk.db").read_bytes() == before


# --- accounts and tokens ----------------------------------------------------------------------------------------------


def test_accounts_are_added_and_get_new_passwords_while_the_desk_serves(served: Served) -> None:
    data = ("--data", served.folder)
    added = command(
        "account",
        "add",
        *data,
        "--name",
        "hoa",
        "--role",
        "officer",
        "--full-name",
        "Lê Thị Hoa",
        "--password-stdin",
        given=PASSWORD,
    )
    assert said(added) == (0, "", "hoa can sign in now.\n")
    again = command("account", "add", *data, "--name", "hoa", "--role", "officer", "--password-stdin", given=PASSWORD)
    assert said(again) == (1, "", "The sign-in name hoa is already in use.\n")
    changed = command(
        "account",
        "password",
        *data,
        "--name",
        "hoa",
        "--role",
        "officer",
        "--password-stdin",
        given=f"{NEXT_PASSWORD}\n",
    )
    assert said(changed) == (0, "", "hoa has a new password.\n")
    assert verify(password_of(served.folder, "hoa"), NEXT_PASSWORD)


def test_accounts_that_cannot_be_are_wrong_use(folder: Path) -> None:
    data = ("--data", folder, "--password-stdin")
    device = command("account", "add", *data, "--name", "k", "--role", "kiosk", given=PASSWORD)
    assert said(device) == (2, "", "kiosk is the role of a device, not of a person.\n")
    nobody = (2, "", "There is no account mai.\n")
    assert said(command("account", "password", *data, "--name", "mai", given=PASSWORD)) == nobody
    other_role = command("account", "password", *data, "--name", "admin", "--role", "leader", given=PASSWORD)
    assert said(other_role) == (2, "", "There is no account admin.\n")
    assert said(command("account", "password", *data, "--name", "admin", given=NEXT_PASSWORD)) == (
        0,
        "",
        "admin has a new password.\n",
    )
    assert verify(password_of(folder, "admin"), NEXT_PASSWORD)


def test_a_token_is_one_line_and_opens_what_its_role_may(served: Served) -> None:
    ended = command("token", "add", "--data", served.folder, "--role", "counter", "--counter", "3")
    assert (ended.returncode, ended.stdout.count("\n"), ended.stderr) == (0, 1, "")
    token = ended.stdout.strip()
    assert served.client(Authorization=f"Bearer {token}").post("counters/3/open").status == 200
    missing = command("token", "add", "--data", served.folder, "--role", "pad")
    assert said(missing) == (2, "", "A pad belongs to a counter: give its number.\n")


def test_a_command_waits_for_nobody_when_the_folder_is_in_use(folder: Path) -> None:
    lock = DeskLock(folder)
    ended = command("token", "add", "--data", folder, "--role", "wall")
    lock.close()
    in_use = f"Another program is using the desk in {folder}. Stop it first, or try again in a moment.\n"
    assert said(ended) == (1, "", in_use)


# --- journal ----------------------------------------------------------------------------------------------------------


def test_the_journal_is_exported_one_object_a_line_and_verified(served: Served) -> None:
    exported = command("journal", "export", "--data", served.folder).stdout
    found = [json.loads(line) for line in exported.splitlines()]
    assert {tuple(row) for row in found} == {("action", "actor", "at", "data", "day", "hash", "prev", "seq", "subject")}
    assert [row["seq"] for row in found] == list(range(1, len(found) + 1))
    assert "\\u" not in exported
    whole = (
        f"The journal is intact: {len(found)} rows, none edited, removed, inserted or moved.\nHash of the last row: "
        f"{found[-1]['hash']}\n"
    )
    assert said(command("journal", "verify", "--data", served.folder)) == (0, whole, "")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("UPDATE journal SET actor = 'officer:9' WHERE seq = 2", "Row 2: its content does not match its hash."),
        ("UPDATE journal SET data = '{' WHERE seq = 2", "Row 2: its content does not match its hash."),
        ("UPDATE journal SET prev = hash WHERE seq = 2", "Row 2 does not follow the row before it."),
        ("DELETE FROM journal WHERE seq = 1", "Row 1 is missing, or another row was put in its place."),
    ],
)
def test_a_journal_that_was_touched_is_found_out(folder: Path, change: str, message: str) -> None:
    db = open_writer(folder / "desk.db", [DESK, *ROOMS])
    for trigger in ("journal_follows", "journal_keeps", "journal_stays"):
        db.execute(f"DROP TRIGGER {trigger}")
    db.execute(change)
    db.close()
    assert said(command("journal", "verify", "--data", folder)) == (1, f"{message}\n", "")


def test_a_reader_who_has_enough_stops_the_export_without_a_word(folder: Path) -> None:
    desk = opened(folder)
    for _ in range(400):
        desk.by("command").do(staff_actions.add_token, "wall", None, "", None)
    desk.stop()
    words = [sys.executable, "-m", "motcua", "journal", "export", "--data", str(folder)]
    process = subprocess.Popen(words, cwd=ROOT, env=ENGLISH, stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # noqa: S603 -- our own program
    assert process.stdout is not None
    assert process.stdout.read(1) == b"{"
    process.stdout.close()
    assert process.stderr is not None
    assert (process.stderr.read(), process.wait(PATIENCE_S)) == (b"", 1)
    process.stderr.close()
