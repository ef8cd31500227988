"""Ends this program when its parent ends. The parent's end of the pipe closes in any case."""

import os
import signal
import sys
from _thread import start_new_thread
from typing import Any

CHUNK = 4096


def exit_with_parent() -> None:
    """Exit as on SIGTERM when standard input ends."""
    gevent: Any = sys.modules.get("gevent.monkey")  # there where a desk is served, and then its threads are none
    start = gevent.get_original("_thread", "start_new_thread") if gevent else start_new_thread
    start(_wait, ())


def _wait() -> None:
    try:
        while os.read(0, CHUNK):  # not sys.stdin: its lock, held here, would trouble the interpreter's end
            pass
    except OSError:
        pass
    os.kill(os.getpid(), signal.SIGTERM)
