"""The program's Python files, each read and parsed once in a process for all tests that look through them."""

import ast
import gc
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import motcua

PACKAGE = Path(motcua.__file__).parent


@cache
def list_modules() -> Sequence[Path]:
    """Return the program's Python files, sorted."""
    return sorted(PACKAGE.rglob("*.py"))


@cache
def text_of(path: Path) -> str:
    """Return what stands in a file of text."""
    return path.read_text(encoding="utf-8")


@cache
def nodes_of(path: Path) -> Sequence[ast.AST]:
    """Return the parts of a Python file as `ast.walk` yields them; the first is the module."""
    is_collecting = gc.isenabled()
    gc.disable()  # nothing that is parsed is garbage
    try:
        return flatten(ast.parse(text_of(path)))
    finally:
        if is_collecting:
            gc.enable()


def flatten(tree: ast.AST) -> Sequence[ast.AST]:
    """Return `tree` and all that is in it, level by level, as `ast.walk` does in three times the time."""
    nodes = [tree]
    for node in nodes:  # it grows meanwhile
        for value in vars(node).values():
            if isinstance(value, ast.AST):
                nodes.append(value)
            elif isinstance(value, list):
                nodes += [item for item in value if isinstance(item, ast.AST)]
    return nodes
