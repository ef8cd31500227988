"""Plain English: names that say a role, classes that mean one thing, sentences that end."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

import motcua

PACKAGE = Path(motcua.__file__).parent
VAGUE = frozenset(
    {"found", "told", "said", "heard", "given", "kept", "wanted", "shown", "known", "mine", "own", "made"}
)
"""These say that something happened to a thing, not what the thing is."""
WORDS_MAX = 25
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
SENTENCE_END = re.compile(r"(?<=[.!?;:])\s+|\n\s*\n|\n\s*[-|*]")


def _modules() -> Iterator[tuple[Path, ast.Module]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield path.relative_to(PACKAGE), ast.parse(path.read_text(encoding="utf-8"))


def vague_names(tree: ast.AST) -> set[str]:
    """Return the vague names that a Python file binds: variables, parameters, functions.

    Fields are data and may be older.
    """
    fields = {
        id(field.target)
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
        for field in node.body
        if isinstance(field, ast.AnnAssign)
    }
    names: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) if id(node) not in fields:
                names.add(name)
            case ast.arg(arg=name):
                names.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                names.add(name.removeprefix("_"))
            case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
                names.add(name)
            case _:
                pass
    return names & VAGUE


def test_no_name_in_python_is_vague() -> None:
    assert {str(path): names for path, tree in _modules() if (names := vague_names(tree))} == {}


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("found = 1", {"found"}),
        ("def f(told, *, said=1): pass", {"told", "said"}),
        ("for given, kept in x: pass", {"given", "kept"}),
        ("def wanted(): pass", {"wanted"}),
        ("class Row:\n    made: int", set()),
        ("y = x.found", set()),
        ("[own for own in x]", {"own"}),
    ],
)
def test_the_check_of_python_sees_each_kind_of_name(source: str, names: set[str]) -> None:
    assert vague_names(ast.parse(source)) == names


def test_every_class_name_means_one_thing() -> None:
    places = defaultdict(list)
    for path, tree in _modules():
        for node in ast.walk(tree):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(str(path))
    assert {name: paths for name, paths in places.items() if len(paths) > 1} == {}


def test_sentences_of_docstrings_are_short() -> None:
    long = []
    for path, tree in _modules():
        for node in ast.walk(tree):
            if isinstance(node, (ast.Module, ast.ClassDef, *FUNCTIONS)):
                sentences = SENTENCE_END.split(ast.get_docstring(node) or "")
                long += [(str(path), sentence) for sentence in sentences if len(sentence.split()) > WORDS_MAX]
    assert long == []
