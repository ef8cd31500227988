"""The API as a stranger's tool sees it: whatever its description calls right or wrong is taken or refused as it
says.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.server.hall import Served, served

ROOT = Path(__file__).parents[2]
EXAMPLES = 2
"""Random requests an operation, beside those that cover its description: of one seed, so always the same ones."""


@pytest.fixture(scope="module")
def desk() -> Iterator[Served]:
    """Lend a desk of its own, as whatever the description allows is done to it."""
    with served() as made:
        yield made


def explore(desk: Served, folder: Path, phases: str, *more: str) -> str:
    """Return what schemathesis says of every operation, with the project's own configuration."""
    command = [
        str(Path(sys.executable).parent / "schemathesis"),
        "--config-file",
        str(ROOT / "schemathesis.toml"),
        "run",
    ]
    command += [
        f"http://127.0.0.1:{desk.port}/api/v1/openapi.json",
        "--phases",
        phases,
        "--seed",
        "1",
    ]
    command += ["--max-examples", str(EXAMPLES), "--continue-on-failure", "--no-color", *more]
    done = subprocess.run(  # noqa: S603 -- its own program
        command, cwd=folder, capture_output=True, text=True, check=False, env=os.environ | {"COLUMNS": "160"}
    )
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]
    return done.stdout


@pytest.mark.process
@pytest.mark.timeout(600)
def test_an_administrators_program_meets_nothing_that_the_description_does_not_say(
    desk: Served, tmp_path: Path
) -> None:
    said = explore(
        desk, tmp_path, "examples,coverage,fuzzing", "--header", f"Authorization: Bearer {desk.token('admin')}"
    )
    tested = re.search(r"Tested: (\d+)", said)
    operations = sum(len(item) for item in desk.contract.document["paths"].values()) if desk.contract else 0
    assert tested is not None
    assert int(tested[1]) == operations >= 60


@pytest.mark.process
@pytest.mark.timeout(600)
def test_a_stranger_is_turned_away_as_the_description_says(desk: Served, tmp_path: Path) -> None:
    # each of the thousands of requests that cover the description would be turned away at the same place
    assert re.search(r"Tested: \d\d", explore(desk, tmp_path, "examples,fuzzing"))
