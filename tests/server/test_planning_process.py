"""Long computations beside the serving loop: a helper process that answers, fails and ends in good order; the
textbook command.
"""

import json
import subprocess
import sys

import pytest

from tests.server.programs import ENGLISH, ROOT, command, motcua
from tests.waiting import PATIENCE_S

pytestmark = pytest.mark.process
FIVE = [300_000] * 100
GIVEN = {
    "guard": [2, 1_200_000], "stations": [[1, ["copy"], [], 0, None, 0]], "waiting": [["t1", "copy", 4, -1, 1, -1,
    False, None]],
    "work": {"copy": FIVE}, "coming": [], "reactions": [0], "asked": [["copy", 4]], "seed": 1, "levels": [0.5, 0.8],
}  # fmt: skip
QUEUE = ("--servers", 2, "--utilisation", 0.6, "--mean-service-min", 6, "--runs", 8, "--seed", 4)


def answers(*asked: str) -> list[object]:
    """Return what a helper process says to each line; it ends by itself when nothing more comes."""
    done = subprocess.run(
        [sys.executable, "-m", "motcua.run.child"], input="".join(f"{line}\n" for line in asked), capture_output=True,
        text=True,
        timeout=PATIENCE_S, cwd=ROOT, env=ENGLISH, check=True,
    )  # fmt: skip
    assert done.stderr == ""
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_a_helper_process_answers_line_by_line_and_outlives_a_question_it_cannot_answer() -> None:
    good = json.dumps({"task": "estimate", "given": GIVEN})
    bad = json.dumps({"task": "estimate", "given": {}})
    unknown = json.dumps({"task": "dream", "given": {}})
    said = {"result": {"ranges": [["copy", 4, 300, 300]], "tickets": {"t1": [0, 0]}}}
    assert answers(good, bad, unknown, good) == [
        said,
        {"failed": "KeyError: 'guard'"},
        {"failed": "KeyError: 'dream'"},
        said,
    ]


def test_the_textbook_command_answers_one_object() -> None:
    done = command("simulate", *QUEUE, "--priority-share", 0.25, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    found = json.loads(done.stdout)
    assert sorted(found) == ["by_class", "mean_wait_min", "runs", "sd_wait_min"]
    assert found["runs"] == 8
    assert {name: sorted(figures) for name, figures in found["by_class"].items()} == {
        "priority": ["mean_wait_min", "sd_wait_min"],
        "ordinary": ["mean_wait_min", "sd_wait_min"],
    }
    assert (
        1
        < found["by_class"]["priority"]["mean_wait_min"]
        < found["mean_wait_min"]
        < found["by_class"]["ordinary"]["mean_wait_min"]
    )
    assert command("simulate", *QUEUE, "--priority-share", 0.25, "--json").stdout == done.stdout


def test_the_textbook_command_shows_the_formula_beside_the_simulation() -> None:
    done = motcua("simulate", *QUEUE)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0].startswith("everybody: mean wait 3.")
    assert done.stdout.splitlines()[0].endswith("by the formula 3.375 min")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (("--utilisation", 1), "The utilisation must be between 0 and 1: at 1 the queue grows without end."),
        (("--servers", 0), "There are 1 to 1000 servers."),
        (("--runs", 1), "There are 2 to 1000000 runs."),
        (("--priority-share", 2), "The share of priority must be between 0 and 1."),
    ],
)
def test_the_textbook_command_says_what_cannot_be_simulated(wrong: tuple[str, object], said: str) -> None:
    done = command("simulate", *QUEUE, *wrong, "--json")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", f"{said}\n")
