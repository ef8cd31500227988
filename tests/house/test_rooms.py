"""Which file may import which: no circle in any way of importing, and families of files in folders."""

import ast
from collections import Counter, defaultdict
from pathlib import Path

import pytest

import motcua
from tests.house.sources import list_modules, nodes_of

ROOT = Path(motcua.__file__).parents[1]
FAMILY = 4


def module_of(path: Path) -> str:
    """Return the dotted name of a source file."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(path): path for path in list_modules()}


def imports_of(path: Path, known: set[str]) -> set[str]:
    """Return the modules among `known` that a file imports, also inside functions and for types only."""
    imports: set[str] = set()
    for node in nodes_of(path):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            imports |= {
                name if (name := f"{node.module}.{alias.name}") in known else node.module for alias in node.names
            }
        elif isinstance(node, ast.Import):
            imports |= {alias.name for alias in node.names}
    return imports & known


def circle_in(graph: dict[str, set[str]]) -> list[str]:
    """Return the modules of a circle, empty where there is none: what is left when those that import none of the
    rest are taken away.
    """
    left = {name: set(targets) - {name} for name, targets in graph.items()}
    while leaves := [name for name, targets in left.items() if not targets & left.keys()]:
        for name in leaves:
            del left[name]
    while tops := [name for name in left if not any(name in targets for targets in left.values())]:
        for name in tops:
            del left[name]
    return sorted(left)


def test_a_circle_is_seen() -> None:
    assert circle_in({"a": {"b"}, "b": {"c"}, "c": {"b", "d"}, "d": set()}) == ["b", "c"]
    assert circle_in({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


@pytest.mark.thorough
def test_no_file_imports_itself_round_a_corner() -> None:
    assert circle_in({name: imports_of(path, set(MODULES)) for name, path in MODULES.items()}) == []


def test_a_family_of_files_is_a_folder() -> None:
    families: defaultdict[Path, Counter[str]] = defaultdict(Counter)
    for path in MODULES.values():
        families[path.parent][path.stem.split("_")[0]] += 1
    large = [
        (str(folder.relative_to(ROOT)), *family) for folder, counts in families.items() for family in counts.items()
    ]
    assert [(folder, prefix, count) for folder, prefix, count in large if prefix and count >= FAMILY] == []
