"""The glossary is true: its names are in the code, and words that it forbids are in no name of Python or JavaScript."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.house.sources import PACKAGE, list_modules, nodes_of, text_of

ROOT = PACKAGE.parent
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (?!-)(.+?) \| (.+?) \| (.+?) \|$", re.MULTILINE)
QUOTED = re.compile(r"`([^`]+)`")
SMALL = re.compile(r"[a-z]")
WORD = re.compile(r"[a-z]+|[A-Z][a-z]*")
DECLARED = re.compile(r"\b(?:const|let|var|function|class) (\w+)")
ALLOWED = {
    "appointment": {
        "api/shapes/tickets.py": "a field of POST /api/v1/tickets",
        "queue/model.py": "the same field, as the action takes it",
        "settings/": "a section of the settings file",
        "static/js/settings/": "the page of that section",
    },
    "asking": {
        "audit/feedback.py": "a table of the store",
        "demo/": "citizens who ask again",
        "devices/": "asking a printer how it is, or a person for a key",
    },
    "daemon": {"devices/": "an attribute of the standard library"},
    "post": {
        "demo/cables.py": "the HTTP method",
        "demo/past/calls.py": "the same method, without HTTP",
        "devices/workbench/": "the HTTP method",
        "static/js/parts/api.js": "the HTTP method",
    },
    "visitor": {"demo/": "people who exist in the demo only"},
}
"""Forbidden words that stand in names, by the beginning of the file's path, with the reason."""


def split_words(name: str) -> set[str]:
    """Return the words of an identifier in small letters, and the singular of each that ends in s.

    The language itself names `__post_init__` and its like.
    """
    if name.startswith("__"):
        return set()
    words = {word.lower() for word in WORD.findall(name)}
    return words | {word.removesuffix("s") for word in words}


def list_names(path: Path) -> Iterator[str]:
    """Yield the names that a file declares: classes, functions, arguments, variables, attributes."""
    if path.suffix == ".js":
        yield from DECLARED.findall(text_of(path))
        return
    for node in nodes_of(path):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            yield node.name
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr


@cache
def list_forbidden() -> frozenset[str]:
    """Return the words in backticks in the middle column of the last table."""
    rows = ROW.findall(GLOSSARY.partition("## One word, one meaning")[2])
    return frozenset(word for _word, instead, _reason in rows for word in QUOTED.findall(instead))


def find_uses() -> Iterator[tuple[str, str, str]]:
    """Yield each forbidden word in a name: the word, the file, the name."""
    forbidden = list_forbidden()
    for path in sorted([*list_modules(), *(PACKAGE / "static" / "js").rglob("*.js")]):
        for name in list_names(path):
            for word in split_words(name) & forbidden:
                yield word, path.relative_to(PACKAGE).as_posix(), name


def test_a_forbidden_word_is_seen_in_every_way_of_writing() -> None:
    assert split_words("openStations") >= {"open", "station"}
    assert split_words("_noshow_count") >= {"noshow", "count"}
    assert {"station", "appointment", "clerk"} <= list_forbidden()


@pytest.mark.thorough
def test_no_name_has_a_word_that_the_glossary_forbids() -> None:
    uses = list(find_uses())
    assert [use for use in uses if not any(use[1].startswith(place) for place in ALLOWED.get(use[0], {}))] == []
    needed = {(word, place) for word, file, _name in uses for place in ALLOWED.get(word, {}) if file.startswith(place)}
    assert {(word, place) for word, places in ALLOWED.items() for place in places} == needed, (
        "an exception that nothing needs"
    )


@pytest.mark.thorough
def test_each_name_in_the_glossary_is_in_the_code() -> None:
    rows = ROW.findall(GLOSSARY.partition("## One word, one meaning")[0])
    names = {name for *_words, code in rows for name in QUOTED.findall(code)}
    files = [path for suffix in ("py", "js", "toml", "csv") for path in PACKAGE.rglob(f"*.{suffix}")]
    sources = "\n".join(map(text_of, files))
    assert sorted(name for name in names if not is_in(name, sources)) == []


def is_in(name: str, sources: str) -> bool:
    """Say whether `name` stands in `sources`, and not within a longer word of small letters."""
    at = sources.find(name)
    while at >= 0:
        beside = sources[max(0, at - 1) : at] + sources[at + len(name) : at + len(name) + 1]
        if not SMALL.search(beside):
            return True
        at = sources.find(name, at + 1)
    return False


def test_a_name_within_a_longer_word_is_not_that_name() -> None:
    assert [is_in("slot", text) for text in ("slot", "a_slot=1", "Slot slots", "xslot", "", "slots, slot")] == [
        True,
        True,
        False,
        False,
        False,
        True,
    ]
