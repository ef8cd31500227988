"""The house itself: sizes, papers, words and doors that no single room can look after."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import motcua
from motcua.cli import docs, messages
from motcua.cli.commands import COMMANDS
from motcua.server import build
from motcua.setup.rooms import open_desk
from motcua.web.access import CALLS, PAGES, SOCKETS
from tests.house.sources import list_modules, nodes_of, text_of

ROOT = Path(motcua.__file__).parents[1]
LONGEST = 300
WIDEST = 120
DOORS_OF_OTHERS = {"openapi.static"}
SKIPPED = ("vendor", "node_modules", "screenshots")


def own_files(*suffixes: str) -> list[Path]:
    """Return the files with these endings that are kept here, or are about to be."""
    return [path for path in _list_own() if path.suffix in suffixes]


@cache
def _list_own() -> list[Path]:
    """Return all of them; nothing that a build fetched."""
    found = [path for top in ("motcua", "tests", "bench") for path in sorted((ROOT / top).rglob("*"))]
    found += [
        *ROOT.glob("*.py"),
        *ROOT.glob("*.md"),
        *(ROOT / "docs").rglob("*"),
        *(ROOT / "deploy").rglob("*"),
        ROOT / "Makefile",
    ]
    return [path for path in found if not set(SKIPPED) & set(path.relative_to(ROOT).parts) and path.is_file()]


def test_files_stay_short() -> None:
    sizes = {path: len(text_of(path).splitlines()) for path in own_files(".py", ".js", ".css", ".html")}
    assert {str(path.relative_to(ROOT)): size for path, size in sizes.items() if size >= LONGEST} == {}


SENTENCE = re.compile(r"\"(?:[^\"\\]|\\.)+\"")


def test_no_line_of_a_page_is_wider_than_120_columns_but_for_a_sentence_in_it() -> None:
    wide = []
    for path in own_files(".js", ".css", ".html"):
        for number, line in enumerate(text_of(path).splitlines(), start=1):
            if len(line) <= WIDEST:
                continue
            sentence = max(map(len, SENTENCE.findall(line)), default=0)
            if len(line) - sentence > 80 or sentence < 60:
                wide.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:60]}")
    assert "\n".join(wide) == ""


def test_every_package_says_in_one_docstring_what_lives_in_it_and_runs_nothing_else() -> None:
    for path in (ROOT / "motcua").rglob("__init__.py"):
        body = ast.parse(path.read_text(encoding="utf-8")).body
        assert isinstance(body[0], ast.Expr), path
        assert isinstance(body[0].value, ast.Constant), path
        more = [
            type(node).__name__ for node in body[1:] if not isinstance(node, (ast.Import, ast.ImportFrom, ast.Assign))
        ]
        assert more == [], path


ARGUMENTS_MAX = 5


@pytest.mark.thorough
def test_an_action_with_many_arguments_takes_one_request() -> None:
    long: list[str] = []
    for path in list_modules():
        for node in nodes_of(path):
            if isinstance(node, ast.FunctionDef):
                arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
                if arguments and arguments[0].arg == "tx" and len(arguments) > ARGUMENTS_MAX:
                    long.append(f"{path.relative_to(ROOT)}: {node.name}")
    assert long == []


def test_every_command_has_its_file_and_no_command_is_hidden() -> None:
    assert [name for name in COMMANDS if not (ROOT / "motcua" / "cli" / f"{name}.py").exists()] == []


@pytest.mark.thorough
def test_events_have_kinds_of_their_own_and_plain_fields() -> None:
    found = docs.list_events()
    kinds = [event.kind for event in found]
    assert len(set(kinds)) == len(kinds) > 20
    assert all(re.fullmatch(r"[a-z]+\.[a-z_]+", kind) for kind in kinds)
    assert [docs.get_field_types(event) for event in found if "float" in str(docs.get_field_types(event))] == []
    page = (ROOT / "docs" / "EVENTS.md").read_text(encoding="utf-8")
    assert [kind for kind in kinds if f"| `{kind}` |" not in page] == []


@pytest.mark.thorough
def test_the_generated_pages_say_what_the_code_does() -> None:
    assert docs.list_stale() == []


@pytest.mark.thorough
def test_every_sentence_has_its_vietnamese() -> None:
    assert messages.list_flaws(ROOT) == []


def test_every_door_stands_in_the_access_table_and_the_table_names_no_door_that_is_not_there(tmp_path: Path) -> None:
    desk = open_desk(tmp_path)
    site = build(desk)
    sockets: Any = site.socketio
    endpoints = {rule.endpoint for rule in site.app.url_map.iter_rules()} - DOORS_OF_OTHERS
    assert endpoints == {*CALLS, *PAGES}
    assert CALLS.keys() & PAGES.keys() == set()
    assert {*sockets.server.handlers, *sockets.server.namespace_handlers} == set(SOCKETS)
    desk.stop()


def test_every_page_can_be_read_by_screen_readers_and_stays_within_its_policy() -> None:
    for path in own_files(".html"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*\b(?:src|type=\"application/json\"))", text), f"{path}: inline script"
        assert not re.search(r"<[^>]*\sstyle=", text), f"{path}: style attribute"
        assert not re.search(r"<[^>]*\son[a-z]+=", text), f"{path}: handler attribute"
        assert not re.search(r"(?:src|href)=\"(?:https?:)?//", text), f"{path}: something from another computer"


def test_every_page_with_a_script_says_when_it_has_begun_and_can_be_read_before() -> None:
    folder = ROOT / "motcua" / "static" / "js"
    whole_without = {"start", "wizard"}
    scripts = set()
    for path in (ROOT / "motcua" / "templates").glob("*.html"):
        page = path.read_text(encoding="utf-8")
        named = re.search(r"{% set script = \"(.+)\" %}", page)
        script = (
            folder
            / f"{named[1] if named else path.stem.replace('_', '/', 1) if '_' in path.stem else f'{path.stem}/main'}.js"
        )
        if not script.exists() or path.stem == "seat_sheet":
            continue
        scripts.add(script)
        assert re.search(r"^ *ready\(\);$", script.read_text(encoding="utf-8"), re.MULTILINE), (
            f"{script} does not call ready()"
        )
        assert (path.stem in whole_without) == ("{% block watched %}{% endblock %}" in page), path
    assert set(folder.glob("*/main.js")) <= scripts
    assert scripts


def test_a_style_sheet_says_where_it_ends() -> None:
    for path in own_files(".css"):
        if path.is_relative_to(ROOT / "motcua" / "static"):
            assert path.read_text(encoding="utf-8").rstrip().splitlines()[-1].startswith(".end-of-sheet {}"), path


def test_what_watches_over_the_pages_is_read_by_the_oldest_browsers() -> None:
    text = (ROOT / "motcua" / "static" / "js" / "parts" / "watch.js").read_text(encoding="utf-8")
    assert (
        re.findall(
            r"=>|`|\b(?:let|const|class|async|import|export)\b(?=[^*]*$)|\?\?|\?\.|\.\.\.",
            re.sub(r"/\*.*?\*/|//.*", "", text, flags=re.DOTALL),
        )
        == []
    )


def test_nothing_comes_from_another_computer() -> None:
    for path in own_files(".js", ".css"):
        if path.is_relative_to(ROOT / "motcua"):
            assert not re.search(r"(?:import|from|url\()\s*[\"'(]?(?:https?:)?//", path.read_text(encoding="utf-8")), (
                path
            )


LEFT_OPEN = re.compile(r"\b(?:TO-?DO|FIX-?ME|XXX)\b")
PAPER = re.compile(r"(?<![\w/.-])[\w./-]*?([\w-]+\.md)\b")


def lines_of_all() -> Iterator[tuple[str, str]]:
    """Yield each line of every text that is kept here, with its place."""
    for path in own_files(".py", ".js", ".css", ".html", ".md", ".toml", ".service", ""):
        place = path.relative_to(ROOT)
        for number, line in enumerate(text_of(path).splitlines(), start=1):
            yield f"{place}:{number}", line


@pytest.mark.thorough
def test_nothing_is_left_open() -> None:
    assert [where for where, line in lines_of_all() if LEFT_OPEN.search(line) and "LEFT_OPEN" not in line] == []


@pytest.mark.thorough
def test_every_paper_that_is_cited_is_here() -> None:
    papers = {path.name for path in own_files(".md")}
    cited = {
        (where, name)
        for where, line in lines_of_all()
        if ".md" in line and "://" not in line
        for name in PAPER.findall(line)
    }
    assert sorted((where, name) for where, name in cited if name not in papers) == []


def test_what_is_made_by_others_or_by_a_desk_is_not_kept() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S607
    if listed.returncode:
        pytest.skip("not a git folder")
    kept = listed.stdout.splitlines()
    assert [name for name in kept if re.search(r"\.(db|db-wal|mo|zip|lock)$|static/vendor/|node_modules/", name)] == []


PAUSE = re.compile(r"(?<!def )\bsleep\(|\bwait_for_timeout\(|\bTimer\(|\bsleep [\d$]")
SHORT = re.compile(r"\b(?:timeout|wait_timeout|within_s)=\d|\.(?:wait|join|result|communicate)\(\d")
HINTS = ("sleep", "wait", "Timer(", "timeout=", "within_s=", "join(", "result(", "communicate(")
"""One of these stands in each line that could be such a one: looked for first, in a fifth of the time."""
REASON = "# waits: "


def test_no_test_waits_for_a_time_without_saying_why() -> None:
    """Conditions are waited for (`tests/waiting.py`), faults strike at a byte or a step: then no result says how
    busy the computer is.
    """
    found = []
    for path in sorted((ROOT / "tests").rglob("*.py")):
        lines = text_of(path).splitlines()
        for number, line in enumerate(lines, start=1):
            if not any(hint in line for hint in HINTS):
                continue
            reasons = line + lines[number - 2]
            if (PAUSE.search(line) or SHORT.search(line)) and REASON not in reasons and path != Path(__file__):
                found.append(f"{path.relative_to(ROOT)}:{number}")
    assert found == []
