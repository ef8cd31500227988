"""A place without a network: taken, recognised, or refused by the system, each in a real process."""

import shutil
import subprocess
import sys

import pytest

from motcua.vision.errors import IsolationError
from motcua.vision.isolation import REFUSED, WORDS, Isolation, check_isolation, is_offline
from tests.waiting import PATIENCE_S

pytestmark = [
    pytest.mark.process,
    pytest.mark.skipif(sys.platform != "linux" or not shutil.which("unshare"), reason="needs Linux and unshare"),
]
TRIAL = [sys.executable, "-m", "motcua.vision.isolation"]


def run_trial(*before: str) -> tuple[int, str]:
    done = subprocess.run([*before, *TRIAL], capture_output=True, text=True, check=False, timeout=PATIENCE_S)  # noqa: S603
    return done.returncode, done.stdout.strip()


def test_a_process_gives_up_its_network() -> None:
    assert run_trial() == (0, "namespace")


def test_this_process_still_has_its_own() -> None:
    assert check_isolation() is Isolation.NAMESPACE
    assert not is_offline()


def test_a_process_that_was_started_without_a_network_is_recognised() -> None:
    """As systemd's PrivateNetwork=yes does it: nothing but the loopback interface, which is up."""
    assert run_trial("unshare", "-rn", "sh", "-c", 'ip link set lo up 2>/dev/null; exec "$@"', "-") == (0, "systemd")


@pytest.mark.parametrize("limit", ["max_net_namespaces", "max_user_namespaces"])
def test_a_system_that_refuses_is_named_with_its_reason(limit: str) -> None:
    """The outer place sets the limit for what is inside, as a container or an administrator does."""
    inside = 'echo 0 > "/proc/sys/user/$0" && exec setpriv --bounding-set=-all --inh-caps=-all "$@"'
    code, problem = run_trial("unshare", "-r", "sh", "-c", inside, limit)
    assert (code, problem) == (1, "No space left on device")


def test_every_outcome_has_its_words() -> None:
    assert WORDS.keys() == set(Isolation)
    assert "the camera stays off" in str(IsolationError(REFUSED, problem="Operation not permitted"))
