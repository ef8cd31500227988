"""`motcua check`: the same lines whether the desk runs or not, and exit 1 when something is down."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.server.hall import Served, fresh_folder
from tests.server.programs import command
from tests.server.screen import Screen


def lines(folder: Path) -> tuple[int, list[dict[str, Any]]]:
    ended = command("check", "--data", folder, "--json")
    return ended.returncode, [json.loads(line) for line in ended.stdout.splitlines()]


@pytest.mark.process
def test_every_invariant_and_device_has_a_line_and_one_that_is_down_is_said_by_the_exit_code() -> None:
    with fresh_folder() as folder:
        code, asleep = lines(folder)
        assert (code, [line["what"] for line in asleep]) == (
            0,
            ["journal", "clock", "disk", "backup", "digests", "voice", "smile"],
        )
        served = Served(folder)
        agent = Screen(served.port, "/agent", {"token": served.token("agent")})
        assert agent.emit("devices", {"devices": [{"name": "may-in", "kind": "printer"}]})["ok"]
        assert agent.emit("health", {"devices": {"may-in": {"state": "ok"}}})["ok"]
        code, running = lines(folder)
        assert (code, [(line["what"], line["name"], line["state"]) for line in running[7:]]) == (
            0,
            [("address", "", "ok"), ("agent", "agent", "ok"), ("printer", "may-in", "ok")],
        )
        assert agent.emit("health", {"devices": {"may-in": {"state": "down", "problem": "paper_out"}}})["ok"]
        ended = command("check", "--data", folder)
        assert (ended.returncode, ended.stdout.splitlines()[-1]) == (1, "[ X] Printer may-in: paper_out")
        agent.close()
        served.close()
        code, after = lines(folder)
        assert (code, after[7:]) == (
            0,
            [{"what": "printer", "name": "may-in", "state": "unknown", "detail": "the server is not running"}],
        )


def test_a_folder_without_a_desk_is_named(tmp_path: Path) -> None:
    ended = command("check", "--data", tmp_path)
    assert (ended.returncode, ended.stdout, str(tmp_path) in ended.stderr) == (1, "", True)
