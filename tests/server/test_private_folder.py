"""Who may read a desk's folder: nobody else, even where the account's umask lets everybody, and an open one is
named.
"""

import json
import os
from pathlib import Path

import pytest

from motcua.agent.outbox import Outbox
from tests.server.hall import Served, fresh_folder
from tests.server.programs import command, motcua, said

pytestmark = pytest.mark.process
OF_THE_TEST = {"serve.out", "serve.err"}


def open_paths(folder: Path) -> list[str]:
    found = [path for path in (folder, *folder.rglob("*")) if path.name not in OF_THE_TEST]
    return [str(path) for path in found if path.stat().st_mode & 0o077]


def test_a_careless_umask_opens_nothing_of_a_desk_or_of_what_its_commands_write(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        folder = tmp_path / "desk"
        for words in (
            ("init", "--data", folder, "--always-open"),
            ("token", "add", "--data", folder, "--role", "kiosk"),
            ("config", "export", "--data", folder, folder / "settings.toml"),
            ("backup", "--data", folder, folder / "copy.zip"),
            ("restore", folder / "copy.zip", "--data", folder / "back"),
        ):
            ended = motcua(*words)
            assert ended.returncode == 0, ended.stderr
        served = Served(folder, contract=False)
        assert open_paths(folder) == []
        served.close()
        assert open_paths(folder) == []
    finally:
        os.umask(before)


def test_an_open_folder_is_closed_by_init_and_named_by_check_and_health() -> None:
    with fresh_folder() as folder:
        assert command("check", "--data", folder).returncode == 0
        folder.chmod(0o755)
        asleep = command("check", "--data", folder, "--json")
        line = next(line for line in map(json.loads, asleep.stdout.splitlines()) if line["what"] == "folder")
        assert (asleep.returncode, line["state"]) == (1, "down")
        assert f"chmod -R go= {folder}" in line["detail"]
        served = Served(folder, contract=False)
        try:
            awake = command("check", "--data", folder, "--json")
            assert (awake.returncode, '"what": "folder"' in awake.stdout) == (1, True)
            health = served.client().get("health").json
            assert [problem["code"] for problem in health["problems"] if problem["code"] == "folder.open"] == [
                "folder.open"
            ]
            assert health["checks"]["store"] == "degraded"
            folder.chmod(0o700)
            assert "folder.open" not in [problem["code"] for problem in served.client().get("health").json["problems"]]
        finally:
            served.close()


def test_init_closes_a_folder_that_was_open(tmp_path: Path) -> None:
    folder = tmp_path / "desk"
    folder.mkdir()
    folder.chmod(0o777)
    assert said(command("init", "--data", folder))[0] == 0
    assert open_paths(folder) == []


def test_an_agents_memory_is_its_own_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        memory = Outbox(tmp_path / "state")
        memory.close()
        assert open_paths(tmp_path / "state") == []
    finally:
        os.umask(before)
