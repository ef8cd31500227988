"""Starting and stopping `motcua serve`: the first line, the one serving process, a port that is taken, an end under
load.
"""

import http.client
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from motcua.run.gevent_server import LAST_ANSWERS_S, STOP_S
from tests.server.hall import Answer, Place, Served, fresh_folder, opened, served
from tests.server.screen import Screen
from tests.torture import checks
from tests.waiting import PATIENCE_S, wait_until

pytestmark = pytest.mark.process

LOADERS = 6


@dataclass(frozen=True)
class Try:
    """A folder, and what became of serving it."""

    folder: Path
    code: int
    said: str
    complained: str


@pytest.fixture(scope="module")
def tries(desk_served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Try]]:
    """Try to serve a folder that is being served, one on a port that is taken, one without a desk: all at once, as
    each takes a while.
    """
    with fresh_folder() as second:
        empty = tmp_path_factory.mktemp("empty")
        wanted = {"served": (desk_served.folder, 0), "port": (second, desk_served.port), "empty": (empty, 0)}
        command = [sys.executable, "-m", "motcua", "serve"]
        pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        running = {
            name: subprocess.Popen([*command, "--data", str(folder), "--port", str(port)], **pipes)  # noqa: S603
            for name, (folder, port) in wanted.items()
        }
        found = {}
        for name, process in running.items():
            said, complained = process.communicate(timeout=PATIENCE_S)
            found[name] = Try(wanted[name][0], process.returncode, said, complained)
        yield found


def test_the_first_line_says_where_then_come_the_addresses(desk_served: Served) -> None:
    lines = (desk_served.folder / "serve.out").read_text().splitlines()
    assert lines[0] == f"ready {desk_served.url}"
    assert {f"{desk_served.url}/{path}" for path in ("kiosk", "counter", "wall", "pad", "leaders", "settings")} <= set(
        lines[1:]
    )


def test_what_cannot_be_served_is_refused_in_one_line(tries: dict[str, Try]) -> None:
    assert {
        name: (found.code, found.said, found.complained.count("\n")) for name, found in tries.items()
    } == dict.fromkeys(tries, (1, "", 1))
    assert not [found for found in tries.values() if "Traceback" in found.complained]


def test_a_folder_is_served_once(desk_served: Served, tries: dict[str, Try]) -> None:
    assert str(desk_served.folder) in tries["served"].complained
    assert desk_served.client().get("health").status == 200
    assert json.loads((desk_served.folder / "desk.lock").read_text())["url"] == desk_served.url


def test_a_port_that_is_taken_is_named_and_the_folder_let_go(tries: dict[str, Try]) -> None:
    assert "--port" in tries["port"].complained
    opened(tries["port"].folder).stop()


def test_a_folder_without_a_desk_stays_as_it_is(tries: dict[str, Try]) -> None:
    assert str(tries["empty"].folder) in tries["empty"].complained
    assert list(tries["empty"].folder.iterdir()) == []


def _load(place: Place, answers: list[tuple[str, Answer]], stop: threading.Event) -> None:
    while not stop.is_set():
        key = str(uuid4())
        try:
            answers.append((key, place.kiosk.post("tickets", {"service": place.service}, key)))
        except (OSError, http.client.HTTPException):
            return


def test_an_end_under_load_is_clean_and_loses_nothing() -> None:
    assert STOP_S + LAST_ANSWERS_S < 3  # what an end may wait for at most
    with served() as desk:
        places = [desk.place() for _ in range(LOADERS)]
        walls = [Screen(desk.port, "/wall", {"token": desk.token("wall")}) for _ in range(10)]
        answers: list[tuple[str, Answer]] = []
        stop = threading.Event()
        threads = [threading.Thread(target=_load, args=(place, answers, stop)) for place in places]
        for thread in threads:
            thread.start()
        wait_until(lambda: len(answers) > 40)
        desk.process.send_signal(signal.SIGTERM)
        assert desk.process.wait(PATIENCE_S) == 0
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


def test_after_a_stop_the_desk_knows_its_presses_and_begins_a_new_epoch() -> None:
    with served() as desk:
        place = desk.place()
        key, body = str(uuid4()), {"service": place.service}
        first = place.kiosk.post("tickets", body, key)
        place.do("call-next")
        wall = Screen(desk.port, "/wall", {"token": desk.token("wall")})
        before, tag = wall.state, desk.client("wall").get("wall").headers["etag"]
        desk.process.send_signal(signal.SIGINT)
        assert desk.process.wait(PATIENCE_S) == 0
        wall.ended()
        wall.close()
        assert not list(desk.folder.glob("desk.db-wal"))
        desk.start()
        again = desk.client("kiosk").post("tickets", body, key)
        assert (again.status, again.body) == (first.status, first.body)
        answer = desk.client("wall").get("wall", If_None_Match=tag)
        after = answer.json
        assert (answer.status, after["now"][0]["number"]) == (200, first.json["number"])
        assert after["epoch"] != before["epoch"]
        assert after["epoch"].split(".")[0] == before["epoch"].split(".")[0]
        moving = {"epoch": "", "revision": 0, "at": ""}
        assert {**after, **moving} == {**before, **moving}
