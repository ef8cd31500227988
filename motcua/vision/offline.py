"""The only importer of mediapipe, so that no copy of it can ever reach the network.

The library posts usage statistics to play.googleapis.com when a task is closed or has run for a minute. No option
switches that off. Its libcurl obeys `https_proxy`: with a closed port of this computer there, nothing leaves it.
`http_proxy` stays as it is, because FFmpeg obeys that one and cameras with http addresses would be lost.
"""

import importlib
import os
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from motcua.typed.sentences import mark
from motcua.vision.errors import ExtraMissingError

CLOSED = "http://127.0.0.1:9"
"""Port 9 of this computer; what connects there is refused at once."""
PROXIES = ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
EXCEPTIONS = ("no_proxy", "NO_PROXY")
"""`no_proxy=*` would undo it."""
LEFT_OUT = ("sounddevice", "matplotlib", "matplotlib.pyplot")
"""What mediapipe imports for tasks that nobody here has, recording and drawing. The first asks the sound system, 18 s
long where there is none; the others write into the home folder and cost 37 MB."""
MISSING = mark(
    "The camera's libraries are not installed. Install them with: make setup, or: pip install -r "
    "requirements-camera.txt"
)


def close_proxies(environment: MutableMapping[str, str]) -> None:
    """Send everything that obeys a proxy to a closed port of this computer."""
    for name in EXCEPTIONS:
        environment.pop(name, None)
    for name in PROXIES:
        environment[name] = CLOSED


def load_mediapipe() -> Any:
    """Return the module, imported with the way out shut. Raises `ExtraMissingError`."""
    close_proxies(os.environ)
    try:
        with _left_out():
            return importlib.import_module("mediapipe")
    except ImportError as error:
        raise ExtraMissingError(MISSING) from error


def load_tasks() -> tuple[Any, Any]:
    """Return mediapipe's `BaseOptions` and its module of vision tasks. Raises `ExtraMissingError`."""
    load_mediapipe()
    with _left_out():
        tasks = importlib.import_module("mediapipe.tasks.python")
    return tasks.BaseOptions, tasks.vision


@contextmanager
def _left_out() -> Iterator[None]:
    """Import nothing of `LEFT_OUT` meanwhile: empty modules stand there."""
    absent = [name for name in LEFT_OUT if name not in sys.modules]
    for name in absent:
        sys.modules[name] = ModuleType(name)
        parent, _dot, child = name.rpartition(".")
        if parent:
            setattr(sys.modules[parent], child, sys.modules[name])
    try:
        yield
    finally:
        for name in absent:
            del sys.modules[name]
