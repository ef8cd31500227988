"""Runs programs of motcua in processes forked from one that has imported it already.

Started by `tests.forked`, ends with it.

What runs is the command itself, in a process with its own files, environment and signals; only the second of
importing is saved.
"""

import atexit
import contextlib
import gc
import importlib
import json
import os
import signal
import sys
import threading
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from os import fork, waitpid  # these names are bound before gevent puts its own in their place
from select import POLLIN, poll
from socket import recv_fds, socket
from typing import Any, NoReturn

LONGEST = 1 << 17
KINDS: dict[str, tuple[str, ...]] = {
    "serving": (
        "motcua.cli.commands", "motcua.cli.serve", "motcua.run.serving", "motcua.api.later_parts",
        "motcua.screens.later_parts", "engineio.async_drivers.gevent",
        "simple_websocket", "jinja2.ext", "segno", "zxcvbn", "argon2", "xml.sax.saxutils", "_strptime",
    ),
    "computing": ("motcua.run.child", "motcua.planning.estimate", "motcua.setup.drafts", "motcua.calls.clips"),
    "working": ("motcua.cli.commands", "motcua.cli.agent", "motcua.agent.run"),
}  # fmt: skip
"""What processes of a kind are forked with: what they import at their start, and what most import a moment later."""


def serve(door: socket, kind: str, life: int) -> None:
    """Import what `kind` needs, then fork a process for each request at `door`.

    The processes of someone who asked end with him, and all end when `life` is closed.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if kind == "serving":
        importlib.import_module("motcua.run.patch").patch()
    for name in KINDS[kind]:
        importlib.import_module(name)
    if kind == "serving":
        importlib.import_module("tests.first_page").compute_all()
        # a library tried a socket while it was imported: each process makes a loop itself
        importlib.import_module("gevent").get_hub().destroy(destroy_loop=True)
    elif kind == "working":
        importlib.import_module("motcua.devices.printer.library").list_models()
    gc.collect()
    gc.freeze()  # no process that is forked looks through all this again
    watched = poll()
    watched.register(door, POLLIN)
    watched.register(life, POLLIN)
    lines: dict[int, socket] = {}  # by their files: those who ask
    running: dict[int, Running] = {}  # by their files: processes
    while True:
        for fd, _event in watched.poll():
            if fd == life:
                _kill(running.values())
                return
            if fd == door.fileno():
                # `accept` would make a socket of gevent, and with it a loop
                line = socket(fileno=door._accept()[0])  # type: ignore[attr-defined]
                lines[line.fileno()] = line
                watched.register(line, POLLIN)
            elif fd in running:
                watched.unregister(fd)
                ended = running.pop(fd)
                with contextlib.suppress(BrokenPipeError):  # who started it is gone
                    os.write(ended.told, str(os.waitstatus_to_exitcode(waitpid(ended.pid, 0)[1])).encode())
                os.close(fd)
                os.close(ended.told)
            elif begun := _begin(line := lines[fd]):
                running[own := os.pidfd_open(begun.pid)] = begun
                watched.register(own, POLLIN)
            else:
                watched.unregister(fd)
                _kill(one for one in running.values() if one.line is line)
                lines.pop(fd).close()


@dataclass
class Running:
    """A process: where its end is told, and who asked for it."""

    pid: int
    told: int
    line: socket


def _kill(running: Iterable[Running]) -> None:
    for one in running:
        os.kill(one.pid, signal.SIGKILL)


def _begin(line: socket) -> Running | None:
    """Fork the process that is asked for; None when nobody asks any more."""
    try:
        message, fds, _flags, _from = recv_fds(line, LONGEST, 4)
    except ConnectionResetError:
        return None
    if not message:
        return None
    pid = fork()
    if not pid:
        _become(json.loads(message), fds[:3])
    for given in fds[:3]:
        os.close(given)
    with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # who asked is gone: the end of the line says so
        line.send(str(pid).encode())
    return Running(pid, fds[3], line)


def _become(asked: dict[str, Any], fds: list[int]) -> NoReturn:
    """Be the command that was asked for."""
    code = 1
    try:
        for number, fd in enumerate(fds):
            os.dup2(fd, number)
        os.closerange(3, min(os.sysconf("SC_OPEN_MAX"), LONGEST))
        signal.signal(signal.SIGINT, signal.default_int_handler)
        if "environment" in asked:
            os.environ.clear()
            os.environ.update(asked["environment"])
        os.chdir(asked.get("folder", "."))
        for name, value in asked.get("constants", {}).items():
            module, _, constant = name.rpartition(".")
            getattr(importlib.import_module(module), constant)  # it has to be there
            setattr(importlib.import_module(module), constant, value)
        sys.argv = ["motcua", *asked["words"]]
        code = importlib.import_module(asked.get("program", "motcua.__main__")).main(asked["words"])
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        threading._shutdown()  # type: ignore[attr-defined]
        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)


if __name__ == "__main__":
    serve(socket(fileno=int(sys.argv[2])), sys.argv[1], int(sys.argv[3]))
