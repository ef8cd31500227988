"""A whole visit with the real model: a camera that shows a smiling face, its processes, and the reading."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest
from PIL import Image

from motcua.devices.camera.driver import NetworkCamera
from motcua.devices.camera.emulator import CameraEmulator
from motcua.devices.camera.options import NetworkOptions
from motcua.devices.camera.parts import SILENT
from motcua.devices.contract import Expression, JobOutcome, Observation, Report
from motcua.vision.model_file import MODEL_SHA256
from tests.face_model import require_model
from tests.waiting import PATIENCE_S, wait_until

pytestmark = pytest.mark.process
VISIT = "20261129-A001"
DONE = JobOutcome("done")
CAPTURE, ANALYSIS = "--multiprocessing-fork", "motcua.vision.child"


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A smiling face (NASA, public domain), as it comes with scikit-image."""
    require_model()
    from skimage import data

    path = tmp_path_factory.mktemp("picture") / "face.png"
    Image.fromarray(data.astronaut()[0:260, 90:350]).save(path)
    return path


@contextmanager
def showing(picture: Path) -> Iterator[CameraEmulator]:
    emulator = CameraEmulator(folder=picture)
    emulator.start()
    try:
        yield emulator
    finally:
        emulator.stop()


class Looking:
    """A driver that a test steps, and what it said."""

    def __init__(self, emulator: CameraEmulator) -> None:
        options = NetworkOptions(port=emulator.describe_entry()["port"], counter=1)
        self.driver = NetworkCamera(options)
        self.observations: list[Observation] = []

    def job(self, step: str) -> JobOutcome:
        return self.driver.work("look", {"visit": VISIT, "step": step})

    def step(self) -> bool:
        """Step once; False, so that a condition can follow."""
        self.observations += self.driver.step()
        return False

    def has_seen(self, frames: int) -> bool:
        """Say whether so many pictures were read."""
        self.step()
        look = self.driver._look
        return look is not None and look.read().valid_frames >= frames


@pytest.fixture
def looking(picture: Path) -> Iterator[Looking]:
    with showing(picture) as emulator:
        looking = Looking(emulator)
        looking.driver.open()
        yield looking
        looking.driver.close()
        wait_until(lambda: emulator.get_state()["watched"] == 0)


class Processes:
    """The capture process and the analysis of a driver, by their ids: a killed capture leaves its analysis behind."""

    def __init__(self) -> None:
        self._seen: set[int] = set()

    def find(self, mark: str) -> list[int]:
        """Return the ids of those that run now."""
        self._seen |= {process.pid for process in psutil.Process().children(recursive=True)}
        return [pid for pid in sorted(self._seen) if mark in read_command(pid)]

    def list_all(self) -> list[int]:
        return self.find(CAPTURE) + self.find(ANALYSIS)


def read_command(pid: int) -> list[str]:
    """Return the command line of a process that runs, empty where it has ended."""
    try:
        return psutil.Process(pid).cmdline()
    except psutil.NoSuchProcess:  # a zombie is one too
        return []


@pytest.fixture
def processes() -> Processes:
    return Processes()


def test_a_smiling_citizen_who_agreed_gets_one_reading_and_then_no_process_is_left(
    looking: Looking, processes: Processes
) -> None:
    assert looking.job("begin") == DONE
    wait_until(lambda: looking.has_seen(12))
    assert len(processes.list_all()) == 2
    assert looking.job("finish") == DONE
    wait_until(lambda: looking.step() or looking.observations)
    (reading,) = looking.observations
    assert isinstance(reading, Expression)
    assert (reading.visit, reading.reason, reading.model_hash) == (VISIT, None, MODEL_SHA256)
    assert reading.score is not None
    assert reading.score >= 80
    assert 12 <= reading.valid_frames <= reading.seen_frames <= 46
    wait_until(lambda: processes.list_all() == [])
    looking.step()
    assert len(looking.observations) == 1


def test_a_withdrawal_ends_the_processes_and_nothing_is_said(looking: Looking, processes: Processes) -> None:
    looking.job("begin")
    wait_until(lambda: looking.has_seen(8))
    assert len(processes.list_all()) == 2
    looking.job("stop")
    wait_until(lambda: looking.step() or processes.list_all() == [])
    assert looking.observations == []


def test_each_that_is_killed_is_started_again_and_the_visit_still_gets_its_reading(
    looking: Looking, processes: Processes
) -> None:
    looking.job("begin")
    wait_until(lambda: looking.has_seen(2))
    (capture,), (analysis,) = processes.find(CAPTURE), processes.find(ANALYSIS)
    os.kill(analysis, signal.SIGKILL)
    wait_until(lambda: looking.step() or any(pid != analysis for pid in processes.find(ANALYSIS)))
    assert processes.find(CAPTURE) == [capture]
    os.kill(capture, signal.SIGKILL)
    old = [capture, *processes.find(ANALYSIS)]
    wait_until(lambda: looking.step() or not {*old} & {*processes.list_all()})
    seen = looking.driver._look.read().seen_frames if looking.driver._look is not None else 0
    wait_until(lambda: looking.has_seen(seen + 1))
    looking.job("finish")
    wait_until(lambda: looking.step() or looking.observations)
    assert [type(item) for item in looking.observations] == [Expression]


@contextmanager
def listening(model: Path, folder: Path) -> Iterator[Path]:
    """Start the process that reads faces for each connection to a socket, as systemd does by our units."""
    path, started = folder / "faces.sock", list[subprocess.Popen[bytes]]()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        listener.listen()

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    line, _who = listener.accept()
                    with line:
                        words = [sys.executable, "-m", "motcua.vision.child", str(model)]
                        end = line.fileno()
                        started.append(subprocess.Popen(words, stdin=end, stdout=end, stderr=subprocess.DEVNULL))  # noqa: S603

        serving = threading.Thread(target=serve)
        serving.start()
        try:
            yield path
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            serving.join()
            for process in started:
                process.wait()


def test_a_service_that_systemd_starts_reads_the_faces_too(
    picture: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listening(require_model(), tmp_path) as path, showing(picture) as emulator:
        monkeypatch.setenv("MOTCUA_FACE_SERVICE", str(path))
        monkeypatch.delenv("MOTCUA_FACE_MODEL")
        looking = Looking(emulator)
        looking.driver.open()
        looking.job("begin")
        wait_until(lambda: looking.has_seen(12))
        looking.job("finish")
        wait_until(lambda: looking.step() or looking.observations)
        looking.driver.close()
    (reading,) = looking.observations
    assert isinstance(reading, Expression)
    assert reading.score is not None
    assert reading.score >= 80


def test_a_check_says_what_the_camera_gives(
    looking: Looking, processes: Processes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("motcua.devices.camera.checking.CHECK_S", PATIENCE_S)
    outcome = looking.driver.work("check", {})
    assert outcome.state == "done"
    assert outcome.detail is not None
    assert outcome.detail.startswith("260x260, ")
    wait_until(lambda: processes.list_all() == [])


def test_a_camera_that_freezes_is_silent_and_works_again_when_it_is_mended(picture: Path) -> None:
    with showing(picture) as emulator:
        looking = Looking(emulator)
        looking.driver.open()
        looking.job("begin")
        wait_until(lambda: looking.step() or looking.has_seen(1))
        emulator.do("freeze")
        wait_until(lambda: looking.step() or looking.driver.report() == Report("down", SILENT))
        emulator.do("mend")
        wait_until(lambda: looking.step() or looking.driver.report() == Report("ok"))
        looking.driver.close()
