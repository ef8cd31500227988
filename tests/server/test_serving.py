"""Starting and stopping `motcua serve`: the first line, the one serving process, a port that is taken, an end under load."""

import http.client
import json
import signal
import subprocess
import sys
import threading
from pathlib import Path
from time import perf_counter, sleep
from uuid import uuid4

from tests.server.hall import Answer, Place, Served, fresh_folder, opened, served
from tests.server.screen import Screen
from tests.torture import checks

STOPS_WITHIN_S = 3
LOADERS = 6


def _serve(folder: Path, *more: str) -> "subprocess.CompletedProcess[str]":
    """Try to serve `folder`; return what became of it."""
    command = [sys.executable, "-m", "motcua", "serve", "--data", str(folder), *more]
    return subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)  # noqa: S603


def test_the_first_line_says_where_then_come_the_addresses(desk_served: Served) -> None:
    lines = (desk_served.folder / "serve.out").read_text().splitlines()
    assert lines[0] == f"ready {desk_served.url}"
    assert {f"{desk_served.url}/{path}" for path in ("kiosk", "counter", "wall", "pad", "leaders", "settings")} <= set(lines[1:])


def test_a_folder_is_served_once(desk_served: Served) -> None:
    found = _serve(desk_served.folder, "--port", "0")
    assert (found.returncode, found.stdout) == (1, "")
    assert str(desk_served.folder) in found.stderr or "đang" in found.stderr
    assert "Traceback" not in found.stderr
    assert desk_served.client().get("health").status == 200
    assert json.loads((desk_served.folder / "desk.lock").read_text())["url"] == desk_served.url


def test_a_port_that_is_taken_is_named_and_the_folder_let_go(desk_served: Served) -> None:
    with fresh_folder() as folder:
        found = _serve(folder, "--port", str(desk_served.port))
        assert (found.returncode, found.stdout) == (1, "")
        assert "--port" in found.stderr
        assert "Traceback" not in found.stderr
        opened(folder).stop()


def test_a_folder_without_a_desk_is_refused(tmp_path: Path) -> None:
    found = _serve(tmp_path, "--port", "0")
    assert (found.returncode, found.stdout, "Traceback" in found.stderr) == (1, "", False)
    assert str(tmp_path) in found.stderr
    assert list(tmp_path.iterdir()) == []


def _load(place: Place, answers: list[tuple[str, Answer]], stop: threading.Event) -> None:
    while not stop.is_set():
        key = str(uuid4())
        try:
            answers.append((key, place.kiosk.post("tickets", {"service": place.service}, key)))
        except (OSError, http.client.HTTPException):
            return


def test_an_end_under_load_is_quick_clean_and_loses_nothing() -> None:
    with served() as desk:
        places = [desk.place() for _ in range(LOADERS)]
        walls = [Screen(desk.port, "/wall", {"token": desk.token("wall")}) for _ in range(10)]
        answers: list[tuple[str, Answer]] = []
        stop = threading.Event()
        threads = [threading.Thread(target=_load, args=(place, answers, stop)) for place in places]
        for thread in threads:
            thread.start()
        sleep(0.4)
        began = perf_counter()
        desk.process.send_signal(signal.SIGTERM)
        assert desk.process.wait(10) == 0
        assert perf_counter() - began < STOPS_WITHIN_S
        stop.set()
        for thread in threads:
            thread.join()
        for wall in walls:
            wall.ended()
            wall.close()
        assert {answer.status for _key, answer in answers} <= {201, 503}
        assert {answer.code for _key, answer in answers if answer.status == 503} <= {(503, "desk.stopping")}
        taken = {answer.json["id"] for _key, answer in answers if answer.status == 201}
        assert len(taken) > 20
        again = opened(desk.folder)
        with again.read() as db:
            kept = {row[0] for row in db.execute("SELECT id FROM tickets")}
        again.stop()
        assert taken <= kept
        checks.sound(desk.folder / "desk.db")
        assert (desk.folder / "desk.lock").read_text() == ""


def test_a_press_from_before_a_stop_is_known_after_it() -> None:
    with served() as desk:
        place = desk.place()
        key, body = str(uuid4()), {"service": place.service}
        first = place.kiosk.post("tickets", body, key)
        desk.process.send_signal(signal.SIGINT)
        assert desk.process.wait(STOPS_WITHIN_S) == 0
        assert not list(desk.folder.glob("desk.db-wal"))
        desk.start()
        again = desk.client("kiosk").post("tickets", body, key)
        assert (again.status, again.body) == (first.status, first.body)
