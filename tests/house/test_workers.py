"""A run with workers says what a run without says, and what befell a worker."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import motcua
from tests.scheduling import LONG

pytestmark = pytest.mark.process
ROOT = Path(motcua.__file__).parents[1]
CONFTEST = """
import pytest
from tests import workers

def pytest_addoption(parser):
    parser.addoption("--workers", type=int, default=0)

def pytest_runtestloop(session):
    return workers.run(session, session.config.option.workers)

@pytest.fixture(scope="session")
def once():
    print("set up")
    yield
    with open("put-away", "a") as file:
        file.write("x")
"""
TESTS = {
    "test_good.py": "import pytest\n@pytest.mark.parametrize('n', range(40))\ndef test_it(n, once):\n    pass\n",
    "test_odd.py": """
import os, warnings, pytest

def test_fails(once, tmp_path):
    print("so it was printed")
    assert str(tmp_path) == "here"

@pytest.fixture
def broken():
    yield
    raise OSError("cannot be put away")

def test_breaks_afterwards(broken):
    pass

@pytest.mark.skip(reason="not today")
def test_is_skipped():
    pass

def test_warns():
    warnings.warn("take care")
""",
    "test_ends.py": """
import os

def test_goes_well_before():
    pass

def test_ends_its_process():
    os._exit(7)

def test_goes_well_after():
    pass
""",
}


def run(folder: Path, *words: str) -> list[str]:
    """Return the lines that a run of these tests prints."""
    for name, text in {"conftest.py": CONFTEST, "pytest.ini": "[pytest]\n", **TESTS}.items():
        (folder / name).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *words]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "200"}
    environment.pop("PYTHONWARNINGS", None)
    done = subprocess.run(  # noqa: S603 -- our own
        command, cwd=folder, capture_output=True, text=True, check=False, env=environment
    )
    return [*done.stdout.splitlines(), *done.stderr.splitlines()]


def end_of(lines: list[str]) -> str:
    """Return what the last line counts, without the time that it took."""
    return lines[-1].strip("= ").partition(" in ")[0]


def test_it_says_what_a_run_without_workers_says(tmp_path: Path) -> None:
    files = "test_good.py", "test_odd.py"
    alone, divided = run(tmp_path, *files), run(tmp_path, "--workers", "3", *files)
    assert end_of(divided) == end_of(alone) == "1 failed, 42 passed, 1 skipped, 1 warning, 1 error"
    assert "so it was printed" in divided
    assert [line for line in divided if line.startswith(("FAILED", "ERROR"))] == [
        line
        for line in divided
        if line.startswith(("FAILED test_odd.py::test_fails", "ERROR test_odd.py::test_breaks"))
    ]
    assert any("UserWarning: take care" in line for line in divided)


def test_what_a_session_makes_once_each_worker_puts_away(tmp_path: Path) -> None:
    run(tmp_path, "--workers", "2", "test_good.py", "test_odd.py")
    assert (tmp_path / "put-away").read_text() == "xx"


def test_the_end_of_a_worker_is_blamed_on_its_test_and_the_rest_is_run(tmp_path: Path) -> None:
    lines = run(tmp_path, "--workers", "2", "test_ends.py", "test_good.py")
    assert end_of(lines) == "1 failed, 42 passed"
    assert any("the worker that ran this test ended with 7" in line for line in lines)
    assert next(line for line in lines if line.startswith("FAILED")).startswith("FAILED test_ends.py::test_ends_its")


def test_it_stops_at_the_first_failure_if_it_shall(tmp_path: Path) -> None:
    lines = run(tmp_path, "--workers", "1", "-x", "test_odd.py", "test_good.py")
    assert end_of(lines).startswith("1 failed")
    assert "passed" not in end_of(lines)
    assert (tmp_path / "put-away").read_text() == "x"


def test_files_of_results_and_times_hold_every_step(tmp_path: Path) -> None:
    lines = run(tmp_path, "--workers", "2", "--junit-xml", "all.xml", "--durations", "0", "-vv", "test_good.py")
    assert (tmp_path / "all.xml").read_text(encoding="utf-8").count("<testcase ") == 40
    assert sum(" setup " in line for line in lines) == 40


def test_what_is_begun_first_is_there() -> None:
    for name in LONG:
        path, _, test = name.partition("::")
        assert (ROOT / path).exists(), name
        if test:
            assert f"def {test.partition('[')[0]}(" in (ROOT / path).read_text(encoding="utf-8"), name
