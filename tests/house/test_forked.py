"""What processes are forked from outlives whoever asked it for one."""

import json
import os
import socket
from pathlib import Path

import pytest

from tests.forked import prepare

pytestmark = pytest.mark.process


def ask() -> socket.socket:
    """Ask for a process that ends at once; the answer is not read yet."""
    line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    line.connect(str(prepare("computing")))
    end, told = os.pipe()
    os.close(end)
    asked = {"program": "motcua.run.child", "words": [], "environment": dict(os.environ)}
    with Path(os.devnull).open("r+b") as nothing:
        socket.send_fds(line, [json.dumps(asked).encode()], [nothing.fileno()] * 3 + [told])
    os.close(told)
    return line


def test_who_leaves_before_the_answer_ends_nothing_for_the_others() -> None:
    for _ in range(3):
        ask().close()
    with ask() as line:
        assert int(line.recv(32)) > 0
