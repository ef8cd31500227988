"""A process without a network: what looks at faces runs in an empty network namespace, so nothing can leave it.

Linux only. `python -m motcua.vision.isolation` tries it in a process of its own and prints what came of it.
"""

import ctypes
import errno
import os
import socket
import subprocess
import sys
from enum import StrEnum

from motcua.typed.sentences import mark
from motcua.vision.errors import IsolationError

CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000
LOOPBACK = "lo"
CLOSED = ("127.0.0.1", 9)
TRIAL_S = 60


class Isolation(StrEnum):
    """What keeps the analysis from the network."""

    NAMESPACE = "namespace"
    SYSTEMD = "systemd"
    PROXY = "proxy"


WORDS = {
    Isolation.NAMESPACE: mark("Faces are read in a process without a network."),
    Isolation.SYSTEMD: mark("Faces are read in a process that was started without a network."),
    Isolation.PROXY: mark(
        "This system cannot take the network from one process. Block the analysis in the firewall: docs/OPERATIONS.md."
    ),
}
REFUSED = mark(
    "This system does not let a process give up its network (%(problem)s), so the camera stays off. "
    "docs/OPERATIONS.md says how to allow it."
)


def enter_isolation() -> Isolation:
    """Give up the network, for this process and all that it starts. Call it before any thread is begun.

    Raises `IsolationError` where Linux refuses; other systems have no such place and answer `PROXY`.
    """
    if sys.platform != "linux":
        return Isolation.PROXY
    if is_offline():
        return Isolation.SYSTEMD
    ways = [CLONE_NEWUSER | CLONE_NEWNET, CLONE_NEWNET]
    if os.geteuid() == 0:
        ways.reverse()  # in a user namespace root could no longer read other people's files
    failures: list[int] = []
    for flags in ways:
        if not (number := _unshare(flags)):
            break
        failures.append(number)
    if len(failures) == len(ways) or not is_offline() or _has_way():
        reasons = [number for number in failures if number != errno.EPERM]  # which anybody hears without the right
        raise IsolationError(REFUSED, problem=os.strerror(reasons[0] if reasons else errno.EPERM))
    return Isolation.NAMESPACE


def is_offline() -> bool:
    """Say whether this process has no interface but the loopback one, so that no other computer can be reached."""
    return all(name == LOOPBACK for _index, name in socket.if_nameindex())


def check_isolation() -> Isolation:
    """Try it in a process of its own and return what keeps it from the network. Raises `IsolationError`."""
    try:
        trial = subprocess.run(  # noqa: S603 -- this Python and this module
            [sys.executable, "-m", __name__],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TRIAL_S,
            check=False,
            text=True,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise IsolationError(REFUSED, problem=type(error).__name__) from error
    answer = trial.stdout.strip()
    if trial.returncode or answer not in set(Isolation):
        raise IsolationError(REFUSED, problem=answer or os.strerror(errno.EPERM))
    return Isolation(answer)


def _unshare(flags: int) -> int:
    """Return 0, or the number of the system's error. `os.unshare` came with Python 3.12."""
    library = ctypes.CDLL(None, use_errno=True)
    return ctypes.get_errno() if library.unshare(ctypes.c_int(flags)) else 0


def _has_way() -> bool:
    """Say whether even this computer's own addresses can be reached: not where the loopback interface is down."""
    with socket.socket() as probe:
        return probe.connect_ex(CLOSED) != errno.ENETUNREACH


def main() -> int:
    """Print what keeps this process from the network, or the system's reason against it."""
    try:
        print(enter_isolation())
    except IsolationError as error:
        print(error.params["problem"])
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
