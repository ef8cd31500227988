"""python-escpos is let in without what its import does beside."""

import subprocess
import sys
from pathlib import Path

import pytest

from motcua.devices.printer.machines import MARKS, OWN, Machine, find_machine

LOOK = """
import logging, pathlib, tempfile
from motcua.devices.printer.library import build_pen, list_models
assert "POS-5890" in list_models() and build_pen().output == b""
print(logging.getLogger().handlers, logging.getLogger().level, list(pathlib.Path(tempfile.gettempdir()).iterdir()))
"""


@pytest.mark.process
def test_its_import_leaves_logging_and_temporary_files_alone(tmp_path: Path) -> None:
    environment = {"TMPDIR": str(tmp_path), "PATH": ""}
    command = [sys.executable, "-W", "error", "-c", LOOK]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603 -- our own program
    assert (done.stdout, done.stderr) == ("[] 30 []\n", "")


def test_what_a_model_can_do_is_known_by_its_name() -> None:
    assert find_machine("TM-T20II") == Machine(576, "part", draws_codes=True, confirm="mark")
    assert find_machine("TM-T88V").dots == 512
    assert find_machine("POS-5890") == Machine(384, "none", draws_codes=False, confirm="paper")
    assert find_machine("58mm") == OWN["58mm"]
    assert all(find_machine(name).confirm == "mark" for name in MARKS)
