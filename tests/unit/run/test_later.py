import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from motcua.run.later import SOCKET_CLIENTS

NEEDLESS = {
    "PIL", "argon2", "asyncio", "cryptography", "email.mime", "escpos", "flask.testing", "holidays", "http.cookiejar",
    "multiprocessing", "paho", "pdb", "pymodbus", "requests.sessions", "segno", "serial", "smtplib",
    "docx", "lxml", "socketio.async_server", "tomlkit", "typst", "unittest", "urllib3", "websocket._core", "xlsxwriter",
    "zxcvbn",
    "motcua.agent.run", "motcua.audit", "motcua.demo", "motcua.devices.printer", "motcua.planning.replay",
    "motcua.api.dossiers", "motcua.api.later_parts", "motcua.reports.officers.report", "motcua.reports.pdf",
    "motcua.reports.over_time.report", "motcua.screens.later_parts", "motcua.screens.settings", "urllib.request",
}  # fmt: skip
"""What a desk that has answered its first request has not imported: each costs a start's time, and memory all day."""
SERVED = """
import sys
from importlib.util import find_spec
from pathlib import Path
from motcua.run.patch import patch
patch()
from motcua.cli import commands, serve
from motcua.run.serving import DeskServer
import http.client
server = DeskServer(Path(sys.argv[1]), "127.0.0.1", 0, ticking=False)
connection = http.client.HTTPConnection("127.0.0.1", server.port)
connection.request("GET", "/api/v1/health")
print(connection.getresponse().status)
print(*(name for name, module in sys.modules.items() if type(module).__name__ != "LaterModule"))
server.stop()
"""


def run(code: str, *arguments: str) -> str:
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.process
def test_a_serving_desk_has_imported_only_what_serving_needs(tmp_path: Path) -> None:
    status, names = run(SERVED, str(tmp_path)).splitlines()
    assert status == "200"
    assert sorted(NEEDLESS & set(names.split())) == []


@pytest.mark.parametrize("name", SOCKET_CLIENTS)
def test_each_module_that_comes_later_exists_and_has_what_is_taken_from_it(name: str) -> None:
    """If one fails after an upgrade, that library changed: take the row out of `later.py` or correct it."""
    spec = find_spec(name)
    assert spec is not None
    source = Path(str(spec.origin)).read_text(encoding="utf-8")
    assert [
        part for part in SOCKET_CLIENTS[name] if f"class {part}" not in source and f"def {part}" not in source
    ] == []


@pytest.mark.process
def test_what_comes_later_works_when_it_is_used() -> None:
    code = """
from motcua.run.later import import_later
import_later()
import engineio, socketio, flask_socketio, requests, sys
assert "asyncio" not in sys.modules and "urllib3" not in sys.modules
print(type(socketio.AsyncServer(async_mode="asgi")).__name__)
client = socketio.Client()
try:
    client.connect("http://127.0.0.1:9", transports=["polling"])
except socketio.exceptions.ConnectionError as error:
    print("refused" in str(error))
import requests.adapters
print(requests.Session().__class__.__module__, requests.adapters.HTTPAdapter.__name__)
"""
    assert run(code).split() == ["AsyncServer", "True", "requests.sessions", "HTTPAdapter"]
