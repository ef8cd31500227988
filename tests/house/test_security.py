"""docs/SECURITY.md says of every requirement of OWASP ASVS 5.0, levels 1 and 2, what holds, and nothing that is not
there.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "SECURITY.md"
SECTIONS = """
1.1:1-2 1.2:1-9 1.3:1-11 1.4:1-3 1.5:1-2 2.1:1-3 2.2:1-3 2.3:1-4 2.4:1 3.2:1-2 3.3:1-4 3.4:1-6 3.5:1-5 3.7:1-2
4.1:1-3 4.2:1
4.3:1-2 4.4:1-4 5.1:1 5.2:1-3 5.3:1-2 5.4:1-3 6.1:1-3 6.2:1-12 6.3:1-4 6.4:1-4 6.5:1-5 6.6:1-3 6.8:1-4 7.1:1-3
7.2:1-4 7.3:1-2
7.4:1-5 7.5:1-2 7.6:1-2 8.1:1-2 8.2:1-3 8.3:1 8.4:1 9.1:1-3 9.2:1-4 10.1:1-2 10.2:1-2 10.3:1-4 10.4:1-11 10.5:1-5
10.6:1-2
10.7:1-3 11.1:1-2 11.2:1-3 11.3:1-3 11.4:1-4 11.5:1 11.6:1 12.1:1-3 12.2:1-2 12.3:1-4 13.1:1 13.2:1-5 13.3:1-2
13.4:1-5 14.1:1-2
14.2:1-4 14.3:1-3 15.1:1-3 15.2:1-3 15.3:1-7 16.1:1 16.2:1-5 16.3:1-4 16.4:1-3 16.5:1-3 17.1:1 17.2:1-4 17.3:1-2
"""
"""The sections of the standard with the numbers of their requirements of levels 1 and 2."""
WRITTEN = {f"{chapter}.1" for chapter in (2, 5, 6, 7, 8, 11, 13, 14, 15, 16)}
"""The sections that ask for something to be written down: a heading shows that, everything else needs a test."""
ROW = re.compile(r"^\| ((?:\d+\.\d+\.\d+ ?)+) \| (.+?) \| (met|met †|not met|n/a) \| (.+) \|$")
TEST = re.compile(r"`([a-z_]+(?:/\w+)*\.py)::(\w+)`")
LINK = re.compile(r"\]\(([\w./]*)#([\w-]+)\)")
UNTIL = re.compile(r"\buntil ([^;.]{12,}|\d{4}-\d\d-\d\d)")
REASON_MIN = 20
TOTALS = "253 in all: **{met}** met ({tls} of them with TLS only, †), **{no}** not met, **{na}** not applicable."


class Row(NamedTuple):
    """What the page says of one or more requirements."""

    ids: tuple[str, ...]
    state: str
    why: str


def required() -> list[str]:
    found = []
    for part in SECTIONS.split():
        section, _, numbers = part.partition(":")
        first, _, last = numbers.partition("-")
        found += [f"{section}.{number}" for number in range(int(first), int(last or first) + 1)]
    return found


def rows(text: str) -> list[Row]:
    begun = text.partition("\n## ASVS")[2].splitlines()
    lines = [line for line in begun if line.startswith("| ") and line[2].isdigit()]
    odd = [line for line in lines if not ROW.match(line)]
    assert odd == []
    return [Row(tuple(found[1].split()), found[3], found[4]) for line in lines if (found := ROW.match(line))]


def flaws(text: str) -> Iterator[str]:
    """Give what is wrong with the page `text`."""
    found = rows(text)
    counts = Counter(number for row in found for number in row.ids)
    yield from (f"{number}: stands there {counts[number]} times" for number in required() if counts[number] != 1)
    numbers = set(required())
    yield from (f"{number}: is no requirement" for number in counts if number not in numbers)
    for row in found:
        yield from (f"{', '.join(row.ids)}: {flaw}" for flaw in _row_flaws(row))
    totals = Counter({"met": 0, "met †": 0, "not met": 0, "n/a": 0})
    for row in found:
        totals[row.state] += len(row.ids)
    said = TOTALS.format(
        met=totals["met"] + totals["met †"], tls=totals["met †"], no=totals["not met"], na=totals["n/a"]
    )
    if said not in " ".join(text.split()):
        yield f"the totals are: {said}"
    if len(required()) != sum(totals.values()):
        yield "the totals do not add up"


def _row_flaws(row: Row) -> Iterator[str]:
    tests = TEST.findall(row.why)
    if row.why.count("::") != len(tests):
        yield "names a test in a way that nobody can look for"
    yield from (f"there is no {file}::{name}" for file, name in tests if name not in names_in(file))
    is_written = all(number.rpartition(".")[0] in WRITTEN for number in row.ids)
    if row.state.startswith("met") and not tests and not (is_written and LINK.search(row.why)):
        yield "is said to be met, and nothing shows it"
    if row.state == "not met" and (not UNTIL.search(row.why) or len(row.why.partition("until")[0]) < REASON_MIN):
        yield "is not met, and it does not say why and until when"
    if row.state == "n/a" and len(row.why) < len("none is used"):
        yield "does not say why it does not apply"
    if len(row.ids) > 1 and row.state == "not met":
        yield "each that is not met has its own reason"


@cache
def names_in(file: str) -> frozenset[str]:
    """Return the names of the tests in a file under tests/; none where there is no such file."""
    path = ROOT / "tests" / file
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return frozenset(
        node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def anchors(path: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_every_requirement_stands_once_with_what_shows_it_or_why_not() -> None:
    assert list(flaws(PAGE.read_text(encoding="utf-8"))) == []


def test_there_are_as_many_requirements_as_the_standard_has() -> None:
    chapters = Counter(number.partition(".")[0] for number in required())
    assert chapters == {"1": 27, "2": 11, "3": 19, "4": 10, "5": 9, "6": 35, "7": 18, "8": 7, "9": 7, "10": 29,
    "11": 14, "12": 9, "13": 13,
                        "14": 9, "15": 13, "16": 16, "17": 7}  # fmt: skip


@pytest.mark.parametrize(
    ("before", "after", "flaw"),
    [
        (r"\| 1\.1\.1 \|.*\n", "", "1.1.1: stands there 0 times"),
        (r"(\| 1\.1\.1 \|.*\n)", r"\1\1", "1.1.1: stands there 2 times"),
        (r"\| 1\.1\.1 \|", "| 1.1.9 |", "1.1.9: is no requirement"),
        (
            r"test_cleaning_twice_changes_nothing",
            "test_nothing_of_that_name",
            "there is no unit/typed/test_lines.py::test_nothing_of_that_name",
        ),
        (
            r"unit/typed/test_lines\.py::test_cleaning",
            "unit/typed/test_gone.py::test_cleaning",
            "there is no unit/typed/test_gone.py::",
        ),
        (
            r"`unit/typed/test_lines\.py::test_cleaning",
            "`::test_cleaning",
            "1.1.1: names a test in a way that nobody can look for",
        ),
        (
            r"(\| 1\.1\.1 \|.*\| met \|).*\|",
            r"\1 [Signing in](#signing-in) |",
            "1.1.1: is said to be met, and nothing shows it",
        ),
        (r"(\| 2\.1\.1 \|.*\| met \|).*\|", r"\1 it is so |", "2.1.1: is said to be met, and nothing shows it"),
        (r"(\| 6\.3\.3 \|.*); until .*\|", r"\1 |", "6.3.3: is not met, and it does not say why and until when"),
        (
            r"(\| 6\.3\.3 \|.*\| not met \|).*until",
            r"\1 until",
            "6.3.3: is not met, and it does not say why and until when",
        ),
        (r"(\| 8\.4\.1 \|.*\| n/a \|).*\|", r"\1 no |", "8.4.1: does not say why it does not apply"),
        (r"(\| 1\.1\.2 \|.*\|) met \|", r"\1 n/a |", "the totals are"),
    ],
)
def test_each_flaw_of_the_page_is_found(before: str, after: str, flaw: str) -> None:
    text, count = re.subn(before, after, PAGE.read_text(encoding="utf-8"), count=1)
    assert count == 1
    assert any(flaw in found for found in flaws(text)), list(flaws(text))


def test_every_heading_that_is_cited_from_or_of_the_page_is_there() -> None:
    papers = [
        *sorted((ROOT / "docs").glob("*.md")),
        ROOT / "README.md",
        ROOT / "CONTRIBUTING.md",
        ROOT / "CHANGELOG.md",
    ]
    cited = [
        (paper, target, anchor)
        for paper in papers
        for target, anchor in LINK.findall(paper.read_text(encoding="utf-8"))
    ]
    mine = [(paper, target, anchor) for paper, target, anchor in cited if paper == PAGE or target.endswith(PAGE.name)]
    missing = [item for item in mine if item[2] not in anchors((item[0].parent / item[1]) if item[1] else item[0])]
    assert (missing, len(mine) > len(WRITTEN)) == ([], True)


def test_who_finds_a_hole_is_led_there() -> None:
    for paper in ("README.md", "CONTRIBUTING.md", "docs/OPERATIONS.md"):
        assert "SECURITY.md" in (ROOT / paper).read_text(encoding="utf-8"), paper


def test_password_fields_let_managers_and_pasting_in() -> None:
    fields = []
    for path in [*(ROOT / "motcua" / "templates").glob("*.html"), *(ROOT / "motcua" / "static" / "js").rglob("*.js")]:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"onpaste|[\"']paste[\"']", text), path
        for part in re.split(r"(?=<input\b|\{ name:|\{\{ (?:field|put)\(|\{\s+name:)", text):
            if re.search(r"type[=:]\s?[\"']password[\"']", part):
                fields.append((path.name, part))
    assert len(fields) > 3
    passwords = [
        field for field in fields if not re.search(r"id=\"pin-", field[1])
    ]  # a manager would put the password into a PIN's place
    assert [
        field for field in passwords if not re.search(r"autocomplete[=:][^\n]*(?:current|new)-password", field[1])
    ] == []


def test_services_run_with_the_least_rights() -> None:
    for path in (ROOT / "deploy").glob("*.service"):
        text = path.read_text(encoding="utf-8")
        assert re.search(r"^User=(?!root$)[\w-]+$", text, re.MULTILINE), path
        for line in (
            "NoNewPrivileges=yes",
            "CapabilityBoundingSet=",
            "ProtectSystem=strict",
            "ProtectHome=yes",
            "UMask=0077",
        ):
            assert f"\n{line}\n" in text, (path.name, line)
