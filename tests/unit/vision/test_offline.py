"""mediapipe phones home by itself, and here it cannot: with a control that shows what it does when nobody stops it."""

import ast
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from motcua.vision import offline
from motcua.vision.detector import Detector, load_cv2
from motcua.vision.errors import ExtraMissingError
from motcua.vision.model_file import ENVIRONMENT
from tests.face_model import require_model
from tests.house.sources import PACKAGE, list_modules, nodes_of
from tests.waiting import PATIENCE_S

MARKER = b"nothing else came\n"
UNGUARDED = """
import sys
from mediapipe.tasks.python import BaseOptions, vision
base = BaseOptions(model_asset_path=sys.argv[1])
vision.FaceLandmarker.create_from_options(vision.FaceLandmarkerOptions(base_options=base)).close()
"""
GUARDED = """
import sys
from pathlib import Path
from motcua.vision.detector import Detector
Detector(Path(sys.argv[1])).close()
"""
ALL_AT_ONCE = """
import sys
from pathlib import Path
from motcua.vision.analysis import Analysis
from motcua.vision.detector import Detector
from tests.faces import make_blank
from tests.waiting import wait_until
with Detector(Path(sys.argv[1])):
    analysis = Analysis(Path(sys.argv[1]))
    analysis.start()
    analysis.submit(make_blank())
    wait_until(lambda: not analysis.is_busy())
    print(len(analysis.take()))
    analysis.stop()
"""
MEDIAPIPE = {"vision/offline.py"}
CV2 = {"vision/detector.py"}
"""Which files may import the camera's libraries. What captures does so under devices/camera/."""


@pytest.fixture
def proxy() -> Iterator[socket.socket]:
    """A listener of this computer where a proxy might be."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


def run_with(proxy: socket.socket, script: str) -> None:
    """Run a program whose environment names the proxy in every way that there is, and no exception but a trap."""
    address = f"http://127.0.0.1:{proxy.getsockname()[1]}"
    environment = os.environ | {"https_proxy": address, "HTTPS_PROXY": address, "ALL_PROXY": address}
    command = [sys.executable, "-c", script, str(require_model())]
    subprocess.run(command, check=True, env=environment, stderr=subprocess.DEVNULL, timeout=PATIENCE_S)  # noqa: S603


def hear_first_line(proxy: socket.socket) -> bytes:
    connection, _address = proxy.accept()
    with connection:
        return connection.makefile("rb").readline()


@pytest.mark.process
def test_the_library_phones_home_when_nobody_stops_it(proxy: socket.socket) -> None:
    run_with(proxy, UNGUARDED)
    assert hear_first_line(proxy) == b"CONNECT play.googleapis.com:443 HTTP/1.1\r\n"


@pytest.mark.process
@pytest.mark.parametrize("no_proxy", ["", "*"])
def test_the_library_as_it_is_imported_here_reaches_nobody(
    proxy: socket.socket, no_proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if no_proxy:
        monkeypatch.setenv("no_proxy", no_proxy)
        monkeypatch.setenv("NO_PROXY", no_proxy)
    run_with(proxy, GUARDED)
    with socket.create_connection(proxy.getsockname()) as last:
        last.sendall(MARKER)
    assert hear_first_line(proxy) == MARKER


@pytest.mark.process
def test_an_owner_that_has_the_model_itself_can_start_the_analysis(proxy: socket.socket) -> None:
    """A forked child would hang for ever."""
    address = f"http://127.0.0.1:{proxy.getsockname()[1]}"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", ALL_AT_ONCE, str(require_model())],
        check=True,
        env=os.environ | {"https_proxy": address},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=PATIENCE_S,
    )
    assert done.stdout == b"1\n"


def test_the_way_out_is_shut_and_the_cameras_way_stays() -> None:
    environment = {"http_proxy": "http://proxy:3128", "no_proxy": "*", "NO_PROXY": "*", "HOME": "/home/x"}
    offline.close_proxies(environment)
    assert environment == {
        "http_proxy": "http://proxy:3128",
        "HOME": "/home/x",
        **dict.fromkeys(("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"), "http://127.0.0.1:9"),
    }


@pytest.mark.thorough
def test_one_file_imports_mediapipe_and_those_named_here_opencv() -> None:
    users: dict[str, set[str]] = {"mediapipe": set(), "cv2": set()}
    for path in list_modules():
        for node in nodes_of(path):
            for name in _list_imported(node):
                if name.partition(".")[0] in users:
                    users[name.partition(".")[0]].add(path.relative_to(PACKAGE).as_posix())
    assert users["mediapipe"] == MEDIAPIPE
    assert {file for file in users["cv2"] if not file.startswith("devices/camera/")} == CV2


def _list_imported(node: ast.AST) -> list[str]:
    """Return the modules that a statement or a call of `import_module` names."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "import_module" and node.args:
        return [str(node.args[0].value)] if isinstance(node.args[0], ast.Constant) else []
    return []


def test_no_process_is_forked_where_the_model_is() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in (PACKAGE / "vision").glob("*.py"))
    assert [word for word in ("os.fork", "multiprocessing", "shared_memory") if word in text] == []


def test_without_the_extra_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in offline.PROXIES:
        monkeypatch.setenv(name, "")  # put back afterwards, which the import changes
    monkeypatch.setitem(sys.modules, "mediapipe", None)
    monkeypatch.setitem(sys.modules, "cv2", None)
    for load in (offline.load_mediapipe, load_cv2):
        with pytest.raises(ExtraMissingError, match="make setup"):
            load()
    if model := os.environ.get(ENVIRONMENT):
        with pytest.raises(ExtraMissingError):
            Detector(Path(model))
