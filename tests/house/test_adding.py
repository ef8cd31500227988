"""`docs/ADDING.md` says what is there: each topic has its part, each path exists, each name in its code is one of
ours.
"""

import re
from pathlib import Path

import pytest

import motcua
from tests.house.sources import list_modules, text_of

ROOT = Path(motcua.__file__).parents[1]
PAGE = (ROOT / "docs" / "ADDING.md").read_text(encoding="utf-8")
TOPICS = (
    "a setting",
    "a section of the settings",
    "a device kind",
    "a rating channel",
    "an alert kind",
    "a report",
    "a screen",
    "a socket event",
    "an HTTP call",
    "a journal event",
    "a sentence",
    "a house rule",
)
EXAMPLES = {
    "motcua/settings/sections/sounds.py",
    "motcua/devices/lamp/serial.py",
    "motcua/reports/ratings_report.py",
    "motcua/screens/hours.py",
    "motcua/static/js/hours/main.js",
}
"""Files of the worked examples, which are made up."""
PATH = re.compile(r"(?<![\w/.-])(?:motcua|tests|docs)/[\w./<>-]*[\w/>]")
CODE = re.compile(r"```(?:python|js)\n(.*?)```", re.DOTALL)


def part_of(topic: str) -> str:
    """Return the text below the heading of `topic`."""
    heading = f"\n## {topic[0].upper()}{topic[1:]}\n"
    assert PAGE.count(heading) == 1, topic
    return PAGE.partition(heading)[2].partition("\n## ")[0]


def exists(path: str) -> bool:
    """Say whether `path` is here; a part in angle brackets stands for any name."""
    if "<" not in path:
        return (ROOT / path).exists()
    return any(True for _match in ROOT.glob(re.sub(r"<\w+>", "*", path.rstrip("/"))))


def test_each_topic_has_its_part_with_code_and_a_test_and_a_row_in_the_table() -> None:
    assert re.findall(r"^## (.+)$", PAGE, re.MULTILINE) == [topic[0].upper() + topic[1:] for topic in TOPICS]
    for topic in TOPICS:
        part = part_of(topic)
        assert CODE.search(part), topic
        assert "\nShown by: " in part, topic
        assert f"| [{topic}](#{topic.lower().replace(' ', '-')}) |" in PAGE, topic


def test_each_path_is_here() -> None:
    paths = {path.rstrip("/") for path in PATH.findall(PAGE)}
    assert {path for path in paths - EXAMPLES if not exists(path)} == set()
    assert paths >= EXAMPLES
    assert {path for path in EXAMPLES if exists(path)} == set(), "an example has the name of a real file"


@pytest.mark.thorough
def test_each_function_that_the_examples_call_is_one_of_ours() -> None:
    files = [*list_modules(), *(ROOT / "motcua").glob("static/js/*/*.js")]
    words = {word for path in files for word in re.findall(r"\w+", text_of(path))}
    code = "\n".join(CODE.findall(PAGE))
    own = set(re.findall(r"(?:class|def) (\w+)", code))
    names = set(re.findall(r"\b([A-Z]\w+|[a-z_]{2,})\(", re.sub(r'"[^"\n]*"|""".*?"""', "", code))) - own
    assert names - words == set()
