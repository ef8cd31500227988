"""The agent's program with a camera and the real model, and a desk that a test writes: what of a visit leaves it, and
what is left of it.
"""

import os
import re
import signal
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest
import socketio
import tomlkit
from PIL import Image
from werkzeug.serving import WSGIRequestHandler, make_server

from motcua.agent.link import NAMESPACE
from motcua.devices.camera.emulator import CameraEmulator
from motcua.vision.model_file import MODEL_SHA256
from tests.face_model import require_model
from tests.faces import load_portrait
from tests.waiting import wait_until

pytestmark = pytest.mark.process
VISIT, CAPTURE, ANALYSIS = "20261129-A001", "--multiprocessing-fork", "motcua.vision.child"
LOOKED_S = 0.3
"""The analysis has read a dozen pictures once it has worked for so long."""
ROOT = Path(__file__).parents[3]
PICTURES = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n|RIFF....(?:AVI |WEBP)|BM....\x00\x00\x00\x00", re.DOTALL)
FLOATS_MAX = 100
"""So many numbers between 0 and 1 in a row would be landmarks: a face has 478 points."""


class ScriptedDesk:
    """A desk that sends what a test says, and remembers what the agent says."""

    def __init__(self) -> None:
        self.server = socketio.Server(async_mode="threading", max_http_buffer_size=64 * 1024)
        self.expressions: list[dict[str, Any]] = []
        self.pictures: list[dict[str, Any]] = []
        self.results: list[dict[str, Any]] = []
        self.health: dict[str, Any] = {}
        self.agents: list[str] = []
        """Those that have named their devices: before that an agent may not hear yet."""
        self._jobs = 0
        for name, work in (
            ("connect", lambda *_given: None),
            ("disconnect", lambda who, *_given: self.agents.remove(who)),
            ("expression", lambda _who, fields: self.keep(self.expressions, fields)),
            ("picture", lambda _who, fields: self.keep(self.pictures, fields)),
            ("result", lambda _who, fields: self.keep(self.results, fields)),
            ("health", lambda _who, fields: self.note(fields)),
            ("devices", lambda who, _fields: self.keep(self.agents, who)),
        ):
            self.server.on(name, work, namespace=NAMESPACE)

    def keep(self, where: list[Any], fields: Any) -> dict[str, bool]:
        where.append(fields)
        return {"ok": True}

    def note(self, fields: dict[str, Any]) -> dict[str, bool]:
        self.health = fields["devices"]
        return {"ok": True}

    def look(self, step: str, ttl_ms: int = 60_000) -> int:
        self._jobs += 1
        job = {"desk": "d1", "id": self._jobs, "kind": "look", "device": "camera:1:may-anh:1", "ttl_ms": ttl_ms}
        self.server.emit("job", {**job, "payload": {"visit": VISIT, "step": step}}, namespace=NAMESPACE)
        return self._jobs

    def preview(self, *, is_on: bool) -> list[dict[str, Any]]:
        """Ask for pictures; the agent's answer comes into the list that is returned."""
        answers: list[dict[str, Any]] = []
        self.server.emit(
            "preview",
            {"device": "may-anh", "on": is_on},
            to=self.agents[-1],
            namespace=NAMESPACE,
            callback=answers.append,
        )
        return answers


class Quiet(WSGIRequestHandler):
    def log_request(self, *_arguments: object) -> None: ...


@contextmanager
def written_desk() -> Iterator[tuple[ScriptedDesk, str]]:
    desk = ScriptedDesk()
    served = make_server("127.0.0.1", 0, socketio.WSGIApp(desk.server), threaded=True, request_handler=Quiet)
    served.daemon_threads = True  # type: ignore[attr-defined]
    serving = threading.Thread(target=served.serve_forever, args=(0.02,))
    serving.start()
    try:
        yield desk, f"http://127.0.0.1:{served.server_port}"
    finally:
        served.shutdown()
        serving.join()
        served.server_close()


class Running:
    """An agent that runs, its desk, its folder, and the processes that it started."""

    def __init__(self, desk: ScriptedDesk, folder: Path, process: "subprocess.Popen[bytes]") -> None:
        self.desk, self.folder, self.process = desk, folder, process

    def list_children(self) -> list[psutil.Process]:
        """Return its processes, but for Python's own that looks after the others."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        return [child for child in children if {CAPTURE, ANALYSIS} & {*read_command(child)}]

    def begin(self) -> list[psutil.Process]:
        """Begin to look; return the processes once pictures are looked at."""
        self.desk.look("begin")
        wait_until(lambda: self.desk.results, told=self.log)
        wait_until(lambda: any(ANALYSIS in read_command(child) for child in self.list_children()))
        return self.list_children()

    def log(self) -> str:
        return (self.folder / "agent.err").read_text(encoding="utf-8")


def read_command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


def find_libraries(pid: int) -> set[str]:
    """Return which of the heavy libraries a process has loaded."""
    maps = Path(f"/proc/{pid}/maps").read_text(encoding="utf-8", errors="replace")
    return {name for name in ("cv2", "mediapipe") if f"/{name}/" in maps}


def is_running(process: psutil.Process) -> bool:
    return read_command(process) != []


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    model = require_model()
    picture, folder = tmp_path / "face.png", tmp_path / "agent"
    Image.fromarray(load_portrait()).save(picture)
    camera = CameraEmulator("may-anh", folder=picture)
    camera.start()
    (folder / "tmp").mkdir(parents=True)
    (folder / "agent.toml").write_text(tomlkit.dumps({"device": [camera.describe_entry()]}), encoding="utf-8")
    environment = {**os.environ, "MOTCUA_FACE_MODEL": str(model), "TMPDIR": str(folder / "tmp"), "LC_ALL": "C.UTF-8"}
    try:
        with written_desk() as (desk, url), (folder / "agent.err").open("wb") as err:
            words = [sys.executable, "-m", "motcua", "agent", "--server", url, "--token", "t" * 40]
            words += ["--config", str(folder / "agent.toml")]
            process = subprocess.Popen(words, stderr=err, stdout=err, cwd=ROOT, env=environment)  # noqa: S603
            running = Running(desk, folder, process)
            try:
                wait_until(lambda: desk.agents and desk.health.get("may-anh"), told=running.log)
                yield running
            finally:
                process.terminate()
                process.wait()
    finally:
        camera.stop()


def test_one_visit_gives_one_expression_and_nothing_is_left_of_it(running: Running) -> None:
    children = running.begin()
    wait_until(lambda: "faces are read" in running.log(), told=running.log)
    (analysis,) = [child for child in children if ANALYSIS in read_command(child)]
    (capture,) = [child for child in children if CAPTURE in read_command(child)]
    loaded = [find_libraries(pid) for pid in (running.process.pid, capture.pid, analysis.pid)]
    assert loaded == [set(), {"cv2"}, {"cv2", "mediapipe"}]
    networks = [Path(f"/proc/{pid}/ns/net").readlink() for pid in (running.process.pid, capture.pid, analysis.pid)]
    assert (networks[0], networks[0] == networks[2]) == (networks[1], False)
    before_s = analysis.cpu_times().user
    wait_until(lambda: analysis.cpu_times().user > before_s + LOOKED_S, told=running.log)
    running.desk.look("finish")
    wait_until(lambda: running.desk.expressions, told=running.log)
    (expression,) = running.desk.expressions
    assert (expression["reason"], expression["score"] >= 80) == (None, True)
    expected = {"device": "may-anh", "visit": VISIT, "key": f"may-anh:{VISIT}", "model_hash": MODEL_SHA256}
    assert {name: expression[name] for name in expected} == expected
    assert set(expression) == {*expected, "score", "quality", "valid_frames", "seen_frames", "reason", "age_ms"}
    wait_until(lambda: not any(is_running(child) for child in children), told=running.log)
    wait_until(lambda: VISIT.encode() not in (running.folder / "agent-data" / "outbox.db").read_bytes())
    running.process.send_signal(signal.SIGTERM)
    assert running.process.wait() == 0
    assert len(running.desk.expressions) == 1
    require_nothing_left(running.folder)


def require_nothing_left(folder: Path) -> None:
    """Fail for a picture, landmarks or a score in a file: the agent's memory, its log, its folder for passing files."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        assert PICTURES.search(content) is None, path
        assert longest_fractions(content) < FLOATS_MAX, path
        assert b'"score"' not in content, path
        if path.name == "agent.err":
            assert re.search(rb"score|quality|frames|0\.\d{4}", content) is None, content.decode()
    assert not list((folder / "tmp").rglob("*"))


def longest_fractions(content: bytes) -> int:
    """Return how many 32-bit floats between 0 and 1 follow one another at most, at any place."""
    longest = 0
    for start in range(4):
        part = content[start : len(content) - (len(content) - start) % 4]
        run = 0
        for (value,) in struct.iter_unpack("<f", part):
            run = run + 1 if 1e-4 < value < 1 else 0
            longest = max(longest, run)
    return longest


def test_the_search_for_pictures_and_landmarks_finds_them(tmp_path: Path) -> None:
    assert longest_fractions(b"x" + struct.pack("<200f", *(0.5,) * 200)) == 200
    assert longest_fractions(b"a text of a log, however long it is, is no array of floats. " * 40) < FLOATS_MAX
    Image.new("RGB", (9, 9)).save(tmp_path / "a.jpg")
    Image.new("RGB", (9, 9)).save(tmp_path / "a.png")
    assert all(PICTURES.search((tmp_path / name).read_bytes()) for name in ("a.jpg", "a.png"))


def test_the_children_of_a_killed_agent_end_by_themselves(running: Running) -> None:
    children = running.begin()
    running.process.kill()
    running.process.wait()
    wait_until(lambda: not any(is_running(child) for child in children))


def test_a_lost_desk_ends_the_look_at_once_and_nothing_is_said(running: Running) -> None:
    children = running.begin()
    running.desk.server.disconnect(running.desk.agents[-1], namespace=NAMESPACE)
    wait_until(lambda: not any(is_running(child) for child in children), told=running.log)
    wait_until(lambda: running.desk.agents, told=running.log)
    running.desk.look("finish")
    wait_until(lambda: len(running.desk.results) > 1, told=running.log)
    assert (running.desk.results[-1]["state"], running.desk.results[-1]["detail"]) == ("failed", "not_looking")
    assert running.desk.expressions == []


def test_a_preview_comes_as_small_pictures_and_is_refused_during_a_visit(running: Running) -> None:
    answers = running.desk.preview(is_on=True)
    wait_until(lambda: answers and len(running.desk.pictures) > 1, told=running.log)
    assert answers == [{"ok": True}]
    assert {(item["device"], item["width"], item["height"]) for item in running.desk.pictures} == {
        ("may-anh", 260, 260)
    }
    assert all(len(item["jpeg"]) < 60_000 for item in running.desk.pictures)
    running.begin()
    refused = running.desk.preview(is_on=True)
    wait_until(lambda: refused, told=running.log)
    assert (refused[0]["ok"], "looking at a visit" in refused[0]["message"]) == (False, True)
    assert b"jpeg" not in (running.folder / "agent.err").read_bytes()
