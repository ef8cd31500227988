"""Ends this program when its parent ends. The parent's end of the pipe closes in any case."""

import os
import signal
import threading

CHUNK = 4096


def exit_with_parent() -> None:
    """Exit as on SIGTERM when standard input ends."""
    threading.Thread(target=_wait, name="parent", daemon=True).start()


def _wait() -> None:
    try:
        while os.read(0, CHUNK):  # not sys.stdin: its lock, held here, would trouble the interpreter's end
            pass
    except OSError:
        pass
    os.kill(os.getpid(), signal.SIGTERM)
