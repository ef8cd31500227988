"""`python app.py`, what `make run` starts: from an empty folder to a hall that can be set up."""

import http.client
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from motcua.cli.door import open_reading
from motcua.cli.run import render_qr
from motcua.setup.actions import is_needed
from tests.server.hall import PHONES, fresh_folder
from tests.server.programs import ENGLISH, ROOT
from tests.waiting import PATIENCE_S, wait_until

pytestmark = pytest.mark.process


@contextmanager
def running(
    folder: Path, host: str = "127.0.0.1", port: str = "0", *words: str
) -> Iterator[tuple[subprocess.Popen[str], list[str]]]:
    """Lend `python app.py` and what it printed when it was ready."""
    environment = {**ENGLISH, "DATA": str(folder), "HOST": host, "PORT": port}
    log = folder.parent / f"{folder.name}.out"
    with log.open("w") as out:
        process = subprocess.Popen(  # noqa: S603 -- our own program
            [sys.executable, str(ROOT / "app.py"), *words],
            cwd=folder.parent,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
            text=True,
        )
    try:
        wait_until(lambda: process.poll() is not None or log.read_text().startswith("ready http://"))
        if process.poll() is None:
            ready = log.read_text().splitlines()[0].removeprefix("ready http://")
            get(ready, "/api/v1/health")  # it answers after all that it prints
        yield process, log.read_text().splitlines()
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def get(address: str, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(address, timeout=PATIENCE_S)
    connection.request("GET", path, headers={"Accept": "text/html"})
    answer = connection.getresponse()
    found = answer.status, answer.headers.get("Location", "")
    connection.close()
    return found


def test_an_empty_place_becomes_a_desk_that_waits_for_its_set_up(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    with running(folder) as (process, lines):
        local = lines[0].removeprefix("ready http://")
        assert re.fullmatch(r"127\.0\.0\.1:\d+", local)
        assert lines[1:8] == [
            f"http://{local}/{path}" for path in ("", "kiosk", "counter", "wall", "pad", "leaders", "settings")
        ]
        assert lines[8] == f"Set up this desk at http://{local}/setup on this computer."
        assert re.fullmatch(r"From another computer it asks for the code [A-Z2-9]{4}-[A-Z2-9]{4}\.", lines[9])
        assert get(local, "/setup")[0] == 200
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE_S) == 0
    names = {path.name for path in folder.iterdir()} - {"voice"}  # clips come when there is time for them
    assert names == {"backups", "desk.db", "desk.lock", "digests", "keys"}
    with open_reading(folder) as db:
        assert is_needed(db)


def test_a_desk_that_is_set_up_just_runs_and_shows_its_address_to_phones() -> None:
    with fresh_folder() as folder, running(folder, "0.0.0.0") as (process, lines):  # noqa: S104 -- as the hall does
        assert lines[0].startswith("ready http://127.0.0.1:")
        assert not any("code" in line for line in lines)
        shown = [line for line in lines if line.startswith("http://")]
        assert len(shown) in {7, 14}  # this computer's own address comes too where it is in a network
        code = render_qr(f"{PHONES}/").splitlines()
        assert lines[-len(code) :] == code
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE_S) == 0


def test_wrong_use_makes_nothing(tmp_path: Path) -> None:
    with running(tmp_path / "data", port="http") as (process, lines):
        assert process.wait(PATIENCE_S) == 2
        assert lines[-1].endswith("argument --port: http is not a valid port. A port is a number up to 65535.")
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "thesis.doc").touch()
    with running(tmp_path / "papers") as (process, lines):
        assert process.wait(PATIENCE_S) == 1
        assert lines == [f"The folder {tmp_path}/papers holds other things (thesis.doc). Choose an empty one."]
    assert not (tmp_path / "data").exists()
    assert [path.name for path in (tmp_path / "papers").iterdir()] == ["thesis.doc"]


def test_flask_finds_its_app(tmp_path: Path) -> None:
    program = (
        "import app; made = app.create_app(); print(type(made).__name__, "
        "made.test_client().get('/api/v1/health').status_code)"
    )
    ended = subprocess.run(  # noqa: S603 -- our own program
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={**ENGLISH, "DATA": str(tmp_path / "data")},
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout == "DeskApp 200\n"
