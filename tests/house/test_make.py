"""Which Python `make setup` takes, and which ones `.ci/run` tries: with stand-ins on the path that work, or only
have the name.
"""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import motcua

pytestmark = pytest.mark.process
ROOT = Path(motcua.__file__).parents[1]
WORKS = (
    f'case "$1 $2" in "-m venv") mkdir -p "$3/bin"; ln -sf "$0" "$3/bin/python";; *) exec "{sys.executable}" '
    '"$@";; esac'
)
SHIM = 'echo "no such version" >&2; exit 127'
"""What a version manager leaves on the path for a version that is not switched on."""
BARE = f'case "$2" in *ensurepip*) exit 1;; *) exec "{sys.executable}" "$@";; esac'
"""Debian's Python without the package python3-venv."""
TOO_NEW = 'case "$2" in *version_info*) exit 1;; *) exit 0;; esac'
NAMES = ("python3", "python3.11", "python3.12", "python3.13", "python3.14")
TOOLS = {"tesseract": "echo vie", "ldconfig": "echo libportaudio.so", "apt-get": "exit 0", "sudo": "exit 0"}
OTHERS = ("chromium", "chromium-headless-shell", "espeak-ng", "aplay", "mosquitto")


def put(folder: Path, name: str, script: str) -> None:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    file.chmod(0o755)


@pytest.fixture
def tools(tmp_path: Path) -> Path:
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in NAMES:
        put(folder, name, SHIM)
    return folder


def ran(command: list[str], folder: Path, tools: Path) -> "subprocess.CompletedProcess[str]":
    environment = {"PATH": f"{tools}:/usr/bin:/bin", "HOME": str(folder), "LC_ALL": "C.UTF-8"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)  # noqa: S603


def chosen(folder: Path, tools: Path, *more: str) -> str:
    """Return the name of the Python that a place to work in is made with, else what is said on stderr."""
    shutil.copy(ROOT / "Makefile", folder)
    done = ran(["make", "--silent", ".venv/bin/python", *more], folder, tools)
    place = folder / ".venv" / "bin" / "python"
    return place.readlink().name if done.returncode == 0 else done.stderr


@pytest.mark.parametrize(
    ("scripts", "name"),
    [
        ({"python3": WORKS, "python3.13": WORKS}, "python3"),
        ({"python3.12": WORKS, "python3.11": WORKS}, "python3.12"),
        ({"python3": TOO_NEW, "python3.13": WORKS}, "python3.13"),
        ({"python3": BARE, "python3.11": WORKS}, "python3.11"),
    ],
)
def test_a_python_that_runs_is_taken(tmp_path: Path, tools: Path, scripts: dict[str, str], name: str) -> None:
    for python, script in scripts.items():
        put(tools, python, script)
    assert chosen(tmp_path, tools) == name


@pytest.mark.parametrize(
    ("script", "advice"),
    [
        (SHIM, "Python 3.11, 3.12 or 3.13 is needed"),
        (TOO_NEW, "Python 3.11, 3.12 or 3.13 is needed"),
        (BARE, "apt install python3-venv"),
    ],
)
def test_without_one_it_is_said_what_to_install(tmp_path: Path, tools: Path, script: str, advice: str) -> None:
    put(tools, "python3", script)
    put(tools, "python3.14", WORKS)
    assert advice in chosen(tmp_path, tools)
    assert not (tmp_path / ".venv").exists()


def test_a_python_that_somebody_names_is_taken_or_nothing(tmp_path: Path, tools: Path) -> None:
    put(tools, "python3.11", WORKS)
    put(tools, "python3.12", WORKS)
    assert "is needed" in chosen(tmp_path, tools, "PYTHON=python3.13")
    assert chosen(tmp_path, tools, "PYTHON=python3.11") == "python3.11"


def test_a_place_to_work_in_that_is_broken_is_made_anew(tmp_path: Path, tools: Path) -> None:
    (tmp_path / ".venv" / "bin").mkdir(parents=True)
    (tmp_path / ".venv" / "bin" / "python").symlink_to("/of/a/system/that/was/upgraded/python3.9")
    put(tools, "python3", WORKS)
    assert chosen(tmp_path, tools) == "python3"


def test_every_python_that_runs_is_tried_before_a_change_lands(tmp_path: Path, tools: Path) -> None:
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "run", tmp_path / ".ci")
    main = f"3.{sys.version_info.minor}"
    others = [version for version in ("3.11", "3.12", "3.13") if version != main]
    for name, script in {
        **TOOLS,
        **dict.fromkeys(OTHERS, "exit 0"),
        "python3": WORKS,
        f"python{others[0]}": WORKS,
    }.items():
        put(tools, name, script)
    put(tools, "make", f'echo "make $*" "CI=$CI"; mkdir -p .venv/bin; ln -sf "{sys.executable}" .venv/bin/python')
    done = ran(["bash", ".ci/run"], tmp_path, tools)
    assert done.returncode == 0, done.stderr
    assert [line for line in done.stdout.splitlines() if line.startswith("make")] == [
        "make test CI=true",
        f"make test-fast PYTHON=python{others[0]} VENV=.venv-{others[0]} CI=true",
    ]
    end = f"The fast part passed under Python {main}, {others[0]}. Not on this machine: {others[1]}."
    assert done.stdout.splitlines()[-1] == end


@pytest.mark.parametrize(
    ("chosen_before", "words", "installs"),
    [(False, (), True), (False, ("CAMERA=no",), False), (True, (), False), (True, ("CAMERA=yes",), True)],
)
def test_the_cameras_libraries_come_along_unless_somebody_says_no_once(
    tmp_path: Path, tools: Path, chosen_before: bool, words: tuple[str, ...], installs: bool
) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path)
    names = ("pyproject.toml", "requirements-dev.txt", "requirements-camera.txt", "package.json", "package-lock.json")
    for name in (*names, "hatch_build.py"):
        (tmp_path / name).touch()
    put(tools, "python3", WORKS)
    if chosen_before:
        (tmp_path / ".venv" / "bin").mkdir(parents=True)
        (tmp_path / ".venv" / "bin" / "python").symlink_to(sys.executable)
        (tmp_path / ".venv" / ".without-camera").touch()
    done = ran(["make", "--dry-run", "setup", *words], tmp_path, tools)
    assert done.returncode == 0, done.stderr
    assert ("-r requirements-camera.txt" in done.stdout) == installs


def test_what_the_camera_needs_is_not_taken_away_with_what_is_no_longer_locked() -> None:
    """A package that leaves the lock of the tools may still be one of the camera's, as numpy is."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    assert "cat requirements-dev.txt requirements-camera.txt > $(VENV)/wanted.txt" in makefile
