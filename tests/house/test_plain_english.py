"""Plain English: names that say a role, classes that mean one thing, sentences that end."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.house.sources import PACKAGE, flatten, list_modules, nodes_of

VAGUE = frozenset(
    {"found", "told", "said", "heard", "given", "kept", "wanted", "shown", "known", "mine", "own", "made"}
)
"""These say that something happened to a thing, not what the thing is."""
WORDS_MAX = 25
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
SENTENCE_END = re.compile(r"(?<=[.!?;:])\s+|\n\s*\n|\n\s*[-|*]")


def _modules() -> Iterator[tuple[Path, Sequence[ast.AST]]]:
    for path in list_modules():
        yield path.relative_to(PACKAGE), nodes_of(path)


def vague_names(nodes: Sequence[ast.AST]) -> set[str]:
    """Return the vague names that a Python file binds: variables, parameters, functions.

    Fields are data and may be older.
    """
    fields = {
        id(field.target)
        for node in nodes
        if isinstance(node, ast.ClassDef)
        for field in node.body
        if isinstance(field, ast.AnnAssign)
    }
    names: set[str] = set()
    for node in nodes:
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


@pytest.mark.thorough
def test_no_name_in_python_is_vague() -> None:
    assert {str(path): names for path, nodes in _modules() if (names := vague_names(nodes))} == {}


@pytest.mark.thorough
def test_no_name_in_the_benches_is_vague() -> None:
    nodes = {path.name: nodes_of(path) for path in sorted((PACKAGE.parent / "bench").rglob("*.py"))}
    assert nodes
    assert {name: names for name in nodes if (names := vague_names(nodes[name]))} == {}


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
    assert vague_names(flatten(ast.parse(source))) == names


@pytest.mark.thorough
def test_every_class_name_means_one_thing() -> None:
    places = defaultdict(list)
    for path, nodes in _modules():
        for node in nodes:
            if isinstance(node, ast.ClassDef):
                places[node.name].append(str(path))
    assert {name: paths for name, paths in places.items() if len(paths) > 1} == {}


@pytest.mark.thorough
def test_sentences_of_docstrings_are_short() -> None:
    long = []
    for path, nodes in _modules():
        for node in nodes:
            if isinstance(node, (ast.Module, ast.ClassDef, *FUNCTIONS)):
                sentences = SENTENCE_END.split(ast.get_docstring(node) or "")
                long += [(str(path), sentence) for sentence in sentences if len(sentence.split()) > WORDS_MAX]
    assert long == []
