"""Emulators as programs, and the watched demo's hall: real papers from the real agent, faults from the page, nothing
left behind.
"""

import http.client
import json
import os
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import serial

from tests.server.demo_days import DAY_S
from tests.server.programs import ENGLISH, ROOT, command
from tests.waiting import PATIENCE_S, wait_until

pytestmark = pytest.mark.process


@contextmanager
def running(*words: object) -> Iterator["subprocess.Popen[str]"]:
    """Run a command until the block ends, or kill it then."""
    process = subprocess.Popen(  # noqa: S603 -- our own program
        [sys.executable, "-m", "motcua", *map(str, words)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=ENGLISH,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            if stream is not None:
                stream.close()


def first_line(process: "subprocess.Popen[str]") -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("ready "), process.communicate()
    return line.removeprefix("ready ").strip()


def ask(url: str, path: str, body: object = None) -> Any:
    connection = http.client.HTTPConnection(url.removeprefix("http://").strip("/"), timeout=PATIENCE_S)
    try:
        content = None if body is None else json.dumps(body)
        connection.request("GET" if body is None else "POST", path, content, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        found = json.loads(answer.read())
        assert answer.status == 200, found
        return found
    finally:
        connection.close()


def device(page: str, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(item for item in ask(page, "/devices?lang=en")["devices"] if item["name"] == name)
    return found


def mentioning(text: str) -> list[int]:
    """Return the processes whose command line holds `text`."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            if entry.name.isdecimal() and text in (entry / "cmdline").read_text():
                found.append(int(entry.name))
        except OSError:
            pass
    return found


def require_programs(folder: Path) -> None:
    """Wait until the hall, its emulators and its agent run: a helper has the name of the hall until it is another
    program.
    """
    wait_until(lambda: len(mentioning(str(folder))) == 3)


def test_one_emulator_says_its_address_and_its_entry_and_its_page_presses_keys(tmp_path: Path) -> None:
    link = tmp_path / "keypad"
    with running(
        "devices", "emulate", "keypad", "--name", "ban-phim-3", "--counter", 3, "--link", link, "--page", 0
    ) as process:
        assert first_line(process) == str(link)
        assert process.stdout is not None
        page = process.stdout.readline().removeprefix("# ").strip()
        entry = "".join(iter(process.stdout.readline, "\n"))
        assert tomllib.loads(entry) == {
            "device": [
                {
                    "name": "ban-phim-3",
                    "kind": "keypad",
                    "driver": "serial",
                    "port": str(link),
                    "profile": "ascii",
                    "counter": 3,
                }
            ]
        }
        with serial.Serial(str(link), 9600, timeout=PATIENCE_S, exclusive=True) as line:
            wait_until(lambda: bool(device(page, "ban-phim-3")["state"]["heard"]))
            ask(page, "/devices/ban-phim-3", {"do": "next"})
            assert line.readline().endswith(b"NEXT\r\n")
        process.terminate()
        out, aside = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, out) == (0, "")
    assert "ban-phim-3 < next" in aside.splitlines()
    assert "ban-phim-3 text: next" in aside.splitlines()
    assert not os.path.lexists(link)


def test_a_hall_writes_what_an_agent_needs_and_ends_with_its_standard_input(tmp_path: Path) -> None:
    with running(
        "--until-eof", "devices", "emulate", "hall", "--counters", 2, "--folder", tmp_path, "--page", 0
    ) as process:
        page = first_line(process)
        entries = tomllib.loads((tmp_path / "agent.toml").read_text())["device"]
        shown = ask(page, "/devices?lang=vi")["devices"]
        without_a_port = ["loa", "may-quet-giay-to"]
        assert [entry["name"] for entry in entries] == [item["name"] for item in shown] + without_a_port
        assert [entry["kind"] for entry in entries] == [
            "printer", "scanner", *["sign", "keypad", "pad"] * 2, "speaker", "document_scanner",
        ]  # fmt: skip
        assert sorted(path.name for path in (tmp_path / "cong").iterdir()) == sorted(
            entry["name"] for entry in entries[1:-2]
        )
        assert process.stdin is not None
        process.stdin.close()
        assert process.wait(PATIENCE_S) == 0
    assert list((tmp_path / "cong").iterdir()) == []


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (["toaster"], 2, "toaster"),
        (["keypad", "--counter", "0"], 1, "--counter"),
        (["keypad", "--name", "Bàn phím"], 1, "--name"),
        (["keypad", "--profile", "nothing"], 1, "nothing"),
        (["pad", "--baud", "1"], 1, "--baud"),
        (["hall", "--counters", "0"], 1, "--counters"),
        (["hall", "--set", "nowhere.toml"], 1, "nowhere.toml"),
        (["camera", "--pictures", "nowhere"], 1, "nowhere"),
        (["printer", "--port", "99999"], 2, "--port"),
    ],
)
def test_wrong_wishes_are_named(words: list[str], code: int, told: str, tmp_path: Path) -> None:
    more = ["--folder", tmp_path] if words[0] == "hall" else []
    ended = command("devices", "emulate", *words, *more)
    assert (ended.returncode, ended.stdout) == (code, "")
    assert told in ended.stderr.splitlines()[-1]


def test_a_watched_halls_devices_work_break_mend_and_end_with_it(tmp_path: Path) -> None:
    folder = tmp_path / "hall"
    with running("demo", "--speed", 200, "--port", 0, "--data", folder) as process:
        home = first_line(process)
        assert process.stdout is not None
        lines = [process.stdout.readline().strip() for _ in range(12)]
        page = lines[lines.index("The hall's devices, to use and to break:") + 1]
        connection = http.client.HTTPConnection(home.removeprefix("http://"), timeout=PATIENCE_S)
        connection.request("GET", "/")
        assert f'href="{page}"' in connection.getresponse().read().decode()
        connection.close()
        wait_until(lambda: bool(device(page, "may-in")["state"]["papers"] >= 3), DAY_S)
        wait_until(
            lambda: any(device(page, f"bang-so-{counter}")["state"]["text"].strip(" -") for counter in (1, 2, 3)),
            DAY_S,
        )
        wait_until(lambda: any(device(page, f"ban-danh-gia-{counter}")["state"]["lit"] for counter in (1, 2, 3)), DAY_S)
        ask(page, "/devices/may-in", {"do": "paper_out"})
        assert device(page, "may-in")["fault"] == "Out of paper"
        ask(page, "/devices/may-in", {"do": "mend"})
        papers = device(page, "may-in")["state"]["papers"]
        wait_until(lambda: bool(device(page, "may-in")["state"]["papers"] > papers), DAY_S)
        require_programs(folder)
        process.send_signal(signal.SIGTERM)
        _out, aside = process.communicate(timeout=PATIENCE_S)
        told = [line for line in aside.splitlines() if "motcua.run.voicing" not in line]
        assert (process.returncode, told) == (0, [])
    assert mentioning(str(folder)) == []
    assert "Traceback" not in (folder / "devices" / "agent.log").read_text()
    assert "Traceback" not in (folder / "devices" / "emulators.log").read_text()


def test_a_killed_demo_leaves_no_program_behind(tmp_path: Path) -> None:
    folder = tmp_path / "hall"
    with running("demo", "--speed", 60, "--port", 0, "--data", folder) as process:
        first_line(process)
        require_programs(folder)
        process.kill()
        process.wait()
        wait_until(lambda: mentioning(str(folder)) == [])
