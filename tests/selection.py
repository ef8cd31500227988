"""Which files and folders a run need not even import, because all of their tests are of other parts."""

import re
from functools import cache
from pathlib import Path

NONE_OF = re.compile(r"not \w+(?: and not \w+)*")
ONE_OF = re.compile(r"\(?(\w+(?: or \w+)*)\)?(?: and not \w+)?")
WHOLE = re.compile(r"^pytestmark = (?:pytest\.mark\.(\w+)|\[(.*)\]) *(?:#.*)?$", re.MULTILINE)
NAMED = re.compile(r"\bmark\.(\w+)")


@cache
def _marks(path: Path) -> tuple[frozenset[str], frozenset[str]]:
    """Return the marks that every test of a file has, and those that any has; tests take none from elsewhere."""
    text = path.read_text(encoding="utf-8")
    whole = WHOLE.search(text)
    return frozenset(NAMED.findall(whole[0]) if whole else ()), frozenset(NAMED.findall(text))


def is_of_other_parts(path: Path, expression: str) -> bool:
    """Say whether no test in the file or folder `path` can be meant by `-m expression`.

    Only the parts' own expressions are understood.
    """
    if path.is_dir():
        files = list(path.rglob("test_*.py"))
        return bool(files) and all(is_of_other_parts(file, expression) for file in files)
    if not path.name.startswith("test_") or path.suffix != ".py":
        return False
    if NONE_OF.fullmatch(expression):
        return bool(_marks(path)[0] & set(re.findall(r"not (\w+)", expression)))
    if meant := ONE_OF.fullmatch(expression):
        return not _marks(path)[1] & set(meant[1].split(" or "))
    return False
