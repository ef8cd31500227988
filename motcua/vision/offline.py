"""The only importer of mediapipe, so that no copy of it can ever reach the network.

The library posts usage statistics to play.googleapis.com when a task is closed or has run for a minute. No option
switches that off. Its libcurl obeys `https_proxy`: with a closed port of this computer there, nothing leaves it.
`http_proxy` stays as it is, because FFmpeg obeys that one and cameras with http addresses would be lost.
"""

import importlib
import os
from collections.abc import MutableMapping
from typing import Any

from motcua.typed.sentences import mark
from motcua.vision.errors import ExtraMissingError

CLOSED = "http://127.0.0.1:9"
"""Port 9 of this computer; what connects there is refused at once."""
PROXIES = ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY")
EXCEPTIONS = ("no_proxy", "NO_PROXY")
"""`no_proxy=*` would undo it."""
MISSING = mark(
    "The camera's libraries are not installed. Install them with: make setup, or: pip install -r "
    "requirements-camera.txt"
)


def shut_proxies(environment: MutableMapping[str, str]) -> None:
    """Send everything that obeys a proxy to a closed port of this computer."""
    for name in EXCEPTIONS:
        environment.pop(name, None)
    for name in PROXIES:
        environment[name] = CLOSED


def load_mediapipe() -> Any:
    """Return the module, imported with the way out shut. Raises `ExtraMissingError`."""
    shut_proxies(os.environ)
    try:
        return importlib.import_module("mediapipe")
    except ImportError as error:
        raise ExtraMissingError(MISSING) from error


def load_tasks() -> tuple[Any, Any]:
    """Return mediapipe's `BaseOptions` and its module of vision tasks. Raises `ExtraMissingError`."""
    load_mediapipe()
    tasks = importlib.import_module("mediapipe.tasks.python")
    return tasks.BaseOptions, tasks.vision
