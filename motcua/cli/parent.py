"""Lets a program end with the one that started it, however that one ended: its end of a pipe closes in any case."""

import os
import signal
import threading

CHUNK = 4096


def exit_with_parent() -> None:
    """From now on, end as on SIGTERM when standard input ends."""
    threading.Thread(target=_wait, name="parent", daemon=True).start()


def _wait() -> None:
    try:
        while os.read(0, CHUNK):  # not sys.stdin: its lock, held here, would trouble the interpreter's end
            pass
    except OSError:
        pass
    os.kill(os.getpid(), signal.SIGTERM)
