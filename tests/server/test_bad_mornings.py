"""A desk starts on a bad morning as a process of its own: screens are up, what cannot be done is said, and it goes
on by itself.
"""

import json
import resource
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from motcua.desk import ManualClock, signing, system_clock
from motcua.desk.backup import make_copy
from motcua.queue import actions
from motcua.setup import actions as setup_actions
from motcua.setup.rooms import open_desk
from tests.ports import free_port
from tests.server.client import Client
from tests.server.hall import Served, fresh_folder, one_each, set_up
from tests.server.programs import command
from tests.waiting import PATIENCE_S, wait_until
from tests.zone import before_setup

pytestmark = pytest.mark.process
WAITS_S = 60
SMALL_BYTES = 20_000
"""So far files may grow on a disk that is as good as full: not even the index of the store's log fits."""


def yesterday(folder: Path) -> str:
    """Let the desk be set up yesterday, somebody take a number, and it be switched off before the day ended.

    Return that day.
    """
    for path in folder.glob("desk.db*"):
        path.unlink()
    clock = ManualClock(before_setup() - timedelta(days=1))
    desk = open_desk(folder, clock)
    desk.do(setup_actions.apply, one_each())
    clock.set(system_clock.now() - timedelta(days=1))
    desk.do(actions.issue, "certified-copy", None)
    day = desk.head.day
    desk.stop()
    return day


@contextmanager
def served(folder: Path, *options: str) -> Iterator[Served]:
    """Lend a served desk."""
    made = Served(folder, contract=False, options=options)
    try:
        yield made
    finally:
        made.close()


def health(desk: Served) -> tuple[int, dict[str, Any]]:
    answer = desk.client().get("health", Accept_Language="en")
    return answer.status, answer.json


def answers(desk: Served) -> bool:
    """Say whether the desk works; between its page and itself nobody listens for a moment, or no longer."""
    try:
        return health(desk)[0] == 200
    except ConnectionError:
        return False


def codes(desk: Served) -> set[str]:
    return {item["code"] for item in health(desk)[1]["problems"]}


def is_well(desk: Served) -> bool:
    """Say whether nothing is wrong; a copy may take its moment."""
    return bool(health(desk)[1]["status"] == "ok")


def _block(*names: str) -> Callable[[Path], None]:
    """Put a file in the place of each folder; the lock file, a folder."""

    def harm(folder: Path) -> None:
        for name in names:
            shutil.rmtree(folder / name, ignore_errors=True)
            (folder / name).unlink(missing_ok=True)
            if name == "desk.lock":
                (folder / name).mkdir()
            else:
                (folder / name).write_text("a file in the folder's place")

    return harm


def _key_empty(folder: Path) -> None:
    signing.get_key_path(folder).write_bytes(b"")


def unblock(folder: Path) -> None:
    for name in ("digests", "backups", "voice", "keys"):
        if (folder / name).is_file():
            (folder / name).unlink()
    if (folder / "desk.lock").is_dir():
        (folder / "desk.lock").rmdir()


@pytest.mark.parametrize(
    ("harm", "expected", "left"),
    [
        (
            _block("digests", "backups", "voice", "desk.lock"),
            {"digests.failed", "backup.failed", "voice.words", "lock.unannounced"},
            set(),
        ),
        (_block("keys"), {"journal.key_lost", "digests.failed"}, {"journal.key_replaced"}),
        (_key_empty, {"journal.key_replaced"}, {"journal.key_replaced"}),
    ],
    ids=["folders", "keys", "key of 0 bytes"],
)
def test_nothing_that_can_wait_hinders_the_desk(
    harm: Callable[[Path], None], expected: set[str], left: set[str]
) -> None:
    with fresh_folder() as folder:
        day = yesterday(folder)
        harm(folder)
        with served(folder) as desk:
            wait_until(lambda: expected <= codes(desk))
            assert health(desk)[0] == 200
            for path in ("/", "/sign-in"):
                assert desk.client().get(path, Accept="text/html").status < 400
            with sqlite3.connect(folder / "desk.db") as db:
                assert db.execute(
                    "SELECT count(*) FROM days WHERE day = ? AND closed_at IS NOT NULL", (day,)
                ).fetchone() == (1,)
            db.close()
            unblock(folder)
            wait_until(lambda: codes(desk) == left)
            assert (folder / "digests" / f"{day}.json").exists()
            assert json.loads((folder / "desk.lock").read_text())["url"] == desk.url


def test_a_full_disk_at_the_start_refuses_and_says_so_and_space_is_enough_to_go_on() -> None:
    clients: list[Client] = []
    with fresh_folder() as folder:
        day = yesterday(folder)
        token = command("token", "add", "--data", folder, "--role", "kiosk").stdout.strip()
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        process = subprocess.Popen(  # noqa: S603 -- our own program
            [sys.executable, "-m", "motcua", "serve", "--data", str(folder), "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (SMALL_BYTES, before[1])),  # noqa: PLW1509 -- one thread
        )
        try:
            assert process.stdout is not None
            ready = process.stdout.readline()
            assert ready.startswith("ready http://127.0.0.1:")
            desk = Served.__new__(Served)
            desk.folder, desk.port, desk._clients = folder, int(ready.rsplit(":", 1)[1]), clients
            status, said = health(desk)
            assert (status, said["status"], said["checks"]["store"]) == (503, "failing", "failing")
            client = desk.client(Authorization=f"Bearer {token}")
            refused = client.post("tickets", {"service": "certified-copy"})
            assert (refused.status, refused.json["code"].startswith("store.")) == (503, True)
            assert client.get("services").status == client.get("/kiosk", Accept="text/html").status == 200
            resource.prlimit(process.pid, resource.RLIMIT_FSIZE, before)
            wait_until(lambda: is_well(desk))
            assert client.post("tickets", {"service": "certified-copy"}).status == 201
            assert (folder / "digests" / f"{day}.json").exists()
            wait_until((folder / "backups" / f"{day}.zip").exists)
            # other programs are let in again at the first look at which nobody reads
            wait_until(lambda: command("journal", "verify", "--data", folder).returncode == 0)
            process.terminate()
            assert process.wait(PATIENCE_S) == 0
        finally:
            for made in clients:
                made.close()
            process.kill()
            process.wait()
            if process.stdout is not None:
                process.stdout.close()


def test_a_lost_store_is_said_on_every_page_until_its_copy_is_back() -> None:
    with fresh_folder() as folder:
        make_copy(folder, folder / "backups" / "2026-11-22.zip")
        for name in ("desk.db-wal", "desk.db-shm"):
            (folder / name).unlink(missing_ok=True)
        (folder / "desk.db").write_bytes(b"")
        restore = f"motcua restore {folder}/backups/2026-11-22.zip --data {folder}"
        with served(folder) as desk:
            page = desk.client().get("/kiosk", Accept="text/html")
            assert (page.status, restore in page.body.decode()) == (503, True)
            assert health(desk)[0] == 503
            assert codes(desk) == {"store.empty"}
            for words in (["init"], ["check"], ["journal", "verify"], ["token", "add", "--role", "wall"]):
                ended = command(*words, "--data", folder)
                assert (ended.returncode, restore in ended.stderr) == (1, True)
            ended = command("restore", folder / "backups" / "2026-11-22.zip", "--data", folder)
            assert (ended.returncode, ended.stdout) == (0, "")
            wait_until(lambda: answers(desk))
            assert desk.client().get("/sign-in", Accept="text/html").status == 200
            wait_until(lambda: json.loads((folder / "desk.lock").read_text() or "{}").get("url") == desk.url)
            assert desk.local("token.add", role="wall").status == 200


def test_phones_are_answered_while_the_store_is_lost_and_learn_nothing_of_it() -> None:
    port = free_port()
    with fresh_folder() as folder:
        make_copy(folder, folder / "backups" / "2026-11-22.zip")
        store = (folder / "desk.db").read_bytes()
        (folder / "desk.db").write_bytes(b"")
        with served(folder, "--guests", f"127.0.0.1:{port}") as desk:
            phone = Client(port, {"Accept": "text/html"}, None)
            page = phone.get("/t/ABCDEFGHIJKL")
            assert (page.status, "Please ask at a counter" in page.body.decode()) == (503, True)
            assert [word for word in (str(folder), "motcua restore") if word in page.body.decode()] == []
            call = phone.send("POST", "/api/v1/bookings", b"{}")
            assert (call.code, str(folder) in call.body.decode()) == ((503, "store.empty"), False)
            assert phone.get("/api/v1/health").json["detail"].startswith("Xin hỏi tại quầy")
            (folder / "desk.db").write_bytes(store)
            wait_until(lambda: answers(desk))
            assert phone.get("/book").status == 200
            phone.close()


def test_make_run_makes_no_new_desk_over_a_lost_one_but_in_a_fresh_folder(tmp_path: Path) -> None:
    lost = set_up(tmp_path / "lost")
    (lost / "desk.db").unlink()
    program = (
        "import sys; from motcua.cli.run import run_main; sys.argv[1:] = ['--data', sys.argv[1], '--port', '0']; "
        "sys.exit(run_main())"
    )
    for folder, answer in ((lost, 503), (tmp_path / "fresh", 200)):
        process = subprocess.Popen(  # noqa: S603 -- our own program
            [sys.executable, "-c", program, str(folder)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        try:
            assert process.stdout is not None
            desk = Served.__new__(Served)
            desk.folder, desk.port, desk._clients = folder, int(process.stdout.readline().rsplit(":", 1)[1]), []
            assert desk.client().get("/setup", Accept="text/html").status == answer
            for made in desk._clients:
                made.close()
        finally:
            process.terminate()
            process.wait()
            assert process.stdout is not None
            process.stdout.close()
    assert not (lost / "desk.db").exists()
    assert signing.read_key(tmp_path / "fresh") is not None


def test_flask_run_says_that_the_store_is_lost(tmp_path: Path) -> None:
    lost = set_up(tmp_path / "lost")
    (lost / "desk.db").write_bytes(b"")
    program = "import app; print(app.create_app().test_client().get('/api/v1/health').status_code)"
    ended = subprocess.run(  # noqa: S603 -- our own program
        [sys.executable, "-c", program],
        env={"DATA": str(lost), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.returncode, ended.stdout) == (0, "503\n"), ended.stderr


def test_a_store_that_is_no_database_is_served_as_lost_and_left_alone() -> None:
    with fresh_folder() as folder:
        (folder / "desk.db").write_bytes(b"not a store" * 500)
        with served(folder) as desk:
            assert codes(desk) == {"store.damaged"}
        lost = (
            f"The desk's store is damaged. There was a desk in {folder}. No new one is created in its place. Bring "
            "it back from its newest"
            f" copy: motcua restore FILE, your own copy --data {folder}\n"
        )
        for words in (["journal", "verify"], ["check"], ["token", "add", "--role", "wall"], ["init"]):
            ended = command(*words, "--data", folder)
            assert (ended.returncode, ended.stdout, ended.stderr) == (1, "", lost)
        assert (folder / "desk.db").read_bytes() == b"not a store" * 500
