"""No code of the project builds code, markup, commands or queries out of what somebody sent, and none uses a weak
hash or weak chance.
"""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.house.sources import list_modules, nodes_of

pytestmark = pytest.mark.thorough
ROOT = Path(__file__).parents[2]
SCRIPTS = [path for path in sorted((ROOT / "motcua").rglob("*.js")) if "vendor" not in path.parts]
TEMPLATES = [path for path in sorted((ROOT / "motcua").rglob("*.html")) if "vendor" not in path.parts]
CODE = {"eval", "exec", "compile", "__import__"}
MODULES = {"pickle", "marshal", "shelve", "dill", "xml", "lxml", "ctypes", "telnetlib", "ftplib"}
"""What runs, or is led by, what it reads."""
LOADS_A_LIBRARY = {
    "motcua/voice/loader_child.py",
    "motcua/vision/no_traces.py",
    "motcua/vision/isolation.py",
}
"""Lends a voice's own library by ctypes, in a process of its own: names and texts are arguments there, never code.

Asks the system that no memory of a process with pictures is kept, and for a place without a network: numbers only.
Calls `unshare` of the system's C library, which Python has from 3.12 on only.
"""
WEAK = {"md5", "sha1", "new"}
BY_CHANCE = {"demo", "planning"}
"""Where chance is repeatable on purpose: a simulated day."""
SQL_PARTS = re.compile(
    r"(?:scrubbing\.)?[A-Z_]+|marks|columns?|table|kind|quoted|name|query|line|before\[\d\]|first_call|where|order|kept|of|places|bound"
)
"""What may stand in a query beside its parameters: own constants, pieces made of them, and a foreign name in doubled
quotes."""
MARKUP = re.compile(
    r"\.(?:inner|outer)HTML\s*\+?=[^=]|insertAdjacentHTML|document\.write|\beval\(|new "
    r"Function|unsafeHTML|dangerouslySet"
    r"|addEventListener\(\s*[\"']message[\"']|\bonmessage\b|\bpostMessage\("
    r"|setTimeout\(\s*[\"'`]|setInterval\(\s*[\"'`]|__proto__"
)


@cache
def nodes() -> list[tuple[Path, ast.AST]]:
    return [(path, node) for path in list_modules() for node in nodes_of(path)]


def calls() -> Iterator[tuple[Path, ast.Call]]:
    return ((path, node) for path, node in nodes() if isinstance(node, ast.Call))


def where(path: Path, node: ast.AST) -> str:
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def test_no_program_text_is_run() -> None:
    named = [where(path, node) for path, node in calls() if isinstance(node.func, ast.Name) and node.func.id in CODE]
    assert named == []


def test_nothing_is_read_by_what_can_be_led_astray() -> None:
    found = []
    for path, node in nodes():
        names = (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
        found += [
            where(path, node)
            for name in names
            if name.split(".")[0] in MODULES and str(path.relative_to(ROOT)) not in LOADS_A_LIBRARY
        ]
    loaders = {
        where(path, node)
        for path, node in calls()
        if isinstance(node.func, ast.Attribute)
        and node.func.attr in {"load", "unsafe_load", "full_load"}
        and _owner(node) == "yaml"
        and len(node.args) < 2
    }
    assert (found, loaders) == ([], set())


def test_no_shell_reads_a_command() -> None:
    shells = [where(path, node) for path, node in calls() for word in node.keywords if word.arg == "shell"]
    system = [
        where(path, node)
        for path, node in calls()
        if _owner(node) == "os" and getattr(node.func, "attr", "") in {"system", "popen"}
    ]
    assert (shells, system) == ([], [])


def test_values_reach_the_store_as_parameters_only() -> None:
    odd = []
    for path, node in calls():
        if not (
            isinstance(node.func, ast.Attribute)
            and node.func.attr in {"execute", "executemany", "executescript"}
            and node.args
        ):
            continue
        for part in ast.walk(node.args[0]):
            if isinstance(part, ast.FormattedValue) and not SQL_PARTS.fullmatch(text := ast.unparse(part.value)):
                odd.append((where(path, node), text))
            if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Mod):
                odd.append((where(path, node), ast.unparse(part)))
    assert odd == []


def test_hashes_are_strong_and_secrets_come_from_the_system() -> None:
    weak = [
        where(path, node)
        for path, node in calls()
        if _owner(node) == "hashlib" and getattr(node.func, "attr", "") in WEAK
    ]
    chance = [
        where(path, node)
        for path, node in calls()
        if _owner(node) == "random" and path.relative_to(ROOT / "motcua").parts[0] not in BY_CHANCE
    ]
    assert (weak, chance) == ([], [])


def test_scripts_write_text_as_text_and_listen_to_no_other_page() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in SCRIPTS
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if MARKUP.search(line)
    ]
    assert found == []


def test_browsers_keep_a_ticket_a_booking_habits_and_what_waits_to_be_sent_and_nothing_else() -> None:
    keeping = {
        path.name
        for path in SCRIPTS
        if re.search(r"localStorage|sessionStorage|indexedDB|caches\.open", path.read_text(encoding="utf-8"))
    }
    assert keeping == {
        "ticket_memory.js", "booking_memory.js", "watch.js", "hands.js", "keys.js", "renewal.js", "outbox.js",
    }  # fmt: skip


def test_templates_escape_what_they_show() -> None:
    """A `qr` is drawn by segno: paths of figures, whatever the text was."""
    found = [
        str(path)
        for path in TEMPLATES
        if re.search(r"(?<!\.qr )\|\s*safe\b|autoescape\s+false|Markup\(", path.read_text(encoding="utf-8"))
    ]
    made = [
        where(path, node)
        for path, node in calls()
        if getattr(node.func, "id", getattr(node.func, "attr", ""))
        in {"Markup", "render_template_string", "from_string"}
    ]
    assert (found, made) == ([], [])


def _owner(node: ast.Call) -> str:
    """Return the module's name in `module.function(…)`, else nothing."""
    owner = getattr(node.func, "value", None)
    return owner.id if isinstance(owner, ast.Name) else ""
