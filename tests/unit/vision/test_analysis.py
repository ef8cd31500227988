"""The process that reads faces: it answers, it reaches nobody, and whatever happens to it its owner goes on."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from motcua.vision.analysis import Analysis
from motcua.vision.frames import AnalysedFrame
from motcua.vision.gates import FrameReading, Gates, Reason
from motcua.vision.isolation import Isolation
from motcua.vision.model_file import MODEL_BYTES
from tests.face_model import require_model
from tests.faces import load_portrait, make_blank, make_frame
from tests.waiting import PATIENCE_S, wait_until

pytestmark = [pytest.mark.process, pytest.mark.skipif(sys.platform != "linux", reason="network namespaces are Linux's")]
NOBODY = FrameReading(0, None, 0, Reason.NO_FACE)


@contextmanager
def started() -> Iterator[Analysis]:
    running = Analysis(require_model())
    running.start()
    wait_until(lambda: running.is_ready() or not running.is_alive())
    assert running.problem is None
    yield running
    running.stop()


@pytest.fixture
def analysis() -> Iterator[Analysis]:
    """Lend one that a test may end."""
    with started() as running:
        yield running


@pytest.fixture(scope="module")
def lasting() -> Iterator[Analysis]:
    """Lend one that tests look through one after the other: to start it costs half a second of the processor."""
    with started() as running:
        yield running
        assert running.is_ready()


def count_threads() -> int:
    """Return how many threads of this process serve an analysis."""
    return [thread.name for thread in threading.enumerate()].count("analysis")


def take_all(analysis: Analysis) -> list[AnalysedFrame]:
    wait_until(lambda: not analysis.is_busy())
    return analysis.take()


def test_a_smile_is_read_without_a_network(lasting: Analysis) -> None:
    assert lasting.isolation is Isolation.NAMESPACE
    assert lasting.submit(make_frame(load_portrait(), at_s=7.5))
    [frame] = take_all(lasting)
    assert frame.at_s == 7.5
    assert frame.reading.reason is None
    assert frame.reading.smile == pytest.approx(0.88, abs=0.05)
    assert frame.reading.quality > 90
    interfaces = Path(f"/proc/{lasting.pid}/net/dev").read_text(encoding="ascii").splitlines()[2:]
    assert [line.partition(":")[0].strip() for line in interfaces] == ["lo"]


def test_a_covered_lens_is_too_dark_and_not_an_empty_place(lasting: Analysis) -> None:
    readings = []
    for brightness in (0, 120):
        assert lasting.submit(make_blank(brightness=brightness))
        readings += [frame.reading.reason for frame in take_all(lasting)]
    assert readings == [Reason.TOO_DARK, Reason.NO_FACE]


def test_of_the_frames_that_come_meanwhile_only_the_newest_is_looked_at(lasting: Analysis) -> None:
    os.kill(lasting.pid or 0, signal.SIGSTOP)
    for number in range(20):
        lasting.submit(make_blank(at_s=number))
    os.kill(lasting.pid or 0, signal.SIGCONT)
    times = [frame.at_s for frame in take_all(lasting)]
    assert times[-1] == 19
    assert len(times) <= 2


def test_each_frame_is_judged_by_the_gates_that_come_with_it(lasting: Analysis) -> None:
    portrait = make_frame(load_portrait())
    lasting.submit(portrait)
    [usual] = take_all(lasting)
    strict = type(portrait)(1, portrait.width, portrait.height, portrait.pixels, Gates(width_px=200))
    lasting.submit(strict)
    [refused] = take_all(lasting)
    assert (usual.reading.reason, refused.reading.reason) == (None, Reason.FACE_TOO_SMALL)


def test_what_is_no_frame_is_refused_and_the_next_one_is_read(lasting: Analysis) -> None:
    blank = make_blank()
    for width, height, pixels in ((64, 63, blank.pixels), (0, 0, b""), (-1, -1, b"abc"), (5000, 1, bytes(15_000))):
        assert not lasting.submit(type(blank)(0, width, height, pixels))
    assert lasting.submit(blank)
    assert [frame.reading for frame in take_all(lasting)] == [NOBODY]


def test_what_was_read_is_forgotten_on_request(lasting: Analysis) -> None:
    lasting.submit(make_blank())
    wait_until(lambda: not lasting.is_busy())
    lasting.forget()
    assert lasting.take() == []


def test_a_process_that_is_killed_is_noticed_and_another_one_goes_on(analysis: Analysis) -> None:
    os.kill(analysis.pid or 0, signal.SIGKILL)
    wait_until(lambda: not analysis.is_alive())  # though no frame waits for its answer
    assert str(analysis.problem) == "The process that reads faces ended by itself."
    assert not analysis.is_ready()
    assert not analysis.submit(make_blank())
    other = Analysis(require_model())
    other.start()
    other.submit(make_blank())
    assert [frame.reading for frame in take_all(other)] == [NOBODY]
    other.stop()


def test_a_process_that_hangs_in_the_middle_of_a_frame_is_ended(analysis: Analysis) -> None:
    pid = analysis.pid or 0
    os.kill(pid, signal.SIGSTOP)
    analysis.submit(make_frame(load_portrait().repeat(4, 0).repeat(4, 1)))  # more than a pipe holds
    assert analysis.is_busy()
    analysis.kill()
    assert not analysis.is_alive()
    assert analysis.problem is None
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_a_stopped_process_leaves_nothing_behind(analysis: Analysis) -> None:
    pid, threads = analysis.pid or 0, count_threads()
    assert threads
    analysis.stop()
    analysis.stop()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert count_threads() == threads - 1
    assert analysis.problem is None


def test_an_owner_that_dies_takes_the_process_along() -> None:
    script = (
        "import sys\nfrom pathlib import Path\nfrom motcua.vision.analysis import Analysis\n"
        "from tests.waiting import wait_until\n"
        "analysis = Analysis(Path(sys.argv[1]))\nanalysis.start()\n"
        "wait_until(analysis.is_ready)\n"
        "print(analysis.pid, flush=True)\nsys.stdin.read()\n"
    )
    with subprocess.Popen(  # noqa: S603
        [sys.executable, "-c", script, str(require_model())], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as owner:
        assert owner.stdout
        pid = int(owner.stdout.readline())
        owner.kill()
    wait_until(lambda: not Path(f"/proc/{pid}/stat").exists())


@pytest.mark.parametrize(
    ("content", "words"), [(bytes(MODEL_BYTES), "is damaged or another one"), (None, "There is no face model")]
)
def test_a_wrong_model_is_said_in_words(tmp_path: Path, content: bytes | None, words: str) -> None:
    require_model()
    path = tmp_path / "face_landmarker.task"
    if content is not None:
        path.write_bytes(content)
    analysis = Analysis(path)
    analysis.start()
    wait_until(lambda: not analysis.is_alive())
    assert words in str(analysis.problem)
    analysis.stop()


def test_a_service_of_the_system_reads_faces_at_its_socket(tmp_path: Path) -> None:
    """As systemd does with Accept=yes and StandardInput=socket, here by `unshare` in place of PrivateNetwork=yes."""
    place, model = tmp_path / "camera.sock", require_model()
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(place))
        listener.listen()
        analysis = Analysis(tmp_path / "unused", service=place)
        analysis.start()
        connection, _address = listener.accept()
    command = ["unshare", "-rn", sys.executable, "-m", "motcua.vision.child", str(model)]
    with connection:
        child = subprocess.Popen(  # noqa: S603
            command, stdin=connection.fileno(), stdout=connection.fileno(), stderr=subprocess.DEVNULL
        )
    with child:
        analysis.submit(make_frame(load_portrait()))
        [frame] = take_all(analysis)
        assert analysis.isolation is Isolation.SYSTEMD
        assert frame.reading.reason is None
        analysis.stop()
    assert child.returncode == 0


def test_nobody_at_the_socket_is_an_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"No such file|Connection refused"):
        Analysis(tmp_path / "model", service=tmp_path / "camera.sock").start()


def test_it_writes_no_file(lasting: Analysis) -> None:
    limits = Path(f"/proc/{lasting.pid}/limits").read_text(encoding="ascii").splitlines()
    bounds = {line[:26].strip(): line[26:].split()[:2] for line in limits}
    assert bounds["Max file size"] == ["0", "0"]
    assert bounds["Max core file size"] == ["0", "0"]


def test_a_process_without_traces_gives_its_memory_to_no_collector_of_core_files() -> None:
    words = "leave_no_trace(); import ctypes; print(ctypes.CDLL(None).prctl(3))"  # PR_GET_DUMPABLE
    command = [sys.executable, "-c", f"from motcua.vision.no_traces import leave_no_trace; {words}"]
    asked = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=True)  # noqa: S603
    assert asked.stdout.strip() == "0"


def test_it_does_not_even_load_what_records_sound_or_draws(lasting: Analysis) -> None:
    libraries = Path(f"/proc/{lasting.pid}/maps").read_text(encoding="utf-8")
    assert "mediapipe" in libraries
    assert [name for name in ("portaudio", "matplotlib") if name in libraries] == []


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_no_system_call_reaches_for_another_computer_and_no_memory_is_left(tmp_path: Path) -> None:
    calls = tmp_path / "calls"
    command = [
        "strace",
        "-f",
        "-o",
        str(calls),
        "-e",
        "trace=connect,sendto,sendmsg,openat,creat,prctl",
        sys.executable,
    ]
    with subprocess.Popen(  # noqa: S603
        [*command, "-m", "motcua.vision.child", str(require_model())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},  # else Python keeps what nobody has compiled before
    ) as child:
        answer = child.communicate(timeout=PATIENCE_S)[0]
    assert b"namespace" in answer
    lines = calls.read_text(encoding="utf-8", errors="replace").splitlines()
    assert [line for line in lines if "AF_INET" in line and "127.0.0.1" not in line] == []
    written = [line for line in lines if "O_CREAT" in line and "= -1" not in line and "/dev/" not in line]
    assert written == []
    assert [line for line in lines if "PR_SET_DUMPABLE" in line and line.endswith("= 0")]
