"""A desk that is killed in the middle of its work loses nothing that it answered, and does nothing twice."""

import os
import shutil
import tempfile
from pathlib import Path

import pytest

from tests.run_folder import MEMORY
from tests.torture.kill import torture

pytestmark = pytest.mark.process

ROUNDS = 3
"""A kill falls anywhere between two answers each time; `make bench` does it fifty times."""


def test_kill_minus_nine_loses_nothing_and_doubles_nothing() -> None:
    seed = int(os.environ.get("MOTCUA_SEED", "0")) or int.from_bytes(os.urandom(4))
    folder = Path(tempfile.mkdtemp(prefix="motcua-kill-", dir=MEMORY))
    found = torture(folder, ROUNDS, seed)
    assert found.kills == ROUNDS
    assert found.answered > ROUNDS * 20
    shutil.rmtree(folder)
