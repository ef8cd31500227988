"""The builders of the desk's addresses, compiled once a process: each desk that is built asks for the same two hundred.

They hold nothing of a desk: werkzeug gives them the rule with each call.
"""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from werkzeug.routing import Rule

from tests.run_folder import MEMORY

_library = Rule._compile_builder
_compiled: dict[object, Callable[..., tuple[str, str]]] = {}


def builder_of(rule: Rule, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
    """Return what the library compiles for `rule`, which is the same each time."""
    if rule.defaults:
        return _library(rule, append_unknown)
    key = rule.rule, tuple(rule._trace), append_unknown
    if key not in _compiled:
        _compiled[key] = _library(rule, append_unknown)
    return _compiled[key]


def compile_once() -> None:
    """Let the library keep what it compiled."""
    rule: Any = Rule
    rule._compile_builder = builder_of


def compile_all() -> None:
    """Let the library keep what it compiles, and compile the addresses of a desk."""
    from motcua.server import build
    from motcua.setup.rooms import open_desk

    compile_once()
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        desk = open_desk(Path(folder))
        build(desk)
        desk.stop()
